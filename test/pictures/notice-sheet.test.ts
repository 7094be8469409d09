import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { drawPicture } from '../../bot/pictures/draw-picture.ts'
import { drawNoticeSheet, wrap } from '../../bot/pictures/notice-sheet.ts'
import { PAGE } from '../documents/pages.ts'

describe('the picture of a sheet', () => {
  it('S0-22: shows every part in the form of the document', () => {
    const svg = drawNoticeSheet([PAGE])
    for (const words of [
      '望江街道工作提示单',
      '第12号　2026年11月18日　消安办',
      '加急',
      '考核规定',
      '漏一户扣0.5分',
      '签发：陈晓（代方正）',
    ])
      expect(svg).toContain(words)
  })

  it('is a PNG as wide as a phone shows sharply, and grows with its notices', async () => {
    const one = await sharp(await drawPicture({ kind: 'notice-pages', data: [PAGE] })).metadata()
    const two = await sharp(await drawPicture({ kind: 'notice-pages', data: [PAGE, PAGE] })).metadata()
    expect(one).toMatchObject({ format: 'png', width: 1440 })
    expect(two.height).toBeGreaterThan(one.height * 1.7)
  })

  it('stays readable whatever its length: the rest is in the text', () => {
    const long = { ...PAGE, rows: [{ name: '工作内容', words: '很长的内容。'.repeat(400) }] }
    expect(drawNoticeSheet([long])).toContain('……')
    const many = drawNoticeSheet(Array.from({ length: 9 }, () => PAGE))
    expect(many).toContain('还有3份，见文字')
    expect(many.match(/望江街道工作提示单/g)).toHaveLength(6)
  })

  it('takes marks of XML for words', () => {
    expect(drawNoticeSheet([{ ...PAGE, title: '<script>&"' }])).toContain('&lt;script&gt;&amp;&quot;')
  })

  it('throws for what is no sheet', async () => {
    await expect(drawPicture({ kind: 'notice-pages', data: { noticeIds: [] } })).rejects.toThrow()
  })
})

describe('lines of a cell', () => {
  it('are as wide as they may be, and none begins with a closing mark', () => {
    expect(wrap('一二三四五，六七', 100, 20, 9)).toEqual(['一二三四五，', '六七'])
    expect(wrap('ab12cd', 35, 20, 9)).toEqual(['ab1', '2cd'])
    expect(wrap('一\n\n二', 100, 20, 9)).toEqual(['一', '', '二'])
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countJsonBytes, countUtf8Bytes, splitText } from '../../bot/channels/split.ts'

describe('splitting a long text', () => {
  it('leaves alone what fits, to the byte', () => {
    expect(splitText('一二三', 9, countJsonBytes)).toStrictEqual(['一二三'])
    expect(splitText('一二三', 8, countJsonBytes)).toStrictEqual(['一二', '三'])
    expect(splitText('', 8, countJsonBytes)).toStrictEqual([''])
  })

  it('cuts between lines where it can', () => {
    expect(splitText('第一行\n第二行\n第三行', 22, countJsonBytes)).toStrictEqual(['第一行\n第二行', '第三行'])
    expect(splitText('短\n很长很长很长\n短', 12, countJsonBytes)).toStrictEqual(['短', '很长很长', '很长\n短'])
  })

  it('counts as the platform counts: a quote, a backslash and a line break take two bytes', () => {
    expect(countJsonBytes('"\\\n一😀')).toBe(2 + 2 + 2 + 3 + 4)
  })

  it.each([
    ['a family', '👨‍👩‍👧‍👦'],
    ['a skin tone', '👍🏽'],
    ['a flag', '🇨🇳'],
    ['a rare character', '𠮷'],
    ['an accent', 'e\u0301'],
  ])('never cuts through %s', (_name, character) => {
    const text = character.repeat(500)
    for (const limit of [25, 50, 100, 2047, 2048, 2049]) {
      const parts = splitText(text, limit, countJsonBytes)
      expect(parts.join('')).toBe(text)
      for (const part of parts) {
        expect(countJsonBytes(part)).toBeLessThanOrEqual(limit)
        expect(part.length % character.length).toBe(0)
      }
    }
  })

  it('cuts a character that alone is too long between its code points', () => {
    const zalgo = `a${'\u0301'.repeat(1000)}`
    const parts = splitText(zalgo, 100, countJsonBytes)
    expect(parts.join('')).toBe(zalgo)
    for (const part of parts) expect(countJsonBytes(part)).toBeLessThanOrEqual(100)
  })

  it('keeps every character and the limit, whatever the text', () => {
    const texts = fc.string({
      unit: fc.oneof(fc.constantFrom('\n', '一', '😀', 'x', '"'), fc.string({ unit: 'binary', maxLength: 1 })),
      maxLength: 400,
    })
    fc.assert(
      fc.property(texts, fc.integer({ min: 12, max: 200 }), (text, limit) => {
        const parts = splitText(text, limit, countJsonBytes)
        expect(parts.join('').replaceAll('\n', '')).toBe(text.replaceAll('\n', ''))
        for (const part of parts) expect(countJsonBytes(part)).toBeLessThanOrEqual(limit)
      }),
    )
  })

  it('counts plain bytes where a platform does', () => {
    expect(splitText('"一"\n二', 9, countUtf8Bytes)).toStrictEqual(['"一"\n二'])
    expect(splitText('"一"\n二', 8, countUtf8Bytes)).toStrictEqual(['"一"', '二'])
    expect(splitText('网'.repeat(683), 2048, countUtf8Bytes).map(part => part.length)).toStrictEqual([682, 1])
  })

  it('fills each part as far as it goes', () => {
    const parts = splitText('巡'.repeat(20_000), 14_000, countJsonBytes)
    expect(parts.map(part => part.length)).toStrictEqual([4666, 4666, 4666, 4666, 1336])
  })
})

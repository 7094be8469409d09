import { Document, Packer, Paragraph } from 'docx'
import JSZip from 'jszip'
import { describe, expect, it } from 'vitest'
import { writeLedgerDocument } from '../../bot/documents/ledger.ts'
import { writeNoticeSheet } from '../../bot/documents/notice-sheet.ts'
import { readDocument } from '../../bot/documents/read-docx.ts'
import { fillTemplate, TemplateFault } from '../../bot/documents/template.ts'
import { PAGE } from './pages.ts'

const xmlOf = async (bytes: Uint8Array) => (await JSZip.loadAsync(bytes)).file('word/document.xml')!.async('string')

describe('the sheet as a Word document', () => {
  it('S0-22: has the head, the number, the date, the four parts and the line of those who signed', async () => {
    const text = await readDocument(await writeNoticeSheet([PAGE]))
    expect(text.split('\n')).toEqual([
      '望江街道工作提示单',
      '第12号 2026年11月18日 消安办 加急',
      '出租房排查',
      '工作内容：排查出租房',
      '任务要求：逐户登记；有记录',
      '时间节点：12月4日（周五）24:00前',
      '考核规定：漏一户扣0.5分',
      '下发范围：全部网格',
      '附件：《排查表.xlsx》',
      '拟稿：王科 审核：高峰 签发：陈晓（代方正）',
    ])
  })

  it('names a font for Chinese, begins a page for each notice, and is A4', async () => {
    const xml = await xmlOf(await writeNoticeSheet([PAGE, { ...PAGE, number: '第13号' }]))
    expect(xml).toContain('w:eastAsia="黑体"')
    expect(xml.match(/<w:br w:type="page"\/>/g)).toHaveLength(1)
    expect(xml).toMatch(/w:pgSz w:w="11906" w:h="16838"/)
  })

  it('takes whatever people typed: marks of XML and characters that XML cannot hold', async () => {
    const words = '门<b>&"\u0000\uFFFF\uD800号'
    const text = await readDocument(await writeNoticeSheet([{ ...PAGE, title: words }]))
    expect(text).toContain('门<b>&"\uFFFD号')
  })
})

/** A form as an office might have made it in Word. */
const makeTemplate = async (lines: string[]): Promise<Uint8Array> =>
  Packer.toBuffer(new Document({ sections: [{ children: lines.map(line => new Paragraph(line)) }] }))

const FORM = [
  '{{街道}}文件',
  '编号：{{编号}}',
  '{{标题}}',
  '一、{{工作内容}}',
  '二、{{任务要求}}',
  '三、{{时间节点}}',
  '四、{{考核规定}}',
  '签发人 {{签发}}',
]

describe('the office’s own form', () => {
  it('is filled in the place of the built-in one', async () => {
    const text = await readDocument(await fillTemplate(await makeTemplate(FORM), [PAGE]))
    expect(text.split('\n').slice(0, 5)).toEqual([
      '望江街道文件',
      '编号：第12号',
      '出租房排查',
      '一、排查出租房',
      '二、逐户登记',
    ])
    expect(text).toContain('签发人 陈晓（代方正）')
    expect(text).not.toContain('{{')
  })

  it('holds several notices one after the other', async () => {
    const second = { ...PAGE, number: '第13号', title: '清点沙袋' }
    const filled = await fillTemplate(await makeTemplate(FORM), [PAGE, second])
    const text = await readDocument(filled)
    expect(text.indexOf('出租房排查')).toBeLessThan(text.indexOf('清点沙袋'))
    const xml = await xmlOf(filled)
    expect(xml.match(/<w:br w:type="page"\/>/g)).toHaveLength(1)
    expect(xml.match(/<w:sectPr/g)).toHaveLength(1)
  })

  it('leaves a place empty for what the notice does not have, and takes words that look like a place for words', async () => {
    const page = { ...PAGE, title: '{{签发}}', rows: PAGE.rows.filter(({ name }) => name !== '时间节点') }
    const text = await readDocument(await fillTemplate(await makeTemplate(FORM), [page]))
    expect(text).toContain('三、')
    expect(text).toContain('｛｛签发}}')
  })

  it('without the four parts is refused by the names that are missing', async () => {
    const template = await makeTemplate(FORM.filter(line => !line.includes('考核规定') && !line.includes('编号')))
    await expect(fillTemplate(template, [PAGE])).rejects.toThrow(new TemplateFault('缺少占位符{{编号}}、{{考核规定}}'))
  })

  it('that is no Word document is refused', async () => {
    await expect(fillTemplate(Buffer.from('not a zip'), [PAGE])).rejects.toThrow(
      new TemplateFault('不是Word的.docx文件'),
    )
  })
})

describe('a ledger as a Word document', () => {
  it('is a table across the page whose head stands on every page', async () => {
    const bytes = await writeLedgerDocument({
      title: '望江街道打卡台账',
      heading: '望江街道 打卡台账　2026-11-01 至 2026-11-30',
      columns: [
        { title: '日期', width: 12 },
        { title: '姓名', width: 10 },
      ],
      rows: [
        ['2026-11-18', '李敏'],
        ['2026-11-18', '王强'],
      ],
    })
    const text = await readDocument(bytes)
    expect(text).toContain('日期：姓名\n2026-11-18 李敏\n2026-11-18 王强\n共2条')
    const xml = await xmlOf(bytes)
    expect(xml).toContain('<w:tblHeader/>')
    expect(xml).toContain('w:orient="landscape"')
  })
})

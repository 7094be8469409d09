import type { SheetPage } from './describe-sheet.ts'
import { type Block, type Run, writeDocument } from './word.ts'

const RED = 'C00000'

/** The built-in form: red head, number and date, the four parts as a table, the line of those who signed; a page for each notice. */
export function writeNoticeSheet(pages: readonly SheetPage[]): Promise<Uint8Array> {
  const blocks = pages.flatMap((page, index): Block[] => [...(index > 0 ? [NEW_PAGE] : []), ...writePage(page)])
  return writeDocument(blocks, { title: pages.map(({ number, title }) => `工作提示单${number} ${title}`).join('；') })
}

const NEW_PAGE: Block = { kind: 'newPage' }
const plain = (text: string, size = 15): Run => ({ text, size })

function writePage(page: SheetPage): Block[] {
  const { street, number, title, date, office, marks, rows, attachments, drafter, reviewer, signer } = page
  const parts = [...rows, ...(attachments ? [{ name: '附件', words: attachments }] : [])]
  return [
    {
      kind: 'line',
      align: 'center',
      spaceAfter: 120,
      runs: [{ text: `${street}工作提示单`, size: 26, bold: true, color: RED, font: 'title' }],
    },
    {
      kind: 'line',
      align: 'center',
      spaceAfter: 240,
      ruled: RED,
      runs: [plain([number, date, office, marks].filter(Boolean).join('　'), 13)],
    },
    {
      kind: 'line',
      align: 'center',
      spaceBefore: 120,
      spaceAfter: 240,
      runs: [{ text: title, size: 18, bold: true, font: 'title' }],
    },
    {
      kind: 'table',
      widths: [18, 82],
      labelled: true,
      rows: parts.map(({ name, words }) => [{ text: name, size: 15, bold: true, font: 'title' }, plain(words)]),
    },
    { kind: 'line', align: 'left', spaceBefore: 320, runs: [plain(signLine({ drafter, reviewer, signer }), 14)] },
  ]
}

/** `拟稿：王科`, `审核：高峰`, `签发：方正`, in one line with wide blanks between. */
export function signLine({ drafter, reviewer, signer }: Pick<SheetPage, 'drafter' | 'reviewer' | 'signer'>): string {
  const steps = [
    ['拟稿', drafter],
    ['审核', reviewer],
    ['签发', signer],
  ]
  return steps.map(([name, who]) => `${name}：${who || '＿＿＿＿'}`).join('　　')
}

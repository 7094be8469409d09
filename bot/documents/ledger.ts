import { type Block, writeDocument } from './word.ts'

export interface LedgerTable {
  title: string
  /** Whose, over which days, made when. */
  heading: string
  columns: { title: string; width: number }[]
  rows: string[][]
}

const FONT_POINTS = 9

/** A ledger to print and file: A4 across, its head on every page. */
export function writeLedgerDocument({ title, heading, columns, rows }: LedgerTable): Promise<Uint8Array> {
  const cell = (text: string) => ({ text, size: FONT_POINTS })
  const blocks: Block[] = [
    { kind: 'line', align: 'center', spaceAfter: 120, runs: [{ text: title, size: 18, bold: true, font: 'title' }] },
    { kind: 'line', align: 'left', spaceAfter: 160, runs: [{ text: heading, size: 10.5 }] },
    {
      kind: 'table',
      headed: true,
      widths: columns.map(({ width }) => width),
      rows: [
        columns.map(column => ({ text: column.title, size: FONT_POINTS, bold: true, font: 'title' })),
        ...rows.map(row => row.map(cell)),
      ],
    },
    { kind: 'line', align: 'right', spaceBefore: 160, runs: [{ text: `共${rows.length}条`, size: 10.5 }] },
  ]
  return writeDocument(blocks, { landscape: true, title })
}

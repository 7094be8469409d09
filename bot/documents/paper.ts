import type { Paper, Section } from '../../handlers/papers/paper.ts'
import { type Block, type Run, writeDocument } from './word.ts'

const HEADING_POINTS = 16
const BODY_POINTS = 14
const CELL_POINTS = 10.5

const bold = (text: string, size: number): Run => ({ text, size, bold: true, font: 'title' })

/** A paper as a Word document: its title, then section by section. */
export function writePaper({ title, subtitle, landscape, sections }: Paper): Promise<Uint8Array> {
  const blocks: Block[] = [
    { kind: 'line', align: 'center', spaceAfter: 120, runs: [bold(title, 22)] },
    ...(subtitle ? [line(subtitle, { align: 'center', spaceAfter: 240 })] : []),
    ...sections.flatMap(toBlocks),
  ]
  return writeDocument(blocks, { title, landscape })
}

function line(text: string, layout: Partial<Extract<Block, { kind: 'line' }>> = {}): Block {
  return { kind: 'line', align: 'left', runs: [{ text, size: BODY_POINTS }], ...layout }
}

function toBlocks({ heading, lines = [], table, newPage }: Section): Block[] {
  const blocks: Block[] = newPage ? [{ kind: 'newPage' }] : []
  if (heading) blocks.push(line('', { spaceBefore: 200, runs: [bold(heading, HEADING_POINTS)] }))
  blocks.push(...lines.map((text, index) => line(text, { spaceBefore: heading || index > 0 ? 0 : 320 })))
  if (table) blocks.push(toTable(table))
  return blocks
}

function toTable({ columns, rows }: NonNullable<Section['table']>): Block {
  return {
    kind: 'table',
    headed: true,
    widths: columns.map(({ width }) => width),
    rows: [
      columns.map(({ title }) => bold(title, CELL_POINTS)),
      ...rows.map(row => row.map(text => ({ text, size: CELL_POINTS }))),
    ],
  }
}

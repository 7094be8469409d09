/** The one place that knows the Word library: plain shapes in, the bytes of a .docx out. */
import {
  AlignmentType,
  BorderStyle,
  Document,
  type IRunOptions,
  Packer,
  PageBreak,
  PageOrientation,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx'

/** Without an `eastAsia` font Word picks one for Chinese itself, and another on every machine. */
const FONTS = {
  title: { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '黑体' },
  body: { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '仿宋' },
}
/** Twentieths of a point: A4 and its margins. */
const A4 = { width: 11_906, height: 16_838 }
const MARGIN = 1_300
const LINE = { style: BorderStyle.SINGLE, size: 6, color: '000000' }
const BORDERS = { top: LINE, bottom: LINE, left: LINE, right: LINE }

export interface Run {
  text: string
  /** In points. */
  size: number
  bold?: true
  color?: string
  font?: keyof typeof FONTS
}

export type Block =
  | {
      kind: 'line'
      runs: Run[]
      align: 'left' | 'center' | 'right'
      spaceBefore?: number
      spaceAfter?: number
      ruled?: string
    }
  /** `widths` are parts of the page's width; `headed`: the first row stands on every page. */
  | { kind: 'table'; widths: number[]; rows: Run[][]; headed?: true; labelled?: true }
  | { kind: 'newPage' }

/** A document of A4 pages. */
export async function writeDocument(
  blocks: readonly Block[],
  { landscape = false, title }: { landscape?: boolean; title: string },
): Promise<Uint8Array> {
  const across = (landscape ? A4.height : A4.width) - 2 * MARGIN
  const children = blocks.map(block => toElement(block, across))
  const document = new Document({
    title: showable(title),
    creator: '小格',
    styles: { default: { document: { run: { font: FONTS.body, size: 24 } } } },
    sections: [
      {
        properties: {
          page: {
            size: { ...A4, orientation: landscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT },
            margin: { top: MARGIN, bottom: MARGIN, left: MARGIN, right: MARGIN },
          },
        },
        children,
      },
    ],
  })
  return Packer.toBuffer(document)
}

function toElement(block: Block, across: number): Paragraph | Table {
  if (block.kind === 'newPage') return new Paragraph({ children: [new PageBreak()] })
  if (block.kind === 'table') return toTable(block, across)
  const { runs, align, spaceBefore = 0, spaceAfter = 0, ruled } = block
  return new Paragraph({
    alignment: AlignmentType[align === 'center' ? 'CENTER' : align === 'right' ? 'RIGHT' : 'LEFT'],
    spacing: { before: spaceBefore, after: spaceAfter },
    ...(ruled ? { border: { bottom: { style: BorderStyle.SINGLE, size: 18, color: ruled, space: 6 } } } : {}),
    children: runs.flatMap(toRuns),
  })
}

function toTable({ widths, rows, headed, labelled }: Extract<Block, { kind: 'table' }>, across: number): Table {
  const whole = widths.reduce((sum, width) => sum + width, 0)
  const columnWidths = widths.map(width => Math.round((width / whole) * across))
  return new Table({
    width: { size: across, type: WidthType.DXA },
    columnWidths,
    rows: rows.map(
      (cells, row) =>
        new TableRow({
          tableHeader: headed && row === 0,
          cantSplit: headed,
          children: cells.map((run, column) => {
            const isHead = (headed && row === 0) || (labelled && column === 0)
            return new TableCell({
              width: { size: columnWidths[column] ?? 0, type: WidthType.DXA },
              borders: BORDERS,
              verticalAlign: isHead ? VerticalAlign.CENTER : VerticalAlign.TOP,
              margins: { top: 80, bottom: 80, left: 110, right: 110 },
              children: toParagraphs(run, isHead ?? false),
            })
          }),
        }),
    ),
  })
}

/** A line break in the words is a new paragraph of the cell. */
function toParagraphs(run: Run, centred: boolean): Paragraph[] {
  return run.text.split('\n').map(
    text =>
      new Paragraph({
        alignment: centred ? AlignmentType.CENTER : AlignmentType.LEFT,
        spacing: { line: 320 },
        children: toRuns({ ...run, text }),
      }),
  )
}

function toRuns({ text, size, bold, color, font = 'body' }: Run): TextRun[] {
  const options: IRunOptions = { text: showable(text), size: size * 2, font: FONTS[font], bold, color }
  return [new TextRun(options)]
}

/** Without what XML cannot hold and no reader can see; the stored text keeps it. */
export function showable(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .replace(/[^\P{Cc}\t\n]|\p{Noncharacter_Code_Point}/gu, '')
}

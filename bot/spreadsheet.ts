/** The one place that knows the spreadsheet library: cells in, cells out. */
import { type CellValue, readXlsx, writeXlsx } from 'hucre'

/** A sheet as people typed it: every cell as text, trimmed of nothing; row `i` is line `i + 1` of the sheet. */
export interface Sheet {
  name: string
  rows: string[][]
}

export interface SheetToWrite {
  name: string
  /** One line above the header, e.g. whose ledger it is, over which period, made when. */
  heading?: string
  /** `width` in characters of half width. */
  columns: { header: string; width: number }[]
  /** Text stays text, whatever it begins with. Times are texts: the file format would store a `Date` by its UTC clock. */
  rows: (string | number | null)[][]
}

/** The file is no workbook that can be read. */
export class SpreadsheetError extends Error {
  constructor(cause: unknown) {
    super('not a readable .xlsx workbook', { cause })
    this.name = 'SpreadsheetError'
  }
}

/** Reads all visible sheets. @throws {SpreadsheetError} where the bytes are no .xlsx */
export async function readSheets(bytes: Uint8Array): Promise<Sheet[]> {
  try {
    const { sheets } = await readXlsx(bytes, { sheets: ({ hidden, veryHidden }) => !hidden && !veryHidden })
    return sheets.map(({ name, rows }) => ({ name, rows: rows.map(row => row.map(readCell)) }))
  } catch (error) {
    throw new SpreadsheetError(error)
  }
}

function readCell(value: CellValue | undefined): string {
  if (value === null || value === undefined) return ''
  // A day typed into a sheet has no zone: the library gives it as midnight UTC.
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString().slice(0, 10)
  // A sheet keeps 15 digits of a number: what is longer has lost its end already and must not look whole.
  if (typeof value === 'number' && Math.abs(value) >= 1e15) return value.toExponential()
  return String(value)
}

/** Writes one sheet with its header frozen in view. @returns the bytes of an .xlsx file */
export async function writeSheet({ name, heading, columns, rows }: SheetToWrite): Promise<Uint8Array> {
  const above = heading === undefined ? [] : [[heading, ...columns.slice(1).map(() => null)]]
  const headerRow = above.length
  const bold = columns.map((_, column) => [`${headerRow},${column}`, { style: { font: { bold: true } } }] as const)
  return writeXlsx({
    sheets: [
      {
        name,
        columns: columns.map(({ width }) => ({ width })),
        rows: [...above, columns.map(({ header }) => header), ...rows],
        cells: new Map(bold),
        merges: heading === undefined ? [] : [{ startRow: 0, startCol: 0, endRow: 0, endCol: columns.length - 1 }],
        freezePane: { rows: headerRow + 1 },
      },
    ],
  })
}

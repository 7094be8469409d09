/** A row of a table and the line of the file on which it begins. */
export interface CsvRow {
  line: number
  cells: string[]
}

/** Text that is no CSV; `line` is where it goes wrong. */
export class CsvError extends Error {
  readonly line: number
  constructor(line: number, message: string) {
    super(message)
    this.name = 'CsvError'
    this.line = line
  }
}

/** A quote that runs over this many lines was left open: the fault is named where it began, not at the end of the file. */
const LINES_IN_QUOTES = 50

/**
 * Reads comma-separated text: quoted fields with doubled quotes and line breaks, CRLF or LF, an optional byte order mark.
 * @throws {CsvError} where a quote is not closed
 */
export function parseCsv(text: string): CsvRow[] {
  const rows: CsvRow[] = []
  let line = 1
  let row: CsvRow = { line, cells: [] }
  let field = ''
  let quotedSince: number | undefined

  const endField = () => {
    row.cells.push(field)
    field = ''
  }
  const endRow = () => {
    endField()
    rows.push(row)
    row = { line, cells: [] }
  }

  const source = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')
  for (let at = 0; at < source.length; at++) {
    const character = source[at]
    if (character === '\n') line += 1
    if (quotedSince !== undefined) {
      if (line - quotedSince > LINES_IN_QUOTES) break
      if (character !== '"') field += character
      else if (source[at + 1] !== '"') quotedSince = undefined
      else {
        field += '"'
        at += 1
      }
    } else if (character === '"' && field.trim() === '') {
      field = ''
      quotedSince = line
    } else if (character === ',') endField()
    else if (character === '\n') endRow()
    else field += character
  }
  if (quotedSince !== undefined) throw new CsvError(quotedSince, '引号没有配对')
  if (field !== '' || row.cells.length > 0) endRow()
  return rows
}

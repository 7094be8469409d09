/** Excel takes a file without it for the local code page. */
const BYTE_ORDER_MARK = '\uFEFF'

/**
 * What a spreadsheet may take for a formula, also behind blanks and in full width. The mark itself is among them, so that taking one mark
 * away always gives back the original. Source: https://owasp.org/www-community/attacks/CSV_Injection
 */
const RISKY = /^[\s\p{Cf}]*[=+\-@|'＝＋－＠\t\r\n]/u

/** Puts the mark `'` before a text that a spreadsheet could run; `unguardCell` takes it away. */
export function guardCell(text: string): string {
  return RISKY.test(text) ? `'${text}` : text
}

export function unguardCell(text: string): string {
  return text.startsWith("'") ? text.slice(1) : text
}

type Cells = readonly (string | number | null)[]

/** Rows as a CSV file that Excel opens rightly: UTF-8 with its mark, CRLF, every text quoted, numbers bare. */
export function encodeCsv(rows: readonly Cells[]): string {
  return BYTE_ORDER_MARK + encodeRows(rows)
}

/** Further rows of such a file. */
export function encodeRows(rows: readonly Cells[]): string {
  return rows.map(row => `${row.map(encodeCell).join(',')}\r\n`).join('')
}

function encodeCell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  return `"${guardCell(value).replaceAll('"', '""')}"`
}

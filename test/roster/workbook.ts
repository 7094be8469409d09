import { writeXlsx } from 'hucre'
import { parseCsv } from '../../bot/roster/csv.ts'

/** One workbook of several sheets, each given as CSV; whole numbers and days become typed cells, as Excel makes them. */
export async function workbook(sheets: Record<string, string>): Promise<Uint8Array> {
  return writeXlsx({
    sheets: Object.entries(sheets).map(([name, text]) => ({
      name,
      rows: parseCsv(text).map(({ cells }) => cells.map(toCell)),
    })),
  })
}

function toCell(text: string): string | number | Date | null {
  if (text === '') return null
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return new Date(`${text}T00:00:00Z`)
  return /^\d+$/.test(text) ? Number(text) : text
}

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeCsv, guardCell, unguardCell } from '../../bot/ledgers/csv.ts'
import { readSheets, writeSheet } from '../../bot/spreadsheet.ts'

const payloads = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', ' =', '\u200b=', "'="].flatMap(head =>
  ['1+1', "cmd|' /C calc'!A0", 'HYPERLINK("http://x","y")', 'SUM(A1:A9)'].map(tail => head + tail),
)

/** The file as a strict reader sees it: RFC 4180, with the mark at its beginning. */
function parseCsv(text: string): string[][] {
  expect(text.charCodeAt(0)).toBe(0xfeff)
  const rows: string[][] = []
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy
  cell.lastIndex = 1
  let row: string[] = []
  for (let found = cell.exec(text); found; found = cell.exec(text)) {
    row.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '')
    if (found[3] === ',') continue
    rows.push(row)
    row = []
  }
  return rows
}

describe('a CSV file', () => {
  it.each(payloads)('lets no spreadsheet run %j, and keeps it readable', payload => {
    const [[cell] = []] = parseCsv(encodeCsv([[payload]]))
    expect(cell).toBe(`'${payload}`)
    expect(unguardCell(cell!)).toBe(payload)
  })

  it('keeps telephone numbers and negative numbers readable', () => {
    expect(guardCell('+8613800000000')).toBe("'+8613800000000")
    expect(parseCsv(encodeCsv([['-3', -3, 2.5, null]]))).toEqual([["'-3", '-3', '2.5', '']])
  })

  it('gives back any texts exactly', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 4 }), { minLength: 1 }),
        rows => {
          expect(parseCsv(encodeCsv(rows)).map(row => row.map(unguardCell))).toEqual(rows)
        },
      ),
    )
  })
})

describe('an XLSX file', () => {
  it('holds every payload as text', async () => {
    const texts = payloads.filter(text => !text.includes('\r'))
    const bytes = await writeSheet({
      name: '表',
      columns: [{ header: '内容', width: 20 }],
      rows: texts.map(text => [text]),
    })
    const [sheet] = await readSheets(bytes)
    expect(sheet?.rows.slice(1).map(([cell]) => cell)).toEqual(texts)
  })
})

import { describe, expect, it } from 'vitest'
import { CsvError, parseCsv } from '../../bot/roster/csv.ts'

describe('parseCsv', () => {
  it('reads quoted fields with commas, doubled quotes and line breaks, and tells on which line a row begins', () => {
    const text = '姓名,备注\r\n"张,三","说""好""\r\n两行"\r\n李四,\r\n'
    expect(parseCsv(text)).toEqual([
      { line: 1, cells: ['姓名', '备注'] },
      { line: 2, cells: ['张,三', '说"好"\n两行'] },
      { line: 4, cells: ['李四', ''] },
    ])
  })

  it('takes a byte order mark, bare CR and a last line without an end', () => {
    expect(parseCsv('\uFEFFa,b\rc,d')).toEqual([
      { line: 1, cells: ['a', 'b'] },
      { line: 2, cells: ['c', 'd'] },
    ])
  })

  it('keeps a quote inside a word as it is', () => {
    expect(parseCsv('3"管道,x')).toEqual([{ line: 1, cells: ['3"管道', 'x'] }])
  })

  it.each([
    ['at the end', 'a\n"b,c\nd\n', 2],
    ['long before the end', `a\n"b${',c\n'.repeat(200)}`, 2],
  ])('names the line on which a quote was left open %s', (_where, text, line) => {
    const read = () => parseCsv(text)
    expect(read).toThrow(CsvError)
    expect(read).toThrow(expect.objectContaining({ line }))
  })

  it('reads nothing from nothing', () => {
    expect(parseCsv('')).toEqual([])
  })
})

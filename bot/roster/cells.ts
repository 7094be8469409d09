import { isDay } from '../../policy/time.ts'
import type { Fault, Origin } from '../../storage/roster-import/entries.ts'
import { parseNumeral } from '../understand/numerals.ts'
import type { CsvRow } from './csv.ts'

/** The cells of one line by the name of their column. Each reader notes a fault where the cell is wrong and then gives nothing. */
export interface Line {
  at: Origin
  /** Absent where blank. */
  text(column: string): string | undefined
  required(column: string): string | undefined
  /** A name of people, places or offices: spaces between Chinese characters only align a list. */
  name(column: string): string | undefined
  names(column: string): string[]
  /** 姓名, with every character it is written with: emoji, joiners, writing directions. Only spaces that align a list go. */
  person(column: string): string | undefined
  choice<T>(column: string, choices: Readonly<Record<string, T>>): T | undefined
  wholeNumber(column: string): number | undefined
  /** Degrees of latitude or longitude. */
  degrees(column: string, limit: 90 | 180): number | undefined
  /** `3`, `03`, `第三网格`, `3号网格`. */
  gridNo(column: string): number | undefined
  /** An id of a platform: long digits that a spreadsheet has rounded (`1.23457E+17`) are refused. */
  id(column: string): string | undefined
  phone(column: string): string | undefined
  day(column: string): string | undefined
  refuse(reason: string): undefined
  /** Whether nothing of this line was wrong so far. */
  isGood(): boolean
}

/** Reads the cells of one row; `columns` gives the place of each column. */
export function createLine(file: string, row: CsvRow, columns: ReadonlyMap<string, number>, faults: Fault[]): Line {
  const at = { file, line: row.line }
  let good = true

  const refuse = (reason: string): undefined => {
    good = false
    faults.push({ ...at, reason })
  }
  const text = (column: string) => clean(row.cells[columns.get(column) ?? -1] ?? '') || undefined
  const plain = (column: string) => text(column)?.normalize('NFKC')
  const name = (column: string) => text(column) && unspace(text(column)!)
  const must = <T>(column: string, value: T | undefined) => value ?? refuse(`缺少“${column}”`)

  return {
    at,
    text,
    name,
    required: column => must(column, name(column)),
    person(column) {
      const written = (row.cells[columns.get(column) ?? -1] ?? '').replace(CONTROL, '').normalize('NFC')
      return must(column, text(column) && unspace(written))
    },
    names: column =>
      (text(column) ?? '')
        .split(/[;；、,，]/)
        .map(unspace)
        .filter(Boolean),
    choice(column, choices) {
      const said = must(column, name(column))
      if (said === undefined) return undefined
      return Object.hasOwn(choices, said)
        ? choices[said]
        : refuse(`“${column}”写的是“${said}”，应为${Object.keys(choices).join('、')}之一`)
    },
    wholeNumber(column) {
      const said = plain(column)
      if (said === undefined) return undefined
      return /^\d{1,7}$/.test(said) ? Number(said) : refuse(`“${column}”应为整数，现在是“${said}”`)
    },
    degrees(column, limit) {
      const said = plain(column)
      if (said === undefined) return undefined
      const value = Number(said)
      return Number.isFinite(value) && Math.abs(value) <= limit
        ? value
        : refuse(`“${column}”应为度数，如 30.2741，现在是“${said}”`)
    },
    gridNo(column) {
      const said = plain(column)?.replace(/\s/g, '')
      if (said === undefined) return undefined
      const no = parseNumeral(said.replace(/^第/, '').replace(/(号)?(网格)?$/, ''))
      return no !== undefined && Number.isInteger(no) && no > 0
        ? no
        : refuse(`“${column}”应为整数（3、03、第三网格都可以），现在是“${said}”`)
    },
    id(column) {
      const said = plain(column)
      if (said === undefined || !/^\d(\.\d+)?e\+\d+$/i.test(said)) return said
      return refuse(`“${column}”被表格软件当成了数字，末尾几位已丢失；请把这一列设为“文本”再填`)
    },
    phone(column) {
      const said = plain(column)
      const digits = said?.replace(/[\s-]/g, '').replace(/^\+?86(?=1\d{10}$)/, '')
      if (digits === undefined) return undefined
      return /^1\d{10}$/.test(digits) ? digits : refuse(`“${column}”应为 11 位手机号`)
    },
    day(column) {
      const said = plain(column)
      if (said === undefined) return undefined
      const [, year, month, date] = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(said) ?? []
      const day = year && `${year}-${month!.padStart(2, '0')}-${date!.padStart(2, '0')}`
      return day && isDay(day) ? day : refuse(`“${column}”应为日期，如 2026-11-18，现在是“${said}”`)
    },
    refuse,
    isGood: () => good,
  }
}

const INVISIBLE = /[\p{Cc}\p{Cf}]/gu
const CONTROL = /\p{Cc}/gu

function clean(cell: string): string {
  return cell.replace(INVISIBLE, '').trim().normalize('NFC')
}

function unspace(text: string): string {
  return text.trim().replace(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, '')
}

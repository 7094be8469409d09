import {
  addDays,
  addMonths,
  type Day,
  type DayRange,
  isDay,
  isoWeekOf,
  monthOf,
  periodRange,
  quarterOf,
  yearOf,
} from '../../policy/time.ts'
import { NUMERAL, readNumeral } from '../numerals.ts'

/** Days with the words they are called by. */
export interface NamedDays {
  days: DayRange
  name: string
}

const YEAR = '(?:(\\d{4})年的?|今年的?|(去年)的?)'
const MONTH = new RegExp(`^${YEAR}?(\\d{1,2}|[一二三四五六七八九]|十[一二]?)月(?:份)?$`, 'u')
const QUARTER = new RegExp(`^${YEAR}?第?([1-4一二三四])季度?$`, 'u')
const HALF = new RegExp(`^${YEAR}?(上|下)半年$`, 'u')
const WHOLE_YEAR = /^(?:(\d{4})年度?|(今年|本年度?)|(去年|上年度?))$/u
const SPAN = new RegExp(
  `^(?:(\\d{4})年)?${NUMERAL}月(\\d{1,2})[日号]?(?:至|到|-|—|~)(?:(\\d{1,2})月)?(\\d{1,2})[日号]?$`,
  'u',
)

/**
 * The span that words name: 今天, 本周, 上月, 10月, 三季度, 2026年, 上半年, 10月1日至10月15日. A month or quarter without a year is the last
 * one that has begun.
 *
 * @returns undefined where the words name none
 */
export function readSpan(words: string, today: Day): NamedDays | undefined {
  const told = words.normalize('NFKC').replace(/\s/g, '')
  const relative = relativeSpan(told, today)
  if (relative) return relative
  const year = yearOf(today)
  const pick = (said: string | undefined, last: string | undefined, named: (year: number) => string) => {
    const chosen = said ? Number(said) : last ? year - 1 : year
    const period = named(chosen)
    const begun = said || last || periodRange(period).from <= today ? period : named(year - 1)
    return { days: periodRange(begun), name: nameSpan(begun, today) }
  }
  const month = MONTH.exec(told)
  const number = readNumeral(month?.[3])
  if (number !== undefined && number <= 12) return pick(month![1], month![2], one => `${one}-${pad(number)}`)
  const quarter = QUARTER.exec(told)
  if (quarter) return pick(quarter[1], quarter[2], one => `${one}-Q${readNumeral(quarter[3])}`)
  const half = HALF.exec(told)
  if (half) return pick(half[1], half[2], one => `${one}-H${half[3] === '上' ? 1 : 2}`)
  const whole = WHOLE_YEAR.exec(told)
  if (whole) return pick(whole[1], whole[3], String)
  return readDays(told, today)
}

function relativeSpan(told: string, today: Day): NamedDays | undefined {
  const period: Record<string, string> = {
    今天: today,
    今日: today,
    昨天: addDays(today, -1),
    昨日: addDays(today, -1),
    本周: isoWeekOf(today),
    这周: isoWeekOf(today),
    上周: isoWeekOf(addDays(today, -7)),
    本月: monthOf(today),
    这个月: monthOf(today),
    上月: monthOf(addMonths(today, -1)),
    上个月: monthOf(addMonths(today, -1)),
    本季度: quarterOf(today),
    上季度: quarterOf(addMonths(today, -3)),
  }
  const found = period[told]
  return found === undefined ? undefined : { days: periodRange(found), name: told }
}

function readDays(told: string, today: Day): NamedDays | undefined {
  const [, year, month, from, toMonth, to] = SPAN.exec(told) ?? []
  const first = readNumeral(month)
  if (first === undefined) return undefined
  const inYear = (one: number) => ({
    from: `${one}-${pad(first)}-${pad(Number(from))}`,
    to: `${one}-${pad(toMonth ? Number(toMonth) : first)}-${pad(Number(to))}`,
  })
  const days = inYear(year ? Number(year) : yearOf(today))
  const chosen = year || days.from <= today ? days : inYear(yearOf(today) - 1)
  return isDay(chosen.from) && isDay(chosen.to) && chosen.from <= chosen.to ? { days: chosen, name: told } : undefined
}

/** `10月`, `三季度`, `2025年12月`: the year where it is not this one. */
function nameSpan(period: string, today: Day): string {
  const year = period.slice(0, 4)
  const rest = period.slice(5)
  if (rest === '') return `${year}年`
  const name = rest.startsWith('Q')
    ? `${'一二三四'[Number(rest[1]) - 1]}季度`
    : rest.startsWith('H')
      ? `${rest === 'H1' ? '上' : '下'}半年`
      : `${Number(rest)}月`
  return year === today.slice(0, 4) ? name : `${year}年${name}`
}

function pad(number: number): string {
  return String(number).padStart(2, '0')
}

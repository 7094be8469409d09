import { addDays, addMonths, type Day, isDay } from '../../policy/time.ts'
import { type Answer, refuse } from '../handler.ts'

/** A day as people name it beside a diary. No group. */
export const DAY = '(?:今天|今日|昨天|昨日|前天|\\d{1,2}月\\d{1,2}[日号]|\\d{1,2}[日号])'

/** Later than this a diary is no diary any more. */
const LATE_MONTHS = 1
/** Further ahead than this a date is meant of last year. */
const AHEAD_MONTHS = 6
const BACK: readonly [RegExp, number][] = [
  [/昨[天日]/u, -1],
  [/前天/u, -2],
]
const DATE = /(?:(\d{1,2})月)?(\d{1,2})[日号]/u

/** The day that the words name, today where they name none; one that has not come, or is long past, has no diary. */
export function readDay(words: string, today: Day): Day | { refused: Answer } {
  const day = namedDay(words.normalize('NFKC'), today)
  if (day === undefined) return { refused: refuse('no-such-day', '没有这一天，请核对日期。', { private: true }) }
  if (day > today) return { refused: refuse('future', '还没到那一天，日志到时候再写。', { private: true }) }
  if (day < addMonths(today, -LATE_MONTHS)) {
    return { refused: refuse('too-late', '一个月以前的日志不能再补；那天的记录都还在台账里。', { private: true }) }
  }
  return day
}

function namedDay(words: string, today: Day): Day | undefined {
  const back = BACK.find(([word]) => word.test(words))
  if (back) return addDays(today, back[1])
  const [, month = today.slice(5, 7), date] = DATE.exec(words) ?? []
  if (date === undefined) return today
  const day = `${today.slice(0, 4)}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
  if (!isDay(day)) return undefined
  return day > addMonths(today, AHEAD_MONTHS) ? addMonths(day, -12) : day
}

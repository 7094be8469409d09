import {
  addDays,
  addMonths,
  type Day,
  formatDayCompact,
  isDay,
  monthOf,
  monthRange,
  yearOf,
} from '../../policy/time.ts'
import { answer, type Command, refuse } from '../handler.ts'
import { readNumeral } from '../numerals.ts'
import { changeTarget, createPattern, findTarget } from './change-target.ts'

const PAUSE = createPattern('住院|外出|暂停走访|暂停', '(?:[\\s,，:：]*(?:到|至)?\\s*([^\\s。][\\s\\S]{0,40}?))?')
const RESUME = createPattern('恢复走访|恢复|出院', '(?:[\\s,，:：]+[\\s\\S]{1,40})?')

/** In hospital or away: nothing is owed until then. Source: S1-16 */
export const pauseTarget: Command = {
  name: 'pauseVisitTarget',
  matches: PAUSE,
  who: 'visit',
  dialog: {
    as: 'worker',
    turns: [
      ['登记走访对象 低保户 王秀英 3幢201', '低保-01'],
      ['住院 低保-01 到12月', '低保-01 暂停走访到11/30'],
    ],
  },
  async run(ctx) {
    const found = await findTarget(ctx, PAUSE)
    if ('refused' in found) return found.refused
    const { target, words } = found
    const until = words ? readUntil(words, ctx.today) : monthRange(monthOf(ctx.today)).to
    if (until === undefined || until < ctx.today) {
      const why = until === undefined ? `没看懂“${words}”是到哪天` : `“${words}”不是今天以后的日子`
      return refuse('no-such-day', `${why}，没有改动。请写如“住院 ${target.code} 到12月15日”。`, { private: true })
    }
    await changeTarget(ctx, target, 'paused', { pausedUntil: until })
    const next = formatDayCompact(addDays(until, 1), ctx.today)
    return answer(
      `${target.code} 暂停走访到${formatDayCompact(until, ctx.today)}，${next}起恢复；提前回来请说“恢复 ${target.code}”。`,
      {
        private: true,
      },
    )
  },
}

/** `12月` ends with November, so that the month itself is not missed; `12月15日` with the day before it. */
function readUntil(words: string, today: Day): Day | undefined {
  const [, month, day] =
    /^(\d{1,2}|[一二三四五六七八九十]{1,2})月(?:份|底|(\d{1,2}|[一二三四五六七八九十]{1,3})[日号]?)?$/u.exec(words) ??
    []
  const number = readNumeral(month)
  if (number === undefined || number > 12) return undefined
  const inYear = (year: number) => `${year}-${String(number).padStart(2, '0')}`
  const year = inYear(yearOf(today)) < monthOf(today) ? yearOf(today) + 1 : yearOf(today)
  const first = `${inYear(year)}-01`
  if (words.endsWith('底')) return monthRange(inYear(year)).to
  const date = readNumeral(day)
  const exact = date === undefined ? first : `${inYear(year)}-${String(date).padStart(2, '0')}`
  if (!isDay(exact)) return undefined
  const until = addDays(exact, -1)
  // In December `到12月` can only mean its end.
  return date === undefined && until < today ? addDays(addMonths(first, 1), -1) : until
}

export const resumeTarget: Command = {
  name: 'resumeVisitTarget',
  matches: RESUME,
  who: 'visit',
  dialog: {
    as: 'worker',
    turns: [
      ['登记走访对象 低保户 王秀英 3幢201', '低保-01'],
      ['住院 低保-01', '暂停走访'],
      ['恢复 低保-01', '低保-01 恢复走访'],
    ],
  },
  async run(ctx) {
    const found = await findTarget(ctx, RESUME)
    if ('refused' in found) return found.refused
    const { target } = found
    if (target.pausedUntil === undefined || target.pausedUntil < ctx.today) {
      return refuse('not-paused', `${target.code}没有暂停，不用恢复。`, { private: true })
    }
    await changeTarget(ctx, target, 'resumed', { pausedUntil: addDays(ctx.today, -1) })
    return answer(`${target.code} 恢复走访，从今天起照常。`, { private: true })
  },
}

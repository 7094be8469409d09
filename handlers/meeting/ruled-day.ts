import { ruledDayOf } from '../../policy/meeting-rules.ts'
import { addMonths, formatDayCompact, formatDayShort, monthOf } from '../../policy/time.ts'
import { answer, type Command, type Ctx, refuse } from '../handler.ts'
import { NUMERAL, readNumeral } from '../numerals.ts'
import { narrowSigns } from '../plain-words.ts'
import { factsOf } from './duty.ts'

const ASKED = new RegExp(
  String.raw`^\s*${NUMERAL}月份?的?(?:工作)?例会\s*(?:是?(?:哪天|几号|什么时候|时间))?(?:开)?\s*[?？。]?\s*$`,
  'u',
)
const MONTHS_BACK = 5
const HALVES = { morning: '上午', afternoon: '下午' } as const

/**
 * `10月例会`: the day that the document gives for that month, moved off free days, and why. The month is the nearest one of this name.
 * Source: S3A-13
 */
export const ruledDayCommand: Command = {
  name: 'ruledMeetingDay',
  matches: ASKED,
  who: 'anyMember',
  dialog: { as: 'worker', turns: [['10月例会', '没有规定固定日期']] },
  run(ctx) {
    const number = readNumeral(ASKED.exec(narrowSigns(ctx.text))?.[1])
    if (number === undefined || number < 1 || number > 12) return Promise.resolve(refuse('no-month', '没有这个月份。'))
    const ruled = ctx.pack.meetings.find(({ value }) => value.onDay !== undefined)
    if (!ruled) {
      const text = '所用的文件没有规定固定日期的例会；开会请直接说，如“周五下午2点开例会”。'
      return Promise.resolve(refuse('no-ruled-day', text, { private: true }))
    }
    const { value: rule, clause } = ruled
    const month = nearestMonth(ctx, number)
    const { day, on, movedFor } = ruledDayOf(rule, month, factsOf(ctx))!
    const half = rule.half ? HALVES[rule.half] : ''
    const why = movedFor
      ? `${formatDayCompact(on, day)}逢${movedFor}，${ctx.pack.holidayShift.value === 'prev' ? '提前' : '顺延'}`
      : ''
    const year = day.slice(0, 4) === ctx.today.slice(0, 4) ? '' : `${day.slice(0, 4)}年`
    const caveat = ctx.calendar.caveatOf(on)
    const reason = [why, caveat, `依据：${clause}`].filter(Boolean).join('；')
    return Promise.resolve(answer(`${number}月${rule.name}：${year}${formatDayShort(day)}${half}。（${reason}）`))
  },
}

function nearestMonth({ today }: Ctx, number: number): string {
  const first = addMonths(`${monthOf(today)}-01`, -MONTHS_BACK)
  const months = Array.from({ length: 12 }, (_, index) => monthOf(addMonths(first, index)))
  return months.find(month => Number(month.slice(5)) === number)!
}

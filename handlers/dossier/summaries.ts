import { monthRange, periodRange } from '../../policy/time.ts'
import { answer, type Command, type Ctx, refuse } from '../handler.ts'
import { MONTH, readMonth } from '../incident/lists/month.ts'
import { countDuties } from '../papers/duties.ts'
import { gatherWork, listFigures, type Work } from '../papers/work-of.ts'

const YEAR =
  /^\s*(?:导出\s*)?(?:(\d{4})年?|今年|去年)?的?\s*(?:年终总结|年度总结|个人总结)\s*(?:(\d{4})年?)?\s*[。.]?\s*$/u
const OF_MONTH = new RegExp(`^\\s*(${MONTH})(?:的|我的)?小结\\s*[?？。]?\\s*$`, 'u')

/** A draft of one's own year, with the source of every number; nobody else gets it. Source: S4C-06 */
export const yearSummaryCommand: Command = {
  name: 'yearSummary',
  matches: YEAR,
  who: 'queryOwn',
  dialog: { as: 'worker', turns: [['年终总结', '年终总结草稿见附件']] },
  async run(ctx) {
    const [, before, after] = YEAR.exec(ctx.text.normalize('NFKC')) ?? []
    const thisYear = ctx.today.slice(0, 4)
    const year = before ?? after ?? (ctx.text.includes('去年') ? String(Number(thisYear) - 1) : thisYear)
    if (year > thisYear) return refuse('future', `${year}年还没到，年终总结到时候再写。`, { private: true })
    const work = await gatherWork(ctx, { memberId: ctx.actor.id }, periodRange(year))
    const sofar = year === thisYear ? '（到今天）' : ''
    return answer(
      `您${year}年${sofar}：${tell(work)}。\n年终总结草稿见附件，每个数字都注明台账和条数；问题和打算请自己补。`,
      { private: true, attachment: { kind: 'year-summary', data: { memberId: ctx.actor.id, year } } },
    )
  },
}

/** One's own month in one text. Source: S1-36, S4D-05 */
export const monthSummaryCommand: Command = {
  name: 'monthSummary',
  matches: OF_MONTH,
  who: 'queryOwn',
  dialog: {
    as: 'worker',
    turns: [
      ['走访了3幢王奶奶，20分钟', '已记走访'],
      ['本月小结', '走访1次'],
    ],
  },
  async run(ctx) {
    const { month, name } = readMonth(ctx.text, ctx.today)
    const work = await gatherWork(ctx, { memberId: ctx.actor.id }, monthRange(month))
    const lines = [`您${name}：${tell(work)}。`, tellWorkdays(ctx, month), tellDuties(ctx, work)]
    return answer(lines.filter(Boolean).join('\n'), { private: true })
  },
}

/** What the days in the grid are to be compared with; a free day is none. Source: S1-36 (每天是否坚持下网格) */
function tellWorkdays({ calendar, today }: Ctx, month: string): string {
  const { from, to } = monthRange(month)
  const days = calendar.workdaysBetween(from, to < today ? to : today).length
  return `${to < today ? '这个月' : '到今天'}共${days}个工作日。`
}

function tellDuties({ pack }: Ctx, work: Work): string {
  const some = countDuties(pack, work).filter(({ count }) => count > 0)
  return some.length > 0 ? `按职责：${some.map(({ name, count }) => `${name}${count}`).join('、')}。` : ''
}

function tell(work: Work): string {
  const some = listFigures(work).filter(({ count }) => count > 0)
  return some.length > 0 ? some.map(({ name, count, unit }) => `${name}${count}${unit}`).join('、') : '还没有记录'
}

import { addMonths, monthOf } from '../../policy/time.ts'
import type { Desk } from '../desk.ts'
import { type Answer, answer, type Command } from '../handler.ts'
import { monthly, readMonth } from '../incident/lists/month.ts'
import { refuseRole } from '../not-allowed.ts'
import { analyseMonth } from './analysis.ts'
import { nameMonth } from './population-words.ts'

/** The rule that asks for it every month; undefined where the document has none. Source: S2-34 */
export function findReportRule({ pack }: Pick<Desk, 'pack'>) {
  return pack.recurring.find(({ rule, value }) => rule === 'S2-34' && value.per === 'month')
}

/** The line that goes along with the paper, and the paper. */
export async function composeReport(
  desk: Pick<Desk, 'db' | 'roster' | 'today'>,
  month: string,
): Promise<Required<Pick<Answer, 'text' | 'attachment'>>> {
  const { total, before } = await analyseMonth(desk, month)
  const all = total.counted + total.repeated
  const figures =
    all === 0
      ? '没有上报信息'
      : `信息${all}条，有效${total.counted}，重复${total.repeated}，转事件${total.used}；上月有效${before.counted}`
  const text = `${nameMonth(month, desk.today)}网格信息分析报告附后：${figures}。研判和建议请您补充。`
  return { text, attachment: { kind: 'information-report', data: { month } } }
}

/** On demand; without a month the one that is over. Source: S2-34 */
export const infoReportCommand: Command = {
  name: 'infoReport',
  matches: monthly('信息分析报告'),
  who: 'queryOwn',
  dialog: { as: 'generalOffice', turns: [['信息分析报告 10月', '10月网格信息分析报告']] },
  async run(ctx) {
    if (!ctx.may('queryStreet')) return refuseRole(ctx, 'queryStreet')
    const isNamed = /月/u.test(ctx.text)
    const month = isNamed ? readMonth(ctx.text, ctx.today).month : monthOf(addMonths(ctx.today, -1))
    const { text, attachment } = await composeReport(ctx, month)
    return answer(text, { attachment, private: true })
  },
}

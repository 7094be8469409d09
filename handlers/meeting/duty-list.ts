import { daysOfSpan, spanOf } from '../../policy/meeting-rules.ts'
import { addDays } from '../../policy/time.ts'
import { answer, type Command, refuse } from '../handler.ts'
import { narrowSigns } from '../plain-words.ts'
import { factsOf, listDuties } from './duty.ts'
import { renderMissing } from './duty-words.ts'

const ASKED = /^\s*(上周|上个?月|上(?:个)?季度|去年)?(?:例会|会议)(?:情况|检查|缺项|台账)\s*[?？。]?\s*$/u
const PERIODS = { week: '周', month: '月', quarter: '季度', year: '年' } as const

/** What the document asks of meetings and who has not held them: counts for whoever leads, in private. Source: S0-30, S0-31 */
export const dutyListCommand: Command = {
  name: 'listMeetingDuties',
  matches: ASKED,
  who: 'queryCommunity',
  dialog: { as: 'generalOffice', turns: [['例会情况', '社区全体网格员会议']] },
  async run(ctx) {
    const isLast = ASKED.exec(narrowSigns(ctx.text))?.[1] !== undefined
    if (ctx.pack.meetings.length === 0) return refuse('no-rule', '所用的文件没有规定例会。', { private: true })
    const lines: string[] = []
    for (const ruled of ctx.pack.meetings) {
      const facts = factsOf(ctx)
      const now = spanOf(ruled.value, ctx.today, facts)
      const span = isLast ? spanOf(ruled.value, addDays(daysOfSpan(ruled.value, now, facts).from, -1), facts) : now
      const duties = await listDuties(ctx, ruled, span)
      const when = `${isLast ? '上' : '本'}${PERIODS[ruled.value.period]}`
      lines.push(renderMissing(ruled.value.name, duties, when))
    }
    return answer(lines.join('\n'), { private: true })
  },
}

import { dayMs } from '../../policy/time.ts'
import { judgeVisitSort } from '../../policy/visit-kind.ts'
import { type FieldRecord, listLastVisits, tieVisitToIncident } from '../../storage/field-records.ts'
import { findIncidentOfMessage } from '../../storage/incident-sources.ts'
import { gridsOf } from '../../storage/roster.ts'
import { type Answer, type Command, type Ctx, refuse } from '../handler.ts'
import { reportIncident } from '../incident/report.ts'
import type { IncidentCategory } from '../slots.ts'

const TURN =
  /^\s*(?:@\S+\s+)?(?:转(?:成)?事件|要?转(?:成)?案件)\s*[,，:：]?\s*([\p{Script=Han}]{2,6})?\s*[。.!！]?\s*$/u
/** What was found longer ago is told anew. */
const FRESH_DAYS = 3
const OFFERED = { hazard: '发现的问题', need: '反映的需求' } as const

/** Offers to make a case of what was found on a visit; nothing happens unless somebody wants it. */
export function offerCase(what: 'hazard' | 'need'): Pick<Answer, 'text' | 'card'> {
  return {
    text: `${OFFERED[what]}要办理的话，回“转事件”。`,
    card: { title: `${OFFERED[what]}转成事件？`, buttons: [{ key: 'case', text: '转事件', says: '转事件' }] },
  }
}

/** Makes a case of what the sender's last visit found, tied to that visit. Source: S0-12, S1-17 */
export const turnIntoCase: Command = {
  name: 'visitToCase',
  matches: TURN,
  who: 'reportIncident',
  dialog: {
    as: 'worker',
    turns: [
      ['走访了3幢王奶奶，家里缺轮椅', '转事件'],
      ['转事件', '已上报：事件 #'],
    ],
  },
  async run(ctx) {
    const [, person] = TURN.exec(ctx.text.normalize('NFKC')) ?? []
    const visits = await listLastVisits(ctx.db, ctx.actor.id, { person })
    const fresh = visits.filter(({ at }) => at >= ctx.at - FRESH_DAYS * dayMs)
    const told = fresh.filter(({ findings, outcome }) => {
      if (findings === undefined) return false
      // That nobody was met is by itself nothing to be seen to.
      return outcome === undefined || judgeVisitSort('', findings.reveal(), ctx.pack).offers !== undefined
    })
    if (told.length === 0) {
      return refuse('nothing-found', '最近的走访里没有写情况。请直接说在哪里、什么问题，如“上报：3幢楼道燃气管老化”。')
    }
    const visit = told.find(({ incidentId }) => incidentId === undefined)
    if (!visit) return refuse('repeated', '这次走访的情况已经转成事件了，回“我的任务”可以看办到哪了。')
    const answered = await reportIncident.run({ ...ctx, text: describe(ctx, visit) }, slotsOf(visit))
    const incidentId = await findIncidentOfMessage(ctx.db, ctx.message.id)
    if (incidentId) await tieVisitToIncident(ctx.db, visit.id, incidentId)
    return answered ?? refuse('not-reported', '没有转成事件，请直接说在哪里、什么问题。')
  },
}

/** `走访王奶奶反映：家里缺轮椅`: what a resident needs is told as theirs, a danger as found. */
function describe(ctx: Ctx, { gridId, person, place, findings }: FieldRecord): string {
  const words = findings!.reveal()
  const { offers } = judgeVisitSort('', words, ctx.pack)
  const own = gridsOf(ctx.roster, ctx.actor, ctx.today)
  const grid = own.length === 1 && own[0]?.id === gridId ? '' : (ctx.roster.gridById(gridId)?.name ?? '')
  const whom = [place?.reveal(), person?.reveal()].filter(Boolean).join('')
  return `${grid}走访${whom}${offers === 'need' ? '，居民反映' : '发现'}：${words}`
}

const CATEGORIES: readonly [IncidentCategory, RegExp][] = [
  ['safety', /燃气|煤气|液化气|消防|灭火器|电线|线路|飞线|电动车|充电|短路|隐患/u],
  ['facility', /漏|堵|路灯|不亮|电梯|井盖|管道|下水|墙|裂|坏|破损|脱落|塌/u],
  ['environment', /垃圾|污水|异味|堆放|积水|噪音/u],
  ['dispute', /纠纷|吵|矛盾|争/u],
]

function slotsOf({ place, findings }: FieldRecord) {
  const words = findings!.reveal()
  const category = CATEGORIES.find(([, cue]) => cue.test(words))?.[0] ?? 'livelihood'
  return { category, place: place?.reveal() }
}

import { type Incident, moveIncident } from '../../storage/incidents.ts'
import { type Answer, answer, type Ctx, refuse } from '../handler.ts'
import { NUMERAL, readNumeral } from '../numerals.ts'
import { plainWords } from '../plain-words.ts'
import { isWithinReach } from './reach.ts'
import { logStep, refuseReach, refuseState, tellMembers } from './step.ts'

/** More that is known of a case; the one who has it in hand reads it too. Source: S0-14 */
export async function noteIncident(ctx: Ctx, incident: Incident): Promise<Answer> {
  if (incident.reporterId !== ctx.actor.id && !isWithinReach(ctx, incident)) return refuseReach(ctx, incident)
  await logStep(ctx, incident, 'note')
  const holder = ctx.roster.memberById(incident.holderId ?? '')
  if (holder)
    await tellMembers(ctx, incident, [holder], `${ctx.actor.name}补充事件 #${incident.no}：${plainWords(ctx.text)}`)
  return answer(`已补充到事件 #${incident.no}。`)
}

const POINTS = new RegExp(`${NUMERAL}\\s*(?:分|颗?星)`, 'u')
const WORDS: [RegExp, number][] = [
  [/不满意|差评|很差|太差/, 1],
  [/非常满意|很满意|好评|满意/, 5],
  [/一般|还行|凑合/, 3],
]

/** The reporter's mark from 1 to 5 ends the case. Source: S0-09 */
export async function rateIncident(ctx: Ctx, incident: Incident): Promise<Answer> {
  if (incident.reporterId !== ctx.actor.id) return refuse('not-yours', `事件 #${incident.no} 由上报人评价。`)
  const rating = readRating(ctx.text)
  if (rating === undefined) return refuse('no-rating', `请打 1 到 5 分，如“事件${incident.no}评价5分”。`)
  const moved = await moveIncident(ctx.db, incident.id, ['resolved', 'rechecked'], { status: 'closed', rating })
  if (!moved) return refuseState(ctx, incident, '评价')
  await logStep(ctx, moved, 'rate')
  return answer(`谢谢，事件 #${moved.no} 评价 ${rating} 分，已结案。`)
}

function readRating(text: string): number | undefined {
  const points = readNumeral(POINTS.exec(text.normalize('NFKC'))?.[1])
  if (points !== undefined) return points <= 5 ? points : undefined
  return WORDS.find(([words]) => words.test(text))?.[1]
}

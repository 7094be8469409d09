import type { Incident } from '../../storage/incidents.ts'
import { type Answer, answer, type Ctx, refuse } from '../handler.ts'
import { NUMERAL, readNumeral } from '../numerals.ts'
import { plainWords } from '../plain-words.ts'
import { shortenText } from '../reader.ts'
import { listReporters } from './feedback.ts'
import { listResponsible } from './holders.ts'
import { judge, logStep, moveOn, refuseStep, tellMembers } from './step.ts'

/** More that is known of a case; the one who has it in hand reads it too. Source: S0-14 (第一时间协同做好稳控化解) */
export async function noteIncident(ctx: Ctx, incident: Incident): Promise<Answer> {
  const verdict = judge(ctx, incident, 'note', await standsAsReporter(ctx, incident))
  if (!verdict.ok) return refuseStep(ctx, incident, 'note', verdict, '补充')
  await logStep(ctx, incident, 'note')
  const holder = ctx.roster.memberById(incident.holderId ?? '')
  if (holder)
    await tellMembers(
      ctx,
      incident,
      [holder],
      `${ctx.actor.name}补充事件 #${incident.no}：${shortenText(plainWords(ctx.text))}`,
    )
  return answer(`已补充到事件 #${incident.no}。`)
}

/** Whoever reported the same thing later counts as a reporter too. */
export async function standsAsReporter(ctx: Ctx, incident: Incident): Promise<readonly 'reporter'[]> {
  const { members } = await listReporters(ctx, incident)
  return members.some(({ id }) => id === ctx.actor.id) ? ['reporter'] : []
}

const POINTS = new RegExp(`${NUMERAL}\\s*(?:分|颗?星)`, 'u')
const WORDS: [RegExp, number][] = [
  [/不满意|差评|很差|太差/, 1],
  [/非常满意|很满意|好评|满意/, 5],
  [/一般|还行|凑合/, 3],
]
/** At or below this mark a case does not end by itself: somebody was left dissatisfied. */
export const DISSATISFIED = 2

/** The reporter's mark from 1 to 5 ends the case; a bad one goes to whoever answers for it instead. Source: S0-09, S4B-02 (评价) */
export async function rateIncident(ctx: Ctx, incident: Incident): Promise<Answer> {
  const reporter = await standsAsReporter(ctx, incident)
  if (reporter.length === 0) return refuse('not-yours', `事件 #${incident.no} 由上报人评价。`)
  const rating = readRating(ctx.text)
  if (rating === undefined) return refuseRating(incident)
  const verdict = judge(ctx, incident, 'rate', reporter)
  if (!verdict.ok) return refuseStep(ctx, incident, 'rate', verdict, '评价')
  const isBad = rating <= DISSATISFIED
  const moved = await moveOn(ctx, incident, 'rate', isBad ? { rating } : { status: 'closed', rating })
  if (!moved) return refuseStep(ctx, incident, 'rate', { clause: verdict.clause }, '评价')
  await logStep(ctx, moved, 'rate')
  if (!isBad) return answer(`谢谢，事件 #${moved.no} 评价 ${rating} 分，已结案。`)
  await tellMembers(ctx, moved, await listResponsible(ctx, moved), renderBadMark(moved, rating, ctx.text))
  return answer(askWhetherFixed(moved, rating))
}

/** For whoever answers for the case. */
export function renderBadMark({ no }: Incident, rating: number, words: string): string {
  return `上报人给事件 #${no} 评 ${rating} 分：“${shortenText(plainWords(words))}”。请回访；确实没解决的，回“#${no} 没修好”。`
}

export function askWhetherFixed({ no }: Incident, rating: number): string {
  return `已记 ${rating} 分，办理人会来了解。要重新办理请回“#${no} 没修好”。`
}

export function refuseRating({ no }: Incident): Answer {
  return refuse('no-rating', `请打 1 到 5 分，如“事件${no}评价5分”。`)
}

/** `5分`, `三星`, 满意; undefined where the words hold no mark from 1 to 5. */
export function readRating(text: string): number | undefined {
  const points = readNumeral(POINTS.exec(text.normalize('NFKC'))?.[1])
  if (points !== undefined) return points <= 5 ? points : undefined
  return WORDS.find(([words]) => words.test(text))?.[1]
}

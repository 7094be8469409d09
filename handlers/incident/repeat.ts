import { dayOf, formatDayCompact, timeOf } from '../../policy/time.ts'
import { findIncidentById, type Incident, OPEN_STATUSES } from '../../storage/incidents.ts'
import { type Answer, answer, ask, type Ctx, refuse } from '../handler.ts'
import { plainWords } from '../plain-words.ts'
import { readerOf } from '../reader.ts'
import { type Repeat, renderRepeat } from './duplicates.ts'
import { mergeIncidents } from './merge.ts'

/** The report is stored; only whether it is the earlier one is asked for. */
export interface RepeatDraft {
  incidentId: string
  repeats: string
}

export function isRepeatDraft(draft: unknown): draft is RepeatDraft {
  return typeof draft === 'object' && draft !== null && 'repeats' in draft
}

/** Adds the one question to what was answered; one word or one button is enough. */
export function askAboutRepeat(ctx: Ctx, incident: Incident, repeat: Repeat, said: Answer): Answer {
  const { text, ...options } = said
  const isOpen = OPEN_STATUSES.includes(repeat.earlier.status)
  const merge = isOpen ? '是同一件回“并入”' : '没修好回“并入”重新办'
  const draft: RepeatDraft = { incidentId: incident.id, repeats: repeat.earlier.id }
  return ask(
    'reportIncident',
    draft,
    `${text}\n${renderRepeat(ctx, repeat, readerOf(ctx))}。${merge}，另一件回“不是”。`,
    {
      ...options,
      card: {
        title: `#${incident.no} 与 #${repeat.earlier.no} 是同一件吗`,
        buttons: [
          { key: 'merge', text: '并入', says: '并入' },
          { key: 'keep', text: '不是', says: '不是' },
        ],
      },
    },
  )
}

const SAME = /^(?:并入?|合并|同一件|同一个|是同一件|是的?|对的?)(?:了|吧|到)?\s*#?(\d*)号?(?:事件)?[。.!！]*$/u
const OTHER = /^(?:不是|不同|不一样|不并|不用并|新的|新事件|新问题|另一件|另外一件|两件事?)[了的吧]?[。.!！]*$/u

/** Takes the answer; undefined where it is none. */
export async function resumeRepeat(ctx: Ctx, { incidentId, repeats }: RepeatDraft): Promise<Answer | undefined> {
  const told = plainWords(ctx.text).normalize('NFKC')
  const [incident, earlier] = [await findIncidentById(ctx.db, incidentId), await findIncidentById(ctx.db, repeats)]
  if (!incident || !earlier) return undefined
  if (OTHER.test(told)) return answer(`好，事件 #${incident.no} 单独办理。`)
  const same = SAME.exec(told)
  if (!same || (same[1] && Number(same[1]) !== earlier.no)) return undefined
  return mergeReport(ctx, incident, earlier)
}

/** `已并入 #12：已由李敏首问（11月16日 09:10）…`: whoever came first keeps the credit, whoever came later hears the result. Source: S1-02 */
export async function mergeReport(ctx: Ctx, incident: Incident, earlier: Incident): Promise<Answer> {
  const merged = await mergeIncidents(ctx, incident, earlier)
  if ('refused' in merged) return merged.refused
  const first = ctx.roster.memberById(earlier.reporterId ?? '')
  const day = dayOf(earlier.reportedAt)
  const when = `${day === ctx.today ? '今天' : formatDayCompact(day, ctx.today)} ${timeOf(earlier.reportedAt)}`
  const credit = !first || first.id === ctx.actor.id ? '' : `已由${first.name}首问（${when}），您的情况算补充，`
  const state = merged.reopened ? '，已重新办理' : ''
  return answer(`#${incident.no} 已并入 #${earlier.no}${state}。${credit}结果会告诉您。`)
}

export function refuseSelfMerge(no: number): Answer {
  return refuse('same-incident', `#${no} 不能并入它自己，请写两个不同的编号，如“#13 并入 #12”。`)
}

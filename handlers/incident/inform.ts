import { timeOf } from '../../policy/time.ts'
import { type Incident, listIncidentLogs } from '../../storage/incidents.ts'
import type { Desk } from '../desk.ts'
import { type Answer, answer, type Command, type Ctx } from '../handler.ts'
import { plainWords } from '../plain-words.ts'
import { listReporters } from './feedback.ts'
import { NUMBER } from './lists/numbers.ts'
import { logStep } from './step.ts'
import { findVisible } from './visible.ts'

/** The steps after which whoever is concerned must hear anew. */
const NEWS: ReadonlySet<string> = new Set(['resolve', 'answer', 'reopen', 'fail'])
const TOLD: ReadonlySet<string> = new Set(['inform', 'uninformed'])

/**
 * Whether a case may not be closed yet: by the document whoever is concerned must be told, and nobody wrote down when and how, or why
 * not. Residents who reported through the bot heard of the result there.
 * Source: S3A-25 (及时得到反馈意见,并告知当事人)
 */
export async function needsInforming(desk: Desk, incident: Incident): Promise<boolean> {
  const { db, pack } = desk
  if (!(pack.incident.intake.informs.value as readonly string[]).includes(incident.origin)) return false
  if ((await listReporters(desk, incident)).writers.length > 0) return false
  const logs = await listIncidentLogs(db, [incident.id])
  const since = logs.findLastIndex(({ action }) => NEWS.has(action))
  return !logs.slice(since + 1).some(({ action }) => TOLD.has(action))
}

/** `告知当事人了吗？`, with the words that answer it. */
export function askWhetherInformed({ pack }: Desk, { no }: Incident): string {
  const { clause } = pack.incident.intake.informs
  return `事件 #${no} 告知当事人了吗？回“已电话告知”（写明方式），没法告知请写原因，如“联系不上”。（依据：${clause}）`
}

const WAYS = '电话|上门|当面|微信|短信|书面|群里|口头|回访'
const INFORMED = new RegExp(
  `(?:${WAYS}).{0,8}(?:告知|告诉|通知|回复|答复|反馈|说明)|(?:告知|告诉|通知|回复|答复|反馈)(?:了|过)?.{0,12}(?:${WAYS})|^已?(?:经)?告知`,
  'u',
)
const UNREACHED =
  /联系不上|打不通|找不到|没联系方式|匿名|无法告知|没法告知|不(?:用|需要?)告知|没有?当事人|无当事人|已搬走|拒绝/u

/** The words as an answer to that question; undefined where they are none. */
export function readInforming(text: string): 'inform' | 'uninformed' | undefined {
  const told = plainWords(text)
  if (UNREACHED.test(told)) return 'uninformed'
  return INFORMED.test(told) ? 'inform' : undefined
}

/** Writes down when and how whoever is concerned was told, or why not. */
export async function recordInforming(ctx: Ctx, incident: Incident, told: 'inform' | 'uninformed'): Promise<Answer> {
  await logStep(ctx, incident, told)
  const what = told === 'inform' ? `${timeOf(ctx.at)} 已告知当事人` : '没能告知当事人，原因已记'
  return answer(`已记事件 #${incident.no}：${what}。`)
}

/** `#12 已电话告知`, `12号事件联系不上当事人`. */
export const informCommand: Command = {
  name: 'informConcerned',
  matches: new RegExp(
    `^\\s*(?:事件)?\\s*${NUMBER}[\\s,，:：]*(?:(?:已经?|当事人|居民|群众|业主|上午|下午|今天)\\s*)*(?:(?:${WAYS}).{0,8}告知|告知(?:了|过)?当事人|联系不上|无法告知|没法告知|不用告知).{0,80}$`,
    'u',
  ),
  who: 'noteIncident',
  dialog: {
    as: 'worker',
    turns: [
      ['居民反映3幢水管漏水', '事件 #1'],
      ['#1 已电话告知王阿姨', '已告知当事人'],
    ],
  },
  async run(ctx) {
    const found = await findVisible(ctx, informCommand.matches)
    if ('refused' in found) return found.refused
    return recordInforming(ctx, found.incident, readInforming(ctx.text) ?? 'inform')
  },
}

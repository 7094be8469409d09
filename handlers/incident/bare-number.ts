import { findIncident } from '../../storage/incidents.ts'
import { type Answer, type Ctx, refuse } from '../handler.ts'
import { refuseRole } from '../not-allowed.ts'
import { plainWords } from '../plain-words.ts'
import { readerOf } from '../reader.ts'
import type { SlotsOf } from '../slots.ts'
import { asksSomething, tellHowItStands } from './asked.ts'
import { tellWhatExists, waitsFor } from './choose.ts'
import { resolveIncident } from './handle.ts'
import { isHolder } from './reach.ts'
import { noteIncident } from './remark.ts'
import { forEachCase, listNumbers } from './several.ts'
import { titleIncident } from './words.ts'

const ABOUT_NOTICE = /提示单|通知|任务|交办/u

/**
 * `#1 办好了`, `1号的灯怎么还没修`: a number that is none of the notices sent to the sender means the incident with it.
 *
 * @returns undefined where the words name a notice, or there is no such incident either and nothing to choose from
 * Source: contract (Numbers)
 */
export async function takeAsIncident(ctx: Ctx, { no, done }: SlotsOf['reportProgress']): Promise<Answer | undefined> {
  if (no === undefined || ABOUT_NOTICE.test(plainWords(ctx.text))) return undefined
  const numbers = listNumbers(plainWords(ctx.text))
  if (done && numbers.length > 1 && ctx.may('resolveIncident'))
    return forEachCase(ctx, numbers, 'resolve', incident => resolveIncident(ctx, incident))
  const incident = await findIncident(ctx.db, no)
  if (!incident || incident.voided)
    return refuse('unknown-number', `没有${no}号提示单，也没有事件 #${no}。${await tellWhatExists(ctx)}`)
  if (asksSomething(ctx.text)) return tellHowItStands(ctx, incident)
  if (!done) return ctx.may('noteIncident') ? noteIncident(ctx, incident) : refuseRole(ctx, 'noteIncident')
  return ctx.may('resolveIncident') ? resolveIncident(ctx, incident) : refuseRole(ctx, 'resolveIncident')
}

/** The same number on a notice and on a case in the sender's hand: one question with both titles. Source: contract (Numbers) */
export async function askWhichOfTwo(
  ctx: Ctx,
  { no, done }: SlotsOf['reportProgress'],
  notice: string,
): Promise<Answer | undefined> {
  if (no === undefined || !done || ABOUT_NOTICE.test(plainWords(ctx.text))) return undefined
  const incident = await findIncident(ctx.db, no)
  if (!incident || incident.voided || !isHolder(ctx, incident) || !waitsFor(ctx, incident, 'resolve')) return undefined
  const title = titleIncident(incident, ctx.roster, { isPrivate: ctx.chat.kind === 'direct', reader: readerOf(ctx) })
  return refuse(
    'which-number',
    `${no}号有两件：${notice}，和事件 ${title}。做完了哪一件？回“${no}号提示单完成”或“${no}号事件办结”。`,
  )
}

import { addMonths, formatDayShort } from '../../policy/time.ts'
import { insertCorrection } from '../../storage/corrections.ts'
import { type Answer, answer, type Ctx, refuse } from '../handler.ts'
import { privateReader, readerOf } from '../reader.ts'
import { type Candidate, type Changes, type Correctable, isHindrance } from './correctable.ts'
import { findToldAt, isWithinOwnTime } from './own-time.ts'
import { requestCorrection } from './request.ts'

const LATE_MONTHS = 1

/**
 * Puts one record right: at once while its maker may, else by a request. The old row stays, taken back and linked to the new one.
 * Source: issue 6 part 10, expectations.md §4 (3, 4)
 */
export async function correctRecord(
  ctx: Ctx,
  kind: Correctable,
  record: Candidate,
  changes: Changes,
  reason: string | undefined,
): Promise<Answer> {
  const { actor } = ctx
  const difference = await kind.compare(ctx, record.id, changes, actor.id)
  if (isHindrance(difference)) return refuse(difference.reason, difference.text, { private: true })
  if (isTooLate(ctx, record.day)) return refuseTooLate()
  const toldAt = record.toldAt ?? (await findToldAt(ctx, kind.type, record.id))
  const isOwn = toldAt !== undefined && isWithinOwnTime(ctx, toldAt) && !kind.needsApproval?.(ctx, record, changes)
  const what = difference(privateReader)
  if (isOwn) return correctAtOnce(ctx, kind, record, changes, { what, shown: difference(readerOf(ctx)) })
  return requestCorrection(ctx, {
    subject: { type: kind.type, id: record.id },
    gridId: record.gridId,
    day: record.day,
    changes,
    what,
    reason,
  })
}

async function correctAtOnce(
  ctx: Ctx,
  kind: Correctable,
  record: Candidate,
  changes: Changes,
  { what, shown }: { what: string; shown: string },
): Promise<Answer> {
  const { db, actor, message, now } = ctx
  const newId = await kind.replace(ctx, record.id, changes, { memberId: actor.id, messageId: message.id, at: ctx.at })
  await insertCorrection(db, {
    memberId: actor.id,
    gridId: record.gridId,
    subject: { type: kind.type, id: record.id },
    newId,
    day: record.day,
    changes,
    what,
    status: 'direct',
    askedAt: now,
    messageId: message.id,
  })
  await ctx.record('corrected', { type: kind.type, id: record.id }, { newId })
  if (newId !== undefined && newId !== record.id) {
    await ctx.record('created', { type: kind.type, id: newId }, { corrects: record.id })
  }
  const told = await kind.tellWhenDirect?.(ctx, what, changes)
  return answer(`已更正：${shown}${told ?? ''}。`)
}

export function isTooLate({ today }: Ctx, day: string): boolean {
  return day < addMonths(today, -LATE_MONTHS)
}

export function refuseTooLate(): Answer {
  return refuse('too-late', '一个月以前的记录不能在这里更正，请找网格长线下核实。', { private: true })
}

/** Nothing of the speaker's fits the words. */
export function refuseMissing(kind: Correctable, { day, which }: { day?: string; which: string }): Answer {
  const when = day === undefined ? '一个月内' : formatDayShort(day)
  const named = which === '' ? '' : `“${which}”`
  return refuse(
    'nothing-to-correct',
    `没找到您自己${when}的${kind.name}${named}，没有改动。${kind.missing ?? '别人的记录由本人更正。'}`,
    {
      private: true,
    },
  )
}

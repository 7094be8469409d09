import { dayMs, dayOf } from '../policy/time.ts'
import { listRecordsOfMessage } from '../storage/audit.ts'
import { listCreatedBy } from '../storage/own-records.ts'
import { correctableOf } from './correct/any-record.ts'
import { correctRecord } from './correct/correct.ts'
import { findCorrectable } from './correct/correctables.ts'
import { findToldAt, isWithinOwnTime } from './correct/own-time.ts'
import { findQuotedMessage } from './correct/quoted.ts'
import { type Answer, answer, type Ctx, refuse } from './handler.ts'
import { undoables } from './undoable.ts'

/** People reply to what still stands on their screen. */
const QUOTED_DAYS = 31

/** Which of the sender's records are meant; none named means the last of any kind. */
export interface Meant {
  /** As the audit names them. */
  types?: readonly string[]
  /** Words that what it is called must begin with: 上班. */
  begins?: string
}

/** The sender's own last record that still stands, or what the quoted message made, is taken back. Source: expectations.md §4 (3) */
export async function takeBackLast(ctx: Ctx, { types, begins = '' }: Meant = {}): Promise<Answer> {
  const quoted = await findQuotedMessage(ctx)
  const made = quoted === undefined ? [] : await listRecordsOfMessage(ctx.db, quoted)
  if (made.length > 0) return takeBackQuoted(ctx, made)
  for (const { type, id } of await listCreatedBy(ctx.db, ctx.actor.id, ctx.now - dayMs)) {
    if (types && !types.includes(type)) continue
    const undone = await takeBack(ctx, type, id, begins)
    if (undone) return undone
  }
  return refuse('nothing-to-undo', '今天没有可撤销的记录。')
}

/** The newest of what the quoted message made, where it is the sender's own and stands. */
async function takeBackQuoted(ctx: Ctx, made: readonly { type: string; id: string }[]): Promise<Answer> {
  const own = await listCreatedBy(ctx.db, ctx.actor.id, ctx.now - QUOTED_DAYS * dayMs)
  const mine = made.filter(({ id }) => own.some(one => one.id === id))
  if (mine.length === 0) return refuse('not-yours', '引用的这条不是您自己报的，没有改动；谁报的由谁撤销。')
  for (const { type, id } of mine.toReversed()) {
    const undone = await takeBack(ctx, type, id)
    if (undone) return undone
  }
  return refuse('already-voided', '引用的这条已经撤销或更正过了。')
}

/** What the sender may not take back alone any more is laid before somebody else: the newest that is meant, or what is quoted. */
export async function askToTakeBack(ctx: Ctx, { types, begins = '' }: Meant = {}): Promise<Answer> {
  const quoted = await findQuotedMessage(ctx)
  const own = await listCreatedBy(ctx.db, ctx.actor.id, ctx.now - QUOTED_DAYS * dayMs)
  const meant = own.filter(({ messageId }) => quoted === undefined || messageId === quoted)
  for (const { type, id, at } of meant) {
    const kind = correctableOf(type)
    const what = await undoables[type]?.describe(ctx, id)
    if (!kind || !what?.startsWith(begins) || (types && !types.includes(type))) continue
    if (isWithinOwnTime(ctx, at)) return (await takeBack(ctx, type, id, begins))!
    return correctRecord(ctx, kind, { id, day: dayOf(at), toldAt: at }, { dropped: true }, undefined)
  }
  return refuse('nothing-to-undo', '一个月内没有可撤销的记录。', { private: true })
}

/** @returns undefined where it was taken back before, is not the one that is meant, or never can be */
async function takeBack(ctx: Ctx, type: string, id: string, begins = ''): Promise<Answer | undefined> {
  const undoable = undoables[type]
  const what = await undoable?.describe(ctx, id)
  if (!undoable || !what?.startsWith(begins)) return undefined
  if (!isWithinOwnTime(ctx, (await findToldAt(ctx, type, id)) ?? ctx.now)) {
    const { value: minutes } = ctx.pack.undo.withinMinutes
    const next = findCorrectable(type) ? '记错了请说“更正 … 改为 …”或“更正 … 作废”，' : '要撤请回“申请撤销”，'
    return refuse('too-late', `${what} 已过 ${minutes} 分钟，不能自己撤销；${next}由网格长或社区书记核实。`)
  }
  const refused = await undoable.undo(ctx, id)
  if (refused) return refused
  await ctx.record('voided', { type, id }, { what })
  return answer(`已撤销：${what}。`)
}

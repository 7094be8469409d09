import { parseRecurrence, parseSpan, type Recurrence } from '../../policy/recurrence.ts'
import { addDays, type Day, instantAt } from '../../policy/time.ts'
import {
  findNoticeNumbered,
  insertNotice,
  listNotices,
  moveNotice,
  type NewNotice,
  type Notice,
  type NoticeChanges,
} from '../../storage/notices.ts'
import { nextNumber } from '../../storage/settings.ts'
import type { Ctx } from '../handler.ts'
import { plainWords } from '../plain-words.ts'
import type { SlotsOf } from '../slots.ts'
import { attachMedia } from './attachments.ts'
import { officeOf } from './chain.ts'
import { findLine } from './lines.ts'
import { titleOf } from './words.ts'

type Slots = SlotsOf['draftNotice']

/** Still the drafter's own affair: nobody has passed it and it never went out. */
export function isOpen({ status, broadcastAt }: Notice): boolean {
  return status === 'draft' || status === 'rejected' || (status === 'withdrawn' && broadcastAt === undefined)
}

/** What somebody began and has not handed in, the oldest first; also what came back to them. */
export async function listOwnDrafts({ db, actor }: Pick<Ctx, 'db' | 'actor'>): Promise<Notice[]> {
  return listNotices(db, { drafterId: actor.id, statuses: ['draft', 'rejected'] })
}

/** The own draft that the words go on with: named by number, else today's open one where they bring single parts only. */
export async function findOwnDraft(ctx: Ctx, slots: Slots): Promise<Notice | undefined> {
  const { db, actor, today } = ctx
  const told = /(?:修改|重报|补充)\s*第?(\d+)\s*号|^\s*第?(\d+)\s*号提示单/.exec(plainWords(ctx.text).normalize('NFKC'))
  const named = told && (await findNoticeNumbered(db, Number(told[1] ?? told[2])))
  if (named && named.drafterId === actor.id && isOpen(named)) return named
  if (slots.content) return undefined
  if (!slots.requirement && !slots.appraisal && !slots.due) return undefined
  const drafted = { from: instantAt(today, '00:00'), before: instantAt(today, '24:00') }
  return (await listNotices(db, { drafterId: actor.id, statuses: ['draft'], drafted })).at(-1)
}

/** Numbered at the first draft, however little it says. */
export async function beginNotice(ctx: Ctx, slots: Slots): Promise<Notice> {
  const { content, requirement, appraisal, due, kindOfTask = 'campaign' } = slots
  const standing = kindOfTask === 'standing' ? readStanding(ctx, plainWords(ctx.text)) : {}
  return insertDraft(ctx, {
    kind: kindOfTask,
    title: slots.title ?? (content && titleOf(content)),
    content,
    requirement,
    appraisal,
    // Of a task that comes again, the words name no single day.
    due: standing.recurrence ? undefined : keepDay(due),
    ...standing,
  })
}

/** A notice of the speaker's, with the pictures and documents of the message. */
export async function insertDraft(
  ctx: Ctx,
  words: Omit<NewNotice, 'no' | 'drafterId' | 'office' | 'draftedAt' | 'messageId'>,
): Promise<Notice> {
  const { db, actor, at, message } = ctx
  const notice = await insertNotice(db, {
    ...words,
    no: await nextNumber(db, 'notice'),
    drafterId: actor.id,
    office: officeOf(ctx, actor),
    draftedAt: at,
    messageId: message.id,
  })
  await attachMedia(ctx, notice)
  await ctx.record('created', { type: 'notice', id: notice.id })
  return notice
}

/** 条线, recurrence and days of a standing task, as far as the words tell. Source: S0-19 */
function readStanding(
  { pack, today }: Ctx,
  words: string,
): { line?: string; recurrence?: Recurrence; startsOn?: Day; endsOn?: Day } {
  const recurrence = parseRecurrence(words)
  return { line: findLine(pack, words), ...(recurrence && { recurrence, ...parseSpan(words, today) }) }
}

/** 12月4日24:00, as the bot itself writes a day's end, is that day and not the first minute of the next. */
export function keepDay(due: string | undefined): string | undefined {
  return due?.endsWith('T00:00') ? addDays(due.slice(0, 10) as Day, -1) : due
}

/** Takes the words into a draft; what came back is a draft again. @returns undefined where it moved on meanwhile */
export async function amendNotice(ctx: Ctx, notice: Notice, slots: Slots): Promise<Notice | undefined> {
  const { content, requirement, appraisal, due } = slots
  const title = slots.title ?? (content && titleOf(content))
  return changeDraft(ctx, notice, { title, content, requirement, appraisal, due: keepDay(due) })
}

/** @returns undefined where somebody passed it, or took it back, at the same moment: nothing was changed */
export async function changeDraft(ctx: Ctx, notice: Notice, changes: NoticeChanges): Promise<Notice | undefined> {
  const { db } = ctx
  const changed = await moveNotice(db, notice.id, notice.status, { ...changes, status: 'draft' })
  if (!changed) return undefined
  await attachMedia(ctx, changed)
  await ctx.record('amended', { type: 'notice', id: notice.id })
  return changed
}

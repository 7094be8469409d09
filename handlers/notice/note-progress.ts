import {
  acknowledgeReceipt,
  insertProgress,
  listReceivers,
  markReceiptDone,
  type NoticeReceiver,
} from '../../storage/notice-receivers.ts'
import type { Notice } from '../../storage/notices.ts'
import { type Answer, ask, type Ctx } from '../handler.ts'
import { plainWords } from '../plain-words.ts'
import { answerQuietly } from '../quiet-line.ts'
import type { Addressed } from './addressed.ts'
import { closeWhenDone, reopen } from './close.ts'
import { asksForPhoto, hasPhoto, hasShownPhoto } from './evidence.ts'
import { type ProgressFigures, renderFigures } from './figures.ts'
import { nameNotice } from './words.ts'

/** A photo that is still to come for a finished notice. */
export interface NoticePhotoDraft {
  kind: 'photo'
  noticeId: string
}

/** `own` is the speaker's receipt; an observer has none and finishes nothing. */
export async function noteNoticeProgress(
  ctx: Ctx,
  notice: Notice,
  own: Addressed | undefined,
  told: ProgressFigures,
): Promise<Answer> {
  const { db, actor, at, message } = ctx
  const awaitsPhoto = own !== undefined && told.done === true && !(await isProven(ctx, notice))
  const done = awaitsPhoto ? undefined : told.done
  const { count, remaining } = told
  const progress = { noticeId: notice.id, memberId: actor.id, at, count, remaining, done, text: plainWords(ctx.text) }
  const id = await insertProgress(db, { ...progress, messageId: message.id })
  await ctx.record('created', { type: 'noticeProgress', id })
  if (own) await settle(ctx, notice, own, done)
  if (awaitsPhoto) return askForPhoto(ctx, notice)

  const state = done === undefined ? '进度已记' : done ? '已完成' : '未完成'
  const rows = await listReceivers(db, [notice.id])
  return answerQuietly(ctx, {
    kind: 'notice-progress',
    head: '提示单进度：',
    item: `${actor.name} ${notice.no}号${state}${renderFigures(told)}`,
    text: `${nameNotice(notice)}${state}${renderFigures(told)}（${countDone(rows)}/${rows.length}人完成）。`,
  })
}

/** Whether the photo that the notice asks for has come, now or before. Source: issue "task notices" part 4 */
async function isProven({ db, actor, message }: Ctx, { id, requirement }: Notice): Promise<boolean> {
  if (!asksForPhoto(requirement)) return true
  return (await hasPhoto(db, [message.id])) || hasShownPhoto(db, id, actor.id)
}

async function settle(ctx: Ctx, notice: Notice, { receipt }: Addressed, done: boolean | undefined): Promise<void> {
  const { db, at, message } = ctx
  await acknowledgeReceipt(db, receipt.id, { at, messageId: message.id })
  if (done === undefined) return
  await markReceiptDone(db, receipt.id, done ? at : undefined)
  if (done) await closeWhenDone(ctx, notice)
  else await reopen(ctx, notice)
}

function askForPhoto({ chat }: Ctx, notice: Notice): Answer {
  const draft: NoticePhotoDraft = { kind: 'photo', noticeId: notice.id }
  const how = chat.kind === 'group' ? `请图文一起@我，或私聊发我“${notice.no}号完成”加照片` : '请发一张'
  return ask('reportProgress', draft, `${nameNotice(notice)}进度已记；任务要求带照片，${how}，收到就算完成。`)
}

function countDone(rows: readonly NoticeReceiver[]): number {
  return rows.filter(({ doneAt }) => doneAt !== undefined).length
}

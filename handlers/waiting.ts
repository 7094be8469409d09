import type { Correction } from '../storage/corrections.ts'
import { type Leave, listLeaves } from '../storage/leaves.ts'
import { listNotices, type Notice, type NoticeStatus } from '../storage/notices.ts'
import type { Member } from '../storage/roster.ts'
import { listWaitingCorrections } from './correct/deciders.ts'
import { nameCorrection } from './correct/words.ts'
import type { Desk } from './desk.ts'
import { renderLeave } from './leave/words.ts'
import { findHand, reviewersOf } from './notice/chain.ts'
import { listWaitingExtensions, nameWaitingExtension, type WaitingExtension } from './notice/decide-extension.ts'
import { nameNotice } from './notice/words.ts'

/** Something that stands still until one person decides. */
export type Waiting =
  | { type: 'notice'; no: number; notice: Notice }
  | { type: 'leave'; no: number; leave: Leave }
  | ({ type: 'extension'; no: number } & WaitingExtension)
  | { type: 'correction'; no: number; correction: Correction }

/** What each is called behind its number. */
const kindNames: Record<Waiting['type'], string> = {
  notice: '提示单',
  leave: '请假',
  extension: '延期',
  correction: '更正',
}

/**
 * Everything that waits for this person, also in the place of somebody on leave: notices to review or sign, leave, extensions and
 * corrections to decide. In this order, each by number.
 */
export async function listWaiting(desk: Desk, member: Member): Promise<Waiting[]> {
  const { db } = desk
  const reviews: Notice[] = []
  for (const notice of await listNotices(db, { statuses: ['submitted'] })) {
    if (await findHand(desk, member, 'review', reviewersOf(desk, notice))) reviews.push(notice)
  }
  const signs = (await findHand(desk, member, 'sign')) ? await listNotices(db, { statuses: ['reviewed'] }) : []
  const leaves = await listLeaves(db, { statuses: ['pending'], approverId: member.id })
  const extensions = await listWaitingExtensions(desk, member)
  const corrections = await listWaitingCorrections(desk, member)
  return [
    ...toWaiting([...reviews, ...signs].filter(({ drafterId }) => drafterId !== member.id)),
    ...leaves.map(leave => ({ type: 'leave', no: leave.no, leave }) as const),
    ...extensions.map(waiting => ({ type: 'extension', no: waiting.extension.no, ...waiting }) as const),
    ...corrections.map(correction => ({ type: 'correction', no: correction.no ?? 0, correction }) as const),
  ]
}

/** Signed notices that this person could send out by hand now: 党政办 by `issue`, the principal by 加急. */
export async function listSendable(desk: Desk, member: Member): Promise<Waiting[]> {
  const { db } = desk
  const signed: NoticeStatus[] = ['signed']
  const sends = (await findHand(desk, member, 'issue')) ?? (await findHand(desk, member, 'sign'))
  return sends ? toWaiting(await listNotices(db, { statuses: signed })) : []
}

function toWaiting(notices: readonly Notice[]): Waiting[] {
  const own = [...notices].sort((a, b) => a.no - b.no)
  return own.map(notice => ({ type: 'notice', no: notice.no, notice }))
}

/** `12号提示单《消防检查》`, `3号请假（李敏，11月20日（周五）全天）`, `3号更正（李敏，走访 王奶奶 → 李奶奶）`; in private. */
export function nameWaiting(desk: Desk, waiting: Waiting): string {
  switch (waiting.type) {
    case 'notice':
      return nameNotice(waiting.notice)
    case 'leave':
      return renderLeave(desk.roster, waiting.leave)
    case 'extension':
      return nameWaitingExtension(waiting)
    case 'correction':
      return nameCorrection(desk, waiting.correction)
  }
}

/** `12号提示单`, `3号更正`. */
export function nameWaitingPlainly({ type, no }: Pick<Waiting, 'type' | 'no'>): string {
  return `${no}号${kindNames[type]}`
}

import { findNotice, moveNotice, type Notice } from '../../storage/notices.ts'
import type { Desk } from '../desk.ts'
import { listDestinations } from './destinations.ts'
import { nameNotice } from './words.ts'

/** The notice that a correction puts right is marked when the correction goes out; whoever reads the new sheet is told by it. */
export async function supersedeCorrected(desk: Desk, correction: Notice): Promise<void> {
  const old = correction.correctsId === undefined ? undefined : await findNotice(desk.db, correction.correctsId)
  if (!old || (old.status !== 'broadcast' && old.status !== 'closed')) return
  const reason = `已由${nameNotice(correction)}更正`
  await withdrawIssued(desk, old, reason)
  const told = new Set(listDestinations(desk, correction).map(({ key }) => key))
  await tellWithdrawn(desk, old, reason, key => !told.has(key))
}

/** @returns undefined where somebody was quicker */
export async function withdrawIssued(desk: Desk, notice: Notice, reason: string): Promise<Notice | undefined> {
  const { db, now } = desk
  const changes = { status: 'withdrawn', withdrawnAt: now, withdrawReason: reason } as const
  const withdrawn = await moveNotice(db, notice.id, notice.status, changes)
  if (withdrawn) await desk.record('withdrawn', { type: 'notice', id: notice.id }, { reason })
  return withdrawn
}

/** Once, to every place that got the sheet. @returns to how many */
export async function tellWithdrawn(
  desk: Desk,
  notice: Notice,
  reason: string,
  isMeant: (key: string) => boolean = () => true,
): Promise<number> {
  const text = `【撤回】${nameNotice(notice)}已撤回：${reason}。不用再办，已报的进度留存。`
  const spoken = { kind: 'notice-withdrawn', urgency: 'notice', subject: { type: 'notice', id: notice.id } } as const
  const places = listDestinations(desk, notice).filter(({ key }) => isMeant(key))
  for (const place of places) {
    if ('member' in place) await desk.say.toMember(place.member, text, spoken)
    else if (place.group) await desk.say.toGroup(place.group, text, spoken)
  }
  return places.length
}

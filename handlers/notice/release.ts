import { formatDayShort } from '../../policy/time.ts'
import { maskNumbers } from '../../storage/masking.ts'
import { insertReceivers, listReceivers, markReceiptDone } from '../../storage/notice-receivers.ts'
import { insertSheet } from '../../storage/notice-sheets.ts'
import { moveNotice, type Notice } from '../../storage/notices.ts'
import type { OutboxItem, Urgency } from '../../storage/outbox.ts'
import type { Desk } from '../desk.ts'
import { type Destination, listDestinations, listOwing } from './destinations.ts'
import { sayAttachments } from './say-attachments.ts'
import { renderSheetCard } from './sheet-card.ts'
import { type Going, noteOf, renderSheet } from './sheet-words.ts'
import { supersedeCorrected } from './withdraw.ts'

/** A signed notice that goes out now, and how that is to be marked. */
export interface Release {
  notice: Notice
  deferred: boolean
  late: boolean
}

/**
 * Sends notices out: one sheet with all that is for a place to each target group, or to each person that a notice names; receivers
 * noted, status `broadcast`, what a notice puts right withdrawn. A group that has no bound chat gets nothing here; the proof line
 * names it.
 *
 * @returns how many groups and people the sheets are on their way to
 */
export async function releaseNotices(
  desk: Desk,
  releases: readonly Release[],
  urgency: Urgency = 'notice',
): Promise<number> {
  const { db } = desk
  const claimed = await claimReleases(desk, releases)
  const places = new Map<string, { place: Destination; going: Going[] }>()
  for (const notice of claimed) {
    const one = { notice, note: await noteOf(desk, notice) }
    for (const place of listDestinations(desk, notice)) {
      const known = places.get(place.key)
      if (known) known.going.push(one)
      else places.set(place.key, { place, going: [one] })
    }
  }
  let reached = 0
  for (const { place, going } of places.values()) {
    const sheets = await saySheet(desk, place, going, urgency)
    const groupId = 'group' in place ? place.group?.id : undefined
    for (const { id: outboxId } of sheets) {
      for (const { notice } of going) await insertSheet(db, { noticeId: notice.id, outboxId, groupId })
    }
    if (sheets.length > 0) reached += 1
  }
  for (const notice of claimed) {
    await noteReceivers(desk, notice)
    await supersedeCorrected(desk, notice)
  }
  return reached
}

/** A task that comes again is done each time it is handed out; itself it is only acknowledged. */
async function noteReceivers(desk: Desk, notice: Notice): Promise<void> {
  const { db, now } = desk
  await insertReceivers(db, notice.id, listOwing(desk, notice), now)
  if (!notice.recurrence) return
  for (const { id } of await listReceivers(db, [notice.id])) await markReceiptDone(db, id, now)
}

/** 党政办 and the compiled run can come at the same instant: whoever marks a notice first sends it. */
async function claimReleases(desk: Desk, releases: readonly Release[]): Promise<Notice[]> {
  const claimed: Notice[] = []
  for (const { notice, deferred, late } of releases) {
    const changes = { status: 'broadcast', broadcastAt: desk.now, deferred, late } as const
    const moved = await moveNotice(desk.db, notice.id, 'signed', changes)
    if (!moved) continue
    await desk.record('broadcast', { type: 'notice', id: notice.id })
    claimed.push(moved)
  }
  return claimed.sort((a, b) => a.no - b.no)
}

async function saySheet(
  desk: Desk,
  place: Destination,
  going: readonly Going[],
  urgency: Urgency,
): Promise<OutboxItem[]> {
  const notices = going.map(({ notice }) => notice)
  const head = notices.length > 1 ? `${formatDayShort(desk.today)}工作提示单，共${notices.length}份` : undefined
  const text = maskNumbers(renderSheet(desk, going, head))
  const attachment = { kind: 'notice-sheet', data: { noticeIds: notices.map(({ id }) => id) } }
  const subject = { type: 'notice', id: notices[0]!.id }
  const spoken = { kind: 'notice-sheet', urgency, attachment, card: renderSheetCard(notices), subject }
  if ('member' in place) {
    const sheet = await desk.say.toMember(place.member, text, spoken)
    await sayAttachments(desk, place, notices, urgency)
    return [sheet]
  }
  const sheets = place.group ? await desk.say.toGroup(place.group, text, spoken) : []
  if (sheets.length > 0) await sayAttachments(desk, place, notices, urgency)
  return sheets
}

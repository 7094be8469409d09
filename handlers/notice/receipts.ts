import { listReceivers, type NoticeReceiver } from '../../storage/notice-receivers.ts'
import type { Member } from '../../storage/roster.ts'
import type { Desk } from '../desk.ts'
import { listAbsent } from '../leave/absent.ts'

/** How far one notice has got among those who owe something. */
export interface Receipts {
  total: number
  acknowledged: number
  done: number
  /** Has not acknowledged, or not completed; without those on leave right now. */
  missing: Receiver[]
  undone: Receiver[]
  /** How many owe something but are on leave right now. */
  onLeave: number
}

export interface Receiver {
  member: Member
  gridId: string
}

/** Of each notice, in the order asked. Source: expectations §4 no. 6 (only those missing, and not those on leave) */
export async function countReceipts(desk: Desk, noticeIds: readonly string[]): Promise<Map<string, Receipts>> {
  const rows = await listReceivers(desk.db, noticeIds)
  const absent = await listAbsent(desk)
  return new Map(
    noticeIds.map(id => [
      id,
      countOne(
        desk,
        rows.filter(({ noticeId }) => noticeId === id),
        absent,
      ),
    ]),
  )
}

function countOne({ roster }: Desk, rows: readonly NoticeReceiver[], absent: ReadonlySet<string>): Receipts {
  const present = rows.filter(({ memberId }) => !absent.has(memberId))
  const toReceivers = (owing: readonly NoticeReceiver[]) =>
    owing.flatMap(({ memberId, gridId }) => {
      const member = roster.memberById(memberId)
      return member ? [{ member, gridId }] : []
    })
  return {
    total: rows.length,
    acknowledged: rows.filter(({ acknowledgedAt }) => acknowledgedAt !== undefined).length,
    done: rows.filter(({ doneAt }) => doneAt !== undefined).length,
    missing: toReceivers(present.filter(({ acknowledgedAt }) => acknowledgedAt === undefined)),
    undone: toReceivers(present.filter(({ doneAt }) => doneAt === undefined)),
    onLeave: rows.filter(({ memberId, doneAt }) => absent.has(memberId) && doneAt === undefined).length,
  }
}

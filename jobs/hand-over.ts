import { carryOut, HAND_OVER_JOB } from '../handlers/organisation/carry-out.ts'
import { dayMs, formatDayShort } from '../policy/time.ts'
import { findHandOver, settleHandOver } from '../storage/hand-overs.ts'
import { rolesOn } from '../storage/roster.ts'
import type { Job } from './job.ts'

/** The day has come on which somebody takes over; where they left meanwhile, whoever planned it is asked anew. `subject` is the row id. */
export const handOver: Job = {
  name: HAND_OVER_JOB,
  days: 'all',
  catchUp: 'each',
  graceMs: 31 * dayMs,
  async run(desk, { subject }) {
    const { db, roster, today, now, say } = desk
    const found = await findHandOver(db, subject)
    if (found?.status !== 'planned') return
    const taker = roster.memberById(found.takerId ?? '')
    if (taker && rolesOn(taker, today).length > 0) {
      await carryOut(desk, found, { by: `job:${HAND_OVER_JOB}` })
      return
    }
    await settleHandOver(db, found.id, { status: 'cancelled', at: now })
    const name = roster.memberById(found.memberId)?.name
    const by = roster.memberById(found.byId ?? '')
    const text = `${name}${formatDayShort(found.fromDay)}起离岗，但${taker?.name}也已离岗，没有移交。请回“离岗 ${name} 接手 某某”。`
    if (by) await say.toMember(by, text, { kind: 'hand-over', urgency: 'normal' })
  },
}

import { addDays } from '../../policy/time.ts'
import { findLeaveNumbered, type Leave, listLeaves } from '../../storage/leaves.ts'
import { type Answer, type Ctx, refuse } from '../handler.ts'

/** The leave that is named by its number, else the newest of one's own that stands and is not long over. */
export async function findOwnLeave(ctx: Ctx, no: number | undefined): Promise<Leave | Answer> {
  const { db, actor, today } = ctx
  if (no === undefined) {
    const own = await listLeaves(db, {
      from: addDays(today, -1),
      memberId: actor.id,
      statuses: ['pending', 'approved'],
    })
    return own.at(-1) ?? refuse('no-leave', '没有查到您正在请或要请的假。', { private: true })
  }
  const leave = await findLeaveNumbered(db, no)
  if (!leave) return refuse('unknown-number', `没有${no}号请假。`, { private: true })
  if (leave.memberId !== actor.id) {
    return refuse('not-yours', `${no}号请假不是您的，只能由本人改，没有改动。`, { private: true })
  }
  return leave
}

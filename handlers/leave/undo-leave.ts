import { findLeave, settleLeave } from '../../storage/leaves.ts'
import { refuse, type Undoable } from '../handler.ts'
import { leaveStates, renderDays, renderLeave } from './words.ts'

/** The own request is cancelled while nobody has decided. */
export const undoableLeave: Undoable = {
  async describe({ db }, id) {
    const leave = await findLeave(db, id)
    return leave && leave.status !== 'cancelled' ? `${leave.no}号请假 ${renderDays(leave)}` : undefined
  },
  async undo({ db, at, roster }, id) {
    const leave = await findLeave(db, id)
    if (leave && leave.status !== 'pending') {
      return refuse('in-other-hands', `${renderLeave(roster, leave)}${leaveStates[leave.status]}，要改请直接找审批人。`)
    }
    await settleLeave(db, id, { status: 'cancelled', at })
    return undefined
  },
}

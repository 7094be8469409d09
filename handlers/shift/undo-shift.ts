import { voidRecord } from '../../storage/records.ts'
import {
  dropShift,
  findHandover,
  findShift,
  listShiftsOfMessage,
  restoreShifts,
  takeShift,
} from '../../storage/shifts.ts'
import type { Undoable } from '../handler.ts'
import { nameShift } from './words.ts'

/** All turns that one message set; what they replaced stands again, and everybody hears of it. `id` is the message's. */
export const undoableShiftRoster: Undoable = {
  async describe({ db }, id) {
    const count = (await listShiftsOfMessage(db, id)).length
    return count > 0 ? `排班${count}人次` : undefined
  },
  async undo(ctx, id) {
    const { db, now, actor, roster, say } = ctx
    const set = await listShiftsOfMessage(db, id)
    for (const shift of set) await dropShift(db, shift.id, now)
    for (const { day, name, setAt } of set) await restoreShifts(db, { day, name, droppedAt: setAt })
    for (const memberId of new Set(set.map(shift => shift.memberId))) {
      const member = roster.memberById(memberId)
      if (!member || memberId === actor.id) continue
      const own = set.filter(shift => shift.memberId === memberId).map(nameShift)
      await say.toMember(member, `${actor.name}撤回了排班：${own.join('、')}。以“班表”为准。`, {
        kind: 'shift',
        urgency: 'normal',
      })
    }
    return undefined
  },
}

export const undoableHandover: Undoable = {
  async describe({ db }, id) {
    const found = await findHandover(db, id)
    return found && !found.voided ? '交班' : undefined
  },
  async undo({ db, now, actor }, id) {
    await voidRecord(db, 'shift_handover', id, { at: now, by: actor.id })
    return undefined
  },
}

export const undoableTakeOver: Undoable = {
  async describe({ db }, id) {
    const shift = await findShift(db, id)
    return shift?.takenAt === undefined ? undefined : `接班 ${nameShift(shift)}`
  },
  async undo({ db }, id) {
    await takeShift(db, id, null)
    return undefined
  },
}

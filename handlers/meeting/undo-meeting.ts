import { deleteAttendance, findAttendance, findMeeting } from '../../storage/meetings.ts'
import { dropMergedLines } from '../../storage/own-records.ts'
import { refuse, type Undoable } from '../handler.ts'
import { callOff } from './schedule.ts'
import { nameMeeting, nameOf } from './words.ts'

/** A call is taken back while nobody has come; the group reads it once. */
export const undoableMeeting: Undoable = {
  async describe(ctx, id) {
    const meeting = await findMeeting(ctx.db, id)
    return meeting && meeting.status !== 'cancelled' ? nameMeeting(ctx, meeting) : undefined
  },
  async undo(ctx, id) {
    const meeting = await findMeeting(ctx.db, id)
    if (meeting?.status !== 'planned') return refuse('in-other-hands', '会已经有人签到，撤不回来了。')
    await callOff(ctx, meeting)
    return undefined
  },
}

export const undoableSignIn: Undoable = {
  async describe(ctx, id) {
    const attendance = await findAttendance(ctx.db, id)
    const meeting = attendance && (await findMeeting(ctx.db, attendance.meetingId))
    return meeting && attendance.state === 'present' ? `${nameOf(ctx, meeting)}签到` : undefined
  },
  async undo({ db }, id) {
    const attendance = await findAttendance(db, id)
    if (attendance?.messageId) await dropMergedLines(db, attendance.messageId)
    await deleteAttendance(db, id)
    return undefined
  },
}

/** Minutes are replaced, not removed. */
export const undoableMinutes: Undoable = {
  describe: () => Promise.resolve('会议纪要'),
  undo: () => Promise.resolve(refuse('say-again', '纪要不用撤销，改好再发一份，会替换上一份。')),
}

import { timeOf } from '../../policy/time.ts'
import { listHandovers, takeShift } from '../../storage/shifts.ts'
import { clock } from '../check-in.ts'
import { answer, type Command, refuse } from '../handler.ts'
import { findTurnToTake, listTurnBefore } from './turns.ts'
import { nameShift, refuseWithoutShifts } from './words.ts'

const TAKE_OVER = /^\s*(?:@\S+\s+)?接班(?:了|啦)?\s*[。.!！]?\s*$/u

/** 接班: whoever handed over hears of it; it is coming on duty as well. Source: S4B-01 */
export const takeOverCommand: Command = {
  name: 'takeOver',
  matches: TAKE_OVER,
  who: 'anyMember',
  dialog: { as: 'worker', turns: [['接班', '没有规定轮班']] },
  async run(ctx) {
    const { db, actor, at, roster, say } = ctx
    const refused = refuseWithoutShifts(ctx)
    if (refused) return refused
    const turn = await findTurnToTake(db, actor.id, at)
    if (!turn) return refuse('no-shift', '班表里没有您现在的班，没有记。班次说“班表”就能看到。', { private: true })
    if (turn.takenAt !== undefined) {
      return refuse('repeated', `${nameShift(turn)}您 ${timeOf(turn.takenAt)} 已接过。`, { private: true })
    }
    await takeShift(db, turn.id, at)
    const on = ctx.may('checkIn') ? await clock(ctx, { kind: 'on', makeup: false, at }) : undefined
    await ctx.record('created', { type: 'shiftTaken', id: turn.id })
    const before = await listTurnBefore(ctx, turn)
    const handovers = await listHandovers(
      db,
      before.map(({ id }) => id),
    )
    for (const memberId of new Set(before.map(shift => shift.memberId))) {
      const member = roster.memberById(memberId)
      const handedOver = before.some(
        ({ id, memberId: of }) => of === memberId && handovers.some(({ shiftId }) => shiftId === id),
      )
      if (!member || !handedOver || memberId === actor.id) continue
      await say.toMember(member, `${actor.name} ${timeOf(at)} 已接班，您放心。`, { kind: 'shift', urgency: 'normal' })
    }
    const open = handovers.reduce((sum, { items }) => sum + items.length, 0)
    const notes = handovers.flatMap(({ note }) => (note ? [`说明：${note.reveal()}`] : []))
    const left = handovers.length > 0 ? `上一班交来${open}件。` : '上一班没有交班记录，请当面问一下。'
    const punched = on && !on.refused && !on.question ? [on.text] : []
    return answer([`已接班：${nameShift(turn)}。${left}`, ...notes, ...punched].join('\n'), { private: true })
  },
}

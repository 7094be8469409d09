import { leadersOf } from '../handlers/presence/leaders.ts'
import { SHIFT_CHANGE_JOB } from '../handlers/shift/roster.ts'
import { isSameTeam } from '../handlers/shift/turns.ts'
import { nameShift } from '../handlers/shift/words.ts'
import { hourMs } from '../policy/time.ts'
import { listCheckIns } from '../storage/check-ins.ts'
import { listShifts, type Shift } from '../storage/shifts.ts'
import type { Job } from './job.ts'

/**
 * A turn that nobody took over so long after it began: whoever set it and the leaders of its people are told once, at any hour, for a
 * night without a patrol cannot wait until the morning. Coming on duty is taking over too. Source: S4B-01
 */
export const shiftChange: Job = {
  name: SHIFT_CHANGE_JOB,
  days: 'all',
  catchUp: 'each',
  graceMs: 4 * hourMs,
  async run(desk, { subject }) {
    const { db, pack, roster, say, today } = desk
    const [day = '', name = ''] = subject.split(' ')
    const all = (await listShifts(db, { from: day, to: day })).filter(shift => shift.name === name)
    const checkIns = await listCheckIns(db, { from: day, to: day, memberIds: all.map(({ memberId }) => memberId) })
    const isThere = ({ memberId, takenAt }: Shift) =>
      takenAt !== undefined || checkIns.some(one => one.memberId === memberId && one.kind === 'on')
    // Each grid has a turn of its own: somebody there in one leaves the others empty.
    const turn = all.filter(
      shift => !all.some(other => isThere(other) && isSameTeam(desk, other.memberId, shift.memberId, day)),
    )
    const [first] = turn
    if (!first || !pack.shifts) return
    const memberIds = turn.map(({ memberId }) => memberId)
    const members = memberIds.flatMap(id => roster.memberById(id) ?? [])
    const setters = turn.flatMap(({ setBy }) => roster.memberById(setBy) ?? [])
    const told = new Set([...setters, ...members.flatMap(member => leadersOf(desk, member, today))])
    const text = `${nameShift(first)}过了${pack.shifts.takeOverMinutes.value}分钟还没有人接班：${members.map(({ name: of }) => of).join('、')}。请联系一下；已经在岗的，请本人说一声“接班”。`
    for (const member of told) {
      await say.toMember(member, text, {
        kind: 'shift-change',
        urgency: 'urgent',
        subject: { type: 'shift', id: first.id },
      })
    }
  },
}

import { leadersOf } from '../handlers/presence/leaders.ts'
import { SHIFT_CHANGE_JOB } from '../handlers/shift/roster.ts'
import { nameShift } from '../handlers/shift/words.ts'
import { hourMs } from '../policy/time.ts'
import { listCheckIns } from '../storage/check-ins.ts'
import { listShifts } from '../storage/shifts.ts'
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
    const turn = (await listShifts(db, { from: day, to: day })).filter(shift => shift.name === name)
    const [first] = turn
    if (!first || !pack.shifts || turn.some(({ takenAt }) => takenAt !== undefined)) return
    const memberIds = turn.map(({ memberId }) => memberId)
    const punched = await listCheckIns(db, { from: day, to: day, memberIds })
    if (punched.some(({ kind }) => kind === 'on')) return
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

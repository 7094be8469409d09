import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type AttendanceOfDay, listAttendance } from '../../handlers/attendance.ts'
import { openDesk } from '../../handlers/desk.ts'
import { insertLeave, settleLeave } from '../../storage/leaves.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'

describe('attendance of a day', () => {
  let street: TestStreet
  beforeEach(async () => {
    street = await openTestStreet({ now: '2026-11-18T08:00' })
  })
  afterEach(() => street.dispose())

  async function attendanceOf(name: string, day: string, now: string): Promise<AttendanceOfDay> {
    street.setTime(now)
    const desk = await openDesk(street.db, { by: 'test', now: street.now(), at: street.now() })
    return (await listAttendance(desk, day)).find(({ member }) => member.name === name)!
  }

  it.each([
    ['李敏', '2026-11-18', '2026-11-18T08:30:59', { due: true, on: 'pending', off: 'pending' }],
    ['李敏', '2026-11-18', '2026-11-18T08:31:00', { due: true, on: 'missing', off: 'pending' }],
    ['李敏', '2026-11-18', '2026-11-19T00:00:00', { due: true, on: 'missing', off: 'missing' }],
    ['王强', '2026-11-18', '2026-11-19T00:00:00', { due: true, on: 'missing', off: 'missing' }],
    ['李敏', '2026-11-21', '2026-11-23T00:00:00', { due: false, on: 'off', off: 'off' }],
    ['李敏', '2026-10-10', '2026-11-18T00:00:00', { due: true, on: 'missing', off: 'missing' }],
    ['李敏', '2026-10-01', '2026-11-18T00:00:00', { due: false, on: 'off', off: 'off' }],
    ['李敏', '2027-03-01', '2027-03-08T00:00:00', { due: true, on: 'pending', off: 'pending', provisional: true }],
    ['陈桂芳', '2026-11-18', '2026-11-19T00:00:00', { due: false, on: 'off', off: 'off' }],
    ['赵志远', '2026-11-18', '2026-11-19T00:00:00', { due: false, on: 'off', off: 'off' }],
  ])('without check-ins %s on %s, seen at %s', async (name, day, now, expected) => {
    expect(await attendanceOf(name, day, now)).toMatchObject(expected)
  })

  it('counts the first on and the last off', async () => {
    for (const [time, said] of [
      ['08:20', '到岗了'],
      ['17:10', '下班了'],
      ['17:40', '下班了'],
    ] as const) {
      street.setTime(`2026-11-18T${time}`)
      await street.say('李敏', said)
    }
    const own = await attendanceOf('李敏', '2026-11-18', '2026-11-18T20:00')
    expect(own).toMatchObject({ on: 'onTime', off: 'ok' })
  })

  it.each([
    [undefined, { on: 'leave', off: 'leave' }],
    ['am', { on: 'leave', off: 'missing' }],
    ['pm', { on: 'missing', off: 'leave' }],
  ] as const)('frees from what approved leave covers (%s)', async (half, expected) => {
    const { messageId } = await street.say('李敏', '帮助')
    const memberId = (await street.roster()).membersNamed('李敏')[0]!.id
    await street.change(async db => {
      const days = { fromDay: '2026-11-18', toDay: '2026-11-18', half }
      const asked = { no: 1, memberId, approverId: memberId, askedAt: street.now(), messageId, ...days }
      const { id } = await insertLeave(db, asked)
      await settleLeave(db, id, { status: 'approved', at: street.now() })
    })
    expect(await attendanceOf('李敏', '2026-11-18', '2026-11-19T00:00')).toMatchObject({ due: true, ...expected })
  })

  it('does not let leave that nobody approved free anybody', async () => {
    const { messageId } = await street.say('李敏', '帮助')
    const memberId = (await street.roster()).membersNamed('李敏')[0]!.id
    await street.change(db =>
      insertLeave(db, {
        no: 1,
        memberId,
        approverId: memberId,
        askedAt: street.now(),
        messageId,
        fromDay: '2026-11-18',
        toDay: '2026-11-18',
      }),
    )
    expect(await attendanceOf('李敏', '2026-11-18', '2026-11-19T00:00')).toMatchObject({ on: 'missing' })
  })
})

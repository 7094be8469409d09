import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listAttendanceOver } from '../../handlers/attendance.ts'
import { openDesk } from '../../handlers/desk.ts'
import { listFieldMinutes } from '../../handlers/presence/field-minutes.ts'
import { listPatrolDays } from '../../handlers/presence/patrol-days.ts'
import { reviewReminder } from '../../jobs/review-reminder.ts'
import { createCalendar } from '../../policy/calendar.ts'
import { instantAt, monthRange } from '../../policy/time.ts'
import { insertCheckIn } from '../../storage/check-ins.ts'
import { insertFieldRecord } from '../../storage/field-records.ts'
import { insertLeave, settleLeave } from '../../storage/leaves.ts'
import { insertOuting } from '../../storage/outings.ts'
import { runJob } from '../support/run-job.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'

const calendar = createCalendar()

/** The working days as the State Council published them: Spring Festival 15–23 February, National Day 1–7 October. */
const PUBLISHED = [
  {
    month: '2026-02',
    workdays: 16,
    saturdays: ['2026-02-14', '2026-02-28'],
    free: ['2026-02-16', '2026-02-23'],
    visitDays: 11,
    reviews: ['2026-02-06', '2026-02-14', '2026-02-28'],
  },
  {
    month: '2026-10',
    workdays: 18,
    saturdays: ['2026-10-10'],
    free: ['2026-10-01', '2026-10-07'],
    visitDays: 7,
    reviews: ['2026-10-10', '2026-10-16', '2026-10-23', '2026-10-30'],
  },
]

describe.each(PUBLISHED)(
  'S0-25, S4D-09: $month treats nobody unfairly',
  ({ month, workdays, saturdays, free, visitDays, reviews }) => {
    const range = monthRange(month)
    const days = calendar.workdaysBetween(range.from, range.to)
    let street: TestStreet
    let messageId: string
    afterEach(() => street.dispose())

    async function open(pack: 'street-team' | 'county-center' | 'town-visits') {
      street = await openTestStreet({ now: `${range.to}T23:00`, pack })
      messageId = (await street.say('李敏', '帮助')).messageId
    }
    const idOf = async (name: string) => (await street.roster()).membersNamed(name)[0]!
    const desk = () => openDesk(street.db, { by: 'test', now: instantAt(range.to, '24:00'), at: street.now() })

    async function leave(memberId: string, fromDay: string, toDay: string, half?: 'am' | 'pm'): Promise<void> {
      await street.change(async db => {
        const no = Number(fromDay.slice(8)) * 10 + (half ? 1 : 0)
        const asked = { no, memberId, fromDay, toDay, half, approverId: memberId, askedAt: street.now(), messageId }
        await settleLeave(db, (await insertLeave(db, asked)).id, { status: 'approved', at: street.now() })
      })
    }

    async function punch(memberId: string, day: string, kinds: readonly ('on' | 'off')[]): Promise<void> {
      await street.change(async db => {
        for (const kind of kinds) {
          const at = instantAt(day, kind === 'on' ? '08:20' : '17:35')
          await insertCheckIn(
            db,
            { memberId, day, kind, at, result: 'onTime', source: 'chat', messageId },
            street.now(),
          )
        }
      })
    }

    describe('attendance', () => {
      beforeEach(() => open('street-team'))

      it('owes exactly the published working days, make-up Saturdays among them', async () => {
        const member = await idOf('李敏')
        const all = await listAttendanceOver(await desk(), range, [member])
        const due = all.filter(one => one.due).map(({ day }) => day)
        expect(due).toEqual(days)
        expect(due).toHaveLength(workdays)
        expect(due).toEqual(expect.arrayContaining(saturdays))
        for (const day of free) expect(due).not.toContain(day)
      })

      it('holds nothing missing of who came on every working day, was on leave, half of it, or elsewhere', async () => {
        const member = await idOf('李敏')
        const [first, second, third, ...rest] = days as [string, string, string, ...string[]]
        await leave(member.id, first, first)
        await leave(member.id, second, second, 'am')
        await punch(member.id, second, ['off'])
        await street.change(db =>
          insertOuting(db, { memberId: member.id, day: third, half: 'pm', reason: '送材料', messageId }, street.now()),
        )
        await punch(member.id, third, ['on'])
        for (const day of rest) await punch(member.id, day, ['on', 'off'])
        const all = await listAttendanceOver(await desk(), range, [member])
        const faults = all.filter(
          ({ on, off }) => ['missing', 'late'].includes(on) || ['missing', 'early'].includes(off),
        )
        expect(faults).toEqual([])
      })

      it('judges two people who did the same alike, full-time and part-time', async () => {
        const people = [await idOf('李敏'), await idOf('王强')]
        for (const { id } of people) for (const day of days.slice(2)) await punch(id, day, ['on', 'off'])
        const all = await listAttendanceOver(await desk(), range, people)
        const of = (id: string) =>
          all.filter(({ member }) => member.id === id).map(({ day, on, off }) => [day, on, off])
        expect(of(people[0]!.id)).toEqual(of(people[1]!.id))
        expect(
          of(people[0]!.id)
            .filter(([, on]) => on === 'missing')
            .map(([day]) => day),
        ).toEqual(days.slice(0, 2))
      })

      it('does not let a leave across the holidays cost a working day more than it covers', async () => {
        const member = await idOf('李敏')
        await leave(member.id, range.from, range.to)
        const all = await listAttendanceOver(await desk(), range, [member])
        expect(all.filter(({ on }) => on === 'leave').map(({ day }) => day)).toEqual(days)
        expect(all.filter(({ on, off }) => on === 'missing' || off === 'missing')).toEqual([])
      })
    })

    it('owes no rounds on free days, one on half a day and two else', async () => {
      await open('county-center')
      const member = await idOf('李敏')
      const [first, second, ...rest] = days as [string, string, ...string[]]
      await leave(member.id, first, first)
      await leave(member.id, second, second, 'pm')
      await street.change(async db => {
        const gridId = member.roles[0]!.gridId
        const walk = (day: string, time: string) =>
          insertFieldRecord(
            db,
            { kind: 'patrol', memberId: member.id, gridId, at: instantAt(day, time), households: 18, messageId },
            street.now(),
          )
        await walk(second, '10:00')
        for (const day of rest) for (const time of ['09:30', '15:30']) await walk(day, time)
      })
      const rounds = await listPatrolDays(await desk(), member, range)
      expect(rounds.filter(({ left }) => left > 0)).toEqual([])
      expect(rounds.map(({ owed }) => owed)).toEqual([1, ...rest.map(() => 2)])
    })

    it('S3A-37: owes two hours of visits on the working days up to the 15th alone, half of it on half a day', async () => {
      await open('town-visits')
      const member = await idOf('李敏')
      const window = days.filter(day => day <= `${month}-15`)
      const [first, second, ...rest] = window as [string, string, ...string[]]
      await leave(member.id, first, first)
      await leave(member.id, second, second, 'am')
      const minutes = await listFieldMinutes(await desk(), member, range)
      const owed = minutes.filter(one => one.owed > 0)
      expect(owed.map(one => [one.day, one.owed])).toEqual([[second, 60], ...rest.map(day => [day, 120])])
      expect(window).toHaveLength(visitDays)
    })

    it('S4D-10, S4D-11: asks for a look back once in each week that has a working day, and once a month', async () => {
      await open('county-center')
      const asked: { day: string; text: string }[] = []
      for (const day of days) {
        const said = await runJob(street, reviewReminder, { due: `${day}T16:00` })
        asked.push(...said.filter(({ to }) => to === '@李敏').map(({ text }) => ({ day, text })))
      }
      expect(asked.filter(({ text }) => text.includes('本周')).map(({ day }) => day)).toEqual(reviews)
      expect(asked.filter(({ text }) => text.includes('本月')).map(({ day }) => day)).toEqual([days.at(-1)])
    })
  },
)

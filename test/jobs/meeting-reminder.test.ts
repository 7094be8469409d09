import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { meetingReminder } from '../../jobs/meeting-reminder.ts'
import { listMeetings } from '../../storage/meetings.ts'
import { runJob } from '../support/run-job.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'

let street: TestStreet
beforeEach(async () => {
  street = await openTestStreet({ now: '2026-11-18T09:30' })
})
afterEach(() => street.dispose())

async function call(text: string): Promise<string> {
  await street.say('陈桂芳', text, { group: 'G01' })
  return (await listMeetings(street.db))[0]!.id
}

describe('the reminder of a meeting', () => {
  it('goes to its group the working day before and half an hour before, and @s nobody', async () => {
    const subject = await call('周五下午2点半在服务站开周例会')
    const before = await runJob(street, meetingReminder, { due: '2026-11-19T16:30', subject })
    const soon = await runJob(street, meetingReminder, { due: '2026-11-20T14:00', subject })
    expect([...before, ...soon].map(({ to, at }) => [to, at])).toEqual([
      ['G01', []],
      ['G01', []],
    ])
    expect(before[0]!.text).toContain('11月20日（周五）14:30，服务站')
    expect(soon[0]!.text).toContain('今天14:30，服务站')
  })

  it('goes in the morning where no time of day was told', async () => {
    const subject = await call('周五开周例会')
    const said = await runJob(street, meetingReminder, { due: '2026-11-20T08:00', subject })
    expect(said[0]!.text).toContain('【会议提醒】网格工作例会：今天')
  })

  it.each([
    ['the meeting was moved', '周例会改到下周一上午9点'],
    ['the meeting was called off', '周五的周例会取消'],
  ])('is not given where %s', async (_, text) => {
    const subject = await call('周五下午2点半开周例会')
    await street.say('陈桂芳', text, { group: 'G01' })
    expect(await runJob(street, meetingReminder, { due: '2026-11-20T14:00', subject })).toEqual([])
  })

  it('missed is dropped once the meeting has begun, and given late before', async () => {
    const subject = await call('周五下午2点半开周例会')
    expect(
      await runJob(street, meetingReminder, { due: '2026-11-20T14:00', now: '2026-11-20T14:31', subject }),
    ).toEqual([])
    expect(
      await runJob(street, meetingReminder, { due: '2026-11-20T14:00', now: '2026-11-20T14:20', subject }),
    ).toHaveLength(1)
  })

  it('of two that were missed only the later is given', async () => {
    const subject = await call('周五下午2点半开周例会')
    const now = '2026-11-20T14:10'
    expect(await runJob(street, meetingReminder, { due: '2026-11-19T16:30', now, subject })).toEqual([])
    expect(await runJob(street, meetingReminder, { due: '2026-11-20T14:00', now, subject })).toHaveLength(1)
  })
})

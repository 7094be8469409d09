import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { meetingReminder } from '../../jobs/meeting-reminder.ts'
import { listMeetings } from '../../storage/meetings.ts'
import { runJob } from '../support/run-job.ts'
import { databases } from '../support/stores.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'

describe.each(databases)('a meeting on $name', ({ name }) => {
  let street: TestStreet
  beforeEach(async () => {
    street = await openTestStreet({ database: name })
  })
  afterEach(() => street.dispose())
  it('is called in words, reminded, signed in at, and minuted', async () => {
    street.setTime('2026-11-18T09:32')
    const say = async (who: string, text: string) =>
      (await street.say(who, text, { group: 'G01' })).replies.map(reply => reply.text).join('\n')

    expect(await say('徐伟', '周五下午2点半 经合社三楼会议室开网格周例会')).toContain(
      '11月20日（周五）14:30，经合社三楼会议室',
    )
    expect(await say('徐伟', '周例会改到周五下午3点')).toContain(
      '改为网格工作例会：11月20日（周五）15:00，经合社三楼会议室',
    )
    const subject = (await listMeetings(street.db))[0]!.id
    for (const due of ['2026-11-19T16:30', '2026-11-20T14:30']) {
      expect((await runJob(street, meetingReminder, { due, subject })).map(({ to }) => to)).toEqual(['G01'])
    }

    street.setTime('2026-11-20T14:56')
    expect(await say('李敏', '会议签到')).toContain('网格工作例会签到：李敏')
    expect(await say('陈桂芳', '会议签到')).toContain('陈桂芳')
    street.setTime('2026-11-20T16:35')
    expect(await say('徐伟', '会议纪要：总结上周走访，部署液化气排查')).toContain('签到2人')
  })
})

import { afterEach, expect, it } from 'vitest'
import { meetingDuty } from '../../jobs/meeting-duty.ts'
import { listOutbox, runJob } from '../support/run-job.ts'
import { openTestStreet, type StreetOptions, type TestStreet } from '../support/street.ts'

let street: TestStreet
const open = async (options: StreetOptions = {}) => {
  street = await openTestStreet({ now: '2026-11-18T09:30', ...options })
}
afterEach(() => street.dispose())
const run = (due: string) => runJob(street, meetingDuty, { due })

async function holdWeekly(who: string, group: string, minutes = true): Promise<void> {
  street.setTime('2026-11-18T09:30')
  await street.say(who, '明天上午9点开周例会', { group })
  street.setTime('2026-11-19T09:05')
  await street.say('李敏', '会议签到', { group })
  if (minutes) await street.say(who, '会议纪要：总结上周走访，部署本周防汛', { group })
}

it('S0-29: on Friday only the 指导员 of grids without a meeting hears of it, once for all of them', async () => {
  await open()
  await holdWeekly('陈桂芳', 'G01')
  const said = await run('2026-11-20T10:00')
  expect(said.map(({ to }) => to).sort()).toEqual(['@徐伟', '@钱进'].sort())
  expect(said.find(({ to }) => to === '@徐伟')!.text).toContain('2号网格本周还没有网格工作例会的记录')
  expect(said.find(({ to }) => to === '@徐伟')!.text).not.toContain('1号网格')
  expect(said.find(({ to }) => to === '@钱进')!.text).toContain('3号网格本周还没有网格工作例会的记录；4号网格')
})

it('S0-29: a meeting planned for Friday afternoon is no failing, and one without minutes is told as that', async () => {
  await open()
  await holdWeekly('陈桂芳', 'G01', false)
  await street.say('何大勇', '明天下午3点开周例会', { group: 'G02' })
  const said = await run('2026-11-20T10:00')
  expect(said.find(({ to }) => to === '@徐伟')!.text).toContain('1号网格本周的网格工作例会开了，纪要还没交')
  expect(said.find(({ to }) => to === '@徐伟')!.text).not.toContain('2号网格')
})

it('S0-29: not on other days, not in the week without working days, not to somebody on leave', async () => {
  await open({ now: '2026-02-10T09:30' })
  expect(await run('2026-02-12T10:00')).toEqual([])
  expect(await run('2026-02-20T10:00')).toEqual([])
  street.setTime('2026-11-18T09:30')
  await street.say('徐伟', '11月20日请一天假，看病')
  await street.say('沈国华', '1号请假同意')
  expect((await run('2026-11-20T10:00')).map(({ to }) => to)).toEqual(['@钱进'])
})

it('S0-30: the last working day of the month asks who owes it; the next names the communities that had none', async () => {
  await open()
  const asked = await run('2026-11-30T10:00')
  expect(
    asked
      .filter(({ text }) => text.includes('社区全体网格员会议'))
      .map(({ to }) => to)
      .sort(),
  ).toEqual(['@沈国华', '@韩梅'].sort())
  const listed = await run('2026-12-01T10:00')
  expect(listed.filter(({ to }) => to === '@林静').map(({ text }) => text)).toEqual([
    '2026年11月社区全体网格员会议：没有记录（2个）：桃源社区、锦江社区。',
  ])
})

it('S0-31: the quarter is asked of 驻社区组长, and named after its end', async () => {
  await open()
  const asked = await run('2026-09-30T10:00')
  expect(asked.find(({ to }) => to === '@吴建国')!.text).toContain('桃源社区本季度还没有社区网格全体人员会议的记录')
  const listed = await run('2026-10-08T10:00')
  expect(listed.find(({ to }) => to === '@林静')!.text).toContain('2026年3季度社区网格全体人员会议：没有记录（2个）')
})

it('S3A-13: the meeting of October is asked for in September, and held there counts', async () => {
  await open({ pack: 'town-visits', now: '2026-09-20T08:20' })
  const asked = await run('2026-09-28T10:00')
  expect(
    asked
      .filter(({ text }) => text.includes('10月还没有工作例会'))
      .map(({ to }) => to)
      .sort(),
  ).toEqual(['@沈国华', '@韩梅'].sort())
  const offered = (await listOutbox(street)).find(({ card }) => card?.title === '10月工作例会')
  const { says } = offered!.card!.buttons[0]!
  expect(says).toBe('9月30日上午9点开10月例会')
  street.setTime('2026-09-28T11:00')
  const called = await street.say('沈国华', says)
  expect(called.replies[0]).toMatchObject({ target: 'C01' })
  expect(called.replies[0]!.text).toContain('【会议通知】工作例会：9月30日（周三）09:00')
  street.setTime('2026-09-30T09:10')
  await street.say('李敏', '会议签到', { group: 'C01' })
  await street.say('沈国华', '会议纪要：总结前期工作，热点问题，解决办法，安排下月', { group: 'C01' })
  const later = await run('2026-10-30T10:00')
  expect(later.filter(({ text }) => text.includes('桃源社区10月还没有工作例会'))).toEqual([])
})

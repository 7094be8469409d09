import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDesk } from '../../handlers/desk.ts'
import { callRoll } from '../../handlers/meeting/roll.ts'
import { formatInstant } from '../../policy/time.ts'
import { listMeetings } from '../../storage/meetings.ts'
import { openTestStreet, type Said, type TestStreet } from '../support/street.ts'

let street: TestStreet
beforeEach(async () => {
  street = await openTestStreet({ now: '2026-11-18T09:30' })
})
afterEach(() => street.dispose())
const last = ({ replies }: Said) => replies.at(-1)!.text
const meetings = () => listMeetings(street.db)
async function timers(): Promise<string[]> {
  const rows = await street.db.sql
    .selectFrom('timer')
    .select('due_at')
    .where('job', '=', 'meeting-reminder')
    .where('cancelled', '=', 0)
    .orderBy('due_at')
    .execute()
  return rows.map(({ due_at }) => formatInstant(due_at).slice(0, 16))
}

describe('calling', () => {
  it('in a group is read there once, as the answer', async () => {
    const { replies } = await street.say('陈桂芳', '周五下午2点半 经合社三楼会议室开网格周例会', { group: 'G01' })
    expect(replies.map(({ to, target, at }) => [to, target, at])).toEqual([['group', 'G01', []]])
    expect(replies[0]!.text).toContain('【会议通知】网格工作例会：11月20日（周五）14:30，经合社三楼会议室')
    expect(await meetings()).toMatchObject([{ no: 1, kind: 'weekly', scope: 'grid', status: 'planned' }])
  })

  it('in private is told to the group of the caller’s own community', async () => {
    const { replies } = await street.say('韩梅', '12月3日上午9点在社区二楼多功能厅开社区月会')
    expect(replies.map(({ target }) => target)).toEqual(['C02', '韩梅'])
    expect(last({ replies } as Said)).toContain('已通知锦江社区工作群')
  })

  it('asks which grid where the caller serves in several', async () => {
    expect(last(await street.say('徐伟', '下周一早上9点周例会'))).toContain('哪个网格')
    const { replies } = await street.say('徐伟', '2')
    expect(replies[0]!.target).toBe('G02')
  })

  it('by an office is the whole street’s', async () => {
    const { replies } = await street.say('王科', '后天上午10点反诈业务培训，街道党校201')
    expect(replies[0]).toMatchObject({ target: 'S01', to: 'group' })
  })

  it('refuses a time that is over, and the same call a second time', async () => {
    expect((await street.say('陈桂芳', '今天早上8点开周例会', { group: 'G01' })).status).toBe('refused')
    await street.say('陈桂芳', '周五下午2点半开周例会', { group: 'G01' })
    const again = await street.say('徐伟', '周五下午2点半开周例会', { group: 'G01' })
    expect(last(again)).toContain('已经约好了')
    expect(await meetings()).toHaveLength(1)
  })

  it('is not for workers', async () => {
    expect((await street.say('李敏', '周五下午2点半开周例会', { group: 'G01' })).status).toBe('refused')
  })
})

describe('reminders (contract, Meetings)', () => {
  it.each([
    ['2026-11-18T09:30', '周五下午2点半开周例会', ['2026-11-19T16:30', '2026-11-20T14:00']],
    ['2026-11-19T16:29', '明天下午2点半开周例会', ['2026-11-19T16:30', '2026-11-20T14:00']],
    ['2026-11-19T16:30', '明天下午2点半开周例会', ['2026-11-20T14:00']],
    ['2026-11-20T14:10', '今天下午2点半开周例会', []],
    ['2026-11-18T09:30', '下周一上午9点开周例会', ['2026-11-20T16:30', '2026-11-23T08:30']], // over a weekend
    ['2026-11-18T09:30', '周五开周例会', ['2026-11-19T16:30', '2026-11-20T08:00']], // no time of day
    ['2026-09-29T09:30', '10月8日上午9点开周例会', ['2026-09-30T16:30', '2026-10-08T08:30']], // over a holiday
    ['2026-02-12T09:30', '2月14日上午9点开周例会', ['2026-02-13T16:30', '2026-02-14T08:30']], // a Saturday that is worked
  ])('called %s: %s', async (now, text, expected) => {
    street.setTime(now)
    await street.say('陈桂芳', text, { group: 'G01' })
    expect(await meetings()).toHaveLength(1)
    expect(await timers()).toEqual(expected)
  })

  it('move with the meeting, and the group is told once', async () => {
    await street.say('陈桂芳', '周五下午2点半在服务站开周例会', { group: 'G01' })
    const { replies } = await street.say('陈桂芳', '周例会改到下周一上午9点', { group: 'G01' })
    expect(replies).toHaveLength(1)
    expect(replies[0]!.text).toContain(
      '【会议改期】原定11月20日（周五）14:30，改为网格工作例会：11月23日（周一）09:00，服务站',
    )
    expect(await timers()).toEqual(['2026-11-20T16:30', '2026-11-23T08:30'])
  })

  it('fall away with a meeting called off', async () => {
    await street.say('陈桂芳', '周五下午2点半开周例会', { group: 'G01' })
    const { replies } = await street.say('陈桂芳', '周五的周例会取消', { group: 'G01' })
    expect(replies.map(({ text }) => text)).toEqual(['【会议取消】11月20日（周五）14:30的网格工作例会不开了。'])
    expect(await timers()).toEqual([])
  })

  it('only the caller moves a meeting', async () => {
    await street.say('陈桂芳', '周五下午2点半开周例会', { group: 'G01' })
    const said = await street.say('徐伟', '周例会改到周五下午4点', { group: 'G01' })
    expect(said.status).toBe('refused')
    expect(last(said)).toContain('陈桂芳召集')
  })
})

describe('signing in', () => {
  beforeEach(async () => {
    await street.say('陈桂芳', '周五下午2点半开周例会', { group: 'G01' })
  })

  it.each([
    ['2026-11-20T13:29', 'refused'],
    ['2026-11-20T13:30', 'handled'],
    ['2026-11-20T23:59', 'handled'],
    ['2026-11-21T00:01', 'refused'],
  ])('at %s is %s', async (now, status) => {
    street.setTime(now)
    expect((await street.say('李敏', '会议签到', { group: 'G01' })).status).toBe(status)
  })

  it('counts once, and the roll knows who is excused and who is absent', async () => {
    await street.say('王强', '周五请一天假，看病')
    await street.say('沈国华', '1号请假同意')
    street.setTime('2026-11-20T14:35')
    await street.say('李敏', '会议签到', { group: 'G01' })
    expect((await street.say('李敏', '会议签到', { group: 'G01' })).status).toBe('refused')
    const desk = await openDesk(street.db, { by: 'test', now: street.now(), at: street.now() })
    const { present, excused, absent } = await callRoll(desk, (await meetings())[0]!)
    const keys = [present, excused, absent].map(members => members.map(({ key }) => key))
    expect(keys).toEqual([['李敏'], ['王强'], ['陈桂芳', '徐伟']])
    expect((await meetings())[0]!.status).toBe('held')
  })

  it('is taken back by 撤销', async () => {
    street.setTime('2026-11-20T14:35')
    await street.say('李敏', '会议签到')
    expect(last(await street.say('李敏', '撤销'))).toContain('已撤销：网格工作例会签到')
    street.setTime('2026-11-20T14:40')
    expect((await street.say('李敏', '会议签到')).status).toBe('handled')
  })
})

describe('minutes', () => {
  it('are stored with the meeting and count who came', async () => {
    await street.say('陈桂芳', '周五下午2点半开周例会', { group: 'G01' })
    street.setTime('2026-11-20T14:35')
    await street.say('李敏', '会议签到', { group: 'G01' })
    street.setTime('2026-11-20T16:30')
    const said = await street.say('徐伟', '会议纪要：总结上周走访，部署本周防汛', { group: 'G01' })
    expect(last(said)).toBe('已存11月20日（周五）14:30网格工作例会的纪要：签到1人。')
    expect((await meetings())[0]!.minutes!.reveal()).toBe('会议纪要：总结上周走访，部署本周防汛')
  })

  it('are refused where no meeting was', async () => {
    const said = await street.say('徐伟', '会议纪要：总结上周走访，部署本周防汛', { group: 'G01' })
    expect(said.status).toBe('refused')
  })
})

describe('asking for a meeting', () => {
  it('tells the next one', async () => {
    await street.say('陈桂芳', '周五下午2点半在服务站开周例会', { group: 'G01' })
    expect(last(await street.say('李敏', '周例会几点开', { group: 'G01' }))).toBe(
      '网格工作例会：11月20日（周五）14:30，服务站',
    )
  })
})

describe('a bare 签到', () => {
  const signIn = async (at: string, told: string[] = []) => {
    street = await openTestStreet({ now: '2026-11-18T09:30' })
    await street.say('徐伟', '周五下午2点半 经合社三楼会议室开网格周例会', { group: 'G01' })
    street.setTime(at)
    for (const text of told) await street.say('李敏', text)
    return last(await street.say('李敏', '签到', { group: 'G01' }))
  }

  it('is the meeting’s while it is about to begin or has begun, as its announcement asks for', async () => {
    expect(await signIn('2026-11-20T14:20')).toContain('网格工作例会签到：李敏')
    expect(await street.db.sql.selectFrom('check_in').select('id').execute()).toEqual([])
  })

  it('is a check-in where no meeting is near', async () => {
    expect(await signIn('2026-11-20T08:20')).toContain('已记上班打卡')
  })

  it('repeated at the meeting leaves no early check-out behind', async () => {
    expect(await signIn('2026-11-20T14:25', ['签到'])).toContain('已签过到')
    expect(await street.db.sql.selectFrom('check_in').select('id').execute()).toEqual([])
  })
})

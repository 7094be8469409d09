import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readDay } from '../../handlers/shift/read-roster.ts'
import { shiftChange } from '../../jobs/shift-change.ts'
import { judgeDutyHours, spanOfShift } from '../../policy/shift.ts'
import { instantAt } from '../../policy/time.ts'
import { toldTo } from '../support/replies.ts'
import { runJob } from '../support/run-job.ts'
import { local, openTestStreet, type TestStreet } from '../support/street.ts'

describe('S4B-01: turns of duty', () => {
  let street: TestStreet
  beforeEach(async () => {
    street = await openTestStreet({ pack: 'county-center', now: '2026-11-20T07:00' })
  })
  afterEach(() => street.dispose())

  const say = (time: string, who: string, text: string) => {
    street.setTime(time)
    return street.say(who, text)
  }
  const hear = async (time: string, who: string, text: string) => toldTo(await say(time, who, text), who)

  it('S4B-01: are set by words, told to each in one private line, and shown', async () => {
    const said = await say('2026-11-20T07:00', '陈桂芳', '排班 11月20日 夜班 @李敏 @王强\n11月21日 白班 李敏')
    expect(toldTo(said, '陈桂芳')).toContain('已排2班、2人')
    expect(toldTo(said, '李敏')).toContain(
      '11月20日（周五）夜班（20:00–次日08:00）、11月21日（周六）白班（08:00–20:00）',
    )
    expect(said.replies.filter(({ target }) => target === '李敏')).toHaveLength(1)
    const table = await hear('2026-11-20T07:05', '王强', '班表')
    expect(table).toContain('★ 11月20日（周五）夜班（20:00–次日08:00）：李敏、王强')
    expect(table).toContain('\n11月21日（周六）白班（08:00–20:00）：李敏')
  })

  it('may be set for several days at once, and set anew, which the others hear', async () => {
    await say('2026-11-20T07:00', '陈桂芳', '排班 11月23日至25日 白班 李敏')
    const said = await say('2026-11-20T07:10', '陈桂芳', '排班 11月24日 白班 王强')
    expect(toldTo(said, '李敏')).toContain('不用上了：11月24日（周二）白班')
    expect(toldTo(said, '王强')).toContain('11月24日')
    expect(toldTo(await say('2026-11-20T07:11', '陈桂芳', '撤销'), '王强')).toContain('撤回了排班')
    expect(await hear('2026-11-20T07:12', '李敏', '班表')).toContain('★ 11月24日（周二）白班（08:00–20:00）：李敏')
  })

  it('of one grid leave those of another alone, and the answer names who was replaced', async () => {
    await say('2026-11-20T07:00', '陈桂芳', '排班 今天 夜班 李敏')
    const other = await say('2026-11-20T07:05', '何大勇', '排班 今天 夜班 张丽')
    expect(toldTo(other, '李敏')).toBe('')
    expect(await hear('2026-11-20T07:06', '李敏', '班表')).toContain('夜班（20:00–次日08:00）：李敏、张丽')
    const anew = await say('2026-11-20T07:07', '陈桂芳', '排班 今天 夜班 王强')
    expect(toldTo(anew, '陈桂芳')).toContain('原来排的李敏不用上了')
    expect(toldTo(anew, '李敏')).toBe('不用上了：11月20日（周五）夜班（20:00–次日08:00）。')
    await say('2026-11-20T20:00', '张丽', '接班')
    const alarm = await runJob(street, shiftChange, { due: '2026-11-20T20:30', subject: '2026-11-20 夜班' })
    expect(alarm.map(({ to }) => to)).toEqual(['@陈桂芳'])
    expect(alarm[0]!.text).toContain('还没有人接班：王强')
  })

  it.each([
    ['排班 昨天 夜班 李敏', '日期已经过了'],
    ['排班 11月20日 中班 李敏', '班次应是白班、夜班之一'],
    ['排班 11月20日 夜班 李大敏', '名册里没有“李大敏”'],
    ['排班 11月20日 夜班', '没写是谁'],
    ['排班 哪天 夜班 李敏', '没看懂日期'],
    ['排班 11月19日 夜班 李敏', '日期已经过了'],
    ['排班 11月25日至23日 夜班 李敏', '止日在起日之前'],
    ['排班', '请写哪天'],
  ])('refuses %s and changes nothing', async (text, why) => {
    const said = await street.say('陈桂芳', text)
    expect(said.status).toBe('refused')
    expect(toldTo(said, '陈桂芳')).toContain(why)
    expect(await hear('2026-11-20T07:05', '李敏', '班表')).toContain('还没排班')
  })

  it('one faulty line keeps the good ones out too, and names itself', async () => {
    const said = await street.say('陈桂芳', '排班 11月20日 夜班 李敏\n11月21日 夜班 没这人')
    expect(toldTo(said, '陈桂芳')).toContain('“11月21日 夜班 没这人”')
    expect(await hear('2026-11-20T07:05', '李敏', '班表')).toContain('还没排班')
  })

  it('a leader sets those of the own grid alone, the community those of all', async () => {
    const said = await street.say('陈桂芳', '排班 11月20日 夜班 李敏 张丽')
    expect(toldTo(said, '陈桂芳')).toBe('张丽不在您的网格，全部没有改动；跨网格的班请社区排。')
    expect(await hear('2026-11-20T07:05', '李敏', '班表')).toContain('还没排班')
    expect(toldTo(await street.say('沈国华', '排班 11月20日 夜班 李敏 张丽'), '沈国华')).toContain('已排1班、2人')
  })

  it('are set by whoever hands out tasks alone', async () => {
    const said = await street.say('李敏', '排班 11月20日 夜班 王强')
    expect(said.status).toBe('refused')
  })

  it('S4B-01: 交班 lists what stands open and tells the next turn in private; 接班 is told back', async () => {
    await say('2026-11-20T07:00', '陈桂芳', '排班 今天 白班 李敏\n今天 夜班 王强')
    await say('2026-11-20T09:00', '李敏', '3号楼路灯坏了')
    await say('2026-11-20T09:01', '李敏', '受理1号事件')
    await say('2026-11-20T09:05', '陈桂芳', '任务 @李敏 明天前报出租房数')
    const handed = await say('2026-11-20T20:05', '李敏', '交班 东门道闸坏了，已叫人修')
    expect(toldTo(handed, '李敏')).toContain('没办完的2件。已告诉下一班王强。')
    expect(toldTo(handed, '李敏')).toContain('已记下班打卡 20:05')
    expect(toldTo(handed, '王强')).toMatch(/李敏交班.*\n· 事件 #1.*\n· .*报出租房数.*\n说明：东门道闸坏了，已叫人修/u)
    expect(handed.replies.find(({ target }) => target === '王强')?.card?.buttons[0]?.says).toBe('接班')
    const taken = await say('2026-11-20T20:10', '王强', '接班')
    expect(toldTo(taken, '王强')).toContain('上一班交来2件')
    expect(toldTo(taken, '李敏')).toContain('王强 20:10 已接班')
    expect(await hear('2026-11-20T20:11', '王强', '接班')).toContain('20:10 已接过')
    expect(handed.replies.every(({ to }) => to === 'user')).toBe(true)
  })

  it('an urgent report that nobody took is handed over first', async () => {
    await say('2026-11-20T07:00', '陈桂芳', '排班 今天 白班 李敏')
    await say('2026-11-20T19:50', '冯洁', '紧急 4号网格厂房起火')
    await say('2026-11-20T19:52', '王强', '紧急 3幢厂房起火')
    const handed = await hear('2026-11-20T20:00', '李敏', '交班')
    expect(handed).toContain('【紧急】事件 #2')
    expect(handed).not.toContain('#1')
    expect(handed).toContain('下一班还没排')
  })

  it.each([
    ['李敏', '交班', '班表里没有您现在的班'],
    ['李敏', '接班', '班表里没有您现在的班'],
  ])('refuses %s: %s without a turn, and says the next step', async (who, text, why) => {
    const said = await street.say(who, text)
    expect(said.status).toBe('refused')
    expect(toldTo(said, who)).toContain(why)
  })

  it('交班 and 接班 are taken back', async () => {
    await say('2026-11-20T07:00', '陈桂芳', '排班 今天 夜班 李敏')
    await say('2026-11-20T19:50', '李敏', '接班')
    expect(await hear('2026-11-20T19:51', '李敏', '撤销')).toContain('已撤销：接班')
    expect(await hear('2026-11-20T19:52', '李敏', '接班')).toContain('已接班')
    await say('2026-11-20T23:00', '李敏', '交班 提前走')
    expect(await hear('2026-11-20T23:01', '李敏', '撤销')).toBe('已撤销：交班。')
  })

  it('交班了 打卡 stays a going off duty', async () => {
    expect((await say('2026-11-20T17:33', '李敏', '交班了 打卡')).intent).toBe('checkIn')
  })

  describe('nobody took over', () => {
    const run = () => runJob(street, shiftChange, { due: '2026-11-20T20:30', subject: '2026-11-20 夜班' })
    beforeEach(() => say('2026-11-20T07:00', '陈桂芳', '排班 今天 夜班 李敏 王强'))

    it('the leader hears of it once, at night too', async () => {
      const said = await run()
      expect(said.map(({ to, urgency }) => [to, urgency])).toEqual([['@陈桂芳', 'urgent']])
      expect(said[0]!.text).toContain('过了30分钟还没有人接班：李敏、王强')
    })

    it.each(['接班', '上班'])('nobody hears anything after %s', async words => {
      await say('2026-11-20T19:58', '王强', words)
      expect(await run()).toEqual([])
    })

    it('nor where the turn was taken back', async () => {
      await say('2026-11-20T07:01', '陈桂芳', '撤销')
      expect(await run()).toEqual([])
    })

    it('the timer stands at the pack’s minutes', async () => {
      const timers = await street.db.sql.selectFrom('timer').select(['job', 'subject', 'due_at']).execute()
      expect(timers).toContainEqual({
        job: 'shift-change',
        subject: '2026-11-20 夜班',
        due_at: local('2026-11-20T20:30'),
      })
    })
  })

  describe('whoever stands in a roster owes two check-ins by its hours', () => {
    beforeEach(() => say('2026-11-20T07:00', '陈桂芳', '排班 今天 夜班 李敏\n明天 白班 王强'))

    it.each([
      ['20:00', '打卡', '已记上班打卡 20:00'],
      ['20:01', '打卡', '晚于 20:00（班表），记为迟到'],
      ['19:40', '打卡', '已记上班打卡 19:40'],
    ])('at %s %s is %s', async (time, text, expected) => {
      expect(await hear(`2026-11-20T${time}`, '李敏', text)).toContain(expected)
    })

    it('a night ends on the next morning and counts for its own day', async () => {
      await say('2026-11-20T19:55', '李敏', '打卡')
      expect(await hear('2026-11-21T07:20', '李敏', '下班')).toContain('早于 08:00（班表）')
      expect(await hear('2026-11-21T08:02', '李敏', '打卡')).toContain('按最后一次 08:02 计')
      expect(await hear('2026-11-21T12:30', '李敏', '查一下我本周的考勤')).toContain('次日08:02 按时')
    })

    it('a Saturday is owed where the roster says so, and by nobody else', async () => {
      const text = await hear('2026-11-21T08:05', '王强', '打卡')
      expect(text).toContain('晚于 08:00（班表）')
      expect(await hear('2026-11-21T08:06', '李敏', '打卡')).not.toContain('迟到')
    })
  })
})

describe('S4B-01: a street whose document knows no turns', () => {
  it.each(['排班 今天 夜班 李敏', '班表', '交班', '接班'])('answers %s so', async text => {
    const street = await openTestStreet({ now: '2026-11-20T07:00' })
    try {
      const said = await street.say('陈桂芳', text)
      expect(said.status).toBe('refused')
      expect(toldTo(said, '陈桂芳')).toContain('没有规定轮班（原文未载）')
    } finally {
      await street.dispose()
    }
  })
})

describe('S4B-01: the hours of a turn', () => {
  it('a turn that ends at or before its beginning ends on the next day', () => {
    const day = { name: '白班', from: '08:00', until: '20:00' }
    const night = { name: '夜班', from: '20:00', until: '08:00' }
    const whole = { name: '全天', from: '08:00', until: '08:00' }
    const hours = (kind: typeof day) => {
      const { startsAt, endsAt } = spanOfShift(kind, '2026-11-20')
      return (endsAt - startsAt) / 3_600_000
    }
    expect([day, night, whole].map(hours)).toEqual([12, 12, 24])
    expect(spanOfShift(night, '2026-12-31').endsAt).toBe(instantAt('2027-01-01', '08:00'))
  })

  it('nobody without a turn has hours', () => {
    expect(judgeDutyHours('2026-11-20', [])).toBeUndefined()
  })

  it.each([
    ['今天', '2026-11-20'],
    ['后天', '2026-11-22'],
    ['周五', '2026-11-20'],
    ['周一', '2026-11-23'],
    ['下周一', '2026-11-23'],
    ['11月30日', '2026-11-30'],
    ['12/1', '2026-12-01'],
    ['1月3日', '2027-01-03'],
    ['5日', '2026-12-05'],
    ['2月30日', undefined],
  ])('%s is %s', (told, day) => {
    expect(readDay(told, '2026-11-20')).toBe(day)
  })
})

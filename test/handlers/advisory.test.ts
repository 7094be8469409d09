import { afterEach, describe, expect, it } from 'vitest'
import { judgeMeanKm, judgeMeanOnline, judgeOnlineShare } from '../../policy/advisory.ts'
import { adoptPack } from '../../storage/packs.ts'
import { toldTo } from '../support/replies.ts'
import { local, openTestStreet, type TestStreet } from '../support/street.ts'
import { type BuiltInPack, readBuiltIn } from '../support/street-data.ts'

let street: TestStreet
afterEach(() => street?.dispose())

/** The pack as a subdistrict that turned its advisory figures on, or the emergency mode, would have it. */
async function openWith(pack: BuiltInPack, change: (yaml: string) => string, now = '2026-11-18T10:00'): Promise<void> {
  street = await openTestStreet({
    pack,
    now,
    prepare: async db => {
      await adoptPack(db, change(readBuiltIn(pack).yaml), 'own', { now: local(now), today: '2026-01-01' })
    },
  })
}
const enable = (yaml: string) => yaml.replaceAll('enabled: false', 'enabled: true')
const emergency = (yaml: string) => yaml.replace('emergencyMode: { value: false', 'emergencyMode: { value: true')

async function hear(time: string, who: string, text: string): Promise<string> {
  street.setTime(time)
  return toldTo(await street.say(who, text), who)
}

describe('figures that today’s rules forbid to compel', () => {
  it.each([
    ['S2-05', 'county-grid', '在线率', '国办函〔2026〕12号（二）'],
    ['S2-06', 'county-grid', '在线时长', '国办函〔2026〕12号（二）'],
    ['S2-07', 'county-grid', '轨迹', '国办函〔2026〕12号（四）'],
    ['S3C-02', 'grid-supervision', '登录情况', '国办函〔2026〕12号（三）'],
    ['S3C-08', 'grid-supervision', '每日登录情况', '国办函〔2026〕12号（三）'],
  ] as const)('%s: off by default in %s, %s names the article', async (_rule, pack, text, article) => {
    street = await openTestStreet({ pack, now: '2026-11-18T10:00' })
    const said = await street.say('陈桂芳', text)
    expect(said.status).toBe('refused')
    expect(toldTo(said, '陈桂芳')).toContain(`未启用（减负：${article}`)
  })

  it.each(['在线率', '在线时长', '轨迹', '登录情况'])(
    '%s is not counted where the document has no such figure',
    async text => {
      street = await openTestStreet({ now: '2026-11-18T10:00' })
      expect(toldTo(await street.say('李敏', text), '李敏')).toContain('没有规定这一项，不统计')
    },
  )

  it('S2-05: turned on, it is shown to who leads, as a reference', async () => {
    await openWith('county-grid', enable)
    await hear('2026-11-18T08:20', '李敏', '到岗')
    await hear('2026-11-18T08:21', '王强', '到岗')
    await hear('2026-11-18T09:50', '李敏', '走访了王奶奶')
    const text = await hear('2026-11-18T10:00', '陈桂芳', '在线率')
    expect(text).toContain('即时在线率：50%（在岗2人')
    expect(text).toContain('文件写的是60%')
    expect(text).toContain('算法（本系统默认）：此刻在线人数÷此刻在岗人数')
    expect(text).toContain('不计分、不排名、不通报')
    await hear('2026-11-18T17:40', '王强', '下班')
    expect(await hear('2026-11-18T17:41', '陈桂芳', '在线率')).toContain('在岗1人')
  })

  it('S2-06: the mean of the month leaves out days with one punch alone', async () => {
    await openWith('county-grid', enable)
    for (const [day, last] of [
      ['2026-11-16', '17:30'],
      ['2026-11-17', undefined],
      ['2026-11-18', '15:30'],
    ] as const) {
      await hear(`${day}T08:30`, '李敏', '上班')
      if (last) await hear(`${day}T${last}`, '李敏', '下班')
    }
    expect(await hear('2026-11-18T18:00', '李敏', '在线时长')).toContain('本月日均8小时')
  })

  it('S2-07: a day in a high-rise counts as enough without a kilometre', async () => {
    await openWith('county-grid', enable)
    await hear('2026-11-17T10:00', '李敏', '巡查了沿江路，4公里')
    await hear('2026-11-18T10:00', '李敏', '巡查 3幢1-6层 18户')
    const text = await hear('2026-11-18T18:00', '李敏', '轨迹')
    expect(text).toContain('本月平均4公里；楼内走访1天，不按公里计，算够')
  })

  it('the emergency mode shows it though it is off', async () => {
    await openWith('county-grid', emergency)
    expect(await hear('2026-11-18T10:00', '李敏', '在线率')).toContain('此刻没有人在岗')
  })
})

describe('how they are reckoned', () => {
  it('S2-05: nobody on duty gives no share', () => {
    expect(judgeOnlineShare([], new Set(['a']))).toBeUndefined()
    expect(judgeOnlineShare(['a', 'b', 'c'], new Set(['a', 'x']))).toBe(33)
  })

  it('S2-06: half a day counts as half', () => {
    const hours = (from: number, to: number, isHalf = false) => ({
      onAt: from * 3_600_000,
      offAt: to * 3_600_000,
      isHalf,
    })
    expect(judgeMeanOnline([hours(8, 16), hours(8, 12, true)])).toBe(480)
    expect(judgeMeanOnline([{ onAt: 0, isHalf: false }])).toBeUndefined()
    expect(judgeMeanOnline([hours(9, 9)])).toBeUndefined()
  })

  it('S2-07: kilometres are averaged over the days that have some', () => {
    expect(
      judgeMeanKm([
        { km: 3, households: 0 },
        { km: 4.05, households: 2 },
        { km: 0, households: 18 },
      ]),
    ).toEqual({
      km: 3.5,
      daysInBuildings: 1,
    })
    expect(judgeMeanKm([])).toEqual({ km: undefined, daysInBuildings: 0 })
  })
})

describe('S3C-15: three dated reminders make a draft, and nothing more', () => {
  const remind = (day: string, words = '提醒登录 陈桂芳') => hear(`${day}T10:00`, '苏静', words)

  it('S3C-15: is off by default, with the article', async () => {
    street = await openTestStreet({ pack: 'grid-supervision', now: '2026-11-16T10:00' })
    const said = await street.say('苏静', '提醒登录 陈桂芳')
    expect(said.status).toBe('refused')
    expect(toldTo(said, '苏静')).toContain('国办函〔2026〕12号（三）')
    expect(toldTo(said, '陈桂芳')).toBe('')
  })

  it('S3C-15: counts a day once, a day of leave not at all; the third drafts, tells the person, and waits for a signature', async () => {
    await openWith('grid-supervision', enable, '2026-11-16T09:00')
    expect(await remind('2026-11-16')).toContain('累计1次')
    expect(await remind('2026-11-16')).toContain('一天只算一次')
    await hear('2026-11-16T11:00', '陈桂芳', '明天请假一天，看病')
    await hear('2026-11-16T11:05', '沈国华', '同意')
    expect(await remind('2026-11-17')).toContain('今天请假，这次提醒不计')
    expect(await remind('2026-11-18')).toContain('累计2次')
    street.setTime('2026-11-19T10:00')
    const third = await street.say('苏静', '提醒登录 陈桂芳')
    expect(toldTo(third, '苏静')).toContain('已拟通报草稿1号')
    expect(toldTo(third, '陈桂芳')).toMatch(
      /【拟通报 1号】.*提醒3次（11月16日（周一）、11月18日（周三）、11月19日（周四））.*这还没有定/u,
    )
    expect(third.replies.every(({ to }) => to === 'user')).toBe(true)
    expect(await hear('2026-11-19T11:00', '方正', '签发通报1')).toContain('还可以申诉')
    const appeal = await street.say('陈桂芳', '申诉通报1 手机坏了，已报修')
    expect(toldTo(appeal, '方正')).toContain('申诉：手机坏了，已报修')
    expect(await hear('2026-11-19T12:00', '李敏', '签发通报1')).toContain('办理')
    street.setTime('2026-11-19T13:00')
    const dropped = await street.say('方正', '不发通报1')
    expect(toldTo(dropped, '陈桂芳')).toContain('方正定为不发')
    expect(await hear('2026-11-19T13:05', '方正', '签发通报1')).toContain('已经定了：不发')
  })

  it('a month without signing in drafts too, where somebody tells the day', async () => {
    await openWith('grid-supervision', enable, '2026-11-16T09:00')
    expect(await remind('2026-11-16', '提醒登录 何大勇 上次登录11月1日')).toContain('累计1次')
    expect(await remind('2026-11-17', '提醒登录 陈桂芳 上次登录10月1日')).toContain('已拟通报草稿1号')
    expect(await hear('2026-11-24T10:00', '方正', '签发通报1')).toContain('本系统不在群里发通报')
  })

  it.each([
    ['提醒登录 没这人', '名册里没有'],
    ['提醒登录 苏静', '请由别人来提醒'],
    ['申诉通报9 手机坏了', '没有9号通报'],
  ])('refuses %s', async (text, why) => {
    await openWith('grid-supervision', enable, '2026-11-16T09:00')
    expect(await hear('2026-11-16T10:00', '苏静', text)).toContain(why)
  })

  it('says so where the document has no such rule', async () => {
    street = await openTestStreet({ now: '2026-11-16T10:00' })
    expect(toldTo(await street.say('王科', '提醒登录 陈桂芳'), '王科')).toContain('没有规定这一项')
  })
})

describe('S2-51: 重点帮扶', () => {
  it('S2-51: is a list of help: set by the office, told to the community, seen by nobody else', async () => {
    street = await openTestStreet({ pack: 'county-grid', now: '2026-11-18T10:00' })
    const said = await street.say('王科', '重点帮扶 桃源 新任网格员多，每周去一次')
    expect(toldTo(said, '王科')).toContain('已把桃源社区列入重点帮扶')
    expect(toldTo(said, '沈国华')).toContain('不扣分、不排名')
    expect(await hear('2026-11-18T10:05', '沈国华', '重点帮扶')).toContain(
      '桃源社区（11月18日（周三）起）：新任网格员多',
    )
    expect(await hear('2026-11-18T10:06', '韩梅', '重点帮扶')).toBe('没有在帮扶的社区。')
    expect((await street.say('李敏', '重点帮扶')).status).toBe('refused')
    const inGroup = await street.say('王科', '重点帮扶', { group: 'S01' })
    expect(inGroup.replies.every(({ to }) => to === 'user')).toBe(true)
    expect(await hear('2026-11-18T10:07', '王科', '撤出帮扶 桃源社区')).toContain('已结束')
    expect(await hear('2026-11-18T10:08', '王科', '重点帮扶')).toBe('没有在帮扶的社区。')
  })

  it.each([
    ['王科', '重点帮扶 星海社区 缺人', '没有“星海社区”'],
    ['王科', '重点帮扶 桃源社区', '请写难在哪'],
    ['王科', '撤出帮扶 桃源社区', '没有在帮扶'],
    ['沈国华', '重点帮扶 桃源社区 缺人手', '办理'],
  ])('refuses %s: %s', async (who, text, why) => {
    street = await openTestStreet({ pack: 'county-grid', now: '2026-11-18T10:00' })
    const said = await street.say(who, text)
    expect(said.status).toBe('refused')
    expect(toldTo(said, who)).toContain(why)
  })

  it('is not listed twice, and is taken back', async () => {
    street = await openTestStreet({ pack: 'county-grid', now: '2026-11-18T10:00' })
    await street.say('王科', '重点帮扶 桃源社区 缺人手')
    expect(toldTo(await street.say('王科', '重点帮扶 桃源社区 缺人手'), '王科')).toContain('已在帮扶')
    expect(toldTo(await street.say('王科', '撤销'), '王科')).toContain('已撤销：重点帮扶 桃源社区')
  })
})

import { afterEach, describe, expect, it } from 'vitest'
import { judgeFieldMinutes, judgeRoundDay } from '../../policy/round.ts'
import { toldTo } from '../support/replies.ts'
import { local, openTestStreet, type TestStreet } from '../support/street.ts'
import { type BuiltInPack, readBuiltIn } from '../support/street-data.ts'

let street: TestStreet
afterEach(() => street?.dispose())

async function open(pack: BuiltInPack, now: string): Promise<void> {
  street = await openTestStreet({ pack, now })
}
async function hear(time: string, text: string, who = '李敏'): Promise<string> {
  street.setTime(time)
  const said = await street.say(who, text)
  return toldTo(said, who)
}

describe('S3A-37: 开始走访 … 结束走访', () => {
  it('S3A-37: tells how long, what was recorded meanwhile, and the day against the two hours', async () => {
    await open('town-visits', '2026-11-10T09:00')
    expect(await hear('2026-11-10T09:00', '开始走访')).toContain('走访开始 09:00')
    await hear('2026-11-10T09:20', '走访了3幢王奶奶，20分钟')
    await hear('2026-11-10T10:30', '走访了5幢老李')
    expect(await hear('2026-11-10T11:05', '结束走访')).toBe(
      '本次走访2小时5分，其间记了2户；今天共2小时5分（要求2小时）。',
    )
  })

  it('counts minutes told with a visit outside a round, and those inside only once', async () => {
    await open('town-visits', '2026-11-10T09:00')
    await hear('2026-11-10T08:50', '走访了3幢王奶奶，15分钟')
    await hear('2026-11-10T09:00', '开始走访')
    await hear('2026-11-10T09:30', '走访了5幢老李，30分钟')
    expect(await hear('2026-11-10T10:00', '结束走访')).toContain('本次走访1小时，其间记了1户；今天共1小时15分')
    expect(await hear('2026-11-10T18:00', '我的走访')).toContain('走访共1小时15分（自己报的）')
  })

  it.each([
    ['2026-11-16', 'after the 15th'],
    ['2026-11-14', 'on a Saturday'],
  ])('names no two hours on %s, %s', async day => {
    await open('town-visits', `${day}T09:00`)
    await hear(`${day}T09:00`, '开始走访')
    expect(await hear(`${day}T10:00`, '结束走访')).toBe('本次走访1小时；今天共1小时。')
  })

  it('asks no duration where the document asks none', async () => {
    await open('street-team', '2026-11-10T09:00')
    await hear('2026-11-10T09:00', '走访开始')
    expect(await hear('2026-11-10T09:40', '走访结束')).toBe('本次走访40分钟；今天共40分钟。')
  })

  it('says since when, begun twice', async () => {
    await open('town-visits', '2026-11-10T09:00')
    await hear('2026-11-10T09:00', '开始走访')
    expect(await hear('2026-11-10T09:30', '开始走访')).toContain('09:00 就开始了')
    expect(await hear('2026-11-10T10:00', '结束走访')).toContain('本次走访1小时')
  })

  it('asks for nothing it cannot know, ended without a beginning', async () => {
    await open('town-visits', '2026-11-10T09:00')
    const said = await street.say('李敏', '结束走访')
    expect(said.status).toBe('refused')
    expect(toldTo(said, '李敏')).toContain('没有开始走访的记录')
  })

  it('one round gives way to the other', async () => {
    await open('county-center', '2026-11-10T09:00')
    await hear('2026-11-10T09:00', '开始走访')
    const said = await hear('2026-11-10T09:30', '开始巡查')
    expect(said).toContain('本次走访30分钟')
    expect(said).toContain('巡查开始 09:30')
  })

  it('asks once, when going off duty, for an end that was forgotten; nothing counts before', async () => {
    await open('town-visits', '2026-11-10T09:00')
    await hear('2026-11-10T09:00', '开始走访')
    expect(await hear('2026-11-10T17:40', '下班')).toContain('几点结束')
    expect(await hear('2026-11-10T18:00', '我的走访')).not.toContain('走访共')
    expect(await hear('2026-11-11T08:20', '上班')).not.toContain('几点结束')
    expect(await hear('2026-11-11T08:30', '结束走访')).toContain('几点结束')
    expect(await hear('2026-11-11T08:31', '结束走访 8点')).toContain('没有改动')
    expect(await hear('2026-11-11T08:32', '结束走访 下午4点半')).toContain('11/10 本次走访7小时30分')
  })

  it('asks with the first word of the next day, where nobody went off duty', async () => {
    await open('town-visits', '2026-11-10T09:00')
    await hear('2026-11-10T09:00', '开始走访')
    expect(await hear('2026-11-11T08:20', '上班')).toContain('昨天的走访（09:00开始）几点结束')
    expect(await hear('2026-11-11T09:00', '开始走访')).not.toContain('几点结束')
  })

  it('is taken back in two steps: the end, then the beginning', async () => {
    await open('county-center', '2026-11-10T09:00')
    await hear('2026-11-10T09:00', '开始巡查')
    expect(await hear('2026-11-10T09:03', '结束巡查')).toContain('已记巡查1次')
    expect(await hear('2026-11-10T09:04', '撤销')).toContain('巡查结束')
    expect(await hear('2026-11-10T09:05', '我的走访')).toContain('巡查 0 次')
    expect(await hear('2026-11-10T09:06', '撤销')).toContain('巡查开始')
    expect(await hear('2026-11-10T09:07', '结束巡查')).toContain('没有开始巡查')
  })

  it('S4D-09: a patrol walked from beginning to end is a round of the day, told or not', async () => {
    await open('county-center', '2026-11-10T09:00')
    await hear('2026-11-10T09:00', '开始巡查')
    await hear('2026-11-10T10:00', '结束巡查')
    await hear('2026-11-10T15:00', '开始巡查')
    await hear('2026-11-10T15:20', '巡查 3幢1-6层 18户')
    expect(await hear('2026-11-10T16:00', '结束巡查')).toBe('本次巡查1小时，其间记了18户。')
    expect(await hear('2026-11-10T16:10', '我的走访')).toContain('巡查 2 次')
  })

  it('S4D-09: ends with the words that tell the patrol, which is filed once', async () => {
    await open('county-center', '2026-11-10T09:00')
    await hear('2026-11-10T09:00', '开始巡查')
    expect(await hear('2026-11-10T10:00', '结束巡查，2公里')).toMatch(/^已记巡查：.*2公里。本次巡查1小时。/)
    expect(await hear('2026-11-10T10:01', '结束巡查')).toContain('没有开始巡查')
    expect(await hear('2026-11-10T10:02', '我的走访')).toContain('巡查 1 次')
  })

  it('S4B-01: over midnight it belongs to the day on which it began', async () => {
    await open('county-center', '2026-11-10T23:00')
    await hear('2026-11-10T23:00', '开始巡查')
    expect(await hear('2026-11-11T01:30', '结束巡查')).toContain('11/10 本次巡查2小时30分')
  })

  it('is said shortly in a group, with the name', async () => {
    await open('town-visits', '2026-11-10T09:00')
    const { replies } = await street.say('李敏', '开始走访', { group: 'G01' })
    expect(replies.map(({ text }) => text)).toEqual(['李敏 走访开始 09:00，完了说“结束走访”。'])
  })
})

describe('S3A-37: what a day owes', () => {
  const { coverage, attendance } = readBuiltIn('town-visits').pack
  const facts = { day: '2026-11-10', rounds: [], told: [], isWorkday: true, isKnown: true, coverage }
  it.each([
    ['a working day of the first half', {}, 120],
    ['leave for the morning', { leave: 'am' as const }, 60],
    ['work elsewhere in the afternoon', { away: 'pm' as const }, 60],
    ['leave for the day', { leave: 'day' as const }, 0],
    ['leave for half and work elsewhere for the rest', { leave: 'am' as const, away: 'pm' as const }, 0],
    ['no working day', { isWorkday: false }, 0],
    ['a year that is not published', { isKnown: false }, 0],
    ['the 16th', { day: '2026-11-16' }, 0],
    ['the 15th', { day: '2026-11-15' }, 120],
    ['a document without such a rule', { coverage: undefined }, 0],
  ])('%s', (_name, change, owed) => {
    expect(judgeFieldMinutes({ ...facts, ...change }).owed).toBe(owed)
  })

  it('counts a round without an end for nothing', () => {
    const [beganAt, endedAt] = [local('2026-11-10T09:00'), local('2026-11-10T09:59')]
    expect(judgeFieldMinutes({ ...facts, rounds: [{ beganAt, endedAt }, { beganAt: endedAt }] }).done).toBe(59)
  })

  it('turns the day when the pack turns it', () => {
    expect(judgeRoundDay(local('2026-11-11T04:59'), attendance)).toBe('2026-11-10')
    expect(judgeRoundDay(local('2026-11-11T05:00'), attendance)).toBe('2026-11-11')
  })
})

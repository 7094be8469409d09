import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { query } from '../../handlers/query/index.ts'
import type { SlotsOf } from '../../handlers/slots.ts'
import { asPrivate } from '../support/ctx.ts'
import { toldGroups, toldTo } from '../support/replies.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'

describe('questions', () => {
  let street: TestStreet
  beforeEach(async () => {
    street = await openTestStreet({ now: '2026-11-18T08:20' })
  })
  afterEach(() => street.dispose())

  const ask = async (who: string, slots: SlotsOf['query'], text = '？') =>
    (await asPrivate(street, who, text, ctx => query.run(ctx, slots)))!

  it('tells one’s own attendance of a day and of a month', async () => {
    await street.say('李敏', '到岗了')
    expect((await ask('李敏', { what: 'myAttendance', period: 'today' })).text).toBe(
      '今天考勤：上班 08:20 按时，下班 还没打。',
    )
    street.setTime('2026-11-19T09:00')
    const { text } = await ask('李敏', { what: 'myAttendance', period: 'thisWeek' })
    expect(text).toContain('应到 4 天，按时 0 天')
    expect(text).toContain('缺卡')
  })

  it('answers one’s own attendance in private even when asked in a group', async () => {
    const said = await street.say('李敏', '查一下我的考勤', { group: 'G01' })
    expect(toldGroups(said)).toEqual([])
    expect(toldTo(said, '李敏')).toContain('本月考勤')
  })

  it('tells one’s own visits, newest first', async () => {
    await street.say('李敏', '走访了王奶奶')
    street.setTime('2026-11-18T09:00')
    await street.say('李敏', '走访了张大爷')
    await street.say('李敏', '巡查了一圈')
    const { text } = await ask('李敏', { what: 'myVisits' })
    expect(text).toMatch(/^本周走访 2 次，巡查 1 次。\n.*张大爷\n.*王奶奶$/)
  })

  it.each([
    ['陈桂芳', { gridNo: 1 }, '上班应到 2 人次，已到 1'],
    ['徐伟', { gridNo: 2 }, '第2网格今天考勤'],
    ['沈国华', {}, '桃源社区今天考勤'],
    ['林静', {}, '望江街道今天考勤'],
    ['方正', { whose: '李敏' }, '李敏今天考勤：上班 08:20 按时'],
    ['陈桂芳', { whose: '王强' }, '王强今天考勤'],
  ] as const)('lets %s ask for attendance with %o', async (who, slots, expected) => {
    await street.say('李敏', '到岗了')
    expect((await ask(who, { what: 'attendance', ...slots })).text).toContain(expected)
  })

  it.each([
    ['李敏', { whose: '张丽' }, 'not-allowed'],
    ['李敏', { gridNo: 1 }, 'not-allowed'],
    ['陈桂芳', { gridNo: 2 }, 'not-yours'],
    ['沈国华', { whose: '冯洁' }, 'not-yours'],
    ['方正', { whose: '某某' }, 'unknown-person'],
    ['方正', { gridNo: 99 }, 'unknown-grid'],
  ] as const)('refuses %s attendance with %o as %s', async (who, slots, reason) => {
    expect((await ask(who, { what: 'attendance', ...slots })).refused).toBe(reason)
  })

  it('tells who is missing by name, to the asker alone', async () => {
    await street.say('李敏', '到岗了')
    const answer = await ask('陈桂芳', { what: 'attendance', gridNo: 1 })
    expect(answer.text).toContain('未打：王强')
    expect(answer.private).toBe(true)
  })

  it('tells how an incident stands, and what exists where the number is wrong', async () => {
    await street.say('李敏', '3号楼路灯坏了')
    await street.say('陈桂芳', '受理1号事件')
    const { text } = await ask('李敏', { what: 'incident', no: 1 })
    expect(text).toContain('事件 #1：公共设施，3号楼，第1网格')
    expect(text).toContain('已受理（陈桂芳）')
    const wrong = await ask('李敏', { what: 'incident', no: 7 })
    expect(wrong.refused).toBe('unknown-incident')
    expect(wrong.text).toContain('#1')
    expect((await ask('何大勇', { what: 'incident', no: 1 })).refused).toBe('not-yours')
  })

  it('lists what is open in one’s grid, in a group without the words of the reports', async () => {
    await street.say('李敏', '3幢302王奶奶家水管爆了')
    expect((await ask('陈桂芳', { what: 'incidents' })).text).toMatch(/在办事件 1 件。\n#1 公共设施：3幢302王奶奶家/)
    const inGroup = toldTo(await street.say('陈桂芳', '在办事件有哪些', { group: 'G01' }), 'G01')
    expect(inGroup).toContain('#1')
    expect(inGroup).not.toMatch(/王奶奶|302/)
  })

  it('shows a grid on one card', async () => {
    await street.say('李敏', '走访了王奶奶')
    const { text } = await ask('徐伟', { what: 'gridInfo', gridNo: 1 })
    expect(text).toContain('桃源社区第1网格（WJ001）：300户，常住900人')
    expect(text).toContain('网格长：陈桂芳；指导员：徐伟；网格员：李敏、王强（兼）')
    expect(text).toContain('走访 1')
    expect((await ask('赵志远', { what: 'gridInfo', gridNo: 1 })).refused).toBe('not-allowed')
    expect((await ask('徐伟', { what: 'gridInfo', gridNo: 99 })).refused).toBe('unknown-grid')
  })

  it.each([
    ['S0-25怎么规定的', 'S0-25：三(一)：参照机关干部考勤要求'],
    ['上班几点打卡算迟到', '08:30:59（本系统默认，原文没有写明）'],
    ['提示单几点前要下发', '16:00'],
    ['擂台赛获奖的指导员加多少分', '原文未载，待街道填写'],
    ['没参加培训怎么处理', '视为旷工'],
  ])('answers %s from the document', async (text, expected) => {
    expect((await ask('李敏', { what: 'rule' }, text)).text).toContain(expected)
  })

  it('makes no rule up', async () => {
    const answer = await ask('李敏', { what: 'rule' }, '年终奖发多少钱')
    expect(answer.refused).toBe('unknown-rule')
  })

  it.each(['ranking', 'myScore'] as const)('shows what the scheme lacks when asked for %s', async what => {
    const { text } = await ask('李敏', { what })
    expect(text).toContain('月度考核 80 分')
    expect(text).toContain('原文未载，待街道填写（20 分）')
  })

  it('gives the figures of a week without names', async () => {
    await street.say('李敏', '走访了王奶奶')
    const { text } = await ask('陈桂芳', { what: 'weeklySummary', period: 'thisWeek' })
    expect(text).toContain('走访1')
    expect(text).not.toContain('李敏')
  })

  it.each(['我的考勤', '我的打卡', '我的走访', '我的巡查', '我的任务', '我本周的走访'])(
    '%s shows and records nothing',
    async words => {
      const said = await street.say('李敏', words)
      expect(said).toMatchObject({ intent: 'query', status: 'handled' })
      expect(await street.db.sql.selectFrom('check_in').select('id').execute()).toEqual([])
    },
  )

  it('says what can be asked where nothing is named', async () => {
    expect((await ask('李敏', {})).refused).toBe('unknown-question')
  })
})

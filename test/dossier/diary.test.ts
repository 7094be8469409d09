import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dailyLog } from '../../jobs/daily-log.ts'
import { readLastPaper } from '../support/read-paper.ts'
import { toldGroups, toldTo } from '../support/replies.ts'
import { runJob } from '../support/run-job.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'
import type { BuiltInPack } from '../support/street-data.ts'

let street: TestStreet
const open = async (pack: BuiltInPack, now = '2026-11-18T08:20') => {
  street = await openTestStreet({ now, pack })
}
afterEach(() => street.dispose())
const tell = async (who: string, text: string, at?: string) => {
  if (at) street.setTime(at)
  return toldTo(await street.say(who, text), who)
}

describe('the working diary', () => {
  beforeEach(() => open('five-tier'))

  it('S3B-03: is drafted from the day’s messages, in at most eight lines, and confirmed in one word', async () => {
    await tell('陈桂芳', '上班打卡')
    await tell('陈桂芳', '走访了3幢王奶奶，20分钟', '2026-11-18T10:00')
    await tell('陈桂芳', '巡查了沿江路一圈，2公里')
    await tell('陈桂芳', '民意：3幢希望加路灯')
    await tell('陈桂芳', '3号楼路灯坏了')
    await tell('陈桂芳', '受理 #1')
    await tell('陈桂芳', '日志补充 下午整理台账')
    const draft = await tell('陈桂芳', '日志', '2026-11-18T17:05')
    const lines = draft.split('\n')
    expect(lines[0]).toBe('11月18日（周三）工作日志（草稿）')
    for (const words of [
      '上班08:20',
      '走访1次：王奶奶（3幢）20分钟',
      '巡查1次',
      '2公里',
      '信息1条',
      '上报 #1',
      '受理 #1',
      '补充：下午整理台账',
    ])
      expect(draft).toContain(words)
    expect(lines.slice(1, -1).length).toBeLessThanOrEqual(8)
    expect(lines.at(-1)).toContain('没问题回“确认日志”')
    expect(await tell('陈桂芳', '确认日志')).toBe('11月18日（周三）工作日志已确认：6项。')
    expect(await tell('陈桂芳', '日志')).toContain('（17:05已确认）')
  })

  it('is confirmed once; a record that changes later asks for it anew', async () => {
    await tell('陈桂芳', '走访了3幢王奶奶，20分钟')
    await tell('陈桂芳', '确认日志', '2026-11-18T17:05')
    expect(await tell('陈桂芳', '确认日志')).toContain('17:05已确认过')
    await tell('陈桂芳', '走访了7幢李大爷，15分钟')
    expect(await tell('陈桂芳', '日志')).toContain('（草稿，确认后有变动）')
    expect(await tell('陈桂芳', '确认日志')).toContain('已确认')
    expect(await tell('陈桂芳', '日志')).toContain('走访2次')
  })

  it('S3B-03: costs one tap on a day without anything', async () => {
    const said = await street.say('陈桂芳', '日志')
    expect(said.replies[0]!.text).toContain('这天还没有记录')
    expect(said.replies[0]!.card?.buttons.map(({ says }) => says)).toEqual(['无事项'])
    expect(await tell('陈桂芳', '无事项')).toBe('11月18日（周三）工作日志已确认：无事项。')
    expect(await tell('陈桂芳', '无事项')).toContain('已确认过')
    expect(await tell('陈桂芳', '日志')).toContain('无事项（08:20已确认）')
  })

  it('does not let 无事项 stand against records', async () => {
    await tell('陈桂芳', '走访了3幢王奶奶，20分钟')
    expect(await tell('陈桂芳', '无事项')).toContain('这天有1项记录，没有记成“无事项”')
  })

  it('reads and confirms an earlier day, but none that has not come or is long past', async () => {
    await tell('陈桂芳', '走访了3幢王奶奶，20分钟')
    street.setTime('2026-11-19T09:00')
    expect(await tell('陈桂芳', '昨天日志')).toContain('11月18日（周三）工作日志（草稿）')
    expect(await tell('陈桂芳', '确认日志 11月18日')).toContain('11月18日（周三）工作日志已确认：1项')
    expect(await tell('陈桂芳', '日志 11月17日')).toContain('回“无事项 11月17日”')
    expect(await tell('陈桂芳', '无事项 11月17日')).toContain('11月17日（周二）工作日志已确认：无事项')
    expect(await tell('陈桂芳', '确认日志 12月18日')).toContain('还没到那一天')
    expect(await tell('陈桂芳', '日志补充 10月1日 值班')).toContain('一个月以前的日志不能再补')
  })

  it('keeps a note for the day that is told before it, whatever day the note speaks of', async () => {
    await tell('陈桂芳', '日志补充 12月3日例会的材料')
    expect(await tell('陈桂芳', '日志')).toContain('补充：12月3日例会的材料')
    expect(await tell('陈桂芳', '日志 11月31日')).toBe('没有这一天，请核对日期。')
  })

  it('is its owner’s alone, in private wherever it was asked for', async () => {
    await tell('陈桂芳', '走访了3幢王奶奶，20分钟')
    const said = await street.say('陈桂芳', '日志', { group: 'G01' })
    expect(toldGroups(said)).toEqual([])
    expect(toldTo(said, '陈桂芳')).toContain('王奶奶')
    expect(await tell('李敏', '日志')).toContain('这天还没有记录')
  })

  it('takes confirmation and note back', async () => {
    await tell('陈桂芳', '日志补充 整理台账')
    await tell('陈桂芳', '确认日志')
    expect(await tell('陈桂芳', '撤销')).toBe('已撤销：11月18日（周三）工作日志的确认。')
    expect(await tell('陈桂芳', '撤销')).toBe('已撤销：11月18日（周三）工作日志的补充。')
    expect(await tell('陈桂芳', '日志')).toContain('这天还没有记录')
  })

  it('tells leave, work elsewhere, notices and meetings', async () => {
    await tell('陈桂芳', '公出 去区里开会 下午')
    await tell('陈桂芳', '明天上午请假 看病')
    await street.say('沈国华', '同意')
    expect(await tell('陈桂芳', '日志')).toContain('公出下午（去区里开会）')
    expect(await tell('陈桂芳', '日志', '2026-11-19T09:00')).toContain('请假上午')
  })

  it('S3B-03: prints a month, every working day with what it held', async () => {
    await tell('陈桂芳', '走访了3幢王奶奶，20分钟')
    await tell('陈桂芳', '确认日志')
    expect(await tell('陈桂芳', '导出日志 11月')).toContain('您11月工作日志（到今天）见附件')
    const { name, text } = await readLastPaper(street)
    expect(name).toBe('工作日志-陈桂芳-2026-11.docx')
    for (const words of ['2026年11月工作日志', '11月18日（周三）', '王奶奶', '11月17日（周二）（未确认）', '无事项'])
      expect(text).toContain(words)
    for (const never of ['11月15日', '11月19日']) expect(text).not.toContain(never)
  })
})

describe('the draft in the evening', () => {
  const due = '2026-11-18T17:00'
  beforeEach(() => open('town-visits'))

  it('S3A-21: comes at 17:00 to the grid’s leader who asked for it, and to nobody else', async () => {
    await tell('陈桂芳', '走访了3幢王奶奶，20分钟')
    expect(await runJob(street, dailyLog, { due })).toEqual([])
    expect(await tell('陈桂芳', '日志提醒 开')).toContain('工作日17:00把当天草稿私下发给您')
    const said = await runJob(street, dailyLog, { due })
    expect(said.map(({ to }) => to)).toEqual(['@陈桂芳'])
    expect(said[0]!.text).toContain('走访1次')
  })

  it('S3A-21: stays away from whoever is on leave, has confirmed, or switched it off', async () => {
    await tell('陈桂芳', '日志提醒 开')
    await tell('陈桂芳', '无事项')
    expect(await runJob(street, dailyLog, { due })).toEqual([])
    await tell('陈桂芳', '撤销')
    expect(await runJob(street, dailyLog, { due })).toHaveLength(1)
    expect(await tell('陈桂芳', '日志提醒')).toContain('已开')
    await tell('陈桂芳', '日志提醒 关')
    expect(await runJob(street, dailyLog, { due })).toEqual([])
    await tell('陈桂芳', '日志提醒 开')
    await tell('陈桂芳', '今天下午请假 看病')
    await street.say('沈国华', '同意')
    expect(await runJob(street, dailyLog, { due })).toEqual([])
  })

  it('is offered to those alone who keep a diary by the document', async () => {
    expect(await tell('李敏', '日志提醒 开')).toMatch(/日志由\S+记（依据：四\(二\)/)
    await street.dispose()
    await open('street-team')
    expect(await tell('陈桂芳', '日志提醒 开')).toContain('原文没有规定每日日志')
    expect(await runJob(street, dailyLog, { due })).toEqual([])
  })
})

describe('民情日记', () => {
  beforeEach(() => open('grid-supervision', '2026-10-21T10:00'))

  it('S3C-04: is a document of the month’s visits with what was heard', async () => {
    await tell('陈桂芳', '走访了3幢王奶奶，20分钟，反映楼道灯不亮')
    await tell('陈桂芳', '走访了7幢李大爷，15分钟', '2026-10-22T10:00')
    street.setTime('2026-11-18T10:00')
    const said = await street.say('陈桂芳', '民情日记 10月', { group: 'G01' })
    expect(toldGroups(said)).toEqual([])
    const { name, text } = await readLastPaper(street)
    expect(name).toBe('民情日记-陈桂芳-2026-10.docx')
    for (const words of ['2026年10月民情日记', '本月走访2次，2天', '王奶奶', '10月22日（周四）10:00', '15分钟'])
      expect(text).toContain(words)
  })

  it('S3C-04: of a grid is for those in charge of it', async () => {
    await tell('李敏', '走访了3幢王奶奶，20分钟')
    expect(await tell('张丽', '民情日记 1网格 10月')).toContain('不在您负责的范围')
    expect(await tell('陈桂芳', '民情日记 1网格 10月')).toContain('第1网格10月民情日记见附件')
    expect((await readLastPaper(street)).text).toContain('李敏')
    expect(await tell('陈桂芳', '民情日记 8网格')).toBe('没有第8网格。')
  })

  it('follows the record: what was taken back is not in it', async () => {
    await tell('陈桂芳', '走访了3幢王奶奶，20分钟')
    await tell('陈桂芳', '撤销')
    await tell('陈桂芳', '民情日记')
    expect((await readLastPaper(street)).text).toContain('本月没有走访记录')
  })
})

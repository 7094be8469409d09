import { afterEach, describe, expect, it } from 'vitest'
import { noticeBroadcast } from '../../jobs/notice-broadcast.ts'
import { standingTasks } from '../../jobs/standing-tasks.ts'
import { listNotices } from '../../storage/notices.ts'
import { draftToSigned, noticeNumbered, sign } from '../support/notice-steps.ts'
import { runJob } from '../support/run-job.ts'
import { openTestStreet, type Said, type TestStreet } from '../support/street.ts'

let street: TestStreet
afterEach(() => street.dispose())
const last = ({ replies }: Said) => replies.at(-1)!.text
const task = (cycle: string, line = '消防安全') =>
  `起草常态任务：\n标题：${line}检查\n工作内容：${line}日常检查\n任务要求：逐户检查，有记录\n考核规定：漏一次扣1分\n${cycle}`

async function openWith(cycle: string, now = '2026-11-18T09:00'): Promise<number> {
  street = await openTestStreet({ now })
  return draftToSigned(street, task(cycle))
}

/** What a morning brings: the tasks are handed out, then the compiled run sends. */
async function morning(day: string, now?: string): Promise<string[]> {
  street.setTime(`${day}T${now ?? '08:30'}`)
  const late = now && `${day}T${now}`
  const direct = await runJob(street, standingTasks, { due: `${day}T08:30`, now: late })
  const compiled = await runJob(street, noticeBroadcast, { due: `${day}T08:30`, now: late })
  return [...direct, ...compiled].filter(({ kind }) => kind === 'notice-sheet').map(({ text }) => text)
}

describe('a recurring standing task', () => {
  it('S0-19: keeps its line, recurrence, clause and days', async () => {
    const no = await openWith('周期：每月3日，从12月1日起，到2027年6月30日止')
    expect(await noticeNumbered(street, no)).toMatchObject({
      kind: 'standing',
      line: '消防安全',
      recurrence: { every: 'month', on: 3 },
      startsOn: '2026-12-01',
      endsOn: '2027-06-30',
      due: undefined,
      appraisal: '漏一次扣1分',
      status: 'broadcast',
    })
  })

  it('S0-20: goes out on signature with its cycle, owed nothing but its acknowledgement', async () => {
    street = await openTestStreet({ now: '2026-11-21T10:00' })
    await street.say('王科', task('周期：每月3日'))
    await street.say('高峰', '1号提示单同意')
    const signed = await sign(street, 1)
    const sheets = signed.replies.filter(({ kind }) => kind === 'notice-sheet')
    expect(sheets).toHaveLength(4)
    expect(sheets[0]!.text).toContain('（常态化任务）')
    expect(sheets[0]!.text).toContain('周期：每月3日，每次另行派发')
    const rows = await street.db.sql.selectFrom('notice_receiver').select(['done_at', 'acknowledged_at']).execute()
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.every(row => row.done_at !== null && row.acknowledged_at === null)).toBe(true)
  })

  it('is handed out each time as a notice of its own, once, due on its day', async () => {
    const no = await openWith('周期：每月3日')
    expect(await morning('2026-11-19')).toEqual([])
    const sheets = await morning('2026-12-01')
    expect(sheets).toHaveLength(4)
    expect(sheets[0]).toContain('【工作提示单 第2号】')
    expect(sheets[0]).toContain('时间节点：12月3日（周四）24:00前')
    expect(sheets[0]).toContain('考核规定：漏一次扣1分')
    expect(await morning('2026-12-02')).toEqual([])
    const { id } = await noticeNumbered(street, no)
    expect(await noticeNumbered(street, 2)).toMatchObject({
      parentId: id,
      occursOn: '2026-12-03',
      status: 'broadcast',
      line: '消防安全',
      deferred: false,
      late: false,
    })
    const owed = await street.db.sql
      .selectFrom('notice_receiver')
      .select('done_at')
      .where('notice_id', '!=', id)
      .execute()
    expect(owed.every(row => row.done_at === null)).toBe(true)
  })

  it('shares one text with what was deferred to the same morning', async () => {
    await openWith('周期：每月3日', '2026-11-30T16:10')
    await draftToSigned(street)
    const sheets = await morning('2026-12-01')
    expect(sheets).toHaveLength(4)
    expect(sheets[0]).toContain('共2份')
    expect(sheets[0]).toContain('（顺延）')
    expect(sheets[0]).toContain('（常态化任务）')
  })

  it('found late goes out at once, and what is past its day is not asked for any more', async () => {
    await openWith('周期：每周三')
    // Down from the 18th to the 3rd of December: the Wednesdays of 25 November and 2 December are over.
    expect(await morning('2026-12-03', '10:20')).toEqual([])
    const monday = await morning('2026-12-07', '11:00')
    expect(monday).toHaveLength(4)
    expect(monday[0]).toContain('12月9日（周三）')
  })

  it('stops by itself after its last day, and its office hears of it once', async () => {
    const no = await openWith('周期：每周，到2026年11月30日止')
    await morning('2026-11-23')
    street.setTime('2026-12-01T08:30')
    const said = await runJob(street, standingTasks, { due: '2026-12-01T08:30' })
    expect(said.map(({ to, text }) => [to, text.includes('已到期，自动停止')])).toEqual([['@王科', true]])
    expect((await noticeNumbered(street, no)).status).toBe('closed')
    expect(await runJob(street, standingTasks, { due: '2026-12-02T08:30' })).toEqual([])
  })

  it('is not handed out after it was withdrawn', async () => {
    const no = await openWith('周期：每周')
    expect(last(await street.say('王科', `停止提示单${no} 并入市里的专项`))).toContain('以后不再派发')
    expect(await morning('2026-11-23')).toEqual([])
  })

  it('has none in a week without working days (16–22 February 2026)', async () => {
    street = await openTestStreet({ now: '2026-01-28T09:00' })
    await draftToSigned(street, task('周期：每周'))
    for (const day of ['2026-02-02', '2026-02-09', '2026-02-24']) await morning(day)
    const times = await listNotices(street.db, { kind: 'standing' })
    expect(times.flatMap(({ occursOn }) => occursOn ?? [])).toEqual(['2026-02-06', '2026-02-14', '2026-02-28'])
  })
})

describe('S0-19: 常态任务', () => {
  it('lists the four lines of the document with how far each is', async () => {
    await openWith('周期：每月3日')
    const text = last(await street.say('李敏', '常态任务'))
    expect(text).toContain('流口管理：还没有起草')
    expect(text).toContain('消防安全：1号提示单《消防安全检查》已下发，每月3日，下次12月1日（周二）派发')
    expect(text).toContain('安全生产：还没有起草')
    expect(text).toContain('重点人员探访：还没有起草')
    expect(text).toContain('依据：二(一)')
  })
})

describe('S0-20: an unsigned task', () => {
  it('is refused with the clause when somebody wants it out', async () => {
    street = await openTestStreet({ now: '2026-11-18T09:00' })
    await street.say('王科', task('周期：每月3日'))
    const said = await street.say('林静', '下发常态任务 消防安全')
    expect(said.status).toBe('refused')
    expect(last(said)).toContain('没有签批不能下发（依据：二(一)')
    expect((await street.say('林静', '1号提示单立即下发')).status).toBe('refused')
    expect((await noticeNumbered(street, 1)).status).toBe('submitted')
  })

  it('of a new line goes the same way', async () => {
    street = await openTestStreet({ now: '2026-11-18T09:00' })
    const unknown = await street.say('林静', '下发常态任务 防汛值守')
    expect(last(unknown)).toContain('新的条线也要先审签再下发')
    const drafted = await street.say('王科', `${task('周期：每月', '防汛值守')}\n条线：防汛值守`)
    expect(drafted.replies.some(({ kind }) => kind === 'notice-review')).toBe(true)
    expect(await noticeNumbered(street, 1)).toMatchObject({ line: '防汛值守', status: 'submitted' })
  })
})

import { afterEach, describe, expect, it } from 'vitest'
import { noticeBroadcast } from '../../jobs/notice-broadcast.ts'
import { at } from '../support/clock.ts'
import { draftAndReview, draftToSigned, noticeNumbered, sign, WHOLE } from '../support/notice-steps.ts'
import { runJob } from '../support/run-job.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'

let street: TestStreet
afterEach(() => street.dispose())
const open = async (now: string) => {
  street = await openTestStreet({ now })
}

describe('the compiled run at 15:45', () => {
  it('sends all that is signed as one sheet per target group', async () => {
    await open('2026-11-18T10:00')
    await draftToSigned(street)
    await draftToSigned(street, WHOLE.replace('排查出租房', '清点沙袋').replace('逐户登记', '1-2网格逐户登记'))
    const said = await runJob(street, noticeBroadcast, { due: '2026-11-18T15:45' })
    expect(said.map(({ to, kind }) => [to, kind])).toEqual(['G01', 'G02', 'G03', 'G04'].map(to => [to, 'notice-sheet']))
    expect(said[0]!.text).toContain('共2份')
    expect(said[0]!.text).toContain('【工作提示单 第1号】排查出租房')
    expect(said[0]!.text).toContain('【工作提示单 第2号】清点沙袋')
    expect(said[2]!.text).not.toContain('清点沙袋')
    expect(await noticeNumbered(street, 1)).toMatchObject({
      status: 'broadcast',
      broadcastAt: at('2026-11-18T15:45'),
      deferred: false,
      late: false,
    })
  })

  it('shows all four parts and marks a telephone number', async () => {
    await open('2026-11-18T10:00')
    await draftToSigned(street, WHOLE.replace('逐户登记', '逐户登记，联系13812345678'))
    const [sheet] = await runJob(street, noticeBroadcast, { due: '2026-11-18T15:45' })
    for (const part of [
      '工作内容：排查出租房',
      '时间节点：12月4日（周五）24:00前',
      '考核规定：漏一户扣0.5分',
      '138****5678',
    ]) {
      expect(sheet!.text).toContain(part)
    }
  })

  it('is silent where nothing is signed', async () => {
    await open('2026-11-18T10:00')
    await draftAndReview(street)
    expect(await runJob(street, noticeBroadcast, { due: '2026-11-18T15:45' })).toEqual([])
  })

  it('leaves what is deferred to the next working day, then sends it marked 顺延', async () => {
    await open('2026-11-18T16:05')
    const no = await draftToSigned(street)
    expect(await runJob(street, noticeBroadcast, { due: '2026-11-18T17:00' })).toEqual([])
    const said = await runJob(street, noticeBroadcast, { due: '2026-11-19T08:30' })
    expect(said).toHaveLength(4)
    expect(said[0]!.text).toContain('（顺延）')
    expect(await noticeNumbered(street, no)).toMatchObject({ status: 'broadcast', deferred: true, late: false })
  })

  it('sends once, however often it runs', async () => {
    await open('2026-11-18T10:00')
    await draftToSigned(street)
    await runJob(street, noticeBroadcast, { due: '2026-11-18T15:45' })
    expect(await runJob(street, noticeBroadcast, { due: '2026-11-18T15:45' })).toEqual([])
  })
})

describe('a run that was slept through (contract, Missed jobs)', () => {
  it('sends at once until 18:00, marked 迟发 from 16:00 on', async () => {
    await open('2026-11-18T10:00')
    const no = await draftToSigned(street)
    const said = await runJob(street, noticeBroadcast, { due: '2026-11-18T15:45', now: '2026-11-18T17:20' })
    expect(said.map(({ to }) => to)).toEqual(['G01', 'G02', 'G03', 'G04'])
    expect(said[0]!.text).toContain('（迟发）')
    expect(await noticeNumbered(street, no)).toMatchObject({ status: 'broadcast', late: true, deferred: false })
  })

  it('marks nothing where it is still before 16:00', async () => {
    await open('2026-11-18T10:00')
    const no = await draftToSigned(street)
    await runJob(street, noticeBroadcast, { due: '2026-11-18T15:45', now: '2026-11-18T15:55' })
    expect(await noticeNumbered(street, no)).toMatchObject({ status: 'broadcast', late: false })
  })

  it('after 18:00 waits for the next working day, with one alarm to 党政办, and loses nothing', async () => {
    await open('2026-11-20T10:00') // Friday
    const no = await draftToSigned(street)
    const alarmed = await runJob(street, noticeBroadcast, { due: '2026-11-20T15:45', now: '2026-11-20T18:30' })
    expect(alarmed.map(({ to, kind }) => [to, kind])).toEqual([['@林静', 'notice-alarm']])
    expect(alarmed[0]!.text).toContain('顺延至11月23日（周一）08:30下发')
    expect(await noticeNumbered(street, no)).toMatchObject({
      status: 'signed',
      deferred: true,
      releaseAt: at('2026-11-23T08:30'),
    })
    const said = await runJob(street, noticeBroadcast, { due: '2026-11-23T08:30' })
    expect(said.map(({ kind }) => kind)).toEqual(Array(4).fill('notice-sheet'))
    expect(said[0]!.text).toContain('（顺延、迟发）')
  })

  it('found days later sends at once with the one alarm', async () => {
    await open('2026-11-18T10:00')
    await draftToSigned(street)
    const said = await runJob(street, noticeBroadcast, { due: '2026-11-18T15:45', now: '2026-11-19T10:00' })
    expect(said.map(({ kind }) => kind)).toEqual([...Array(4).fill('notice-sheet'), 'notice-alarm'])
  })
})

describe('a group without a bound chat', () => {
  it('gets nothing, and the others get theirs', async () => {
    await open('2026-11-18T15:50')
    await street.change(db =>
      db.sql.updateTable('chat').set({ platform_id: null }).where('platform_id', '=', 'G03').execute(),
    )
    await street.change(db =>
      db.sql.updateTable('setting').set({ value: 'unbound' }).where('name', '=', 'roster-version').execute(),
    )
    const no = await draftAndReview(street)
    const { replies } = await sign(street, no)
    expect(replies.filter(({ kind }) => kind === 'notice-sheet').map(({ target }) => target)).toEqual([
      'G01',
      'G02',
      'G04',
    ])
    expect(replies.at(-1)!.text).toContain('发往3个网格群')
  })
})

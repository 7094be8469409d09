import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { noticeBroadcast } from '../../jobs/notice-broadcast.ts'
import { noticeProof } from '../../jobs/notice-proof.ts'
import { draftToSigned, noticeNumbered } from '../support/notice-steps.ts'
import { runJob, settleSheets } from '../support/run-job.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'

let street: TestStreet
beforeEach(async () => {
  street = await openTestStreet({ now: '2026-11-18T10:00' })
})
afterEach(() => street.dispose())
const proof = (due: string, subject?: string) => runJob(street, noticeProof, { due, subject })

describe('the 16:00 proof line', () => {
  it('tells 党政办 in private what went out, when, and to how many groups', async () => {
    await draftToSigned(street)
    await runJob(street, noticeBroadcast, { due: '2026-11-18T15:45' })
    await settleSheets(street, { sentAt: '2026-11-18T15:45:12' })
    const said = await proof('2026-11-18T16:00')
    expect(said.map(({ to, kind }) => [to, kind])).toEqual([['@林静', 'notice-proof']])
    expect(said[0]!.text).toBe(
      '【16:00下发情况】11月18日（周三），1份：\n1号提示单《排查出租房》15:45:00下发，送达4/4个群；最晚15:45:12',
    )
    expect((await noticeNumbered(street, 1)).late).toBe(false)
  })

  it('is silent where nothing went out', async () => {
    expect(await proof('2026-11-18T16:00')).toEqual([])
  })

  it('says of a notice that was withdrawn since that it was', async () => {
    await draftToSigned(street)
    await runJob(street, noticeBroadcast, { due: '2026-11-18T15:45' })
    await settleSheets(street, { sentAt: '2026-11-18T15:45:12' })
    await street.say('王科', '撤回提示单1 数据有误')
    expect((await proof('2026-11-18T16:00'))[0]!.text).toContain('送达4/4个群；已撤回；最晚15:45:12')
  })

  it('names the groups that failed', async () => {
    await draftToSigned(street)
    await runJob(street, noticeBroadcast, { due: '2026-11-18T15:45' })
    await settleSheets(street, { chat: 'G03', state: 'failed' })
    await settleSheets(street, { sentAt: '2026-11-18T15:45:12' })
    const [said] = await proof('2026-11-18T16:00')
    expect(said!.text).toContain('送达3/4个群')
    expect(said!.text).toContain('未送达：第3网格群（发送失败）')
  })

  it('names a group that has no bound chat', async () => {
    await street.change(db =>
      db.sql.updateTable('chat').set({ platform_id: null }).where('platform_id', '=', 'G02').execute(),
    )
    await street.change(db =>
      db.sql.updateTable('setting').set({ value: 'unbound' }).where('name', '=', 'roster-version').execute(),
    )
    await draftToSigned(street)
    await runJob(street, noticeBroadcast, { due: '2026-11-18T15:45' })
    await settleSheets(street, { sentAt: '2026-11-18T15:45:12' })
    expect((await proof('2026-11-18T16:00'))[0]!.text).toContain('未送达：第2网格群（没有绑定会话）')
  })

  it('looks again at groups still being sent to, and names those reached at or after 16:00', async () => {
    street.setTime('2026-11-18T15:59:50')
    await draftToSigned(street)
    await settleSheets(street, { chat: 'G01', sentAt: '2026-11-18T15:59:59' })
    const [main] = await proof('2026-11-18T16:00')
    expect(main!.text).toContain('发送中：第2网格群、第3网格群、第4网格群')
    const timer = await street.db.sql
      .selectFrom('timer')
      .select(['subject', 'due_at'])
      .where('job', '=', 'notice-proof')
      .executeTakeFirstOrThrow()
    expect(timer).toEqual({ subject: '2026-11-18', due_at: Date.parse('2026-11-18T16:05:00+08:00') })

    await settleSheets(street, { chat: 'G02', sentAt: '2026-11-18T15:59:59' })
    await settleSheets(street, { sentAt: '2026-11-18T16:00:50' })
    const [again] = await proof('2026-11-18T16:05', timer.subject)
    expect(again!.text).toContain('（补充）')
    expect(again!.text).toContain('迟发：第3网格群 16:00:50、第4网格群 16:00:50')
    expect((await noticeNumbered(street, 1)).late).toBe(true)
  })

  it('says nothing more where everything arrived in time after all', async () => {
    street.setTime('2026-11-18T15:59:50')
    await draftToSigned(street)
    await proof('2026-11-18T16:00')
    await settleSheets(street, { sentAt: '2026-11-18T15:59:59' })
    expect(await proof('2026-11-18T16:05', '2026-11-18')).toEqual([])
  })

  it('does not call a deferred notice late', async () => {
    street.setTime('2026-11-17T16:30')
    await draftToSigned(street)
    await runJob(street, noticeBroadcast, { due: '2026-11-18T08:30' })
    await settleSheets(street, { sentAt: '2026-11-18T08:30:03' })
    const [said] = await proof('2026-11-18T16:00')
    expect(said!.text).toContain('（顺延）08:30:00下发，送达4/4个群')
    expect((await noticeNumbered(street, 1)).late).toBe(false)
  })
})

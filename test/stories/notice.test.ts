import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { noticeBroadcast } from '../../jobs/notice-broadcast.ts'
import { noticeNudge } from '../../jobs/notice-nudge.ts'
import { noticeProof } from '../../jobs/notice-proof.ts'
import { runJob, settleSheets } from '../support/run-job.ts'
import { databases } from '../support/stores.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'

describe.each(databases)('a task notice on $name', ({ name }) => {
  let street: TestStreet
  beforeEach(async () => {
    street = await openTestStreet({ database: name })
  })
  afterEach(() => street.dispose())
  const say = async (who: string, text: string, group?: string) =>
    (await street.say(who, text, { group })).replies.map(reply => reply.text).join('\n')

  it('goes from the first words through both approvals to the grids before 16:00, and its proof to 党政办', async () => {
    street.setTime('2026-11-18T09:30')
    expect(await say('王科', '发个提示单，1-2网格本月底前完成出租房二维码门牌张贴，要求一户一码')).toContain(
      '还缺：考核规定',
    )
    expect(await say('王科', '漏贴一户扣0.2分')).toContain('已报高峰审核')

    const nudged = await runJob(street, noticeNudge, { due: '2026-11-18T15:00' })
    expect(nudged.map(({ to }) => to)).toEqual(['@高峰', '@林静'])

    street.setTime('2026-11-18T15:10')
    expect(await say('高峰', '1号提示单同意')).toContain('【待签发】1号提示单')
    street.setTime('2026-11-18T15:40')
    expect(await say('方正', '签发')).toContain('今天15:45汇总下发')

    const sheets = await runJob(street, noticeBroadcast, { due: '2026-11-18T15:45' })
    expect(sheets.map(({ to }) => to)).toEqual(['G01', 'G02'])
    await settleSheets(street, { sentAt: '2026-11-18T15:45:03' })
    const [proof] = await runJob(street, noticeProof, { due: '2026-11-18T16:00' })
    expect(proof).toMatchObject({ to: '@林静' })
    expect(proof!.text).toContain('送达2/2个群')

    street.setTime('2026-11-18T16:20')
    expect(await say('李敏', '收到', 'G01')).toBe('回执：1号1/5人')
    expect(await say('张丽', '收到１号', 'G02')).toBe('回执：1号2/5人')
    expect(await say('李敏', '1号提示单完成了，贴了73户')).toContain('已完成，数量73（1/5人完成）')
    expect(await say('王科', '1号提示单还有谁没收到')).toContain('应办5人，已收到2人')
  })

  it('signed at 16:01 on Friday waits for Monday morning, unless the principal says 加急 with a reason', async () => {
    street.setTime('2026-11-20T14:00')
    const words = '任务要求：逐户登记\n时间节点：12月4日前\n考核规定：漏一户扣0.5分'
    for (const content of ['排查出租房', '清点沙袋'])
      await say('王科', `【工作提示单】\n工作内容：${content}\n${words}`)
    await say('高峰', '1号提示单同意')
    await say('高峰', '2号提示单同意')
    street.setTime('2026-11-20T16:01')
    expect(await say('方正', '1号提示单签发')).toContain('已过16:00，顺延至11月23日（周一）08:30下发')
    expect(await say('方正', '2号提示单签发')).toContain('顺延')
    expect(await say('林静', '1号提示单立即下发')).toContain('主要领导（方正）')
    expect(await say('方正', '2号提示单加急下发')).toContain('原因是什么')
    expect(await say('方正', '区里要求今晚就传达')).toContain('【工作提示单 第2号】清点沙袋（加急）')
    const monday = await runJob(street, noticeBroadcast, { due: '2026-11-23T08:30' })
    expect(monday).toHaveLength(4)
    expect(monday[0]!.text).toContain('【工作提示单 第1号】排查出租房（顺延）')
  })

  it('returned by the deputy comes back edited under its number', async () => {
    street.setTime('2026-11-18T09:30')
    await say('罗平', '【工作提示单】\n工作内容：反诈宣传\n任务要求：逐户\n时间节点：下周五前\n考核规定：少一户扣0.1分')
    expect(await say('梁栋', '退回，要求写得太笼统')).toContain('1号提示单《反诈宣传》被梁栋退回：要求写得太笼统')
    const edited =
      '修改1号提示单\n工作内容：反诈宣传\n任务要求：逐户发放宣传单并登记\n时间节点：下周五前\n考核规定：少一户扣0.1分'
    expect(await say('罗平', edited)).toContain('1号提示单《反诈宣传》已报梁栋审核')
  })
})

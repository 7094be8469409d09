import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DingtalkEmulator, startDingtalkEmulator } from '../emulators/dingtalk.ts'
import { type ChildProgram, createChildProgram } from '../support/child-program.ts'
import {
  communityGroup,
  createDingtalkStreet,
  GRIDS,
  groupOf,
  staff,
  streetGroup,
  workers,
} from '../support/dingtalk-street.ts'

/** A street's day over the emulated DingTalk, with the real program in a process of its own that is killed at every station. */
describe('a day on DingTalk, killed at every point', { timeout: 180_000 }, () => {
  let emulator: DingtalkEmulator
  let program: ChildProgram
  let street: ReturnType<typeof createDingtalkStreet>
  let kills = 0

  beforeAll(async () => {
    emulator = await startDingtalkEmulator({ redeliverAfterMs: 1_500, callsPerSecond: 1_000 })
    street = createDingtalkStreet(emulator)
    program = await createChildProgram(street.folder, {
      SIMULATOR: 'on',
      SIMULATOR_START: '2026-11-18T08:00:00+08:00',
      SIMULATOR_CLOCK: 'hold',
      ADMIN_TOKEN: 'chaos-admin-token-0123456789',
      ROSTER_DIR: street.rosterDir,
      DINGTALK_CLIENT_ID: emulator.clientId,
      DINGTALK_CLIENT_SECRET: emulator.clientSecret,
      DINGTALK_MODE: 'both',
      DINGTALK_API_BASE: emulator.apiBase,
      DINGTALK_OAPI_BASE: emulator.oapiBase,
      DINGTALK_MESSAGE_QUOTA: '1000000',
      DINGTALK_API_QUOTA: '1000000',
      LOG_LEVEL: 'warn',
    })
    await program.start()
  }, 120_000)

  afterAll(async () => {
    await program?.stop()
    await emulator?.close()
    street?.dispose()
  })

  const url = () => `${program.base}/dingtalk/callback`
  const moveTo = (now: string) => program.post<{ ran: { job: string }[] }>('/sim/api/clock', { now: `${now}+08:00` })

  async function killAndRestart(): Promise<void> {
    kills += 1
    await program.kill()
    await program.start()
  }

  /** Says it over HTTP until it was acknowledged, as a platform that redelivers would. */
  async function say(from: string, text: string, group?: string): Promise<void> {
    const msgId = `m${Math.random()}`
    for (let tries = 0; tries < 50; tries++) {
      const { responses } = await emulator
        .post({ from, text, group, msgId }, { url: url() })
        .catch(() => ({ responses: [] }))
      if (responses[0]?.status === 200) return
      await new Promise(resolve => setTimeout(resolve, 200))
    }
    throw new Error(`never acknowledged: ${text}`)
  }

  async function settle(): Promise<void> {
    for (let quiet = 0; quiet < 3; ) {
      const { total } = await program.get<{ total: number }>('/api/outbox?state=pending&limit=1')
      const due = total
      const before = emulator.delivered.length
      await new Promise(resolve => setTimeout(resolve, 150))
      quiet = emulator.delivered.length === before || due === 0 ? quiet + 1 : 0
    }
  }

  it('makes thirty check-ins of thirty people whose messages arrive twice over HTTP and Stream', async () => {
    await moveTo('2026-11-18T08:10:00')
    const half = workers.length / 2
    const overHttp = workers
      .slice(0, half)
      .map(({ id, grid }) =>
        emulator.post({ from: id, text: '到岗了', group: groupOf(grid) }, { url: url(), times: 2 }),
      )
    const overStream = workers
      .slice(half)
      .map(({ id, grid }) => emulator.say({ from: id, text: '到岗了', group: groupOf(grid), times: 2 }))
    for (const { responses } of await Promise.all(overHttp)) {
      expect(responses.map(({ status, body }) => [status, body])).toEqual(Array(2).fill([200, '{"msgtype":"empty"}']))
    }
    for (const { acked } of overStream) expect(await acked).toBe(true)
    await killAndRestart()
    const { total, items } = await program.get<{
      total: number
      items: { member: string; result: string; kind: string }[]
    }>('/api/check-ins?from=2026-11-18&to=2026-11-18')
    expect(total).toBe(30)
    expect(new Set(items.map(({ member }) => member)).size).toBe(30)
    expect(items.every(({ result, kind }) => result === 'onTime' && kind === 'on')).toBe(true)
  })

  it('keeps a message that was sent while the program was dead, once it is redelivered', async () => {
    await moveTo('2026-11-18T09:00:00')
    const saying = say(staff.worker(1, 0), '刚走访了3幢王奶奶，20分钟', groupOf(1))
    await killAndRestart()
    await saying
    const { total } = await program.get<{ total: number }>('/api/visits?from=2026-11-18&to=2026-11-18')
    expect(total).toBe(1)
  })

  it('takes a notice from draft through both approvals to every grid group before 16:00', async () => {
    await moveTo('2026-11-18T10:00:00')
    await say(
      staff.office,
      '【工作提示单】\n工作内容：开展沿街店铺液化气瓶安全排查\n任务要求：逐户上门，一店一档\n时间节点：12月4日（周五）17:00前\n考核规定：漏查一家扣0.5分',
    )
    await killAndRestart()
    await say(staff.deputy, '1号提示单同意')
    await killAndRestart()
    await say(staff.principal, '1号提示单签发')
    await killAndRestart()
    const moving = moveTo('2026-11-18T15:50:00').catch(() => undefined)
    await new Promise(resolve => setTimeout(resolve, 400))
    await killAndRestart()
    await moving
    await moveTo('2026-11-18T15:50:00').catch(() => undefined)
    await settle()
    const notice = await program.get<{ status: string; deferred: boolean; late: boolean; broadcastAt: string }>(
      '/api/notices/1',
    )
    expect(notice).toMatchObject({ status: 'broadcast', deferred: false, late: false })
    expect(notice.broadcastAt < '2026-11-18T16:00:00+08:00').toBe(true)
    for (let grid = 1; grid <= GRIDS; grid++) {
      const sheets = emulator.deliveredTo({ group: groupOf(grid) }).filter(({ text }) => text.includes('液化气瓶'))
      expect(sheets.length, `sheets in group ${grid}`).toBeGreaterThanOrEqual(1)
    }
    const all = emulator.delivered.filter(({ group, text }) => group?.startsWith('cid-g') && text.includes('液化气瓶'))
    const repeated = all.length - GRIDS
    expect(repeated).toBeLessThanOrEqual(1)
    expect(all.filter(({ text }) => text.includes('补发')).length).toBeGreaterThanOrEqual(repeated)
  })

  it('reaches leader and instructor with an urgent incident', async () => {
    await moveTo('2026-11-18T16:30:00')
    await say(staff.worker(2, 1), '快！塘下弄14号二楼冒浓烟有明火', groupOf(2))
    await killAndRestart()
    await settle()
    for (const id of [staff.leader(2), staff.instructor(2)]) {
      const told = emulator.deliveredTo({ user: id }).filter(({ text }) => text.includes('塘下弄14号'))
      expect(told.length, id).toBeGreaterThanOrEqual(1)
      expect(told.length, id).toBeLessThanOrEqual(2)
    }
    const { total } = await program.get<{ total: number }>('/api/incidents')
    expect(total).toBe(1)
  })

  it('reminds of a meeting on the working day before and half an hour before', async () => {
    await say(staff.instructor(3), '周五下午2点半在经合社三楼会议室开网格周例会', groupOf(3))
    await killAndRestart()
    await moveTo('2026-11-19T16:31:00')
    await killAndRestart()
    await moveTo('2026-11-20T14:01:00')
    await settle()
    const reminders = emulator.deliveredTo({ group: groupOf(3) }).filter(({ text }) => text.includes('会议提醒'))
    expect(reminders.length).toBeGreaterThanOrEqual(2)
    expect(reminders.length).toBeLessThanOrEqual(3)
  })

  it('sends Monday’s summary to the community’s and the street’s group, with a chart', async () => {
    await moveTo('2026-11-23T08:31:00')
    await killAndRestart()
    await settle()
    for (const group of [communityGroup, streetGroup]) {
      const all = emulator.deliveredTo({ group })
      expect(all.filter(({ text }) => text.includes('上周小结')).length, group).toBeGreaterThanOrEqual(1)
      expect(
        all.some(({ mediaId }) => mediaId !== undefined),
        group,
      ).toBe(true)
    }
  })

  it('lost and doubled no record, sent at most one message again per kill, and can prove it', async () => {
    const counts = await Promise.all(
      ['check-ins', 'visits', 'notices', 'incidents', 'meetings'].map(async what => {
        const { total } = await program.get<{ total: number }>(`/api/${what}`)
        return [what, total]
      }),
    )
    expect(counts).toEqual([
      ['check-ins', 30],
      ['visits', 1],
      ['notices', 1],
      ['incidents', 1],
      ['meetings', 1],
    ])
    const again = emulator.delivered.filter(({ text }) => text.includes('补发'))
    expect(again.length).toBeLessThanOrEqual(kills)
    expect(await program.stop()).toBe(0)
  })
})

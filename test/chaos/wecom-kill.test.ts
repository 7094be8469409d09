import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startWecomEmulator, type WecomEmulator } from '../emulators/wecom.ts'
import { type ChildProgram, createChildProgram } from '../support/child-program.ts'

const WORKERS = Array.from({ length: 12 }, (_, index) => `w${index + 1}`)

/** The real program over WeCom, killed while messages come in and while answers leave. */
describe('a street on WeCom whose program is killed', { timeout: 120_000 }, () => {
  let emulator: WecomEmulator
  let program: ChildProgram
  let folder: string
  let url: string

  beforeAll(async () => {
    emulator = await startWecomEmulator({ perMemberMinute: 1000 })
    folder = mkdtempSync(join(tmpdir(), 'xiaoge-wecom-kill-'))
    for (const userId of WORKERS) emulator.addMember({ userId, name: `网格员${userId}` })
    const write = (file: string, lines: string[]) =>
      writeFileSync(join(folder, 'roster', file), `${lines.join('\n')}\n`)
    mkdirSync(join(folder, 'roster'))
    write('grids.csv', ['网格号,网格名称,社区,类型,网格编码,户数,常住人口', '1,第一网格,桃源社区,普通,TY001,300,900'])
    write('members.csv', [
      '姓名,角色,社区,网格号,手机,钉钉ID,企微ID,状态,入职日期',
      ...WORKERS.map(id => `网格员${id},专职网格员,桃源社区,1,,,${id},在岗,2026-01-01`),
    ])
    write('groups.csv', ['群名,平台,会话ID,范围,社区,网格号,推送地址'])
    program = await createChildProgram(folder, {
      SIMULATOR: 'on',
      SIMULATOR_START: '2026-11-18T08:05:00+08:00',
      SIMULATOR_CLOCK: 'hold',
      ADMIN_TOKEN: 'chaos-admin-token-0123456789',
      ROSTER_DIR: join(folder, 'roster'),
      WECOM_CORP_ID: emulator.corpId,
      WECOM_AGENT_ID: String(emulator.agentId),
      WECOM_SECRET: emulator.secret,
      WECOM_TOKEN: emulator.token,
      WECOM_AES_KEY: emulator.aesKey,
      WECOM_API_BASE: emulator.apiBase,
      LOG_LEVEL: 'warn',
    })
    url = `${program.base}/wecom/app`
    await program.start()
  }, 60_000)

  afterAll(async () => {
    await program?.stop()
    await emulator?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  /** As a platform that tries again until it is taken. */
  async function tell(from: string, text: string, msgId: string): Promise<void> {
    for (;;) {
      const { answers } = await emulator
        .tell({ kind: 'text', from, text }, { url, msgId, times: 2 })
        .catch(() => ({ answers: [] }))
      if (answers.some(({ status }) => status === 200)) return
      await sleep(50)
    }
  }

  const settle = async () => {
    const { now } = await program.get<{ now: string }>('/sim/api/clock')
    await program.post('/sim/api/clock', { now })
  }

  it('makes one record of each message, though every one came twice and the program died three times', async () => {
    const telling = Promise.all(WORKERS.map((id, nth) => tell(id, '到岗了', `730000000000000000${nth}`)))
    for (let kills = 0; kills < 3; kills += 1) {
      await sleep(60)
      await program.kill()
      await program.start()
    }
    await telling
    await settle()
    const { items } = await program.get<{ items: { member: string }[] }>('/api/check-ins')
    expect(items.map(({ member }) => member).sort()).toEqual([...WORKERS].sort())
    for (const id of WORKERS) {
      const answers = emulator.deliveredTo({ user: id }).filter(({ text }) => text.includes('08:05'))
      expect(answers.length, id).toBeGreaterThanOrEqual(1)
      expect(answers.filter(({ text }) => !text.includes('补发')).length, id).toBeLessThanOrEqual(1)
    }
  })

  it('sends again, marked, the one answer that was under way between the platform and its mark', async () => {
    const heal = emulator.fail('/cgi-bin/message/send', { afterwards: true, hang: true })
    const before = emulator.delivered.length
    await tell('w1', '刚走访了3幢王奶奶，20分钟', '7300000000000000100')
    await emulator.waitUntil(() => emulator.delivered.length > before)
    await program.kill()
    heal()
    await program.start()
    await emulator.waitUntil(() => emulator.delivered.length > before + 1, 10_000)
    await settle()
    const again = emulator.delivered.slice(before).map(({ text }) => text)
    expect(again).toHaveLength(2)
    expect(again[1]).toBe(`【补发】${again[0]}`)
    expect((await program.get<{ total: number }>('/api/visits')).total).toBe(1)
  })

  it('acknowledges at once while WeCom itself answers nobody', async () => {
    const heal = emulator.fail('/cgi-bin/message/send', { hang: true })
    await tell('w2', '刚走访了3幢李大爷，15分钟', '7300000000000000200')
    await tell('w3', '刚走访了5幢张阿姨，15分钟', '7300000000000000300')
    expect((await program.get<{ total: number }>('/api/visits')).total).toBe(3)
    heal()
  })
})

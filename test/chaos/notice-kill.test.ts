import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { type ChildProgram, createChildProgram } from '../support/child-program.ts'

const TOKEN = 'a-token-of-enough-letters'
const SHEET =
  '【工作提示单】\n工作内容：清点防汛物资\n任务要求：数量要准\n时间节点：2026年12月4日前\n考核规定：迟报扣0.5分'

const toClose: (() => unknown)[] = []
afterEach(async () => {
  for (const close of toClose.splice(0).reverse()) await close()
})

const env = (start: string) => ({
  SIMULATOR: 'on',
  SIMULATOR_CLOCK: 'hold',
  SIMULATOR_START: start,
  ADMIN_TOKEN: TOKEN,
})

async function open(folder: string, start: string): Promise<ChildProgram> {
  const program = await createChildProgram(folder, env(start))
  toClose.push(() => program.kill())
  await program.start()
  return program
}

it.each([
  ['15:52', { late: false }],
  ['16:20', { late: true }],
])(
  'S0-21: killed at 15:44:58 and started at %s, a signed notice goes out at once',
  { timeout: 120_000 },
  async (time, flags) => {
    const folder = mkdtempSync(join(tmpdir(), 'xiaoge-kill-'))
    toClose.push(() => rmSync(folder, { recursive: true, force: true }))
    const before = await open(folder, '2026-11-18T14:00:00+08:00')
    const say = (user: string, text: string) => before.post('/sim/api/messages', { group: `@${user}`, user, text })
    await say('贾雪梅', SHEET)
    await say('高文远', '1号提示单同意')
    await say('方明哲', '1号提示单签发')
    await before.post('/sim/api/clock', { now: '2026-11-18T15:44:58+08:00' })
    await before.kill()

    const after = await open(folder, `2026-11-18T${time}:00+08:00`)
    await after.post('/sim/api/clock', { now: `2026-11-18T${time}:30+08:00` })
    const notice = await after.get<{ status: string; late: boolean; broadcastAt: string }>('/api/notices/1')
    expect(notice).toMatchObject({ status: 'broadcast', deferred: false, ...flags })
    expect(notice.broadcastAt.slice(11, 16)).toBe(time)
    for (const chat of ['G01', 'G21']) {
      const { items } = await after.get<{ items: { text: string }[] }>(`/sim/api/chats/${chat}/messages`)
      expect(items.filter(({ text }) => text.includes('【工作提示单 第1号】'))).toHaveLength(1)
    }
  },
)

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { readConfig } from '../../bot/config.ts'
import { type Program, startProgram } from '../../bot/main.ts'
import { type ShownCard, startWecomEmulator, type WecomEmulator } from '../emulators/wecom.ts'

const COMMUNITY = '桃源社区'
export const GRIDS = 3
const TOKEN = 'wecom-street-admin-token'

export const people = {
  office: 'w-office',
  deputy: 'w-deputy',
  principal: 'w-principal',
  admin: 'w-admin',
  worker: (grid: number) => `W-worker${grid}`,
  leader: (grid: number) => `w-leader${grid}`,
  instructor: (grid: number) => `w-instructor${grid}`,
}
export const groupOf = (grid: number) => `wrGrid${grid}`
export const streetGroup = 'wrStreet'
/** In the roster, bound, and without a push address. */
export const silentGroup = 'wrCommunity'

export interface WecomStreet {
  emulator: WecomEmulator
  program: Program
  /** The callback of the app. */
  url: string
  /** Tells the app something and waits until everything that follows from it was delivered. */
  say(from: string, text: string): Promise<void>
  /** Presses a button of the newest card in somebody's chat. */
  press(who: string, key: string): Promise<ShownCard>
  /** Moves the Clock on, `2026-11-18T15:45:00`. @returns the jobs that ran */
  moveTo(local: string): Promise<string[]>
  /** The texts of somebody's private chat with the app. */
  readBy(who: string): string[]
  get<T>(path: string): Promise<T>
  settle(): Promise<void>
  dispose(): Promise<void>
}

/** The whole program, in this process, for a street whose platform is the emulated WeCom: the app's callback in, app and push out. */
export async function openWecomStreet(
  options: { env?: Record<string, string>; dingtalkIds?: Record<string, string> } = {},
): Promise<WecomStreet> {
  const emulator = await startWecomEmulator({ perMemberMinute: 1000, pushesPerMinute: 1000 })
  const folder = mkdtempSync(join(tmpdir(), 'xiaoge-wecom-'))
  writeRoster(folder, emulator, options.dingtalkIds ?? {})
  const config = readConfig({
    HOST: '127.0.0.1',
    PORT: '0',
    DATABASE_URL: `file:${join(folder, 'street.db')}`,
    DATA_DIR: join(folder, 'data'),
    ROSTER_DIR: join(folder, 'roster'),
    SIMULATOR: 'on',
    SIMULATOR_START: '2026-11-18T08:00:00+08:00',
    SIMULATOR_CLOCK: 'hold',
    ADMIN_TOKEN: TOKEN,
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent',
    WECOM_CORP_ID: emulator.corpId,
    WECOM_AGENT_ID: String(emulator.agentId),
    WECOM_SECRET: emulator.secret,
    WECOM_TOKEN: emulator.token,
    WECOM_AES_KEY: emulator.aesKey,
    WECOM_API_BASE: emulator.apiBase,
    ...options.env,
  })
  const program = await startProgram(config)
  const base = `http://127.0.0.1:${program.port}`
  const url = `${base}/wecom/app`

  async function call<T>(path: string, init: RequestInit = {}): Promise<T> {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${TOKEN}` }
    const response = await fetch(`${base}${path}`, { headers, ...init })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as T
  }

  /** Nothing waits that may leave at the Clock's now: a move to the present does what is due and waits for it. */
  async function settle(): Promise<void> {
    const { now } = await call<{ now: string }>('/sim/api/clock')
    await call('/sim/api/clock', { method: 'POST', body: JSON.stringify({ now }) })
    await sleep(20)
  }

  return {
    emulator,
    program,
    url,
    async say(from, text) {
      const { answers } = await emulator.tell({ kind: 'text', from, text }, { url })
      if (answers[0]?.status !== 200) throw new Error(`not taken: ${text}`)
      await settle()
    },
    async press(who, key) {
      const card = emulator.world.newestCard(who)
      if (!card) throw new Error(`${who} has no card`)
      const { answers } = await emulator.press(who, card, key, { url })
      if (answers[0]?.status !== 200) throw new Error(`not taken: ${key}`)
      await settle()
      return card
    },
    async moveTo(local) {
      const body = JSON.stringify({ now: `${local}+08:00` })
      const { ran } = await call<{ ran: { job: string }[] }>('/sim/api/clock', { method: 'POST', body })
      return ran.map(({ job }) => job)
    },
    readBy: who => emulator.deliveredTo({ user: who }).map(({ text }) => text),
    get: call,
    settle,
    async dispose() {
      await program.stop()
      await emulator.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function writeRoster(folder: string, emulator: WecomEmulator, dingtalkIds: Record<string, string>): void {
  const numbers = Array.from({ length: GRIDS }, (_, index) => index + 1)
  const members: [name: string, role: string, grid: number | '', id: string, office?: string, supervises?: string][] = [
    ['王科员', '科室', '', people.office, '消安办'],
    ['高副职', '分管领导', '', people.deputy, '', '消安办'],
    ['方正职', '主要领导', '', people.principal],
    ['曹管理', '管理员', '', people.admin],
    ...numbers.flatMap((grid): [string, string, number, string][] => [
      [`网格长${grid}号`, '网格长', grid, people.leader(grid)],
      [`指导员${grid}号`, '网格指导员', grid, people.instructor(grid)],
      [`专职甲${grid}号`, '专职网格员', grid, people.worker(grid)],
    ]),
  ]
  for (const [name, , , userId] of members) emulator.addMember({ userId, name })
  const ids = members.map(([, , , userId]) => userId)
  for (const id of [streetGroup, ...numbers.map(groupOf)]) emulator.addGroup({ id, members: ids })
  emulator.addGroup({ id: silentGroup, members: ids, hasPush: false })
  const pushOf = (id: string) => emulator.world.groups.get(id)?.pushUrl ?? ''

  const write = (file: string, lines: string[]) =>
    writeFileSync(join(folder, 'roster', file), `\uFEFF${lines.join('\r\n')}\r\n`)
  mkdirSync(join(folder, 'roster'))
  write('grids.csv', [
    '网格号,网格名称,社区,类型,网格编码,户数,常住人口',
    ...numbers.map(grid => `${grid},第${grid}网格,${COMMUNITY},普通,TY${String(grid).padStart(3, '0')},300,900`),
  ])
  write('members.csv', [
    '姓名,角色,社区,网格号,手机,钉钉ID,企微ID,状态,入职日期,单位,分管,代理人',
    ...members.map(([name, role, grid, id, office = '', supervises = '']) => {
      const community = grid === '' ? '' : COMMUNITY
      return `${name},${role},${community},${grid},,${dingtalkIds[id] ?? ''},${id},在岗,2026-01-01,${office},${supervises},`
    }),
  ])
  write('groups.csv', [
    '群名,平台,会话ID,范围,社区,网格号,推送地址',
    `街道群,企微,${streetGroup},街道,,,${pushOf(streetGroup)}`,
    `社区群,企微,${silentGroup},社区,${COMMUNITY},,`,
    ...numbers.map(grid => `第${grid}网格群,企微,${groupOf(grid)},网格,${COMMUNITY},${grid},${pushOf(groupOf(grid))}`),
  ])
}

import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'

// Each command is a process of its own, and the first bundles what changed.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const root = fileURLToPath(new URL('../..', import.meta.url))
const roster = join(root, 'bot/demo/roster')
let folder: string
let imported: Ran
/** One street for all: each test reads it or works on a copy. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'xiaoge-cli-'))
  imported = await xiaoge(['import', roster])
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Ran {
  status: number | null
  out: string
  err: string
}

function launch(args: string[], env: Record<string, string> = {}): ChildProcess {
  const own = {
    PATH: process.env.PATH ?? '',
    SIMULATOR_START: '2026-11-18T08:00:00+08:00',
    SIMULATOR_CLOCK: 'hold',
    LOG_LEVEL: 'warn',
  }
  return spawn(process.execPath, [join(root, 'bot/cli/launch.mjs'), ...args], { cwd: folder, env: { ...own, ...env } })
}

function ended(child: ChildProcess): Promise<Ran> {
  const ran: Ran = { status: null, out: '', err: '' }
  child.stdout?.on('data', chunk => {
    ran.out += chunk
  })
  child.stderr?.on('data', chunk => {
    ran.err += chunk
  })
  return new Promise(resolve => child.once('close', status => resolve({ ...ran, status })))
}

const xiaoge = (args: string[], env: Record<string, string> = {}) => ended(launch(args, env))

describe('the command line', () => {
  it('explains every command in Chinese', async () => {
    const { status, out } = await xiaoge(['--help'])
    expect(status).toBe(0)
    for (const command of [
      'start',
      'import',
      'understand',
      'simulate',
      'export',
      'backup',
      'restore',
      'verify',
      'doctor',
    ]) {
      expect(out).toMatch(new RegExp(`^  ${command}\\b.*[\\u4e00-\\u9fff]`, 'm'))
    }
  })

  it('lists every fault of a bad configuration at once and exits with 78', async () => {
    const { status, err } = await xiaoge(['verify'], { PORT: 'abc', LOG_LEVEL: 'loud', DATA_KEY: 'short' })
    expect(status).toBe(78)
    for (const name of ['PORT', 'LOG_LEVEL', 'DATA_KEY']) expect(err).toContain(name)
    expect(err).not.toContain('at ')
  })

  it('says what is missing before there is a database', async () => {
    expect(await xiaoge(['verify'], { DATABASE_URL: 'file:none/xiaoge.db' })).toMatchObject({
      status: 1,
      err: expect.stringContaining('没有找到数据库文件'),
    })
  })

  it('names every bad line of a roster and imports nothing of it', async () => {
    const bad = mkdtempSync(join(folder, 'bad-'))
    for (const file of readdirSync(roster)) writeFileSync(join(bad, file), readFileSync(join(roster, file)))
    writeFileSync(
      join(bad, 'members.csv'),
      '姓名,角色,社区,网格号,手机,钉钉ID,企微ID,状态,入职日期\n甲某,网格经理,,,,,,在岗,\n',
    )
    const { status, err } = await xiaoge(['import', bad])
    expect(status).toBe(1)
    expect(err).toContain('members.csv 第2行')
  })

  it('imports a roster once and finds nothing new the second time', async () => {
    expect(imported).toMatchObject({ status: 0, out: expect.stringContaining('网格 21') })
    expect((await xiaoge(['import', roster])).out).toContain('没有改动')
  })

  it('finds the database whole and the street in order', async () => {
    expect(await xiaoge(['verify', '--all'])).toMatchObject({ status: 0, out: expect.stringContaining('都能打开') })
    const { status, out } = await xiaoge(['doctor'])
    expect(out).toContain('一切正常')
    expect(status).toBe(0)
  })

  it('says in words what the doctor wants repaired', async () => {
    const { status, out } = await xiaoge(['doctor'], {
      DINGTALK_CLIENT_ID: 'id',
      DINGTALK_CLIENT_SECRET: 'secret',
      SIMULATOR: 'on',
      DINGTALK_API_BASE: 'http://127.0.0.1:9',
      DINGTALK_OAPI_BASE: 'http://127.0.0.1:9',
    })
    expect(out).toMatch(/✗ 钉钉访问凭证取不到/)
    expect(status).toBe(1)
  })

  it('exports every table in plain text, for the owner only, and leaves a trace', async () => {
    const { status, out } = await xiaoge(['export', 'records', '--format', 'json'])
    expect(status, out).toBe(0)
    expect(statSync(join(folder, 'records')).mode & 0o777).toBe(0o700)
    const read = (table: string) =>
      JSON.parse(readFileSync(join(folder, 'records', `${table}.json`), 'utf8')) as Record<string, unknown>[]
    expect(statSync(join(folder, 'records', 'member.json')).mode & 0o777).toBe(0o600)
    expect(read('grid')).toHaveLength(21)
    expect(read('subdistrict')[0]).toMatchObject({ created_at: '2026-11-18T08:00:00+08:00' })
    const trace = read('audit').find(({ action }) => action === 'exported')
    expect(trace).toMatchObject({ by: 'cli', detail: '{"format":"json"}' })
    expect(Object.keys(read('chat')[0]!)).not.toContain('webhook')
    expect(Object.keys(read('member')[0]!)).not.toContain('phone_index')
    const tables = readdirSync(join(folder, 'records'))
    for (const table of ['task', 'visit_target', 'household', 'meeting_reply', 'calendar_day'])
      expect(tables).toContain(`${table}.json`)
    for (const table of ['lease', 'reply_ref', 'open_question', 'kysely_migration'])
      expect(tables).not.toContain(`${table}.json`)
    await xiaoge(['export', 'sheets', '--format', 'csv'])
    expect(readFileSync(join(folder, 'sheets', 'incident.csv'), 'utf8')).toMatch(
      /^\uFEFF"id","subdistrict_id","no",.*\r\n$/,
    )
  })

  it('backs up and restores into another folder with the same key only', async () => {
    expect((await xiaoge(['backup', 'one.tar'])).out).toContain('demo.key')
    expect((await xiaoge(['backup', 'one.tar'])).err).toContain('--force')
    const elsewhere = { DATABASE_URL: 'file:new/xiaoge.db', DATA_DIR: 'new' }
    expect(await xiaoge(['restore', 'one.tar'], elsewhere)).toMatchObject({
      status: 1,
      err: expect.stringContaining('DATA_KEY'),
    })
    const key = { DATA_KEY: readFileSync(join(folder, 'data/demo.key'), 'utf8') }
    expect(await xiaoge(['restore', 'one.tar'], { ...elsewhere, ...key })).toMatchObject({ status: 0 })
    expect(existsSync(join(folder, 'new/xiaoge.db'))).toBe(true)
    expect(await xiaoge(['verify'], { ...elsewhere, ...key })).toMatchObject({ status: 0 })
  })

  it('starts, plays a transcript and stops when told to', async () => {
    const server = launch(['start'], { PORT: '0' })
    onTestFinished(() => void server.kill('SIGKILL'))
    const stopped = ended(server)
    const url = await new Promise<string>((resolve, reject) => {
      let said = ''
      server.stdout?.on('data', chunk => {
        said += chunk
        const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said)
        if (found) resolve(found[0])
      })
      server.once('close', () => reject(new Error('the server did not start')))
    })
    writeFileSync(join(folder, 'day.txt'), '@ 2026-11-18 08:20\n[G01] 李敏：到岗了\n')
    const { out } = await xiaoge(['simulate', 'play', 'day.txt', '--url', url])
    expect(out).toContain('[G01] 李敏：到岗了')
    expect(out).toMatch(/已记上班打卡 08:20/)
    await xiaoge(['backup', 'running.tar'])
    expect((await xiaoge(['restore', 'running.tar', '--force'])).err).toContain('正在运行')
    server.kill('SIGTERM')
    expect((await stopped).status).toBe(0)
  })
})

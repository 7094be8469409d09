import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ConfigError, readConfig } from '../../bot/config.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'xiaoge-config-'))
})

afterEach(() => rmSync(folder, { recursive: true }))

function faultsOf(env: Record<string, string>): string[] {
  try {
    readConfig(env)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.faults
    throw error
  }
}

describe('the environment', () => {
  it('opens the demo street with nothing set', () => {
    const config = readConfig({})
    expect(config).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      databaseUrl: 'file:data/demo.db',
      dataDir: 'data',
      policyPack: 'street-team',
      publicUrl: 'http://127.0.0.1:3000',
      botName: '小格',
      logLevel: 'info',
      simulator: { clock: 'run' },
    })
    expect(config.dingtalk).toBeUndefined()
  })

  it('lists every wrong variable at once', () => {
    const env = {
      PORT: '70000',
      DATABASE_URL: 'mysql://x',
      ADMIN_TOKEN: 'short',
      DATA_KEY: 'abc',
      SIMULATOR: 'maybe',
      SIMULATOR_CLOCK: 'stop',
      SIMULATOR_START: 'yesterday',
      DINGTALK_CLIENT_ID: 'a',
      DINGTALK_MODE: 'smoke',
      POLICY_PACK: 'none',
      ROSTER_DIR: join(folder, 'none'),
      LOG_LEVEL: 'loud',
      PUBLIC_URL: 'ftp://x',
      WECOM_CORP_ID: 'ww1',
    }
    const text = faultsOf(env).join('\n')
    for (const name of Object.keys(env)) expect(text).toContain(name)
  })

  it('refuses a platform of which only a part is set', () => {
    expect(faultsOf({ DINGTALK_CLIENT_ID: 'a' })).toEqual([expect.stringContaining('DINGTALK_CLIENT_SECRET')])
    expect(faultsOf({ DINGTALK_ROBOT_CODE: 'a' })).toEqual([expect.stringContaining('DINGTALK_CLIENT_ID')])
  })

  it('refuses a completion endpoint of which only a part is set', () => {
    expect(faultsOf({ UNDERSTAND_URL: 'https://completion.example/v1' })).toEqual([
      expect.stringMatching(/^UNDERSTAND_KEY、UNDERSTAND_MODEL：/),
    ])
  })

  it('knows WeCom by its app, its bot, or both', () => {
    const key = 'a'.repeat(43)
    const app = {
      WECOM_CORP_ID: 'ww1',
      WECOM_AGENT_ID: '1000002',
      WECOM_SECRET: 's',
      WECOM_TOKEN: 'tokenA1',
      WECOM_AES_KEY: key,
    }
    const street = { ADMIN_TOKEN: 'a-token-of-16-characters', DATA_KEY: Buffer.alloc(32, 1).toString('base64') }
    const config = readConfig({ ...street, ...app })
    expect(config.simulator).toBeUndefined()
    expect(config.wecom).toEqual({
      app: { corpId: 'ww1', agentId: 1000002, secret: 's', token: 'tokenA1', aesKey: key },
      bot: undefined,
      apiBase: 'https://qyapi.weixin.qq.com',
    })
    const callback = readConfig({
      ...street,
      WECOM_BOT_TOKEN: 't1',
      WECOM_BOT_AES_KEY: key,
      WECOM_API_BASE: 'http://127.0.0.1:9/',
    })
    expect(callback.wecom).toEqual({
      app: undefined,
      bot: { mode: 'callback', token: 't1', aesKey: key },
      apiBase: 'http://127.0.0.1:9',
    })
    expect(readConfig({ ...street, ...app, WECOM_BOT_ID: 'aib1', WECOM_BOT_SECRET: 's' }).wecom?.bot).toEqual({
      mode: 'connection',
      botId: 'aib1',
      secret: 's',
      wsUrl: 'wss://openws.work.weixin.qq.com',
    })
    expect(readConfig({ WECOM_API_BASE: 'http://127.0.0.1:9' }).wecom).toBeUndefined()
  })

  it('refuses a part of WeCom, a bot in two modes, and keys that cannot be', () => {
    expect(faultsOf({ WECOM_CORP_ID: 'ww1', WECOM_SECRET: 's' })).toEqual([
      'WECOM_AGENT_ID、WECOM_TOKEN、WECOM_AES_KEY：企业微信自建应用只配了一部分（已有 WECOM_CORP_ID、WECOM_SECRET），请补全或全部去掉',
    ])
    expect(faultsOf({ WECOM_BOT_ID: 'aib1' })).toEqual([expect.stringMatching(/^WECOM_BOT_SECRET：/)])
    const both = { WECOM_BOT_TOKEN: 't', WECOM_BOT_AES_KEY: 'a'.repeat(43), WECOM_BOT_ID: 'b', WECOM_BOT_SECRET: 's' }
    expect(faultsOf({ ...both, SIMULATOR: 'on', SIMULATOR_TOKEN: 'a-token-of-16-characters' })).toEqual([
      expect.stringContaining('只能选一种'),
    ])
    const bad = {
      WECOM_AGENT_ID: 'x',
      WECOM_TOKEN: 'with-dash',
      WECOM_AES_KEY: 'short',
      WECOM_API_BASE: 'ftp://x',
      WECOM_BOT_WS: 'https://x',
    }
    const text = faultsOf(bad).join('\n')
    for (const name of Object.keys(bad)) expect(text).toContain(`${name}：`)
  })

  it('wants a token for the simulator beside a WeCom that is not on loopback', () => {
    const bot = { WECOM_BOT_ID: 'aib1', WECOM_BOT_SECRET: 's', SIMULATOR: 'on' }
    expect(faultsOf(bot)).toEqual([expect.stringContaining('SIMULATOR_TOKEN')])
    const bench = { WECOM_API_BASE: 'http://127.0.0.1:9' }
    expect(faultsOf({ ...bot, ...bench })).toEqual([expect.stringContaining('SIMULATOR_TOKEN')])
    expect(faultsOf({ ...bot, ...bench, WECOM_BOT_WS: 'ws://127.0.0.1:9' })).toEqual([])
  })

  it('needs a token and a key of its own unless the simulator is on', () => {
    const street = { DINGTALK_CLIENT_ID: 'a', DINGTALK_CLIENT_SECRET: 'b' }
    expect(faultsOf(street)).toEqual([expect.stringContaining('ADMIN_TOKEN'), expect.stringContaining('DATA_KEY')])
    expect(faultsOf({ ...street, SIMULATOR: 'on' })).toEqual([expect.stringContaining('SIMULATOR_TOKEN')])
    const bench = { DINGTALK_API_BASE: 'http://127.0.0.1:9', DINGTALK_OAPI_BASE: 'http://[::1]:9' }
    expect(faultsOf({ ...street, ...bench, SIMULATOR: 'on' })).toEqual([])
  })

  it('names the line of a policy pack that is none', () => {
    const file = join(folder, 'own.yaml')
    writeFileSync(file, 'name: 我们街道\nname: 又一次\n')
    expect(faultsOf({ POLICY_PACK: file, PORT: '0.5' })).toEqual([
      expect.stringContaining('PORT'),
      expect.stringMatching(/^POLICY_PACK：own 第2行/),
    ])
    expect(faultsOf({ POLICY_PACK: folder })).toEqual([expect.stringContaining('POLICY_PACK')])
  })
})

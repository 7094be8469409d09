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

  it('refuses a platform that it cannot serve yet instead of staying deaf', () => {
    const faults = faultsOf({ WECOM_CORP_ID: 'ww1', WECOM_SECRET: 's', WECHAT_APP_ID: 'wx1' })
    expect(faults).toEqual([
      'WECOM_CORP_ID：这个版本还不能接企业微信，请先去掉',
      'WECOM_SECRET：这个版本还不能接企业微信，请先去掉',
      'WECHAT_APP_ID：这个版本还不能接微信公众号，请先去掉',
    ])
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

import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { startWechatEmulator } from '../emulators/wechat.ts'
import { startWecomEmulator, type WecomEmulator } from '../emulators/wecom.ts'
import { LAUNCH } from '../support/child-program.ts'

/** `xiaoge doctor` of a WeCom organisation: the app, the address it calls from, and the groups it cannot speak in. */
describe('the doctor of a WeCom street', { timeout: 60_000 }, () => {
  let emulator: WecomEmulator
  let folder: string
  beforeAll(async () => {
    emulator = await startWecomEmulator()
    emulator.addMember({ userId: 'w1', name: '李敏' })
    const { pushUrl } = emulator.addGroup({ id: 'wrG1', members: ['w1'] })
    folder = mkdtempSync(join(tmpdir(), 'xiaoge-doctor-'))
    const write = (file: string, lines: string[]) =>
      writeFileSync(join(folder, 'roster', file), `${lines.join('\n')}\n`)
    mkdirSync(join(folder, 'roster'))
    write('grids.csv', ['网格号,网格名称,社区,类型,网格编码,户数,常住人口', '1,第一网格,桃源社区,普通,TY001,300,900'])
    write('members.csv', [
      '姓名,角色,社区,网格号,手机,钉钉ID,企微ID,状态,入职日期',
      '李敏,专职网格员,桃源社区,1,,,w1,在岗,2026-01-01',
    ])
    write('groups.csv', [
      '群名,平台,会话ID,范围,社区,网格号,推送地址',
      `第一网格群,企微,wrG1,网格,桃源社区,1,${pushUrl}`,
      '没有推送地址的群,企微,wrG2,社区,桃源社区,,',
    ])
  })
  afterAll(async () => {
    await emulator.close()
    rmSync(folder, { recursive: true, force: true })
  })

  function xiaoge(args: string[], env: Record<string, string> = {}): Promise<{ status: number; out: string }> {
    return runXiaoge(folder, args, {
      WECOM_CORP_ID: emulator.corpId,
      WECOM_AGENT_ID: String(emulator.agentId),
      WECOM_SECRET: emulator.secret,
      WECOM_TOKEN: emulator.token,
      WECOM_AES_KEY: emulator.aesKey,
      WECOM_API_BASE: emulator.apiBase,
      ...env,
    })
  }

  it('examines the app before there is a database', async () => {
    const { out } = await xiaoge(['doctor'])
    expect(out).toContain('已配置企业微信（自建应用）')
    expect(out).toContain('应用“网格助手”可以调用接口')
    expect(out).toContain('https://xiaoge.example.gov.cn/wecom/app')
  })

  it('names the group that has no push address', async () => {
    expect(await xiaoge(['import', 'roster'])).toMatchObject({ status: 0 })
    const { out, status } = await xiaoge(['doctor'])
    expect(out).toMatch(/✗ .*没有推送地址，提示单和提醒发不进去：没有推送地址的群。/)
    expect(out).not.toContain('第一网格群。')
    expect(status).toBe(1)
  })

  it('says what the platform refuses and where to put it right', async () => {
    emulator.world.options.isTrustedIp = false
    const { out, status } = await xiaoge(['doctor'])
    expect(out).toMatch(/✗ 应用 \d+ 不能调用接口：.*企业可信IP/)
    expect(status).toBe(1)
    const wrong = await xiaoge(['doctor'], { WECOM_SECRET: 'wrong' })
    expect(wrong.out).toMatch(/✗ 企业微信访问凭证取不到：.*WECOM_SECRET/)
  })
})

describe('the doctor of a street with nothing but the residents’ official account', { timeout: 60_000 }, () => {
  it('examines the account, its mode and its address, and says what the platform refuses', async () => {
    const emulator = await startWechatEmulator({ now: () => Date.now() })
    const folder = mkdtempSync(join(tmpdir(), 'xiaoge-doctor-'))
    onTestFinished(async () => {
      await emulator.close()
      rmSync(folder, { recursive: true, force: true })
    })
    const env = {
      WECHAT_APP_ID: emulator.appId,
      WECHAT_SECRET: emulator.secret,
      WECHAT_TOKEN: emulator.token,
      WECHAT_API_BASE: emulator.apiBase,
    }
    const plain = await runXiaoge(folder, ['doctor'], env)
    expect(plain.out).toContain('已配置公众号（明文模式）')
    expect(plain.out).toContain('公众号凭证有效')
    expect(plain.out).toContain('https://xiaoge.example.gov.cn/wechat/account')
    const wrong = await runXiaoge(folder, ['doctor'], {
      ...env,
      WECHAT_SECRET: 'wrong',
      WECHAT_AES_KEY: emulator.aesKey,
    })
    expect(wrong.out).toContain('已配置公众号（安全模式）')
    expect(wrong.out).toMatch(/✗ 公众号访问凭证取不到：.*WECHAT_SECRET/)
    expect(wrong.status).toBe(1)
  })
})

function runXiaoge(cwd: string, args: string[], env: Record<string, string>): Promise<{ status: number; out: string }> {
  const settings = {
    PATH: process.env.PATH ?? '',
    ADMIN_TOKEN: 'doctor-admin-token-0123456789',
    DATA_KEY: Buffer.alloc(32, 7).toString('base64'),
    PUBLIC_URL: 'https://xiaoge.example.gov.cn',
    ...env,
  }
  return new Promise(resolve => {
    execFile(process.execPath, [LAUNCH, ...args], { cwd, env: settings }, (error, out) => {
      resolve({ status: typeof error?.code === 'number' ? error.code : 0, out })
    })
  })
}

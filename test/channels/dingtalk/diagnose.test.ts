import { describe, expect, it } from 'vitest'
import { createRig, findClosedAddress } from './harness.ts'

const SEND = '/v1.0/robot/oToMessages/batchSend'
const OPEN = '/v1.0/gateway/connections/open'

describe('the doctor', () => {
  it('finds nothing wrong, sends nothing to anybody and connects nowhere', async () => {
    const { channel, emulator } = await createRig()
    expect(await channel.diagnose()).toStrictEqual([
      { ok: true, text: '钉钉应用凭证有效，已取得访问凭证。' },
      { ok: true, text: '机器人 dingemulated 可以发送消息。' },
      { ok: true, text: '钉钉 Stream 网关可用。' },
    ])
    expect(emulator.delivered).toHaveLength(0)
    expect(emulator.gateway.opened).toBe(0)
  })

  it('does not ask the gateway where only the callback is used', async () => {
    const { channel, emulator } = await createRig({ channel: { mode: 'webhook' } })
    expect(await channel.diagnose()).toHaveLength(2)
    expect(emulator.calls(OPEN)).toHaveLength(0)
  })

  it('names wrong credentials and looks no further', async () => {
    const { channel } = await createRig({ channel: { clientSecret: 'wrong' } })
    const findings = await channel.diagnose()
    expect(findings).toHaveLength(1)
    expect(findings[0]).toMatchObject({ ok: false, text: expect.stringContaining('DINGTALK_CLIENT_SECRET') })
  })

  it.each([
    ['a missing permission', { status: 403, code: 'Forbidden.AccessDenied.AccessTokenPermissionDenied' }, '权限'],
    ['an address that is not allowed', { status: 403, code: 'Forbidden.AccessDenied.IpNotInWhiteList' }, '白名单'],
    ['a month used up', { status: 403, code: 'Forbidden.AccessDenied.ApiCountLimitForOrg' }, '额度'],
  ])('names %s', async (_name, fault, word) => {
    const { channel, emulator } = await createRig()
    emulator.fail(SEND, fault)
    const [, sending] = await channel.diagnose()
    expect(sending).toMatchObject({ ok: false, text: expect.stringContaining(word) })
  })

  it('names a wrong robot code', async () => {
    const { channel } = await createRig({ channel: { robotCode: 'dingother' } })
    expect((await channel.diagnose())[1]).toMatchObject({
      ok: false,
      text: expect.stringContaining('DINGTALK_ROBOT_CODE'),
    })
  })

  it('names a Stream that is not switched on', async () => {
    const { channel, emulator } = await createRig()
    emulator.fail(OPEN, { status: 400, code: 'invalidParameter' })
    expect((await channel.diagnose())[2]).toMatchObject({ ok: false, text: expect.stringContaining('Stream') })
  })

  it('names a platform that cannot be reached', async () => {
    const { channel } = await createRig({ channel: { apiBase: await findClosedAddress() } })
    expect((await channel.diagnose())[0]).toMatchObject({ ok: false, text: expect.stringContaining('连不上钉钉') })
  })
})

import { describe, expect, it } from 'vitest'
import { findFault } from '../../../bot/channels/wecom/errors.ts'
import { createRig, faultOf, outgoing } from './harness.ts'

describe('the access token', () => {
  it('is fetched once for all, however many send at once', async () => {
    const { channel, emulator } = await createRig({ emulator: { perMemberMinute: 1000 } })
    await Promise.all(Array.from({ length: 30 }, () => channel.send(outgoing())))
    expect(emulator.calls('/cgi-bin/gettoken')).toHaveLength(1)
    expect(emulator.delivered).toHaveLength(30)
  })

  it('that ends before its time is renewed once, and the message goes out once', async () => {
    const { channel, emulator } = await createRig()
    await channel.send(outgoing())
    emulator.world.killTokens()
    await channel.send(outgoing())
    expect(emulator.calls('/cgi-bin/gettoken')).toHaveLength(2)
    expect(emulator.delivered).toHaveLength(2)
  })

  it('is renewed before its two hours are over', async () => {
    const { channel, emulator, shiftClock } = await createRig()
    await channel.send(outgoing())
    shiftClock(7_200_000 - 60_000)
    await channel.send(outgoing())
    expect(emulator.calls('/cgi-bin/message/send').map(({ status }) => status)).toEqual([200, 200])
    expect(emulator.calls('/cgi-bin/gettoken')).toHaveLength(2)
  })

  it('refused for a wrong secret is not asked for again for ten minutes, so that the address is not shut out', async () => {
    const { channel, emulator, shiftClock } = await createRig()
    emulator.world.options.secret = 'changed in the console'
    for (let tries = 0; tries < 20; tries += 1) {
      const error = await faultOf(channel.send(outgoing()))
      expect(error).toMatchObject({ fault: 'credentials', message: expect.stringContaining('WECOM_SECRET') })
      shiftClock(1_000)
    }
    expect(emulator.calls('/cgi-bin/gettoken')).toHaveLength(1)
    expect(channel.health()).toMatchObject({ ok: false, reason: expect.stringContaining('WECOM_SECRET') })

    emulator.world.options.secret = emulator.secret
    shiftClock(600_000)
    await channel.send(outgoing())
    expect(channel.health()).toEqual({ ok: true })
  })

  it('that could not be fetched leaves the message surely unsent', async () => {
    const { channel, emulator } = await createRig()
    emulator.fail('/cgi-bin/gettoken', { times: 1, reset: true })
    expect((await faultOf(channel.send(outgoing()))).fault).toBe('retry')
    await channel.send(outgoing())
    expect(emulator.delivered).toHaveLength(1)
  })
})

describe('what an errcode means', () => {
  it.each([
    [-1, 'retry'],
    [6000, 'retry'],
    [40001, 'credentials'],
    [40003, 'refused'],
    [40007, 'refused'],
    [40008, 'refused'],
    [40013, 'credentials'],
    [40014, 'token'],
    [40029, 'refused'],
    [40035, 'refused'],
    [40056, 'credentials'],
    [40058, 'refused'],
    [40063, 'refused'],
    [40093, 'refused'],
    [41001, 'token'],
    [42001, 'token'],
    [42012, 'refused'],
    [44004, 'refused'],
    [45001, 'refused'],
    [45002, 'refused'],
    [45007, 'refused'],
    [45009, 'throttled'],
    [45033, 'throttled'],
    [46004, 'refused'],
    [48002, 'credentials'],
    [48004, 'credentials'],
    [48005, 'credentials'],
    [48006, 'credentials'],
    [50001, 'credentials'],
    [50002, 'refused'],
    [50003, 'credentials'],
    [60011, 'refused'],
    [60020, 'credentials'],
    [60111, 'refused'],
    [60123, 'refused'],
    [81013, 'refused'],
    [82001, 'refused'],
    [86001, 'routeGone'],
    [93000, 'routeGone'],
    [93004, 'routeGone'],
    [93006, 'routeGone'],
    [93008, 'routeGone'],
    [301002, 'credentials'],
    [301021, 'refused'],
    [301022, 'retry'],
    [846605, 'routeGone'],
    [846608, 'routeGone'],
    [853000, 'credentials'],
    [999999, 'retry'],
  ])('%i: %s', (errcode, fault) => {
    expect(findFault({ status: 200, body: { errcode, errmsg: 'whatever, hint: [1]' }, head: '' })).toMatchObject({
      code: errcode,
      fault,
      words: expect.stringMatching(/[一-龥]/),
    })
  })

  it('is nothing where it is 0', () => {
    expect(findFault({ status: 200, body: { errcode: 0, errmsg: 'ok' }, head: '' })).toBeUndefined()
  })

  it.each([
    [200, undefined, 'ambiguous'],
    [200, { errcode: '0' }, 'ambiguous'],
    [502, undefined, 'ambiguous'],
    [429, undefined, 'throttled'],
    [404, undefined, 'retry'],
  ])('HTTP %i without one is %s', (status, body, fault) => {
    expect(findFault({ status, body, head: '' })).toMatchObject({ fault })
  })

  it('60020 names the setting, and the message stays for when it is put right', async () => {
    const { channel, emulator } = await createRig({ emulator: { isTrustedIp: false } })
    expect(await faultOf(channel.send(outgoing()))).toMatchObject({
      fault: 'credentials',
      message: expect.stringContaining('企业可信IP'),
    })
    emulator.world.options.isTrustedIp = true
    await channel.send(outgoing())
    expect(emulator.delivered).toHaveLength(1)
  })
})

describe('a picture sent to the app', () => {
  const refOf = (mediaId: string) => ({ kind: 'image', ref: JSON.stringify(['app', mediaId]) }) as const

  it('is fetched by its media id', async () => {
    const { channel, emulator } = await createRig()
    const bytes = new Uint8Array(5000).fill(9)
    const mediaId = emulator.world.keepMedia({ bytes, mime: 'image/jpeg' })
    expect(Buffer.from(await channel.fetchMedia(refOf(mediaId), 10_000))).toEqual(Buffer.from(bytes))
  })

  it('is refused where it is too large, unknown, older than three days, or of nobody here', async () => {
    const { channel, emulator, shiftClock } = await createRig()
    const mediaId = emulator.world.keepMedia({ bytes: new Uint8Array(5000), mime: 'image/jpeg' })
    const fetch = (ref: string, maxBytes: number) => faultOf(channel.fetchMedia({ kind: 'image', ref }, maxBytes))
    expect((await fetch(refOf(mediaId).ref, 4999)).fault).toBe('refused')
    for (const ref of [refOf('unknown').ref, '["aibot","https://x"]', 'nonsense'])
      expect((await fetch(ref, 10_000)).fault).toBe('refused')
    shiftClock(3 * 24 * 3_600_000)
    expect((await faultOf(channel.fetchMedia(refOf(mediaId), 10_000))).fault).toBe('refused')
  })

  it('is fetched again later where the connection broke', async () => {
    const { channel, emulator } = await createRig()
    const mediaId = emulator.world.keepMedia({ bytes: new Uint8Array(5000), mime: 'image/jpeg' })
    emulator.fail('/cgi-bin/media/get', { times: 1, reset: true })
    expect((await faultOf(channel.fetchMedia(refOf(mediaId), 10_000))).fault).toBe('retry')
    await channel.fetchMedia(refOf(mediaId), 10_000)
  })
})

describe('the examination', () => {
  const failures = async (change: (rig: Awaited<ReturnType<typeof createRig>>) => void) => {
    const rig = await createRig()
    change(rig)
    return (await rig.channel.diagnose()).filter(({ ok }) => !ok).map(({ text }) => text)
  }

  it('finds nothing wrong with a good app, and names the address to put in the console', async () => {
    const { channel } = await createRig()
    const findings = await channel.diagnose()
    expect(findings.every(({ ok }) => ok)).toBe(true)
    expect(findings.map(({ text }) => text).join('\n')).toContain('https://xiaoge.example.gov.cn/wecom/app')
  })

  it('says what is wrong with secret, corp, agent, address, range and domain, and where to put it right', async () => {
    const world = (change: (world: Awaited<ReturnType<typeof createRig>>['emulator']['world']) => void) =>
      failures(({ emulator }) => change(emulator.world))
    expect(await world(each => Object.assign(each.options, { secret: 'x' }))).toEqual([
      expect.stringContaining('WECOM_SECRET'),
    ])
    expect(await world(each => Object.assign(each.options, { corpId: 'x' }))).toEqual([
      expect.stringContaining('WECOM_CORP_ID'),
    ])
    expect(await world(each => Object.assign(each.options, { agentId: 9 }))).toEqual([
      expect.stringContaining('WECOM_AGENT_ID'),
    ])
    expect(await world(each => Object.assign(each.options, { isTrustedIp: false }))).toEqual([
      expect.stringContaining('企业可信IP'),
    ])
    expect(await world(each => each.members.clear())).toEqual([expect.stringContaining('可见范围')])
    expect(await world(each => Object.assign(each, { isAppClosed: true }))).toEqual([expect.stringContaining('已停用')])
    expect(await world(each => Object.assign(each, { redirectDomain: undefined }))).toEqual([
      expect.stringContaining('可信域名'),
    ])
  })
})

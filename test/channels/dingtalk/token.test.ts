import { describe, expect, it } from 'vitest'
import type { Outgoing } from '../../../bot/channels/channel.ts'
import { createRig } from './harness.ts'

const TOKEN = '/v1.0/oauth2/accessToken'
const SEND = '/v1.0/robot/oToMessages/batchSend'

function letter(key: string): Outgoing {
  return {
    to: { kind: 'person', platformId: 'u1' },
    route: { kind: 'api' },
    title: '提醒',
    text: `第 ${key} 条`,
    mentions: [],
    idempotencyKey: key,
  }
}

function letters(count: number): Outgoing[] {
  return Array.from({ length: count }, (_, index) => letter(`k${index}`))
}

describe('the access token', () => {
  it('is fetched once for a hundred senders at once', async () => {
    const { channel, emulator } = await createRig()
    await Promise.all(letters(100).map(item => channel.send(item)))
    expect(emulator.calls(TOKEN)).toHaveLength(1)
    expect(emulator.deliveredTo({ user: 'u1' })).toHaveLength(100)
  })

  it('refused early is renewed once for a hundred senders at once, and nothing is lost', async () => {
    const { channel, emulator } = await createRig()
    await channel.send(letter('first'))
    emulator.world.forgetToken()
    await Promise.all(letters(100).map(item => channel.send(item)))
    expect(emulator.calls(TOKEN)).toHaveLength(2)
    expect(emulator.deliveredTo({ user: 'u1' })).toHaveLength(101)
  })

  it('is renewed once even for those whose refusal arrives late', async () => {
    const { channel, emulator } = await createRig()
    await channel.send(letter('first'))
    emulator.world.forgetToken()
    emulator.fail(SEND, { delayMs: 150, times: 1 })
    await Promise.all(letters(10).map(item => channel.send(item)))
    expect(emulator.calls(TOKEN)).toHaveLength(2)
  })

  it('is renewed once though the platform hands out the very same token again', async () => {
    const { channel, emulator } = await createRig()
    await channel.send(letter('first'))
    // All ten are refused before the token is renewed, one of them hears of it only afterwards.
    emulator.fail(TOKEN, { delayMs: 200 })
    emulator.fail(SEND, { code: 'InvalidAuthentication', delayMs: 500, times: 1 })
    emulator.fail(SEND, { code: 'InvalidAuthentication', times: 9 })
    await Promise.all(letters(10).map(item => channel.send(item)))
    expect(emulator.calls(TOKEN)).toHaveLength(2)
    expect(emulator.deliveredTo({ user: 'u1' })).toHaveLength(11)
  })

  it('lasts by machine time and is fetched again five minutes before its end', async () => {
    const rig = await createRig()
    await rig.channel.send(letter('a'))
    rig.shiftClock((7200 - 301) * 1000)
    await rig.channel.send(letter('b'))
    expect(rig.emulator.calls(TOKEN)).toHaveLength(1)
    rig.shiftClock(2000)
    await rig.channel.send(letter('c'))
    expect(rig.emulator.calls(TOKEN)).toHaveLength(2)
  })

  it.each([0, -5, 'soon', null, 1e300])(
    'with a lifetime of %j is fetched once for ten sends all the same',
    async expireIn => {
      const { channel, emulator } = await createRig()
      const good = emulator.world.issueToken()
      emulator.fail(TOKEN, { body: { ...good, expireIn } })
      for (const item of letters(10)) await channel.send(item)
      expect(emulator.calls(TOKEN)).toHaveLength(1)
    },
  )

  it('is asked for five times in ten minutes at most while the secret is wrong', async () => {
    const rig = await createRig({ channel: { clientSecret: 'wrong' } })
    const faults = []
    for (const item of letters(20)) {
      faults.push(
        await rig.channel.send(item).then(
          () => 'sent',
          error => error.fault,
        ),
      )
    }
    expect(faults.slice(0, 5)).toStrictEqual(Array.from({ length: 5 }, () => 'credentials'))
    expect(rig.emulator.calls(TOKEN)).toHaveLength(5)
    await expect(rig.channel.send(letter('x'))).rejects.toMatchObject({
      fault: 'retry',
      retryAfterMs: expect.any(Number),
    })
    rig.shiftClock(10 * 60_000)
    await expect(rig.channel.send(letter('y'))).rejects.toMatchObject({ fault: 'credentials' })
    expect(rig.emulator.calls(TOKEN)).toHaveLength(6)
  })

  it('is asked for five times in ten minutes at most while every token is refused', async () => {
    const { channel, emulator } = await createRig()
    emulator.fail(SEND, { code: 'InvalidAuthentication' })
    for (const item of letters(20)) await expect(channel.send(item)).rejects.toMatchObject({ fault: 'retry' })
    expect(emulator.calls(TOKEN)).toHaveLength(6)
  })

  it.each([
    ['cannot be had for a while', { status: 503, times: 2 }],
    ['comes in a broken answer', { truncate: true, times: 2 }],
    ['is missing in the answer', { body: { expireIn: 7200 }, times: 2 }],
    ['is cut off', { reset: true, times: 2 }],
  ])('that %s makes a send wait, surely undelivered', async (_name, fault) => {
    const { channel, emulator } = await createRig()
    emulator.fail(TOKEN, fault)
    await expect(channel.send(letter('a'))).rejects.toMatchObject({ fault: 'retry' })
    await expect(channel.send(letter('a'))).rejects.toMatchObject({ fault: 'retry' })
    await channel.send(letter('a'))
    expect(emulator.deliveredTo({ user: 'u1' })).toHaveLength(1)
  })
})

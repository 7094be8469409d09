import { describe, expect, it } from 'vitest'
import { BodyTooLarge, type CallbackAnswer } from '../../../bot/channels/channel.ts'
import { signTimestamp } from '../../../bot/channels/dingtalk/signature.ts'
import { systemClock } from '../../../bot/clock.ts'
import { createRig, type Rig } from './harness.ts'

const LIMIT = 256 * 1024

/** Hands the callback a request of our own making, and counts how often the body was read. */
async function knock(
  rig: Rig,
  request: { timestamp?: string; sign?: string; body?: string | Buffer; isTooLarge?: boolean; isCutOff?: boolean },
): Promise<{ answer: CallbackAnswer; bodyReads: number; limits: number[] }> {
  const limits: number[] = []
  const timestamp = request.timestamp ?? String(systemClock.machineNow())
  const answer = await rig.channel.callbacks[0]!.handle({
    headers: { timestamp, sign: request.sign ?? signTimestamp(timestamp, rig.emulator.clientSecret) },
    query: new URLSearchParams(),
    async readBody(limitBytes) {
      limits.push(limitBytes)
      if (request.isTooLarge) throw new BodyTooLarge()
      if (request.isCutOff) throw new Error('aborted')
      return Buffer.from(request.body ?? '')
    },
  })
  return { answer, bodyReads: limits.length, limits }
}

async function createWebhookRig(): Promise<Rig> {
  const rig = await createRig({ channel: { mode: 'webhook' } })
  await rig.channel.start(rig.inbox.receive)
  return rig
}

const EMPTY = { status: 200, type: 'application/json', body: '{"msgtype":"empty"}' }
const MESSAGE = { msgId: 'm1', conversationId: 'c1', msgtype: 'text', text: { content: '打卡' } }

describe('the HTTP callback', () => {
  it('takes a signed message in, with a proof of the pair that signed it', async () => {
    const rig = await createWebhookRig()
    const url = await rig.serveCallback()
    const before = systemClock.machineNow()
    const result = await rig.emulator.post({ from: 'u1', group: 'cidA==', text: '打卡' }, { url })
    expect(result.responses).toStrictEqual([{ status: 200, body: '{"msgtype":"empty"}' }])
    const [message] = rig.inbox.messages
    expect(message).toMatchObject({ id: result.msgId, text: ' 打卡', sender: { platformId: 'u1' } })
    expect(message?.proof?.key).toMatch(/^[0-9a-f]{64}$/)
    expect(message?.proof?.machineAt).toBeGreaterThanOrEqual(before)

    const again = await rig.emulator.post(
      { from: 'u1', group: 'cidA==', text: '签到' },
      { url, sign: { timestamp: result.headers.timestamp!, sign: result.headers.sign! } },
    )
    expect(again.responses[0]?.status).toBe(200)
    expect(rig.inbox.messages[1]?.proof?.key).toBe(message?.proof?.key)
  })

  it('answers a hundred copies at once alike, and leaves it to the inbox to keep one', async () => {
    const rig = await createWebhookRig()
    const url = await rig.serveCallback()
    const result = await rig.emulator.post({ from: 'u1', text: '打卡' }, { url, times: 100 })
    expect(result.responses.filter(response => response.status === 200)).toHaveLength(100)
    expect(rig.inbox.countOf(result.msgId)).toBe(100)
  })

  it.each([
    ['wrong', 'signature-wrong'],
    ['stale', 'timestamp-stale'],
    ['future', 'timestamp-future'],
    ['missing', 'signature-missing'],
  ] as const)('refuses a delivery whose signature is %s', async (sign, _reason) => {
    const rig = await createWebhookRig()
    const url = await rig.serveCallback()
    const result = await rig.emulator.post({ from: 'u1', text: '打卡' }, { url, sign })
    expect(result.responses).toStrictEqual([{ status: 401, body: '{"error":"rejected"}' }])
    expect(rig.inbox.messages).toHaveLength(0)
  })

  it('does not read the body of an unsigned delivery', async () => {
    const rig = await createWebhookRig()
    const { answer, bodyReads } = await knock(rig, { sign: 'x', body: JSON.stringify(MESSAGE) })
    expect(answer).toStrictEqual({ status: 401, rejected: 'signature-wrong' })
    expect(bodyReads).toBe(0)
  })

  it('refuses a body beyond 256 KiB, after the signature', async () => {
    const rig = await createWebhookRig()
    const { answer, limits } = await knock(rig, { isTooLarge: true })
    expect(answer).toStrictEqual({ status: 413, rejected: 'body-too-large' })
    expect(limits).toStrictEqual([LIMIT])
    expect((await knock(rig, { isTooLarge: true, sign: 'x' })).answer.status).toBe(401)
  })

  it.each([
    ['empty', '', 'body-empty'],
    ['not JSON', 'msgId=1', 'body-not-json'],
    ['cut short', JSON.stringify(MESSAGE).slice(0, -5), 'body-not-json'],
    ['not UTF-8', Buffer.from([0x22, 0xff, 0xfe, 0x22]), 'body-not-text'],
    ['an array', '[]', 'not-a-message'],
    ['null', 'null', 'not-a-message'],
    ['without a message id', '{"conversationId":"c"}', 'not-a-message'],
    ['nested a hundred thousand deep', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'not-a-message'],
  ])('refuses a body that is %s', async (_name, body, rejected) => {
    const rig = await createWebhookRig()
    expect((await knock(rig, { body })).answer).toStrictEqual({ status: 400, rejected })
    expect(rig.inbox.messages).toHaveLength(0)
  })

  it('refuses a body that breaks off', async () => {
    const rig = await createWebhookRig()
    expect((await knock(rig, { isCutOff: true })).answer).toStrictEqual({ status: 400, rejected: 'body-cut-off' })
  })

  it('reads a body that starts with a byte order mark', async () => {
    const rig = await createWebhookRig()
    expect((await knock(rig, { body: `\ufeff${JSON.stringify(MESSAGE)}` })).answer).toStrictEqual(EMPTY)
  })

  it('accepts an unknown kind and hands it on as unsupported', async () => {
    const rig = await createWebhookRig()
    const body = JSON.stringify({ ...MESSAGE, msgtype: 'hologram' })
    expect((await knock(rig, { body })).answer).toStrictEqual(EMPTY)
    expect(rig.inbox.messages[0]?.fault).toBe('unsupported')
  })

  it('accepts its own words and forgets them', async () => {
    const rig = await createWebhookRig()
    const body = JSON.stringify({ ...MESSAGE, senderId: '$r', chatbotUserId: '$r' })
    expect((await knock(rig, { body })).answer).toStrictEqual(EMPTY)
    expect(rig.inbox.messages).toHaveLength(0)
  })

  it('does not say received when nothing was stored, and does once it is', async () => {
    const rig = await createWebhookRig()
    rig.inbox.failNext(1)
    const body = JSON.stringify(MESSAGE)
    expect((await knock(rig, { body })).answer).toStrictEqual({ status: 503, rejected: 'not-stored' })
    expect((await knock(rig, { body })).answer).toStrictEqual(EMPTY)
  })

  it('takes nothing in before the start and after the stop', async () => {
    const rig = await createRig({ channel: { mode: 'webhook' } })
    const body = JSON.stringify(MESSAGE)
    expect((await knock(rig, { body })).answer).toStrictEqual({ status: 503, rejected: 'not-running' })
    await rig.channel.start(rig.inbox.receive)
    expect((await knock(rig, { body })).answer).toStrictEqual(EMPTY)
    await rig.channel.stop()
    expect((await knock(rig, { body })).answer).toStrictEqual({ status: 503, rejected: 'not-running' })
  })

  it('exists in the modes that use it only', async () => {
    const paths = await Promise.all(
      (['stream', 'webhook', 'both'] as const).map(async mode => {
        const { channel } = await createRig({ channel: { mode } })
        return channel.callbacks.map(callback => `${callback.method} ${callback.path}`)
      }),
    )
    expect(paths).toStrictEqual([[], ['POST /dingtalk/callback'], ['POST /dingtalk/callback']])
  })
})

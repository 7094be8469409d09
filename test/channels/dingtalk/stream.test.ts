import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { DWClient } from 'dingtalk-stream'
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { STREAM_POLICY } from '../../../bot/channels/dingtalk/stream.ts'
import { createRig, FAST, type Rig } from './harness.ts'

const OPEN = '/v1.0/gateway/connections/open'

/** A channel that is connected, unless the emulator was told otherwise in `before`. */
async function startRig(
  options: Parameters<typeof createRig>[0] = {},
  before: (rig: Rig) => void = () => {},
): Promise<Rig> {
  const rig = await createRig(options)
  before(rig)
  await rig.channel.start(rig.inbox.receive)
  return rig
}

const said = { from: 'u1', group: 'cidA==', text: '打卡' }

describe('a message over Stream', () => {
  it('is acknowledged on the socket that brought it, only once it is stored', async () => {
    const rig = await startRig()
    let open: () => void = () => {}
    rig.inbox.gate = new Promise(resolve => {
      open = resolve
    })
    const { pushes, acked, msgId } = rig.emulator.say(said)
    await rig.emulator.waitUntil(() => rig.inbox.entered === 1)
    await sleep(100)
    expect(pushes[0]?.acks).toHaveLength(0)
    open()
    expect(await acked).toBe(true)
    expect(rig.inbox.countOf(msgId)).toBe(1)
    expect(pushes[0]?.acks).toStrictEqual([{ code: 200, data: { response: null }, on: 1, pushedTo: 1 }])
  })

  it('stays unacknowledged when it could not be stored, and is stored when it comes again', async () => {
    const rig = await startRig({ emulator: { redeliverAfterMs: 400 } })
    rig.inbox.failNext(2)
    const { pushes, acked, msgId } = rig.emulator.say(said)
    expect(await acked).toBe(true)
    expect(pushes[0]?.attempts).toBe(3)
    expect(pushes[0]?.acks).toHaveLength(1)
    expect(rig.inbox.countOf(msgId)).toBe(1)
  })

  it('that comes twice at once is handed on twice and acknowledged twice', async () => {
    const rig = await startRig()
    const { acked, msgId } = rig.emulator.say({ ...said, times: 2 })
    expect(await acked).toBe(true)
    expect(rig.inbox.countOf(msgId)).toBe(2)
  })

  it('of an unknown kind, or over quota, is handed on and acknowledged', async () => {
    const rig = await startRig()
    const unknown = rig.emulator.say({ ...said, payload: { msgtype: 'hologram', text: undefined } })
    const cut = rig.emulator.say({ ...said, payload: { text: undefined, errorCode: 20001 } })
    expect(await Promise.all([unknown.acked, cut.acked])).toStrictEqual([true, true])
    expect(rig.inbox.messages.map(message => message.fault)).toStrictEqual(['unsupported', 'overQuota'])
  })

  it('from the robot itself is acknowledged and forgotten', async () => {
    const rig = await startRig()
    const own = rig.emulator.say({ ...said, payload: { senderId: '$:LWCP_v1:$robot' } })
    expect(await own.acked).toBe(true)
    expect(rig.inbox.messages).toHaveLength(0)
  })

  it('that is none at all is refused', async () => {
    const rig = await startRig()
    const push = rig.emulator.gateway.pushRobotMessage({ hello: 1 })
    await rig.emulator.waitUntil(() => push.acks.length > 0)
    expect(push.acks[0]?.code).toBe(400)
  })

  it('is not asked for beside robot messages: events nobody stores are not subscribed to', async () => {
    const rig = await startRig()
    expect(rig.emulator.calls(OPEN)[0]?.body).toMatchObject({
      subscriptions: [{ type: 'CALLBACK', topic: '/v1.0/im/bot/messages/get' }],
    })
  })

  it('leaves an event that comes all the same undone: nothing of it was stored', async () => {
    const rig = await startRig()
    const push = rig.emulator.gateway.pushEvent({ eventId: 'e1' })
    await rig.emulator.waitUntil(() => push.acks.length > 0)
    expect(push.acks[0]?.data).toStrictEqual({ status: 'LATER' })
  })
})

describe('a bad frame', () => {
  const BAD = [
    'not json',
    '',
    '{',
    'null',
    '[]',
    '7',
    '"x"',
    '{}',
    '{"type":"CALLBACK"}',
    '{"type":"SYSTEM","headers":null}',
    '{"type":"SYSTEM","headers":{}}',
    '{"type":"NEW","headers":{"topic":"x"},"data":"{}"}',
    '{"type":"CALLBACK","headers":{"topic":"error","messageId":"e"},"data":"{}"}',
    '{"type":"CALLBACK","headers":{"topic":"/v1.0/im/bot/messages/get"},"data":"{}"}',
    '{"type":"CALLBACK","headers":{"topic":"/v1.0/im/bot/messages/get","messageId":7},"data":{"a":1}}',
    '{"type":"CALLBACK","headers":{"topic":"/v1.0/im/bot/messages/get","messageId":"x"}}',
    '{"type":"EVENT","headers":{}}',
    `{"type":"CALLBACK","headers":{"topic":"${'x'.repeat(1_000_000)}"}}`,
    '['.repeat(100_000),
  ]

  it('neither ends the process nor the connection, and the next message is heard', async () => {
    const rig = await startRig()
    for (const frame of BAD) {
      rig.emulator.gateway.sendRaw(frame)
      rig.emulator.gateway.sendRaw(Buffer.from(frame))
      const { acked } = rig.emulator.say(said)
      expect(await acked).toBe(true)
    }
    rig.emulator.gateway.sendRaw(Buffer.from([0xff, 0xfe, 0x00]))
    expect(await rig.emulator.say(said).acked).toBe(true)
    expect(rig.inbox.messages).toHaveLength(BAD.length + 1)
    expect(rig.emulator.gateway.opened).toBe(1)
  })

  it('may come five thousand times between good ones', async () => {
    const rig = await startRig()
    let seed = 20_261_121
    const random = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
      return seed % below
    }
    const good = JSON.stringify({
      specVersion: '1.0',
      type: 'CALLBACK',
      headers: { topic: 'x', messageId: 'y' },
      data: '{}',
    })
    const pushes = []
    for (let index = 0; index < 5000; index += 1) {
      const at = random(good.length)
      rig.emulator.gateway.sendRaw(good.slice(0, at) + String.fromCharCode(random(65_536)) + good.slice(at + random(4)))
      if (index % 100 === 0) pushes.push(rig.emulator.say(said).acked)
    }
    expect(await Promise.all(pushes)).toStrictEqual(Array.from({ length: 50 }, () => true))
    expect(rig.emulator.gateway.opened).toBe(1)
  })

  it('on a topic that nobody handles is answered 404', async () => {
    const rig = await startRig()
    const push = rig.emulator.gateway.pushTopic('/v1.0/card/instances/callback', {})
    await rig.emulator.waitUntil(() => push.acks.length > 0)
    expect(push.acks[0]?.code).toBe(404)
  })

  it('is logged without what was in it', async () => {
    const rig = await startRig()
    rig.emulator.gateway.sendRaw('{"msg":"王奶奶 13800001111"')
    await rig.emulator.waitUntil(() => rig.log.some(line => line.includes('bad frame')))
    expect(rig.log.join('')).not.toContain('13800001111')
  })
})

describe('the connection', () => {
  it('echoes the ping of the platform unchanged', async () => {
    const rig = await startRig()
    expect(await rig.emulator.gateway.systemPing()).toBe(true)
  })

  it('waits longer after each failed handshake, and asks the gateway once for each', async () => {
    const waits: number[] = []
    const backoffMs = (tries: number) => {
      waits.push(tries)
      return FAST.backoffMs(tries)
    }
    const rig = await startRig({ channel: { streamPolicy: { ...FAST, backoffMs } } }, rig =>
      rig.emulator.fail('/connect', { status: 503 }),
    )
    await rig.emulator.waitUntil(() => waits.length === 5)
    expect(waits).toStrictEqual([1, 2, 3, 4, 5])
    expect(rig.emulator.calls(OPEN)).toHaveLength(5)
    expect(rig.channel.health().ok).toBe(false)
  })

  it('would ask the gateway a handful of times in ten seconds of failure, by the real policy', () => {
    for (let round = 0; round < 200; round += 1) {
      let elapsedMs = 0
      let calls = 1
      for (let tries = 1; ; tries += 1) {
        elapsedMs += STREAM_POLICY.backoffMs(tries)
        if (elapsedMs > 10_000) break
        calls += 1
      }
      expect(calls).toBeLessThanOrEqual(6)
    }
    const waits = Array.from({ length: 30 }, (_, index) => STREAM_POLICY.backoffMs(index + 1))
    expect(Math.max(...waits)).toBeLessThanOrEqual(60_000)
    expect(Math.min(...waits.slice(6))).toBeGreaterThanOrEqual(30_000)
  })

  it('that opens and closes at once is retried ever more slowly too', async () => {
    const rig = await startRig({}, rig => rig.emulator.fail('/connect', { closeAtOnce: true }))
    await sleep(1000)
    // 30 + 60 + 120 + 240 + 480 ms: five or six tries, where the SDK by itself makes hundreds.
    expect(rig.emulator.calls(OPEN).length).toBeGreaterThan(2)
    expect(rig.emulator.calls(OPEN).length).toBeLessThanOrEqual(6)
  })

  it('that greets and hangs up is retried ever more slowly too', async () => {
    const rig = await startRig({ channel: { streamPolicy: { ...FAST, pingMs: 100_000 } } })
    const greeting = JSON.stringify({ type: 'SYSTEM', headers: { topic: 'CONNECTED' }, data: '{}' })
    const hangUp = setInterval(() => {
      rig.emulator.gateway.sendRaw(greeting)
      rig.emulator.gateway.dropAll('close')
    }, 5)
    await sleep(1000)
    clearInterval(hangUp)
    expect(rig.emulator.calls(OPEN).length).toBeGreaterThan(2)
    expect(rig.emulator.calls(OPEN).length).toBeLessThanOrEqual(6)
  })

  it.each([
    ['a gateway that hangs', OPEN, { hang: true, times: 1 }],
    ['a gateway that is overloaded', OPEN, { status: 503, times: 2 }],
    ['a gateway that answers XML', OPEN, { body: '<xml/>', times: 1 }],
    ['a gateway that names no wss address', OPEN, { body: { endpoint: 'ftp://x/', ticket: 't' }, times: 1 }],
    ['a gateway that cuts the line', OPEN, { reset: true, times: 1 }],
    ['a handshake that hangs', '/connect', { hang: true, times: 1 }],
    ['a refused upgrade', '/connect', { status: 400, times: 2 }],
    ['a cut upgrade', '/connect', { reset: true, times: 1 }],
  ])('comes about after %s', async (_name, path, fault) => {
    const impatient = { ...FAST, gatewayTimeoutMs: 300, handshakeTimeoutMs: 300 }
    const rig = await startRig({ channel: { streamPolicy: impatient } }, rig => rig.emulator.fail(path, fault))
    await rig.emulator.waitUntil(() => rig.emulator.gateway.open === 1)
    await rig.emulator.waitUntil(() => rig.channel.health().ok)
    expect(await rig.emulator.say(said).acked).toBe(true)
  })

  it('is replaced by one with a fresh ticket after it drops', async () => {
    const rig = await startRig()
    for (const how of ['close', 'cut'] as const) {
      rig.emulator.gateway.dropAll(how)
      await rig.emulator.waitUntil(() => rig.emulator.gateway.open === 0)
      await rig.emulator.waitUntil(() => rig.emulator.gateway.open === 1)
    }
    expect(rig.emulator.gateway.opened).toBe(3)
    expect(rig.emulator.calls(OPEN)).toHaveLength(3)
    await sleep(200)
    expect(rig.emulator.gateway.open).toBe(1)
  })

  it('is replaced before the old one closes when the platform gives notice', async () => {
    const rig = await startRig()
    const before = rig.emulator.say(said)
    await before.acked
    rig.emulator.gateway.systemDisconnect(2000)
    await rig.emulator.waitUntil(() => rig.emulator.gateway.open === 2)
    const pushes = Array.from({ length: 20 }, () => rig.emulator.say(said))
    for (const { acked } of pushes) expect(await acked).toBe(true)
    expect(pushes.map(({ pushes: [push] }) => push?.acks[0]?.on)).toStrictEqual(Array.from({ length: 20 }, () => 2))
    // We leave the old one ourselves, the platform would have kept it two seconds.
    await rig.emulator.waitUntil(() => rig.emulator.gateway.open === 1, 1500)
    expect(rig.emulator.gateway.opened).toBe(2)
    expect(rig.gaps).toHaveLength(0)
  })

  it('is replaced when the notice comes with the very first frame', async () => {
    const rig = await startRig({}, rig => rig.emulator.fail('/connect', { noticeAtOnce: true, times: 2 }))
    await rig.emulator.waitUntil(() => rig.emulator.gateway.opened === 3)
    expect(await rig.emulator.say(said).acked).toBe(true)
  })

  it('keeps trying for a replacement while the old one is still up', async () => {
    const rig = await startRig()
    await rig.emulator.say(said).acked
    rig.emulator.fail(OPEN, { status: 503, times: 3 })
    rig.emulator.gateway.systemDisconnect(5000)
    await rig.emulator.waitUntil(() => rig.emulator.gateway.open === 2, 3000)
    expect(await rig.emulator.say(said).acked).toBe(true)
  })

  it('acknowledges a message of the old socket on the old socket', async () => {
    const rig = await startRig()
    await rig.emulator.say(said).acked
    let open: () => void = () => {}
    rig.inbox.gate = new Promise(resolve => {
      open = resolve
    })
    const { pushes, acked } = rig.emulator.say(said)
    await rig.emulator.waitUntil(() => rig.inbox.entered === 2)
    rig.emulator.gateway.systemDisconnect(2000)
    await rig.emulator.waitUntil(() => rig.emulator.gateway.open === 2)
    open()
    expect(await acked).toBe(true)
    expect(pushes[0]?.acks[0]).toMatchObject({ on: 1, pushedTo: 1 })
  })

  it('does not spin when the platform gives notice on every new line', async () => {
    const rig = await startRig({ channel: { streamPolicy: { ...FAST, pingMs: 100_000 } } })
    const spin = setInterval(() => rig.emulator.gateway.systemDisconnect(50), 5)
    await sleep(1000)
    clearInterval(spin)
    expect(rig.emulator.calls(OPEN).length).toBeLessThanOrEqual(8)
  })

  it('is given up when the peer freezes', async () => {
    const rig = await startRig()
    rig.emulator.gateway.freeze()
    await rig.emulator.waitUntil(() => rig.emulator.gateway.opened === 2)
    expect(await rig.emulator.say(said).acked).toBe(true)
  })

  it('is replaced when only pongs come for long, and ever more rarely while that brings nothing', async () => {
    const rig = await startRig({ channel: { streamPolicy: { ...FAST, quietPings: 3, maxQuietPings: 24 } } })
    rig.emulator.gateway.makeZombies()
    await rig.emulator.waitUntil(() => rig.emulator.gateway.opened === 2)
    expect(await rig.emulator.say(said).acked).toBe(true)
    await rig.emulator.waitUntil(() => rig.emulator.gateway.opened === 4)
    await sleep(1000)
    // Quiet after 3, 6, 12 and 24 pings of 60 ms: one or two more, not five.
    expect(rig.emulator.gateway.opened).toBeLessThanOrEqual(6)
  })

  it('finds a frozen peer within 30 s and a forgotten line within 90 s, by the real policy', () => {
    expect((STREAM_POLICY.missedPings + 1) * STREAM_POLICY.pingMs).toBeLessThanOrEqual(30_000)
    expect(STREAM_POLICY.quietPings * STREAM_POLICY.pingMs + STREAM_POLICY.handshakeTimeoutMs).toBeLessThanOrEqual(
      95_000,
    )
    expect(STREAM_POLICY.gatewayTimeoutMs).toBe(10_000)
    expect(STREAM_POLICY.handshakeTimeoutMs).toBe(10_000)
  })

  it('is tried once a minute at most while the credentials are refused, and says so', async () => {
    const rig = await startRig({ channel: { clientSecret: 'wrong' } })
    expect(rig.channel.health()).toStrictEqual({ ok: false, reason: '钉钉拒绝了应用凭证' })
    await sleep(500)
    expect(rig.emulator.calls(OPEN)).toHaveLength(1)
    await rig.emulator.waitUntil(() => rig.emulator.calls(OPEN).length === 2)
    expect(STREAM_POLICY.refusedRetryMs).toBeGreaterThanOrEqual(60_000)
  })

  it('tells of an outage of thirty seconds or more, and not of a shorter one', async () => {
    const rig = await startRig()
    const heal = rig.emulator.fail(OPEN, { status: 503 })
    rig.emulator.gateway.dropAll()
    await rig.emulator.waitUntil(() => rig.emulator.calls(OPEN).length > 1)
    rig.shiftClock(25_000)
    heal()
    await rig.emulator.waitUntil(() => rig.emulator.gateway.open === 1)
    await rig.emulator.waitUntil(() => rig.channel.health().ok)
    expect(rig.gaps).toHaveLength(0)

    const healAgain = rig.emulator.fail(OPEN, { status: 503 })
    rig.emulator.gateway.dropAll()
    const calls = rig.emulator.calls(OPEN).length
    await rig.emulator.waitUntil(() => rig.emulator.calls(OPEN).length > calls)
    rig.shiftClock(300_000)
    await rig.emulator.waitUntil(() => !rig.channel.health().ok)
    healAgain()
    await rig.emulator.waitUntil(() => rig.gaps.length === 1)
    const [gap] = rig.gaps
    expect(gap!.to - gap!.from).toBeGreaterThanOrEqual(300_000)
    expect(gap!.to - gap!.from).toBeLessThan(310_000)
  })

  it('stays healthy for thirty seconds without a line, no longer', async () => {
    const rig = await startRig()
    rig.emulator.fail(OPEN, { status: 503 })
    rig.emulator.gateway.dropAll()
    await rig.emulator.waitUntil(() => rig.emulator.calls(OPEN).length > 1)
    expect(rig.channel.health()).toStrictEqual({ ok: true })
    rig.shiftClock(30_000)
    expect(rig.channel.health()).toStrictEqual({ ok: false, reason: '钉钉 Stream 未连接' })
  })
})

describe('stop', () => {
  it('means stop: no socket and no new try, from a good connection', async () => {
    const rig = await startRig()
    await rig.channel.stop()
    await sleep(300)
    expect(rig.emulator.gateway.open).toBe(0)
    expect(rig.emulator.calls(OPEN)).toHaveLength(1)
  })

  it.each([
    ['waiting to try again', '/connect', { status: 503 }],
    ['waiting for the gateway', OPEN, { hang: true }],
    ['waiting for the handshake', '/connect', { hang: true }],
  ])('means stop while %s', async (_name, path, fault) => {
    const slow = { ...FAST, gatewayTimeoutMs: 60_000, handshakeTimeoutMs: 60_000 }
    const rig = await createRig({ channel: { streamPolicy: slow } })
    rig.emulator.fail(path, fault)
    const started = rig.channel.start(rig.inbox.receive)
    await rig.emulator.waitUntil(() => rig.emulator.calls(OPEN).length === 1)
    await sleep(50)
    await rig.channel.stop()
    await started
    const calls = rig.emulator.calls(OPEN).length
    await sleep(300)
    expect(rig.emulator.calls(OPEN)).toHaveLength(calls)
    expect(rig.emulator.gateway.open).toBe(0)
  })

  it('means stop while a replacement comes up', async () => {
    const rig = await startRig()
    await rig.emulator.say(said).acked
    rig.emulator.fail(OPEN, { delayMs: 100 })
    rig.emulator.gateway.systemDisconnect(5000)
    await rig.emulator.waitUntil(() => rig.emulator.calls(OPEN).length === 2)
    await rig.channel.stop()
    await sleep(300)
    expect(rig.emulator.gateway.open).toBe(0)
    expect(rig.emulator.calls(OPEN)).toHaveLength(2)
  })

  it('still acknowledges what is being stored, and takes nothing new', async () => {
    const rig = await startRig()
    let open: () => void = () => {}
    rig.inbox.gate = new Promise(resolve => {
      open = resolve
    })
    const first = rig.emulator.say(said)
    await rig.emulator.waitUntil(() => rig.inbox.entered === 1)
    const stopped = rig.channel.stop()
    const second = rig.emulator.say(said)
    await sleep(50)
    open()
    await stopped
    expect(await first.acked).toBe(true)
    expect(second.pushes[0]?.acks).toHaveLength(0)
    expect(rig.inbox.messages).toHaveLength(1)
  })

  const opened = (count: number) => (rig: Rig) => rig.emulator.gateway.opened === count
  const asked = (rig: Rig) =>
    rig.emulator.requests.some(request => request.path === OPEN && request.status !== undefined)

  it.each([
    ['a good connection', undefined, opened(1)],
    ['a connection given notice of', { path: '/connect', noticeAtOnce: true, times: 1 }, opened(2)],
    ['a wait for the next try', { path: '/connect', status: 503 }, asked],
    ['a handshake that hangs', { path: '/connect', hang: true }, asked],
    ['refused credentials', { path: OPEN, status: 401, code: 'authFailed' }, asked],
  ])('leaves nothing that keeps the process alive, after %s', async (_name, fault, isReady) => {
    const rig = await createRig()
    if (fault !== undefined) rig.emulator.fail(fault.path, fault)
    const script = fileURLToPath(new URL('stop-alone.ts', import.meta.url))
    const child = spawn(process.execPath, ['--import', 'tsx', script, rig.emulator.apiBase])
    onTestFinished(() => void child.kill())
    let printed = ''
    child.stdout.on('data', chunk => {
      printed += chunk
    })
    await rig.emulator.waitUntil(() => isReady(rig), 20_000)
    await sleep(100)
    child.stdin.end()
    // What would keep it is a ping every 9 s, a handshake of 10 s or a wait of a minute.
    const [code] = await once(child, 'exit', { signal: AbortSignal.timeout(8000) })
    expect({ code, printed }).toStrictEqual({ code: 0, printed: 'stopped\n' })
    expect(rig.emulator.gateway.open).toBe(0)
  })
})

describe('the SDK behind the fence', () => {
  afterEach(() => vi.restoreAllMocks())

  it('keeps its shared list of subscriptions untouched', async () => {
    await startRig()
    const fresh = new DWClient({ clientId: 'a', clientSecret: 'b' })
    expect(fresh.getConfig().subscriptions).toStrictEqual([{ type: 'EVENT', topic: '*' }])
  })

  it('writes nothing to the console, and no secret or ticket to the log', async () => {
    const lines = (['log', 'info', 'warn', 'error', 'debug'] as const).map(name =>
      vi.spyOn(console, name).mockImplementation(() => {}),
    )
    const rig = await startRig({}, rig => rig.emulator.fail('/connect', { status: 400, times: 1 }))
    await rig.emulator.waitUntil(() => rig.emulator.gateway.open === 1)
    await rig.emulator.say(said).acked
    rig.emulator.gateway.dropAll()
    await rig.emulator.waitUntil(() => rig.emulator.gateway.opened === 2)
    await rig.channel.stop()
    for (const spy of lines) expect(spy).not.toHaveBeenCalled()
    const log = rig.log.join('')
    expect(log).toContain('dingtalk stream: connected')
    expect(log).not.toContain(rig.emulator.clientSecret)
    expect(log).not.toContain('ticket')
    expect(log).not.toContain('sendBySession')
  })
})

import { describe, expect, it } from 'vitest'
import type { Outgoing, Route } from '../../../bot/channels/channel.ts'
import { createRig, findClosedAddress, type Rig } from './harness.ts'

const GROUP_SEND = '/v1.0/robot/groupMessages/send'
const OTO_SEND = '/v1.0/robot/oToMessages/batchSend'
const SESSION_SEND = '/robot/sendBySession'
const HOOK_SEND = '/robot/send'

const api: Route = { kind: 'api' }

function toGroup(route: Route, more: Partial<Outgoing> = {}): Outgoing {
  const to = { kind: 'chat', chatId: 'cidA==' } as const
  return { to, route, title: '提示单', text: '今天下午四点前回执', mentions: [], idempotencyKey: 'k1', ...more }
}

function toPerson(more: Partial<Outgoing> = {}): Outgoing {
  return toGroup(api, { to: { kind: 'person', platformId: 'u1' }, ...more })
}

function webhookOf(rig: Rig, group = 'cidA=='): Route {
  return { kind: 'webhook', url: rig.emulator.world.groups.get(group)!.webhookUrl }
}

function sessionOf(rig: Rig, target: { group?: string; user?: string } = { group: 'cidA==' }): Route {
  const { id } = rig.emulator.world.openSession(target)
  return { kind: 'session', url: `${rig.emulator.oapiBase}/robot/sendBySession?session=${id}` }
}

const people = [
  { platformId: 'u1', name: '李敏' },
  { platformId: 'u2', name: '张三' },
]
const picture = { bytes: new Uint8Array([137, 80, 78, 71]), mime: 'image/png', fileName: 'week.png' }
const sheet = { bytes: new Uint8Array([80, 75]), mime: 'application/vnd.ms-excel', fileName: '台账.xlsx' }

describe('a text', () => {
  it('reaches a group by the API', async () => {
    const rig = await createRig()
    const sent = await rig.channel.send(toGroup(api))
    expect(rig.emulator.delivered).toMatchObject([
      { via: 'group', group: 'cidA==', kind: 'sampleText', text: '今天下午四点前回执' },
    ])
    expect(sent).toStrictEqual({ platformId: 'key-1' })
  })

  it('reaches a person by the API, one person a call', async () => {
    const rig = await createRig()
    await rig.channel.send(toPerson())
    expect(rig.emulator.delivered).toMatchObject([{ via: 'oto', user: 'u1', kind: 'sampleText' }])
    expect(rig.emulator.calls(OTO_SEND)[0]?.body).toMatchObject({ robotCode: 'dingemulated', userIds: ['u1'] })
  })

  it('reaches a group by its webhook and by a session, and @s whom it names', async () => {
    const rig = await createRig()
    await rig.channel.send(toGroup(webhookOf(rig), { mentions: people }))
    await rig.channel.send(toGroup(sessionOf(rig), { mentions: people, idempotencyKey: 'k2' }))
    expect(
      rig.emulator.delivered.map(({ via, text, atUserIds, isAtAll }) => ({ via, text, atUserIds, isAtAll })),
    ).toStrictEqual(
      ['webhook', 'session'].map(via => ({
        via,
        text: '@u1 @u2 今天下午四点前回执',
        atUserIds: ['u1', 'u2'],
        isAtAll: false,
      })),
    )
  })

  it('tells which routes can @ and which meter each runs', async () => {
    const { channel } = await createRig()
    const routes: Route[] = [api, { kind: 'webhook', url: 'x' }, { kind: 'session', url: 'x' }]
    expect(routes.map(route => channel.canMention(route))).toStrictEqual([false, true, true])
    expect(routes.map(route => channel.meter(route))).toStrictEqual(['api', 'webhook', 'webhook'])
  })

  it('reaches a person without a staff id by the session only', async () => {
    const rig = await createRig()
    await rig.channel.send(toPerson({ to: { kind: 'person', platformId: '' }, route: sessionOf(rig, { user: 'u1' }) }))
    expect(rig.emulator.delivered).toMatchObject([{ via: 'session', user: 'u1' }])
  })

  it('to a person never goes to a group’s webhook', async () => {
    const rig = await createRig()
    await rig.channel.send(toPerson({ route: webhookOf(rig) }))
    expect(rig.emulator.delivered).toMatchObject([{ via: 'oto', user: 'u1' }])
  })

  it.each([
    '@所有人 @all <@all> <@u2>',
    '[点我](dingtalk://dingtalkclient/page/link?url=x) ![](http://evil.example/x.png)',
    '# 标题\n| a | b |\n<font color=red>红</font> **粗**',
    "'; DROP TABLE member;-- \u202e\u0000 👨‍👩‍👧‍👦",
  ])('%j is shown as it is: no @all, no link, no picture', async text => {
    const rig = await createRig()
    await rig.channel.send(toGroup(api, { text }))
    await rig.channel.send(toGroup(webhookOf(rig), { text, idempotencyKey: 'k2' }))
    for (const shown of rig.emulator.delivered) {
      expect(['text', 'sampleText']).toContain(shown.kind)
      expect(shown).toMatchObject({ text, isAtAll: false, atUserIds: [] })
      expect(shown.mediaId).toBeUndefined()
    }
    expect(rig.emulator.delivered).toHaveLength(2)
  })

  it('@s more than fifty people in several messages', async () => {
    const rig = await createRig()
    const crowd = Array.from({ length: 63 }, (_, index) => ({ platformId: `p${index}`, name: `人${index}` }))
    await rig.channel.send(toGroup(webhookOf(rig), { mentions: crowd }))
    expect(rig.emulator.delivered.map(shown => shown.atUserIds.length)).toStrictEqual([50, 13])
    expect(rig.emulator.delivered[0]?.text).toContain('今天下午四点前回执')
  })
})

describe('a long text', () => {
  const endings = ['😀', '👨‍👩‍👧‍👦', '𠮷', '好']
  const sizes = [2047, 2048, 2049, 4095, 4096, 4097, 13_999, 14_000, 14_001, 14_999, 15_001, 19_999, 20_000, 20_001]

  it.each(endings)('ending in %s arrives whole on every route, its parts numbered', async ending => {
    const rig = await createRig({ emulator: { sendsPerMinute: 1000 } })
    for (const size of sizes) {
      for (const route of [api, webhookOf(rig), sessionOf(rig)]) {
        rig.emulator.delivered.length = 0
        const text = 'x'.repeat(size - Buffer.byteLength(ending)) + ending
        await rig.channel.send(toGroup(route, { text, idempotencyKey: `${size}/${route.kind}` }))
        const texts = rig.emulator.delivered.map(shown => shown.text)
        expect(texts.map(part => part.replace(/^（\d\/\d）/, '')).join('')).toBe(text)
        const numbers = texts.length === 1 ? [] : texts.map((_, index) => `（${index + 1}/${texts.length}）`)
        expect(texts.flatMap(part => /^（\d\/\d）/.exec(part) ?? [])).toStrictEqual(numbers)
      }
    }
  })

  it('goes on after the last part that was taken when a try fails', async () => {
    const rig = await createRig()
    const item = toGroup(api, { text: '巡'.repeat(12_000) })
    rig.emulator.fail(GROUP_SEND, { times: 1 })
    const off = rig.emulator.fail(GROUP_SEND, { code: 'system.error', status: 500, times: 1 })
    await expect(rig.channel.send(item)).rejects.toMatchObject({ fault: 'ambiguous' })
    off()
    await rig.channel.send(item)
    expect(rig.emulator.delivered.map(shown => shown.text.slice(0, 5))).toStrictEqual(['（1/3）', '（2/3）', '（3/3）'])
  })
})

describe('a picture', () => {
  it('is uploaded and follows the text by the API', async () => {
    const rig = await createRig()
    await rig.channel.send(toGroup(api, { image: picture }))
    const [text, image] = rig.emulator.delivered
    expect([text?.kind, image?.kind]).toStrictEqual(['sampleText', 'sampleImageMsg'])
    expect(rig.emulator.world.media.get(image!.mediaId!)?.bytes).toStrictEqual(Buffer.from(picture.bytes))
  })

  it('for several groups is uploaded once, another picture by itself', async () => {
    const rig = await createRig()
    for (const idempotencyKey of ['a', 'b']) await rig.channel.send(toGroup(api, { image: picture, idempotencyKey }))
    expect(rig.emulator.world.media.size).toBe(1)
    const other = { ...picture, bytes: Uint8Array.of(...picture.bytes, 1) }
    await rig.channel.send(toGroup(api, { image: other, idempotencyKey: 'c' }))
    const images = rig.emulator.delivered.filter(({ kind }) => kind === 'sampleImageMsg')
    expect(images.map(({ mediaId }) => rig.emulator.world.media.get(mediaId!)?.bytes.length)).toStrictEqual([
      picture.bytes.length,
      picture.bytes.length,
      other.bytes.length,
    ])
  })

  it('follows as markdown on a webhook, which has no pictures of its own', async () => {
    const rig = await createRig()
    await rig.channel.send(toGroup(webhookOf(rig), { image: picture }))
    const image = rig.emulator.delivered[1]
    expect(image).toMatchObject({ via: 'webhook', kind: 'markdown', title: '提示单' })
    expect(rig.emulator.world.media.has(image!.mediaId!)).toBe(true)
  })

  it('alone needs no text', async () => {
    const rig = await createRig()
    await rig.channel.send(toPerson({ text: '', image: picture }))
    expect(rig.emulator.delivered.map(shown => shown.kind)).toStrictEqual(['sampleImageMsg'])
  })

  it('that fails is sent later without its text being sent again, on another route too', async () => {
    const rig = await createRig()
    rig.emulator.fail('/media/upload', { status: 502, times: 1 })
    const item = toGroup(webhookOf(rig), { image: picture })
    await expect(rig.channel.send(item)).rejects.toMatchObject({ fault: 'retry' })
    await rig.channel.send({ ...item, route: api })
    expect(rig.emulator.delivered.map(shown => shown.kind)).toStrictEqual(['text', 'sampleImageMsg'])
  })
})

describe('a file', () => {
  it('goes by the API on every route', async () => {
    const rig = await createRig()
    for (const route of [api, webhookOf(rig), sessionOf(rig)]) {
      await rig.channel.send(toGroup(route, { text: '', file: sheet, idempotencyKey: route.kind }))
    }
    expect(rig.emulator.delivered.map(shown => shown.kind)).toStrictEqual(['sampleFile', 'sampleFile', 'sampleFile'])
    expect(rig.emulator.delivered[0]?.body.msgParam).toMatchObject({ fileName: '台账.xlsx', fileType: 'xlsx' })
  })
})

describe('a send that fails', () => {
  it.each([
    ['an unknown group', toGroup(api, { to: { kind: 'chat', chatId: 'cidX' } }), 'routeGone'],
    ['a person who left', toPerson({ to: { kind: 'person', platformId: 'gone' } }), 'refused'],
  ])('to %s says so', async (_name, item, fault) => {
    const rig = await createRig()
    await expect(rig.channel.send(item)).rejects.toMatchObject({ fault })
  })

  it('for a robot that is not in the group says what to do', async () => {
    const rig = await createRig()
    rig.emulator.addGroup({ id: 'cidB==', hasRobot: false })
    const item = toGroup(api, { to: { kind: 'chat', chatId: 'cidB==' } })
    await expect(rig.channel.send(item)).rejects.toMatchObject({
      fault: 'refused',
      message: expect.stringContaining('添加机器人'),
    })
  })

  it('tells an unknown robot, a partial failure, a throttled person and the content audit apart', async () => {
    const rig = await createRig()
    rig.emulator.fail(OTO_SEND, { body: { processQueryKey: 'x', invalidStaffIdList: ['u1'] }, times: 1 })
    await expect(rig.channel.send(toPerson())).rejects.toMatchObject({ fault: 'refused' })
    rig.emulator.world.flowControlled.add('u1')
    await expect(rig.channel.send(toPerson())).rejects.toMatchObject({ fault: 'throttled', retryAfterMs: 60_000 })
    rig.emulator.world.flowControlled.clear()
    rig.emulator.world.forbiddenWords.add('回执')
    await expect(rig.channel.send(toPerson())).rejects.toMatchObject({ fault: 'refused' })
    await expect(rig.channel.send(toGroup(webhookOf(rig)))).rejects.toMatchObject({ fault: 'refused' })
    expect(rig.emulator.delivered).toHaveLength(0)
  })

  it('on a session that expired asks for another route', async () => {
    const rig = await createRig()
    const route = sessionOf(rig)
    rig.shiftClock(91 * 60_000)
    await expect(rig.channel.send(toGroup(route))).rejects.toMatchObject({ fault: 'routeGone' })
    await rig.channel.send(toGroup(api))
    expect(rig.emulator.delivered).toHaveLength(1)
  })

  it('at the twenty-first in a minute waits ten minutes', async () => {
    const rig = await createRig()
    const route = webhookOf(rig)
    for (let index = 0; index < 20; index += 1) await rig.channel.send(toGroup(route, { idempotencyKey: `n${index}` }))
    await expect(rig.channel.send(toGroup(route, { idempotencyKey: 'n20' }))).rejects.toMatchObject({
      fault: 'throttled',
      retryAfterMs: 600_000,
    })
    expect(rig.emulator.world.wasBlocked()).toBe(true)
  })

  it('when the month is used up says quota', async () => {
    const rig = await createRig({ emulator: { monthlyApiCalls: 1 } })
    await rig.channel.send(toPerson())
    await expect(rig.channel.send(toPerson({ idempotencyKey: 'k2' }))).rejects.toMatchObject({ fault: 'quota' })
  })

  it.each([
    ['500', { status: 500, code: 'system.error' }, 'ambiguous'],
    ['502', { status: 502 }, 'ambiguous'],
    ['503', { status: 503 }, 'retry'],
    ['504 though delivered', { status: 504, afterwards: true }, 'ambiguous'],
    ['429', { status: 429 }, 'throttled'],
    ['a reset', { reset: true }, 'ambiguous'],
    ['a cut answer', { truncate: true }, 'ambiguous'],
    ['a page', { body: '<html>maintenance' }, 'ambiguous'],
    ['nothing at all', { body: '' }, 'ambiguous'],
    ['a redirect', { status: 302, headers: { location: 'http://127.0.0.1:1/' } }, 'retry'],
  ])('with %s is sorted by whether it may have arrived', async (_name, fault, expected) => {
    const rig = await createRig()
    rig.emulator.fail(GROUP_SEND, fault)
    await expect(rig.channel.send(toGroup(api))).rejects.toMatchObject({ name: 'SendError', fault: expected })
  })

  it('where nobody listens surely did not arrive', async () => {
    const oapiBase = await findClosedAddress()
    const deaf = await createRig({ channel: { oapiBase } })
    await expect(deaf.channel.send(toGroup({ kind: 'webhook', url: `${oapiBase}/robot/send` }))).rejects.toMatchObject({
      fault: 'retry',
      message: '连不上钉钉（ECONNREFUSED）',
    })
    expect(deaf.emulator.requests).toHaveLength(0)
  })

  it('keeps secrets and addresses out of its reason', async () => {
    const rig = await createRig()
    const route = webhookOf(rig)
    for (const fault of [{ reset: true }, { status: 500 }, { errcode: 310000 }, { truncate: true }]) {
      rig.emulator.fail(HOOK_SEND, { ...fault, times: 1 })
      const error: Error = await rig.channel.send(toGroup(route)).then(
        () => expect.unreachable(),
        reason => reason,
      )
      expect(error.message).not.toMatch(/access_token|127\.0\.0\.1|http/)
    }
  })

  it('never calls an address outside the platform', async () => {
    const rig = await createRig()
    const other = await createRig()
    for (const kind of ['session', 'webhook'] as const) {
      const url = `${other.emulator.oapiBase}/robot/sendBySession?session=1`
      await expect(rig.channel.send(toGroup({ kind, url }))).rejects.toMatchObject({ fault: 'routeGone' })
    }
    expect(other.emulator.requests).toHaveLength(0)
  })
})

describe('the idempotency key', () => {
  it('lets the webhook show a message once though the first try looked failed', async () => {
    const rig = await createRig()
    const item = toGroup(webhookOf(rig))
    rig.emulator.fail(HOOK_SEND, { status: 504, afterwards: true, times: 1 })
    await expect(rig.channel.send(item)).rejects.toMatchObject({ fault: 'ambiguous' })
    await rig.channel.send(item)
    expect(rig.emulator.delivered).toHaveLength(1)
  })

  it('is not sent where the platform has no use for it', async () => {
    const rig = await createRig()
    await rig.channel.send(toGroup(sessionOf(rig)))
    await rig.channel.send(toGroup(api))
    for (const path of [SESSION_SEND, GROUP_SEND]) {
      expect(JSON.stringify(rig.emulator.calls(path)[0]?.body)).not.toContain('k1')
    }
  })
})

import { pino } from 'pino'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Outgoing } from '../../../bot/channels/channel.ts'
import { createWechatChannel } from '../../../bot/channels/wechat/create-channel.ts'
import { startWechatEmulator } from '../../emulators/wechat.ts'
import { at } from '../../support/clock.ts'

const CALLBACK_IS_ELSEWHERE = 'http://127.0.0.1:9/'

async function createRig() {
  let now = at('2026-11-18T10:00')
  const emulator = await startWechatEmulator({ now: () => now })
  onTestFinished(() => emulator.close())
  const channel = createWechatChannel({
    ...emulator,
    aesKey: undefined,
    publicUrl: 'https://xiaoge.example.gov.cn',
    isAnswerDue: async () => false,
    clock: { now: () => now, machineNow: () => now },
    log: pino({ level: 'silent' }),
  })
  return {
    emulator,
    channel,
    wait(ms: number) {
      now += ms
    },
    /** Opens the resident's window, as a message of theirs does. */
    openWindow: () => emulator.say(CALLBACK_IS_ELSEWHERE, 'o1', '你好').catch(() => undefined),
  }
}

const to = (text: string, more: Partial<Outgoing> = {}): Outgoing => ({
  to: { kind: 'chat', chatId: 'o1' },
  route: { kind: 'api' },
  title: '事件',
  text,
  mentions: [],
  idempotencyKey: 'k1',
  ...more,
})
const HOUR_MS = 60 * 60_000

describe('a text to a resident', () => {
  it('leaves as a customer-service message, with one token for all', async () => {
    const { channel, emulator, openWindow } = await createRig()
    await openWindow()
    await channel.send(to('已办结'))
    await channel.send(to('谢谢', { idempotencyKey: 'k2' }))
    expect(emulator.delivered.map(({ text, via }) => [text, via])).toEqual([
      ['已办结', 'custom'],
      ['谢谢', 'custom'],
    ])
    expect(emulator.tokens()).toBe(1)
  })

  it('that is long leaves in numbered parts within the limit, and nobody’s words become a link', async () => {
    const { channel, emulator, openWindow } = await createRig()
    await openWindow()
    await channel.send(to(`<a href="http://evil.example">点我</a>\n${'办理情况说明。\n'.repeat(120)}`))
    const texts = emulator.delivered.map(({ text }) => text)
    expect(texts).toHaveLength(2)
    expect(texts[0]).toMatch(/^（1\/2）＜a href/)
    expect(texts.every(text => Buffer.byteLength(text) <= 2048)).toBe(true)
  })

  it('gets a fresh token once where the platform no longer takes the old one', async () => {
    const { channel, emulator, openWindow } = await createRig()
    await openWindow()
    await channel.send(to('一'))
    emulator.expireToken()
    await channel.send(to('二', { idempotencyKey: 'k2' }))
    expect(emulator.tokens()).toBe(2)
    expect(emulator.delivered).toHaveLength(2)
  })

  it('is refused after 48 hours of silence and after five messages, in words an administrator understands', async () => {
    const { channel, openWindow, wait } = await createRig()
    await openWindow()
    for (let n = 0; n < 5; n++) await channel.send(to('进展', { idempotencyKey: `k${n}` }))
    await expect(channel.send(to('再来一条'))).rejects.toMatchObject({
      fault: 'refused',
      message: expect.stringContaining('5 条'),
    })
    await openWindow()
    wait(49 * HOUR_MS)
    await expect(channel.send(to('太晚了'))).rejects.toMatchObject({
      fault: 'refused',
      message: expect.stringContaining('48 小时'),
    })
  })

  it.each([
    [40164, 'credentials'],
    [-1, 'retry'],
    [48001, 'refused'],
    [45009, 'throttled'],
    [99999, 'retry'],
  ])('errcode %i is %s', async (code, fault) => {
    const { channel, emulator, openWindow } = await createRig()
    await openWindow()
    emulator.faults.set('/cgi-bin/message/custom/send', code)
    await expect(channel.send(to('一'))).rejects.toMatchObject({ fault })
  })

  it('by a reply whose request is over tries the other way', async () => {
    const { channel } = await createRig()
    const route = { kind: 'reply', messageId: 'm1', ref: 'gone' } as const
    await expect(channel.send(to('一', { route }))).rejects.toMatchObject({ fault: 'routeGone' })
  })
})

describe('a picture of a resident', () => {
  it('is fetched up to a size, and one that is not there is given up', async () => {
    const { channel, emulator } = await createRig()
    emulator.pictures.set('M1', Buffer.from('picture'))
    const ref = { kind: 'image', ref: 'M1' } as const
    expect(Buffer.from(await channel.fetchMedia(ref, 100)).toString()).toBe('picture')
    await expect(channel.fetchMedia(ref, 3)).rejects.toMatchObject({ fault: 'refused' })
    await expect(channel.fetchMedia({ kind: 'image', ref: 'M2' }, 100)).rejects.toMatchObject({ fault: 'refused' })
  })
})

describe('doctor', () => {
  it('says that the credentials are good, and what the console must show', async () => {
    const { channel } = await createRig()
    const findings = await channel.diagnose()
    expect(findings.every(({ ok }) => ok)).toBe(true)
    expect(findings[1]?.text).toContain('https://xiaoge.example.gov.cn/wechat/account')
  })

  it('says what to put right where the address is not allowed', async () => {
    const { channel, emulator } = await createRig()
    emulator.faults.set('/cgi-bin/token', 40164)
    expect((await channel.diagnose())[0]).toMatchObject({ ok: false, text: expect.stringContaining('白名单') })
    expect(channel.health()).toMatchObject({ ok: false })
  })
})

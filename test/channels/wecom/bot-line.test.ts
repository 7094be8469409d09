import { setTimeout as sleep } from 'node:timers/promises'
import { WSClient } from '@wecom/aibot-node-sdk'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createSay } from '../../../handlers/say.ts'
import { inStreet } from '../../../storage/database.ts'
import { type BotProcess, type BotStreet, type BotStreetOptions, openBotStreet } from '../../support/bot-street.ts'

async function open(options: Partial<BotStreetOptions> = {}): Promise<{ street: BotStreet; process: BotProcess }> {
  const street = await openBotStreet({ mode: 'line', ...options })
  onTestFinished(() => street.dispose())
  return { street, process: await street.start() }
}

const shownIn = (street: BotStreet, chat = 'wrG01') => street.emulator.shownIn(chat)

/** Something that nobody asked for. */
async function tell(
  street: BotStreet,
  chat: string,
  text = '今日待办 3 件。',
  attachment?: { kind: string; data: unknown },
) {
  await street.store.transact(async everywhere => {
    const db = inStreet(everywhere, street.db.street)
    const row = await db.sql.selectFrom('chat').select('id').where('platform_id', '=', chat).executeTakeFirstOrThrow()
    await createSay(db, { at: street.now() }).toChat(row.id, text, { kind: 'test', urgency: 'notice', attachment })
  })
}

async function waitForState(street: BotStreet, text: string, state: string) {
  for (let looks = 0; looks < 300; looks++) {
    const found = (await street.outbox()).find(row => row.text === text)
    if (found?.state === state) return found
    await sleep(10)
  }
  throw new Error(`${text} never became ${state}`)
}

const checkIn = '李敏 已记上班打卡 08:00。'

describe('the long connection, through the SDK of WeCom', () => {
  it('hears a check-in in the group and answers the message itself', async () => {
    const { street, process } = await open()
    const msgId = await street.say(process, '李敏', '打卡', 'wrG01')
    await street.emulator.waitUntil(() => shownIn(street).length === 1)
    expect(shownIn(street)).toEqual([{ chat: 'wrG01', via: 'message', to: msgId, msgtype: 'stream', text: checkIn }])
    expect(await street.db.sql.selectFrom('check_in').select('kind').execute()).toEqual([{ kind: 'on' }])
  })

  it('subscribes once, and keeps the line with pings', async () => {
    const { street, process } = await open()
    const { lines } = street.emulator
    await street.emulator.waitUntil(() => lines.frames.filter(({ cmd }) => cmd === 'ping').length > 1)
    expect(lines.subscriptions).toBe(1)
    expect(process.channel.health()).toEqual({ ok: true })
  })

  it('greets whoever opens the private chat, within the welcome', async () => {
    const { street } = await open()
    street.emulator.lines.push(street.emulator.writeEvent({ from: street.idOf('李敏'), type: 'enter_chat' }))
    await street.emulator.waitUntil(() => shownIn(street, 'wc1').length === 1)
    expect(shownIn(street, 'wc1')).toMatchObject([
      { via: 'enter', msgtype: 'text', text: expect.stringContaining('您好，李敏') },
    ])
  })

  it('answers in the private chat where it was asked', async () => {
    const { street, process } = await open()
    await street.say(process, '李敏', '走访了3幢王奶奶，20分钟')
    await street.emulator.waitUntil(() => shownIn(street, 'wc1').length === 1)
    expect(shownIn(street, 'wc1')).toMatchObject([{ via: 'message', text: expect.stringContaining('王奶奶') }])
  })

  it('the same message twice is one record and one answer', async () => {
    const { street, process } = await open()
    const body = street.emulator.write({ from: 'wc1', chat: 'wrG01', text: '@网格助手 打卡' })
    for (const _ of [1, 2, 3]) street.emulator.lines.push(body)
    await street.emulator.waitUntil(() => shownIn(street).length === 1)
    await sleep(200)
    expect(shownIn(street)).toHaveLength(1)
    expect(await street.db.sql.selectFrom('message').select('id').execute()).toHaveLength(1)
    expect(process.log.join('')).not.toContain('打卡')
  })

  it('survives frames that are none', async () => {
    const { street, process } = await open()
    const { lines } = street.emulator
    for (const text of [
      '',
      'null',
      '[]',
      '{',
      '{"cmd":"aibot_msg_callback"}',
      '{"cmd":"aibot_event_callback","body":{}}',
    ]) {
      lines.pushRaw(text)
    }
    lines.push({ msgid: 'x', msgtype: 'text' })
    await street.say(process, '李敏', '打卡', 'wrG01')
    await street.emulator.waitUntil(() => shownIn(street).length === 1)
    expect(lines.subscriptions).toBe(1)
  })

  it('connects again after the network went, after a growing wait, and says that messages may be lost', async () => {
    const { street, process } = await open()
    const { lines } = street.emulator
    lines.refuse(true)
    lines.cut()
    await street.emulator.waitUntil(() => !lines.isLive)
    await sleep(900)
    lines.refuse(false)
    await street.emulator.waitUntil(() => lines.isLive)
    await street.say(process, '李敏', '打卡', 'wrG01')
    await street.emulator.waitUntil(() => shownIn(street).length === 1)
    expect(process.gaps).toHaveLength(1)
    expect(lines.subscriptions).toBe(2)
    expect(lines.mostLive).toBe(1)
  })

  it('cuts a peer that says nothing any more', async () => {
    const { street, process } = await open()
    const { lines } = street.emulator
    lines.freeze(true)
    await street.emulator.waitUntil(() => lines.opened > 1)
    lines.freeze(false)
    await street.emulator.waitUntil(() => lines.subscriptions === 2)
    await street.say(process, '李敏', '打卡', 'wrG01')
    await street.emulator.waitUntil(() => shownIn(street).length === 1)
  })

  it('a subscription that nobody answers is given up and tried again', async () => {
    const street = await openBotStreet({ mode: 'line' })
    onTestFinished(() => street.dispose())
    street.emulator.lines.plan('aibot_subscribe', { isSilent: true })
    await street.start()
    await street.emulator.waitUntil(() => street.emulator.lines.subscriptions === 1)
  })

  it('853000: refused credentials stop it, are told to the administrator once, and show in readyz', async () => {
    const street = await openBotStreet({ mode: 'line', botSecret: 'wrong', connection: { refusedMs: 100 } })
    onTestFinished(() => street.dispose())
    const process = await street.start()
    await street.emulator.waitUntil(() => street.emulator.lines.opened >= 3)
    expect(process.channel.health()).toEqual({ ok: false, reason: '企业微信拒绝了智能机器人的 BotID 或 Secret' })
    expect(process.events).toEqual([
      { kind: 'warning', channel: 'wecom', about: 'bot-refused', text: expect.stringContaining('853000') },
    ])
    expect(process.log.join('')).not.toContain('wrong')
  })

  it('a message that cannot be stored is tried again until it is', async () => {
    let failures = 2
    const { street, process } = await open({
      mapUserIds: async () => {
        failures -= 1
        if (failures >= 0) throw new Error('down')
        return new Map([['woX', 'wc1']])
      },
    })
    await street.say(process, 'woX', '打卡', 'wrG01')
    await street.emulator.waitUntil(() => shownIn(street).length === 1)
    expect(shownIn(street)[0]?.text).toBe(checkIn)
  })
})

describe('a text that nobody asked for', () => {
  it('is pushed where somebody has spoken to the bot', async () => {
    const { street, process } = await open()
    await street.say(process, '李敏', '打卡', 'wrG01')
    await street.emulator.waitUntil(() => shownIn(street).length === 1)
    await tell(street, 'wrG01')
    await street.emulator.waitUntil(() => shownIn(street).length === 2)
    expect(shownIn(street)[1]).toEqual({ chat: 'wrG01', via: 'push', msgtype: 'markdown', text: '今日待办 3 件。' })
  })

  it('93006: elsewhere it is dead with an alarm until somebody speaks there', async () => {
    const { street, process } = await open()
    await tell(street, 'wrG02')
    const dead = await waitForState(street, '今日待办 3 件。', 'dead')
    expect(dead.error).toContain('93006')
    expect((await street.outbox()).some(({ text }) => text.startsWith('有消息没能送达'))).toBe(true)
    await street.say(process, '张丽', '打卡', 'wrG02')
    await street.emulator.waitUntil(() => shownIn(street, 'wrG02').length === 1)
    await tell(street, 'wrG02', '再说一次。')
    await street.emulator.waitUntil(() => shownIn(street, 'wrG02').length === 2)
  })

  it('carries a picture: uploaded in pieces, then shown', async () => {
    const { street, process } = await open()
    await street.say(process, '李敏', '打卡', 'wrG01')
    await street.emulator.waitUntil(() => shownIn(street).length === 1)
    await tell(street, 'wrG01', '本周小结', { kind: 'weekly-chart', data: {} })
    await street.emulator.waitUntil(() => shownIn(street).length === 3)
    expect(shownIn(street).slice(1)).toMatchObject([
      { via: 'push', msgtype: 'markdown', text: '本周小结' },
      { via: 'push', msgtype: 'image', media: Buffer.from('a picture') },
    ])
  })

  it('waits while the line is down, and is not counted as tried', async () => {
    const { street, process } = await open()
    await street.say(process, '李敏', '打卡', 'wrG01')
    await street.emulator.waitUntil(() => shownIn(street).length === 1)
    street.emulator.lines.refuse(true)
    street.emulator.lines.cut()
    await street.emulator.waitUntil(() => !street.emulator.lines.isLive)
    await tell(street, 'wrG01')
    await sleep(300)
    expect(await waitForState(street, '今日待办 3 件。', 'pending')).toMatchObject({ attempts: 0 })
    street.emulator.lines.refuse(false)
    await street.emulator.waitUntil(() => street.emulator.lines.isLive)
    street.shift(3_000)
    await street.emulator.waitUntil(() => shownIn(street).length === 2)
  })

  it('the 29th in a minute waits for the next one: WeCom allows thirty', async () => {
    const { street, process } = await open()
    await street.say(process, '李敏', '打卡', 'wrG01')
    await street.emulator.waitUntil(() => shownIn(street).length === 1)
    const { channel } = process
    const send = (nth: number) =>
      channel.send({
        to: { kind: 'chat', chatId: 'wrG01' },
        route: { kind: 'api' },
        title: 't',
        text: `第${nth}条`,
        mentions: [],
        idempotencyKey: `k${nth}`,
      })
    for (let nth = 2; nth <= 28; nth++) await send(nth)
    await expect(send(29)).rejects.toMatchObject({ fault: 'throttled' })
    const error = await send(29).catch(reason => reason)
    expect(error.retryAfterMs).toBeGreaterThan(30_000)
    street.shift(61_000)
    await street.emulator.waitUntil(
      () => channel.reaches?.({ kind: 'api' }, { kind: 'chat', chatId: 'wrG01' }) === 'now',
    )
    await send(29)
    expect(street.emulator.lines.frames.filter(({ cmd }) => cmd === 'aibot_send_msg')).toHaveLength(28)
  })
})

describe('an answer that WeCom does not take', () => {
  it.each([846605, 846608])('%i: the time to answer is over, so it is pushed', async errcode => {
    const { street, process } = await open()
    street.emulator.lines.plan('aibot_respond_msg', { errcode })
    await street.say(process, '李敏', '打卡', 'wrG01')
    await street.emulator.waitUntil(() => shownIn(street).length === 1)
    expect(shownIn(street)).toMatchObject([{ via: 'push', text: checkIn }])
  })

  it('after a day it is pushed: the way to answer has ended', async () => {
    const { street, process } = await open()
    process.hold(true)
    await street.say(process, '李敏', '打卡', 'wrG01')
    await sleep(150)
    street.shift(25 * 60 * 60_000)
    process.hold(false)
    await street.emulator.waitUntil(() => shownIn(street).length === 1)
    expect(shownIn(street)).toMatchObject([{ via: 'push', text: checkIn }])
  })

  it('or that was never acknowledged is sent again, marked', async () => {
    const { street, process } = await open()
    street.emulator.lines.plan('aibot_respond_msg', { isCut: true })
    await street.say(process, '李敏', '打卡', 'wrG01')
    await street.emulator.waitUntil(() => street.emulator.lines.subscriptions === 2)
    street.shift(10_000)
    await street.emulator.waitUntil(() => shownIn(street).length === 1)
    expect(shownIn(street)).toMatchObject([{ via: 'push', text: `【补发】${checkIn}` }])
  })

  it('45009: waits a minute', async () => {
    const { street, process } = await open()
    street.emulator.lines.plan('aibot_respond_msg', { errcode: 45009 })
    await street.say(process, '李敏', '打卡', 'wrG01')
    await sleep(300)
    expect(shownIn(street)).toEqual([])
    street.shift(61_000)
    await street.emulator.waitUntil(() => shownIn(street).length === 1)
  })
})

describe('the emulated line', () => {
  it('is one that WeCom’s own client takes for real: subscribe, message, answer, push, upload', async () => {
    const street = await openBotStreet({ mode: 'line' })
    onTestFinished(() => street.dispose())
    const { emulator } = street
    const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
    const { id: botId, secret } = emulator.bot
    const client = new WSClient({ botId, secret, wsUrl: emulator.wsUrl, logger: quiet })
    onTestFinished(() => client.disconnect())
    client.on('message.text', frame => void client.replyStream(frame, 's1', `听到：${frame.body?.text?.content}`, true))
    const authenticated = new Promise(resolve => client.on('authenticated', () => resolve(undefined)))
    client.connect()
    await authenticated
    emulator.lines.push(emulator.write({ from: 'wc1', text: '你好' }))
    await emulator.waitUntil(() => emulator.shown.length === 1)
    expect(emulator.shown).toMatchObject([{ chat: 'wc1', via: 'message', text: '听到：你好' }])
    await client.sendMessage('wc1', { chat_type: 1, msgtype: 'markdown', markdown: { content: '推' } } as never)
    await expect(
      client.sendMessage('wr-silent', { chat_type: 2, msgtype: 'markdown', markdown: { content: '推' } } as never),
    ).rejects.toMatchObject({ errcode: 93006 })
    const { media_id } = await client.uploadMedia(Buffer.alloc(1_200_000, 7), { type: 'file', filename: 'a.bin' })
    expect(media_id).not.toBe('')
  })
})

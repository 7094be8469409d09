import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createSay } from '../../../handlers/say.ts'
import { inStreet } from '../../../storage/database.ts'
import { type BotProcess, type BotStreet, type BotStreetOptions, openBotStreet } from '../../support/bot-street.ts'

async function open(options: Partial<BotStreetOptions> = {}): Promise<{ street: BotStreet; process: BotProcess }> {
  const street = await openBotStreet({ mode: 'callback', ...options })
  onTestFinished(() => street.dispose())
  return { street, process: await street.start() }
}

const shownIn = (street: BotStreet, chat = 'wrG01') => street.emulator.shownIn(chat)

async function countMessages({ db }: BotStreet): Promise<number> {
  return (await db.sql.selectFrom('message').select('id').execute()).length
}

describe('the address of the bot', () => {
  it('is saved: the plain text comes back within the second, also where a + was not encoded', async () => {
    const { street, process } = await open()
    expect(await street.emulator.checkUrl(process.callback)).toMatchObject({ isSaved: true })
    for (let times = 0; times < 10; times++) {
      expect(await street.emulator.checkUrl(process.callback, { isPlusRaw: true })).toMatchObject({ isSaved: true })
    }
    expect(await street.emulator.checkUrl(process.callback, { spoil: 'signature' })).toMatchObject({
      status: 401,
      body: '{"error":"rejected"}',
    })
  })
})

describe('an answer over the callback', () => {
  it('comes back in the very response to the POST', async () => {
    const { street, process } = await open()
    const msgId = await street.say(process, '李敏', '打卡', 'wrG01')
    expect(shownIn(street)).toEqual([
      { chat: 'wrG01', via: 'reply', to: msgId, msgtype: 'stream', text: '李敏 已记上班打卡 08:00。' },
    ])
    expect(street.emulator.polls).toBe(0)
    expect(street.emulator.dropped).toEqual([])
    const checkIns = await street.db.sql.selectFrom('check_in').select(['kind', 'source']).execute()
    expect(checkIns).toEqual([{ kind: 'on', source: 'chat' }])
  })

  it('that is late is taken away by a poll', async () => {
    const { street, process } = await open()
    process.hold(true)
    const body = street.emulator.write({ from: street.idOf('李敏'), chat: 'wrG01', text: '@网格助手 打卡' })
    const { done } = await street.emulator.post(process.callback, body)
    await street.emulator.waitUntil(() => street.emulator.polls >= 2)
    expect(shownIn(street)).toEqual([])
    process.hold(false)
    await done
    expect(shownIn(street)).toMatchObject([{ via: 'reply', to: body.msgid, text: '李敏 已记上班打卡 08:00。' }])
    expect(street.emulator.dropped).toEqual([])
  })

  it('that comes after six minutes leaves by the response_url, and the stream is closed before', async () => {
    const { street, process } = await open()
    process.hold(true)
    const body = street.emulator.write({ from: street.idOf('李敏'), chat: 'wrG01', text: '@网格助手 打卡' })
    const { done } = await street.emulator.post(process.callback, body)
    await street.emulator.waitUntil(() => street.emulator.polls >= 1)
    street.shift(5.6 * 60_000)
    await done
    process.hold(false)
    await street.emulator.waitUntil(() => shownIn(street).length === 2)
    expect(shownIn(street)).toMatchObject([
      { via: 'reply', text: '已另发消息答复。' },
      { via: 'response_url', to: body.msgid, msgtype: 'markdown', text: expect.stringContaining('已记上班打卡') },
    ])
    expect(street.emulator.dropped).toEqual([])
  })

  it('that is due after minutes leaves no bubble behind and comes by the response_url of its own message', async () => {
    const { street, process } = await open()
    await street.say(process, '李敏', '打卡', 'wrG01')
    const second = await street.say(process, '王强', '打卡', 'wrG01')
    expect(shownIn(street)).toHaveLength(1)
    street.shift(5 * 60_000)
    await street.emulator.waitUntil(() => shownIn(street).length === 2)
    expect(shownIn(street)[1]).toMatchObject({ via: 'response_url', to: second, text: '王强 已记上班打卡 08:00。' })
  })

  it('stays in the private chat where it was asked', async () => {
    const { street, process } = await open()
    const msgId = await street.say(process, '李敏', '走访了3幢王奶奶，20分钟')
    expect(shownIn(street, street.idOf('李敏'))).toMatchObject([
      { via: 'reply', to: msgId, text: expect.stringContaining('王奶奶') },
    ])
  })

  it('keeps what people typed as it is: nothing becomes a heading, a link or a mention', async () => {
    const { street, process } = await open()
    await street.say(process, '李敏', '信息：5幢**新搬来**[一家](http://x.example)三口<@all>，外地户籍')
    const text = shownIn(street, street.idOf('李敏'))[0]?.text ?? ''
    expect(text).not.toMatch(/\*\*|\]\(|<@/)
  })

  it('greets once when the private chat is opened, in plain text as a welcome must be', async () => {
    const { street, process } = await open()
    const event = street.emulator.writeEvent({ from: street.idOf('李敏'), type: 'enter_chat' })
    await (await street.emulator.post(process.callback, event)).done
    await (await street.emulator.post(process.callback, event)).done
    expect(street.emulator.dropped).toEqual([])
    const greetings = shownIn(street, street.idOf('李敏'))
    expect(greetings[0]).toMatchObject({ via: 'reply', msgtype: 'text', text: expect.stringContaining('您好，李敏') })
    expect(new Set(greetings.map(({ text }) => text)).size).toBe(1)
    expect(await countMessages(street)).toBe(1)
  })

  it('to feedback is an empty 200, and nothing is stored', async () => {
    const { street, process } = await open()
    const event = street.emulator.writeEvent({ from: 'wc1', type: 'feedback_event', detail: { id: 'f', type: 1 } })
    expect((await street.emulator.post(process.callback, event)).responses).toMatchObject([{ status: 200, body: '' }])
    expect(await countMessages(street)).toBe(0)
  })
})

describe('repeats', () => {
  it('reliability 20: the same msgid three times, sealed anew each time, is one record with one and the same answer', async () => {
    const { street, process } = await open()
    const body = street.emulator.write({ from: street.idOf('李敏'), chat: 'wrG01', text: '@网格助手 打卡' })
    for (const _ of [0, 5, 10]) {
      await (await street.emulator.post(process.callback, body)).done
      street.shift(5_000)
    }
    const together = [1, 2, 3].map(() => street.emulator.post(process.callback, body))
    for (const posted of await Promise.all(together)) await posted.done
    expect(await countMessages(street)).toBe(1)
    expect(new Set(shownIn(street).map(({ text }) => text))).toEqual(new Set(['李敏 已记上班打卡 08:00。']))
    expect(await street.db.sql.selectFrom('check_in').select('id').execute()).toHaveLength(1)
  })

  it('reliability 19: fifty different messages of one person in one second are fifty records', async () => {
    const { street, process } = await open()
    process.hold(true)
    const posts = Array.from({ length: 50 }, (_, nth) => {
      const text = `信息：${nth + 1}幢新搬来一家三口`
      return street.emulator.post(process.callback, street.emulator.write({ from: street.idOf('李敏'), text }))
    })
    for (const { responses } of await Promise.all(posts)) expect(responses.at(-1)).toMatchObject({ status: 200 })
    expect(await countMessages(street)).toBe(50)
  })

  it('that come while the first is still being stored get its answer too', async () => {
    const { street, process } = await open()
    process.hold(true)
    const body = street.emulator.write({ from: street.idOf('李敏'), chat: 'wrG01', text: '@网格助手 打卡' })
    const first = street.emulator.post(process.callback, body)
    const second = street.emulator.post(process.callback, body)
    process.hold(false)
    for (const posted of [await first, await second]) {
      await posted.done
      expect(posted.responses).toMatchObject([{ status: 200 }])
    }
    expect(await countMessages(street)).toBe(1)
  })
})

describe('a repeat that reaches another process', () => {
  it('is acknowledged, and gets the answer if that is still to come', async () => {
    const { street, process } = await open()
    process.hold(true)
    const body = street.emulator.write({ from: street.idOf('李敏'), chat: 'wrG01', text: '@网格助手 打卡' })
    await street.emulator.post(process.callback, body)
    await process.kill()
    const next = await street.start(true)
    const repeated = street.emulator.post(next.callback, body)
    await sleep(100)
    next.hold(false)
    await (await repeated).done
    await (await street.emulator.post(next.callback, body)).done
    expect(new Set(shownIn(street).map(({ text }) => text))).toEqual(new Set(['李敏 已记上班打卡 08:00。']))
    expect(street.emulator.responseCalls).toBe(0)
    expect(await countMessages(street)).toBe(1)
  })

  it('after everything was said is an empty 200 at once', async () => {
    const { street, process } = await open()
    const body = street.emulator.write({ from: street.idOf('李敏'), chat: 'wrG01', text: '@网格助手 打卡' })
    await (await street.emulator.post(process.callback, body)).done
    await process.stop()
    const next = await street.start()
    expect((await street.emulator.post(next.callback, body)).responses).toMatchObject([{ status: 200, body: '' }])
  })
})

describe('a response_url', () => {
  /** Somebody's check-in that shares the line of a later one, so that its answer is due when the POST is long over. */
  async function owe(street: BotStreet, process: BotProcess): Promise<string> {
    await street.say(process, '李敏', '打卡', 'wrG01')
    return street.say(process, '王强', '打卡', 'wrG01')
  }

  it('is stored as spent while it is being called, and whatever becomes of the call, it is not called again', async () => {
    const { street, process } = await open()
    await owe(street, process)
    let cut = () => {}
    street.emulator.failResponse({ isCut: true, until: new Promise(resolve => (cut = resolve)) })
    street.shift(5 * 60_000)
    await street.emulator.waitUntil(() => street.emulator.responseCalls === 1)
    const spent = await street.db.sql.selectFrom('reply_ref').select('id').where('spent_at', 'is not', null).execute()
    expect(spent).toHaveLength(1)
    cut()
    const isDead = async () => (await street.outbox()).some(({ state }) => state === 'dead')
    for (let looks = 0; looks < 200 && !(await isDead()); looks++) {
      street.shift(5_000)
      await sleep(20)
    }
    expect(await isDead()).toBe(true)
    expect(street.emulator.responseCalls).toBe(1)
    expect(shownIn(street)).toHaveLength(1)
  })

  it('that WeCom refuses is given up for the push address', async () => {
    const { street, process } = await open()
    const url = street.emulator.webhookOf('wrG01')
    const chat = await street.db.sql
      .selectFrom('chat')
      .select('id')
      .where('platform_id', '=', 'wrG01')
      .executeTakeFirstOrThrow()
    const webhook = street.db.vault.seal(url, { table: 'chat', column: 'webhook', id: chat.id })
    await street.store.transact(db => db.sql.updateTable('chat').set({ webhook }).where('id', '=', chat.id).execute())
    await owe(street, process)
    street.emulator.failResponse({ errcode: 40035 })
    street.shift(5 * 60_000)
    await street.emulator.waitUntil(() => shownIn(street).length === 2)
    expect(shownIn(street)[1]).toMatchObject({ via: 'webhook', text: '王强 已记上班打卡 08:00。' })
  })

  it('outlives a restart: what waited is answered by the next process, and a stream left open is closed', async () => {
    const { street, process } = await open()
    process.hold(true)
    const body = street.emulator.write({ from: street.idOf('李敏'), chat: 'wrG01', text: '@网格助手 打卡' })
    await street.emulator.post(process.callback, body)
    await process.kill()
    const next = await street.start()
    await street.emulator.waitUntil(() => shownIn(street).length === 1)
    expect(shownIn(street)).toMatchObject([{ via: 'response_url', to: body.msgid }])
    const poll = { ...body, msgid: 'poll', msgtype: 'stream', stream: { id: 'of-a-dead-process' } }
    const { done } = await street.emulator.post(next.callback, poll)
    await done
    expect(shownIn(street)[1]).toMatchObject({ via: 'reply', text: '已另发消息答复。' })
  })

  it('on a foreign host is never called', async () => {
    const { street, process } = await open()
    const body = street.emulator.write({ from: street.idOf('李敏'), chat: 'wrG01', text: '@网格助手 打卡' })
    body.response_url = 'http://127.0.0.1:9/cgi-bin/aibot/response?response_code=x'
    await (await street.emulator.post(process.callback, body)).done
    const refs = await street.db.sql.selectFrom('reply_ref').select(['id', 'ref']).execute()
    const opened = refs.map(({ id, ref }) =>
      street.db.vault.open(ref, { table: 'reply_ref', column: 'ref', id }).reveal(),
    )
    expect(opened).toEqual([expect.not.stringContaining('127.0.0.1:9')])
  })
})

describe('a group that nobody just wrote in', () => {
  const tell = (street: BotStreet, chat: string) =>
    street.store.transact(async everywhere => {
      const db = inStreet(everywhere, street.db.street)
      const { id } = await db.sql
        .selectFrom('chat')
        .select('id')
        .where('platform_id', '=', chat)
        .executeTakeFirstOrThrow()
      await createSay(db, { at: street.now() }).toChat(id, '【工作提示单】今日 16:00 前报进度。', {
        kind: 'test',
        urgency: 'notice',
      })
    })

  it('is reached through its push address', async () => {
    const { street, process } = await open()
    const { id } = await street.db.sql
      .selectFrom('chat')
      .select('id')
      .where('platform_id', '=', 'wrG02')
      .executeTakeFirstOrThrow()
    const webhook = street.db.vault.seal(street.emulator.webhookOf('wrG02'), { table: 'chat', column: 'webhook', id })
    await street.store.transact(db => db.sql.updateTable('chat').set({ webhook }).where('id', '=', id).execute())
    await tell(street, 'wrG02')
    await street.emulator.waitUntil(() => shownIn(street, 'wrG02').length === 1)
    expect(shownIn(street, 'wrG02')).toMatchObject([{ via: 'webhook', msgtype: 'text' }])
    expect(process.channel.health()).toEqual({ ok: true })
  })

  it('without one is not: the text is dead, the administrator is told, and the chat stays open for answers', async () => {
    const { street, process } = await open()
    await tell(street, 'wrG02')
    const find = async () => (await street.outbox()).find(({ text }) => text.startsWith('【工作提示单】'))
    for (let tries = 0; tries < 200 && (await find())?.state === 'pending'; tries++) {
      await sleep(10)
    }
    expect(await find()).toMatchObject({ state: 'dead', error: expect.stringContaining('推送地址') })
    const alarms = (await street.outbox()).filter(({ text }) => text.startsWith('有消息没能送达'))
    expect(alarms).toHaveLength(1)
    await street.say(process, '张丽', '打卡', 'wrG02')
    expect(shownIn(street, 'wrG02')).toMatchObject([{ via: 'reply' }])
  })
})

describe('a picture in the group', () => {
  it('comes with the words beside it, and opens with the key of the callback', async () => {
    const { street, process } = await open()
    const bytes = Buffer.from('grid-photo-bytes-0001')
    const items = [
      { msgtype: 'text', text: { content: '@网格助手 3号楼楼道堆物，请处理' } },
      { msgtype: 'image', image: street.emulator.shelve(bytes) },
    ]
    const content = { msgtype: 'mixed', mixed: { msg_item: items } }
    const body = street.emulator.write({ from: street.idOf('李敏'), chat: 'wrG01', content })
    await (await street.emulator.post(process.callback, body)).done
    const { id, ref } = await street.db.sql.selectFrom('photo').select(['id', 'ref']).executeTakeFirstOrThrow()
    const opened = street.db.vault.open(ref, { table: 'photo', column: 'ref', id }).reveal()
    expect(await process.channel.fetchMedia({ kind: 'image', ref: opened }, 1000)).toEqual(bytes)
  })
})

describe('who it was', () => {
  it('is found behind an encrypted id through the app, once, and kept', async () => {
    const asked: string[] = []
    const { street, process } = await open({
      mapUserIds: async ids => {
        asked.push(...ids)
        return new Map(ids.flatMap(id => (id.startsWith('wo') ? [[id, `wc1`]] : [])))
      },
    })
    expect(street.idOf('李敏')).toBe('wc1')
    await street.say(process, 'woENCRYPTED', '打卡', 'wrG01')
    await street.say(process, 'woENCRYPTED', '巡查了沿江路一圈', 'wrG01')
    await street.say(process, 'wc1', '查一下我的考勤', 'wrG01')
    await street.say(process, 'nobody', '打卡', 'wrG01')
    await street.say(process, 'nobody', '打卡', 'wrG01')
    expect(asked).toEqual(['woENCRYPTED', 'nobody'])
    expect(shownIn(street)[0]?.text).toContain('李敏 已记上班打卡')
    const senders = await street.db.sql.selectFrom('message').select('sender_platform_id').orderBy('id').execute()
    expect(senders.map(row => row.sender_platform_id)).toEqual(['wc1', 'wc1', 'wc1', 'nobody', 'nobody'])
  })

  it('cannot be asked while the platform is down: the message is not acknowledged, and taken when it comes again', async () => {
    let isDown = true
    const { street, process } = await open({
      mapUserIds: async ids => {
        if (isDown) throw new Error('down')
        return new Map(ids.map(id => [id, 'wc1']))
      },
    })
    const body = street.emulator.write({ from: 'woENCRYPTED', chat: 'wrG01', text: '@网格助手 打卡' })
    const failed = await street.emulator.post(process.callback, body)
    expect(failed.responses.map(({ status }) => status)).toEqual([503, 503, 503])
    expect(await countMessages(street)).toBe(0)
    isDown = false
    await (await street.emulator.post(process.callback, body)).done
    expect(shownIn(street)).toMatchObject([{ text: '李敏 已记上班打卡 08:00。' }])
  })
})

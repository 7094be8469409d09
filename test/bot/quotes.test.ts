import { describe, expect, it, onTestFinished } from 'vitest'
import { resolveQuote } from '../../bot/quotes.ts'
import { insertOutboxItem } from '../../storage/outbox.ts'
import { insertSentMessage } from '../../storage/outbox-queue.ts'
import { databases } from '../support/stores.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'

const DAY_MS = 24 * 60 * 60_000

async function open(database: 'sqlite' | 'postgres'): Promise<TestStreet> {
  const street = await openTestStreet({ database })
  onTestFinished(() => street.dispose())
  return street
}

/** Something we said in a chat. @returns what a quote of it is known by */
function said(street: TestStreet, text: string, { chat = 'G01', ago = 0 } = {}): Promise<string> {
  const at = street.now() - ago
  return street.change(async db => {
    const row = await db.sql.selectFrom('chat').select('id').where('platform_id', '=', 'G01').executeTakeFirstOrThrow()
    const to = { kind: 'chat', chatId: row.id } as const
    const { id } = await insertOutboxItem(db, { to, kind: 'test', text, urgency: 'normal', at })
    const sent = {
      outboxId: id,
      street: db.street,
      channel: 'simulator',
      target: chat,
      route: 'r',
      text,
      mentions: [],
      at,
    }
    await insertSentMessage(db, sent)
    return id
  })
}

function resolve(street: TestStreet, text: string, chat = 'G01') {
  const inbound = {
    channel: 'simulator',
    chat: { id: chat, kind: chat.startsWith('@') ? 'direct' : 'group' },
    sender: { platformId: '李敏' },
    quote: { text },
  } as const
  return resolveQuote(street.db, inbound, street.now())
}

describe.each(databases)('a quote without an id on $name', ({ name }) => {
  it('is the newest text of that chat with those words', async () => {
    const street = await open(name)
    await said(street, '事件 #3 已受理，请尽快到场。', { ago: 60_000 })
    const newest = await said(street, '事件 #3 已受理，请尽快到场。')
    await said(street, '事件 #3 已受理，请尽快到场。', { chat: 'G02' })
    expect(await resolve(street, '事件 #3 已受理，请尽快到场。')).toEqual({
      id: newest,
      text: '事件 #3 已受理，请尽快到场。',
    })
  })

  it('is known again though the platform folded its lines, cut it, or showed it in full-width signs', async () => {
    const street = await open(name)
    const text = '【工作提示单 第12号】消防检查\n要求：逐户*登记*，<周五>前报数\n时限：11月20日'
    const id = await said(street, text)
    for (const shown of [
      '【工作提示单 第12号】消防检查 要求：逐户*登记*，<周五>前报数 时限：11月20日',
      '【工作提示单 第12号】消防检查\n要求：逐户＊登记＊，＜周五＞前报数\n时限：11月20日',
      '【工作提示单 第12号】消防检查\n要求：逐户…',
      '小格：【工作提示单 第12号】消防检查\n要求：逐户*登记*，<周五>前报数\n时限：11月20日',
    ]) {
      expect(await resolve(street, shown)).toEqual({ id, text })
    }
  })

  it('is somebody’s own message', async () => {
    const street = await open(name)
    await street.say('李敏', '3号楼楼道堆物，请处理', { group: 'G01', id: 'their-message' })
    expect(await resolve(street, '3号楼楼道堆物，请处理')).toMatchObject({ id: 'their-message' })
  })

  it('is else the newest of ours that names the same number', async () => {
    const street = await open(name)
    await said(street, '事件 #31 已办结。')
    const id = await said(street, '事件 #3 已派给平安办。')
    expect(await resolve(street, '事件 #3 的那条')).toMatchObject({ id })
  })

  it('in private is looked for under either name of that chat', async () => {
    const street = await open(name)
    const id = await said(street, '1号请假已报，等审批。', { chat: '@李敏' })
    expect(await resolve(street, '1号请假已报，等审批。', '@李敏')).toMatchObject({ id })
  })

  it('stays as it came where nothing fits: other words, another chat, weeks ago, too short to tell', async () => {
    const street = await open(name)
    await said(street, '事件 #3 已受理，请尽快到场。', { chat: 'G02' })
    await said(street, '事件 #4 已受理，请尽快到场。', { ago: 15 * DAY_MS })
    await said(street, '收到')
    for (const text of ['事件 #3 已受理，请尽快到场。', '事件 #4 已受理，请尽快到场。', '收到了', '3号楼漏水', '']) {
      expect(await resolve(street, text)).toEqual({ text })
    }
  })

  it('with an id is left alone', async () => {
    const street = await open(name)
    await said(street, '事件 #3 已受理，请尽快到场。')
    const quote = { id: 'told', text: '事件 #3 已受理，请尽快到场。' }
    const inbound = { channel: 'simulator', chat: { id: 'G01', kind: 'group' }, sender: {}, quote } as const
    expect(await resolveQuote(street.db, inbound, street.now())).toBe(quote)
  })
})

describe('quoting what was said of an incident, without an id', () => {
  it('goes on with that incident: the picture of another person is added to it', async () => {
    const street = await open('sqlite')
    const { replies } = await street.say('李敏', '3号楼楼道堆物，请处理', { group: 'G01' })
    const text = replies.find(({ to }) => to === 'group')?.text ?? ''
    await said(street, text)
    const added = await street.say('陈桂芳', '', { group: 'G01', images: 1, quote: { text: `${text.slice(0, 12)}…` } })
    expect(added.replies.map(reply => reply.text).join()).toContain('#1')
    expect(await street.db.sql.selectFrom('incident').select('id').execute()).toHaveLength(1)
  })
})

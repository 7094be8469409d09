import { describe, expect, it } from 'vitest'
import { decodeBotPush } from '../../../bot/channels/wecom/bot-decode.ts'
import { stripBotName } from '../../../bot/channels/wecom/bot-mentions.ts'

const facts = { botName: '网格助手', receivedAt: 1767225722000 }
const common = { msgid: 'M-17', aibotid: 'aib01', from: { userid: 'zhangsan' } }
const inGroup = { ...common, chatid: 'wrG01', chattype: 'group' }
const alone = { ...common, chattype: 'single' }

function read(body: unknown) {
  const decoded = decodeBotPush(body, facts)
  if (!('message' in decoded)) throw new Error(decoded.kind)
  return decoded.message
}

describe('a message of the bot', () => {
  it('in a group is the text without the @ of the bot', () => {
    expect(read({ ...inGroup, msgtype: 'text', text: { content: '@网格助手 3号楼漏水' } })).toEqual({
      channel: 'wecom',
      robot: 'aib01',
      id: 'M-17',
      chat: { id: 'wrG01', kind: 'group' },
      sender: { platformId: 'zhangsan' },
      at: facts.receivedAt,
      text: '3号楼漏水',
      mentions: [],
      media: [],
    })
  })

  it('in private is told by its sender', () => {
    const message = read({ ...alone, msgtype: 'text', text: { content: '打卡' } })
    expect(message.chat).toEqual({ id: '@zhangsan', kind: 'direct' })
  })

  it('of text and pictures keeps both, and the key of each picture over the long connection', () => {
    const image = { msgtype: 'image', image: { url: 'https://cos.example/x?sign=1', aeskey: 'S0VZ' } }
    const items = [
      { msgtype: 'text', text: { content: '@网格助手 5栋东门' } },
      image,
      { msgtype: 'text', text: { content: '垃圾' } },
    ]
    const message = read({ ...inGroup, msgtype: 'mixed', mixed: { msg_item: items } })
    expect(message.text).toBe('5栋东门\n垃圾')
    expect(message.media).toEqual([{ kind: 'image', ref: '["aibot","https://cos.example/x?sign=1","S0VZ"]' }])
  })

  it.each([
    ['image', { url: 'https://cos.example/i' }, 'image'],
    ['file', { url: 'https://cos.example/f' }, 'file'],
    ['video', { url: 'https://cos.example/v' }, 'video'],
  ])('that is one %s is that', (msgtype, part, kind) => {
    expect(read({ ...alone, msgtype, [msgtype]: part }).media).toEqual([{ kind, ref: `["aibot","${part.url}"]` }])
  })

  it('spoken is its words; without words it cannot be read', () => {
    expect(read({ ...alone, msgtype: 'voice', voice: { content: '三号楼路灯坏了' } }).text).toBe('三号楼路灯坏了')
    expect(read({ ...alone, msgtype: 'voice', voice: { content: ' ' } }).fault).toBe('unsupported')
  })

  it('from a bot that is not named is taken in all the same', () => {
    const { aibotid: _, ...unnamed } = { ...alone, msgtype: 'text', text: { content: '打卡' } }
    expect(read(unnamed)).toMatchObject({ robot: 'aibot', id: 'M-17' })
  })

  it('of a kind that is not known is taken in as such', () => {
    expect(read({ ...alone, msgtype: 'location', location: {} }).fault).toBe('unsupported')
  })

  it('quotes words or a picture, without telling which message', () => {
    const text = { content: '@网格助手 办好了' }
    const quote = { msgtype: 'text', text: { content: '昨天已清理' } }
    expect(read({ ...inGroup, msgtype: 'text', text, quote }).quote).toEqual({ text: '昨天已清理' })
    const photo = { msgtype: 'image', image: { url: 'https://cos.example/x' } }
    expect(read({ ...inGroup, msgtype: 'text', text, quote: photo }).quote).toEqual({
      media: [{ kind: 'image', ref: '["aibot","https://cos.example/x"]' }],
    })
  })

  it('tells the people that were @-ed beside the bot', () => {
    const text = { content: '@网格助手 @李敏 @王强\u2005请看3号楼' }
    const message = read({ ...inGroup, msgtype: 'text', text })
    expect(message.text).toBe('@李敏 @王强\u2005请看3号楼')
    expect(message.mentions).toEqual([{ name: '李敏' }, { name: '王强' }])
  })
})

describe('an event of the bot', () => {
  const event = (eventtype: string, detail: object = {}) => ({
    ...alone,
    create_time: 1767225700,
    msgtype: 'event',
    event: { eventtype, [eventtype]: detail },
  })

  it('enter_chat is an arrival, also without chattype and chatid', () => {
    const { chattype: _, ...bare } = event('enter_chat')
    const decoded = decodeBotPush(bare, facts)
    expect(decoded).toMatchObject({
      kind: 'arrival',
      message: { isArrival: true, chat: { id: '@zhangsan', kind: 'direct' }, at: 1767225700000 },
    })
  })

  it('template_card_event is a press; its key is nested, whatever the SDK says', () => {
    const taskId = '1m7nz81k40018tjw1krz5v'
    const press = { card_type: 'button_interaction', event_key: 'approve', task_id: `${taskId}_2` }
    const decoded = decodeBotPush({ ...event('template_card_event', press), event_key: 'wrong' }, facts)
    expect(decoded).toMatchObject({
      kind: 'press',
      taskId: `${taskId}_2`,
      message: { press: { card: taskId, key: 'approve' } },
    })
  })

  it.each([
    ['feedback_event', 'ignored'],
    ['something_new', 'ignored'],
  ])('%s is %s', (type, kind) => {
    expect(decodeBotPush(event(type), facts)).toEqual({ kind })
  })

  it('disconnected_event says so, though nobody is named in it', () => {
    expect(decodeBotPush({ event: { eventtype: 'disconnected_event' } }, facts)).toEqual({ kind: 'displaced' })
  })

  it('a poll asks for a stream', () => {
    expect(decodeBotPush({ ...inGroup, msgtype: 'stream', stream: { id: 's-1' } }, facts)).toEqual({
      kind: 'poll',
      streamId: 's-1',
    })
  })

  it.each([undefined, null, 7, 'text', [], {}, { msgid: 'x' }, { ...inGroup, msgid: 'a\u0000b' }])(
    '%j is no push',
    body => {
      expect(decodeBotPush(body, facts)).toEqual({ kind: 'malformed' })
    },
  )
})

describe('the name of the bot', () => {
  it.each([
    ['@网格助手 打卡', '网格助手', '打卡'],
    ['@网格助手  打卡', '网格助手', '打卡'],
    ['@网格助手\u2005打卡', '网格助手', '打卡'],
    ['打卡 @网格助手', '网格助手', '打卡'],
    ['@网格助手', '网格助手', ''],
    ['@Grid Helper 打卡', 'Grid Helper', '打卡'],
    ['@grid  helper 打卡', 'Grid Helper', '打卡'],
    ['@小区机器人 打卡', '网格助手', '打卡'],
    ['@李敏 @网格助手 看一下', '网格助手', '@李敏 看一下'],
    ['@李敏 @王强 看一下', '网格助手', '@李敏 @王强 看一下'],
    ['写信到 a@b.cn 问', '网格助手', '写信到 a@b.cn 问'],
    ['@网格助手二号 打卡', '网格助手', '打卡'],
  ])('%j leaves %3$j behind', (text, name, left) => {
    expect(stripBotName(text, name)).toBe(left)
  })
})

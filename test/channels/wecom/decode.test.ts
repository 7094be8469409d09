import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeAppMessage } from '../../../bot/channels/wecom/decode.ts'
import { parseXml } from '../../../bot/channels/wecom/xml.ts'
import { type AppTelling, buildAppXml } from '../../emulators/wecom-messages.ts'
import { World } from '../../emulators/wecom-world.ts'
import { vectors } from './vectors.ts'

const NOW = Date.parse('2026-11-18T08:05:00+08:00')
const CARD = '0mhzq2k8a1b2c3d4e5f6g7'

const world = new World({
  corpId: 'ww1',
  agentId: 1000002,
  secret: 's',
  token: 't',
  aesKey: 'k',
  now: () => NOW,
  perMemberMinute: 30,
  pushesPerMinute: 20,
  tokenLifeSeconds: 7200,
  isTrustedIp: true,
})

function decodeXml(xml: string) {
  return decodeAppMessage(parseXml(xml) ?? {}, xml, { agentId: '1000002', machineNow: NOW })
}

function decode(telling: AppTelling, at = NOW) {
  return decodeXml(buildAppXml(world, telling, { at }))
}

function messageOf(telling: AppTelling) {
  const decoded = decode(telling)
  return decoded.kind === 'message' ? decoded.message : decoded
}

describe('a message to the app', () => {
  it('is read from the vector of the fact sheet, its long id a text', () => {
    const decoded = decodeXml(vectors[1]!.text)
    expect(decoded).toMatchObject({
      kind: 'message',
      message: {
        channel: 'wecom',
        robot: '1000002',
        id: '7301234567890123456',
        chat: { id: '@zhangsan', kind: 'direct' },
        sender: { platformId: 'zhangsan' },
        at: 1767225661000,
        text: '3号楼楼道堆物',
        mentions: [],
        media: [],
      },
    })
  })

  it('may hold its own end mark, entities and emoji', () => {
    const text = ']]> &lt;b&gt; 👨‍👩‍👧 <![CDATA['
    expect(messageOf({ kind: 'text', from: 'a', text })).toMatchObject({ text })
  })

  it('is a picture, fetched by its media id', () => {
    const media = [{ kind: 'image', ref: '["app","m1"]' }]
    expect(messageOf({ kind: 'image', from: 'a', mediaId: 'm1' })).toMatchObject({ text: '', media })
  })

  it('is voice that nobody wrote down: kept, and answered with the one polite line', () => {
    const voice = messageOf({ kind: 'voice', from: 'a', mediaId: 'v1' })
    expect(voice).toMatchObject({ media: [{ kind: 'audio' }], fault: 'unsupported' })
  })

  it('is a place in GCJ-02, X the latitude and Y the longitude', () => {
    const place = messageOf({ kind: 'location', from: 'a', lat: 30.25, lng: 120.15, label: '桃源社区服务站' })
    expect(place).toMatchObject({ location: { lat: 30.25, lng: 120.15, datum: 'GCJ-02', name: '桃源社区服务站' } })
    expect(messageOf({ kind: 'location', from: 'a', lat: 130, lng: 120 })).toMatchObject({ fault: 'unsupported' })
  })

  it('is a link: its title and address are the words', () => {
    const link = messageOf({ kind: 'link', from: 'a', title: '倡议书', url: 'https://x.example/1' })
    expect(link).toMatchObject({ text: '倡议书\nhttps://x.example/1' })
  })

  it('of a kind that nobody documents is taken all the same', () => {
    expect(messageOf({ kind: 'other', from: 'a', msgType: 'hologram' })).toMatchObject({
      text: '',
      fault: 'unsupported',
    })
    const file = messageOf({
      kind: 'other',
      from: 'a',
      msgType: 'file',
      fields: { MediaId: 'f1', FileName: '名单.xlsx' },
    })
    expect(file).toMatchObject({ media: [{ kind: 'file', ref: '["app","f1"]', fileName: '名单.xlsx' }] })
  })
})

describe('an event', () => {
  const event = (name: string, fields?: Record<string, string>, from = 'LiMin'): AppTelling => ({
    kind: 'event',
    from,
    event: name,
    fields,
  })

  it('of the menu says the words of its key', () => {
    expect(messageOf(event('click', { EventKey: '我的任务' }))).toMatchObject({ text: '我的任务', media: [] })
  })

  it('of the opened app greets, with one id for one person and day', () => {
    const ids = ['00:00:00', '08:05:00', '23:59:59'].map(time => {
      const decoded = decode(event('enter_agent'), Date.parse(`2026-11-18T${time}+08:00`))
      return decoded.kind === 'message' ? decoded.message.id : ''
    })
    expect(new Set(ids)).toEqual(new Set(['entered-2026-11-18-LiMin']))
    expect(messageOf(event('enter_agent'))).toMatchObject({ isArrival: true, text: '' })
    const next = decode(event('enter_agent'), Date.parse('2026-11-19T00:00:00+08:00'))
    expect(next).toMatchObject({ message: { id: 'entered-2026-11-19-LiMin' } })
  })

  it('of a pressed button names card and key, and how the card can be changed for 72 hours', () => {
    const fields = { EventKey: 'accept', TaskId: CARD, CardType: 'button_interaction', ResponseCode: 'RC-1' }
    const { press } = messageOf(event('template_card_event', fields)) as {
      press?: { handle?: { usableUntil: number } }
    }
    expect(press).toMatchObject({ card: CARD, key: 'accept', handle: { ref: 'app:RC-1' } })
    expect(press?.handle?.usableUntil).toBeLessThan(NOW + 72 * 3_600_000)
    expect(messageOf(event('template_card_event', { ...fields, TaskId: `${CARD}_2` }))).toMatchObject({
      press: { card: CARD },
    })
  })

  it('of a button that is none of ours is no message', () => {
    expect(decode(event('template_card_event', { EventKey: 'x', TaskId: 'somebody-elses' })).kind).toBe('malformed')
    expect(decode(event('template_card_event', { TaskId: CARD })).kind).toBe('malformed')
  })

  it('of the same second and person differs by its content', () => {
    const id = (key: string) => (messageOf(event('click', { EventKey: key })) as { id: string }).id
    expect(id('打卡')).toBe(id('打卡'))
    expect(id('打卡')).not.toBe(id('请假'))
  })

  it('of a deleted member tells who left', () => {
    const deleted = event('change_contact', { ChangeType: 'delete_user', UserID: 'LiMin' }, 'sys')
    expect(decode(deleted)).toEqual({
      kind: 'event',
      event: { kind: 'left', channel: 'wecom', platformId: 'LiMin', at: NOW },
    })
    expect(decode(event('change_contact', { ChangeType: 'update_user', UserID: 'LiMin' }, 'sys')).kind).toBe('nothing')
  })

  it.each([
    'inactive_alert',
    'low_active_alert',
    'low_active',
    'close_inactive_agent',
    'reopen_inactive_agent',
    'active_restored',
  ])('%s warns the administrators', name => {
    expect(decode(event(name, { EffectTime: '1767225600' }, 'sys'))).toMatchObject({
      kind: 'event',
      event: { kind: 'warning', about: name, text: expect.stringContaining('应用') },
    })
  })

  it.each(['LOCATION', 'subscribe', 'unsubscribe', 'view', 'scancode_push', 'toString', '__proto__'])(
    '%s stores nothing',
    name => {
      expect(decode(event(name, { Latitude: '30', Longitude: '120', EventKey: 'k' })).kind).toBe('nothing')
    },
  )
})

describe('what is no message of this app', () => {
  it.each([
    ['another app', { AgentID: '1000003' }],
    ['nobody', { FromUserName: '' }],
    ['a control character for a name', { FromUserName: 'a\u0000b' }],
    ['no time', { CreateTime: '' }],
    ['no kind', { MsgType: '' }],
    ['no id', { MsgId: '' }],
  ])('%s: malformed', (_name, change) => {
    const fields = { FromUserName: 'a', CreateTime: '1767225661', MsgType: 'text', Content: 'x', MsgId: '1', ...change }
    expect(decodeAppMessage(fields, 'x', { agentId: '1000002', machineNow: NOW }).kind).toBe('malformed')
  })

  it('never throws, whatever the fields', () => {
    const names = [
      'FromUserName',
      'CreateTime',
      'MsgType',
      'MsgId',
      'Event',
      'EventKey',
      'TaskId',
      'Content',
      'Location_X',
    ]
    const value = fc.oneof(
      fc.string(),
      fc.constantFrom('event', 'text', 'location', '1767225661', 'click'),
      fc.array(fc.string()),
    )
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), value), fields => {
        const { kind } = decodeAppMessage(fields, 'x', { agentId: '1000002', machineNow: NOW })
        expect(['message', 'event', 'nothing', 'malformed']).toContain(kind)
      }),
    )
  })
})

import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { InboundMessage, MediaRef } from '../../../bot/channels/channel.ts'
import { decodeMediaRef, encodeMediaRef } from '../../../bot/channels/dingtalk/content.ts'
import { decodeRobotMessage } from '../../../bot/channels/dingtalk/decode.ts'
import { createUrlGuard } from '../../../bot/channels/dingtalk/urls.ts'

const folder = fileURLToPath(new URL('../../payloads/dingtalk/', import.meta.url))
const guard = createUrlGuard({ apiBase: 'https://api.dingtalk.com', oapiBase: 'https://oapi.dingtalk.com' })
const facts = { robotCode: 'dingconfigured', receivedAt: 1_769_851_700_000, isReplyUrl: guard.isReplyUrl }

/** What every payload of the folder has in common, as the program should see it. */
const group: InboundMessage = {
  channel: 'dingtalk',
  robot: 'dingabc',
  id: 'msgMxpQ+qegFQ4==',
  chat: { id: 'cidA1B2C3==', kind: 'group', title: '望江街道网格群' },
  sender: { platformId: '0147236', name: '李敏' },
  at: 1_769_851_697_611,
  text: '',
  mentions: [],
  media: [],
  session: {
    url: 'https://oapi.dingtalk.com/robot/sendBySession?session=c610ee93',
    expiresAt: 1_769_857_097_744,
  },
}
const direct: InboundMessage = { ...group, chat: { id: 'cidDirect0147236==', kind: 'direct' } }

function media(kind: MediaRef['kind'], code: string, fileName?: string): MediaRef {
  return { kind, ref: encodeMediaRef('dingabc', code), ...(fileName === undefined ? {} : { fileName }) }
}

const { session: _session, ...withoutSession } = group
const asked: InboundMessage = { ...group, text: ' 这个怎么处理' }

const TABLE: Record<string, InboundMessage | 'own' | 'malformed'> = {
  'text-group': { ...group, text: ' 路灯坏了' },
  'text-direct': { ...direct, text: '打卡' },
  'text-bare-mention': group,
  'text-members-mentioned': { ...group, text: ' 提醒  巡查', mentions: [{ platformId: '0147299' }] },
  'text-outside-sender': { ...group, text: ' 打卡', sender: { name: '李敏' } },
  'text-own': 'own',
  'text-older-http-form': { ...group, text: '路灯坏了' },
  'text-without-text': group,
  'text-null-content': group,
  'text-strange-characters': {
    ...group,
    sender: { platformId: '0147236', name: '买买提·吐尔逊' },
    text: " 👨‍👩‍👧‍👦 \u202e逆序\u202c 零\u200b宽 𠮷䶮\n第二行 <b>|`x`'; DROP TABLE member;--",
  },
  'text-time-as-text': { ...group, text: ' 打卡' },
  'text-without-robot-code': { ...group, robot: 'dingconfigured', text: ' 打卡' },
  'text-foreign-reply-address': { ...withoutSession, text: ' 打卡' },
  'overQuota-error-code': { ...group, fault: 'overQuota' },
  'overQuota-err-code': { ...group, fault: 'overQuota' },
  'overQuota-without-kind': { ...group, fault: 'overQuota' },
  'richText-photos': {
    ...group,
    text: '@小格井盖破损\n三号楼东侧',
    media: [media('image', 'mIofA'), media('image', 'mIofA2')],
  },
  'richText-at-nodes': {
    ...group,
    text: ' 请@张三核实[微笑]',
    mentions: [{ platformId: '0147299', name: '张三' }],
  },
  'richText-as-json-text': { ...group, text: '垃圾堆放', media: [media('image', 'mIofJ')] },
  'richText-older-list': { ...group, text: '占道经营' },
  'richText-broken-nodes': { ...group, text: '还在' },
  'picture-direct': { ...direct, media: [media('image', 'mIofC')] },
  'picture-without-content': direct,
  'audio-recognised': { ...direct, text: '我在三号楼巡查', media: [media('audio', 'mIofE')] },
  'audio-not-recognised': { ...direct, media: [media('audio', 'mIofE2')], fault: 'unsupported' },
  'video-direct': { ...direct, media: [media('video', 'mIofF')] },
  'file-direct': { ...direct, media: [media('file', 'mIofG', '台账.xlsx')] },
  'quote-picture': { ...asked, quote: { id: 'msgOld==', media: [media('image', 'mIofZ')] } },
  'quote-text': { ...asked, quote: { id: 'msgOld==', text: '东门有人摆摊' } },
  'quote-richText': { ...asked, quote: { id: 'msgOld==', text: '楼道堆物', media: [media('image', 'mIofQ')] } },
  'quote-file': { ...asked, quote: { id: 'msgOld==', media: [media('file', 'mIofK', '名单.docx')] } },
  'quote-unknown': { ...asked, quote: { id: 'msgOld==' } },
  'quote-bare-id': { ...asked, quote: { id: 'msgOld==' } },
  'quote-older-form': { ...group, text: ' 收到', quote: { id: 'msgOld==', text: '明天例会' } },
  'quote-in-richText': { ...group, text: '已处理', quote: { id: 'msgOld==', media: [media('image', 'mIofY')] } },
  'unknown-msgtype': { ...group, fault: 'unsupported' },
  'unknown-interactive-card': { ...direct, fault: 'unsupported' },
  'unknown-chat-record': { ...direct, fault: 'unsupported' },
  'unknown-location': { ...direct, fault: 'unsupported' },
  'malformed-without-msg-id': 'malformed',
  'malformed-number-as-msg-id': 'malformed',
  'malformed-control-in-msg-id': 'malformed',
  'malformed-without-conversation': 'malformed',
  'malformed-list': 'malformed',
  'malformed-null': 'malformed',
}

function readPayload(name: string): unknown {
  return JSON.parse(readFileSync(`${folder}${name}.json`, 'utf8'))
}

describe('a robot message', () => {
  it.each(Object.entries(TABLE))('%s is understood', (name, expected) => {
    const decoded = decodeRobotMessage(readPayload(name), facts)
    expect(decoded).toStrictEqual(
      typeof expected === 'string' ? { kind: expected } : { kind: 'message', message: expected },
    )
  })

  it('has an expectation for every recorded payload', () => {
    const recorded = readdirSync(folder).map(file => file.replace(/\.json$/, ''))
    expect(Object.keys(TABLE).sort()).toStrictEqual(recorded.sort())
  })

  it('takes the time it came where the platform tells none that makes sense', () => {
    for (const createAt of [undefined, null, 'soon', -1, 1_769_851_697, 1e300, Number.NaN, '']) {
      const decoded = decodeRobotMessage({ ...(readPayload('text-group') as object), createAt }, facts)
      expect(decoded.kind === 'message' && decoded.message.at).toBe(facts.receivedAt)
    }
  })

  it('never throws and never pollutes a prototype, whatever the JSON', () => {
    const keys = [
      'msgId',
      'conversationId',
      'msgtype',
      'text',
      'content',
      'atUsers',
      'richText',
      'repliedMsg',
      '__proto__',
    ]
    const tree = fc.letrec(tie => ({
      node: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom(
          'text',
          'richText',
          'picture',
          'audio',
          'file',
          null,
          Number.POSITIVE_INFINITY,
          '{"richText":[]}',
          '',
        ),
        fc.string({ unit: 'binary' }),
        fc.array(tie('node'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...keys), tie('node'), { maxKeys: 9 }),
      ),
    })).node
    fc.assert(
      fc.property(tree, body => {
        const known = { msgId: 'm', conversationId: 'c', ...(body as object) }
        for (const candidate of [body, known, { ...known, msgtype: 'richText', content: body }]) {
          decodeRobotMessage(candidate, facts)
        }
        expect(({} as Record<string, unknown>).msgtype).toBeUndefined()
      }),
      { numRuns: 2000 },
    )
  })
})

describe('a reference to a picture', () => {
  it('comes back as robot and code, and anything else as nothing', () => {
    expect(decodeMediaRef(encodeMediaRef('ding"a', 'm+/="'))).toStrictEqual({
      robotCode: 'ding"a',
      downloadCode: 'm+/="',
    })
    for (const ref of ['', 'x', '[]', '["a"]', '[1,2]', '{}', 'null']) expect(decodeMediaRef(ref)).toBeUndefined()
  })
})

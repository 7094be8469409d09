/** The residents' official account as a `Channel`: texts to one person at a time, in the open request or as a customer-service message. */
import type { Logger } from 'pino'
import type { Clock } from '../../clock.ts'
import { type Channel, type Finding, type Outgoing, type Receive, SendError, type Sent } from '../channel.ts'
import { createHalfSent } from '../half-sent.ts'
import { countUtf8Bytes, splitText } from '../split.ts'
import { createCallbackKey } from '../wecom/crypto.ts'
import { neutralize } from '../wecom/plain-text.ts'
import { createWechatApi, createWechatTokens } from './api.ts'
import { createWechatCallbacks } from './callback.ts'
import { createOpenRequests } from './replies.ts'

/** A text of the platform holds 2,048 bytes; this leaves room for the numbering. */
const PART_BYTES = 2_000

export interface WechatOptions {
  appId: string
  secret: string
  token: string
  /** Given for secure mode (安全模式). */
  aesKey?: string
  apiBase: string
  publicUrl: string
  isAnswerDue(messageId: string): Promise<boolean>
  clock: Clock
  log: Logger
}

type Step = { kind: 'text'; text: string } | { kind: 'image'; image: NonNullable<Outgoing['image']> }

export function createWechatChannel(options: WechatOptions): Channel {
  const { appId, token, aesKey, apiBase, clock, log, isAnswerDue } = options
  const machineNow = () => clock.machineNow()
  const tokens = createWechatTokens({ apiBase, appId, secret: options.secret, machineNow })
  const api = createWechatApi({ apiBase, tokens })
  const requests = createOpenRequests()
  const halfSent = createHalfSent()
  let receive: Receive | undefined

  /** @throws {SendError} */
  async function post(openId: string, step: Step): Promise<Sent> {
    const content =
      step.kind === 'text'
        ? { msgtype: 'text', text: { content: step.text } }
        : { msgtype: 'image', image: { media_id: await api.uploadImage(step.image) } }
    await api.post('message/custom/send', { touser: openId, ...content })
    return {}
  }

  return {
    name: 'wechat',
    showsCards: () => false,
    canMention: () => false,
    meter: () => 'api',
    reaches: ({ kind }) => (kind === 'reply' || kind === 'api' ? 'now' : 'never'),
    callbacks: createWechatCallbacks({
      appId,
      token,
      key: aesKey === undefined ? undefined : createCallbackKey(token, aesKey, appId),
      machineNow,
      requests,
      isAnswerDue,
      receive: () => receive,
      onFailure: error => log.error({ err: error }, 'wechat callback: message not stored'),
    }),
    async start(into) {
      receive = into
    },
    async stop() {
      receive = undefined
    },
    health() {
      const refusal = tokens.refusal()
      return refusal === undefined ? { ok: true } : { ok: false, reason: refusal }
    },
    async send(item) {
      const steps = listSteps(item)
      const [first] = steps
      if (item.route.kind === 'reply') {
        const isTaken = steps.length === 1 && first?.kind === 'text' && requests.offer(item.route.ref, first.text)
        if (!isTaken) throw new SendError('routeGone', '当场回复的时限已过，改用客服消息')
        return {}
      }
      const openId = item.to.kind === 'person' ? item.to.platformId : item.to.chatId
      return halfSent.send(item, steps, step => post(openId, step))
    },
    fetchMedia: ({ ref }, maxBytes) => api.download(ref, maxBytes),
    diagnose: () => diagnose(options, tokens),
  }
}

function listSteps({ text, image }: Outgoing): Step[] {
  const parts = splitText(neutralize(text), PART_BYTES, countUtf8Bytes)
  const texts = parts.map((part, index): Step => {
    return { kind: 'text', text: parts.length === 1 ? part : `（${index + 1}/${parts.length}）${part}` }
  })
  return image ? [...texts, { kind: 'image', image }] : texts
}

/** For `xiaoge doctor`: does WeChat take the credentials from this address, and can it call back. */
async function diagnose(
  { publicUrl, aesKey }: WechatOptions,
  tokens: ReturnType<typeof createWechatTokens>,
): Promise<Finding[]> {
  const credentials = await tokens.get().then(
    (): Finding => ({ ok: true, text: '公众号凭证有效，出口 IP 在白名单里。' }),
    (error: unknown): Finding => ({
      ok: false,
      text: `公众号访问凭证取不到：${error instanceof Error ? error.message : '原因不明'}。`,
    }),
  )
  const mode = aesKey === undefined ? '明文模式' : '安全模式'
  const setUp = `公众号后台“服务器配置”的 URL 应为 ${publicUrl}/wechat/account，消息加解密方式选${mode}`
  return [
    credentials,
    publicUrl.startsWith('https://')
      ? { ok: true, text: `${setUp}。` }
      : { ok: false, text: `PUBLIC_URL 是 ${publicUrl}，微信只连公网 80/443 端口的地址。${setUp}。` },
  ]
}

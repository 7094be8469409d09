/**
 * Out: to a person through the app, to a group through its push address. Everything goes as plain text, so what we wrote is what
 * people see. Documents: path 90236 发送应用消息, 99110 消息推送配置说明.
 */
import { createHash } from 'node:crypto'
import { tellWords } from '../card-words.ts'
import { type Outgoing, SendError, type Sent } from '../channel.ts'
import type { FileToSend } from '../files.ts'
import { createHalfSent } from '../half-sent.ts'
import { asText, type JsonObject } from '../json.ts'
import { countUtf8Bytes, splitText } from '../split.ts'
import type { PushApi, WecomApi } from './api.ts'
import { fitsCard, renderCard, toHandle } from './cards.ts'
import { neutralize } from './plain-text.ts'

/** Both routes cut silently at 2,048 bytes; this leaves room for the numbering. */
const PART_BYTES = 2_000
const MEGABYTE = 1024 * 1024
/** A larger picture goes as a file. */
const IMAGE_BYTES = { app: 10 * MEGABYTE, push: 2 * MEGABYTE }

type Step =
  | { kind: 'text'; text: string; mentions: Outgoing['mentions'] }
  | { kind: 'card'; text?: string; card: NonNullable<Outgoing['card']> }
  | { kind: 'image'; image: FileToSend }
  | { kind: 'file'; file: FileToSend }

/** A repeated try with the same `idempotencyKey` goes on after the last message that was taken. */
export interface AppSender {
  /** @throws {SendError} */
  send(userId: string, item: Outgoing): Promise<Sent>
}

export function createAppSender(options: { api: WecomApi; agentId: number; machineNow(): number }): AppSender {
  const halfSent = createHalfSent()

  async function post(userId: string, step: Step, isRepeat: boolean): Promise<Sent> {
    const message = await encodeForApp(step, isRepeat, options.api)
    try {
      return await sendMessage(userId, message)
    } catch (error) {
      // A card that the platform does not take must not keep the words from whoever has to act.
      if (step.kind !== 'card' || !(error instanceof SendError) || error.fault !== 'refused') throw error
      const text = [step.text, tellWords(step.card)].filter(Boolean).join('\n')
      return sendMessage(userId, { msgtype: 'text', text: { content: text } })
    }
  }

  async function sendMessage(userId: string, message: JsonObject): Promise<Sent> {
    // The platform's own check for repeats would also drop the second of two equal answers: a repeat is marked instead.
    const answer = await options.api.post('message/send', { touser: userId, agentid: options.agentId, ...message })
    for (const [list, why] of [
      ['invaliduser', '收信人不在企业里，或不在应用的可见范围内'],
      ['unlicenseduser', '收信人没有接口许可'],
    ] as const) {
      // One person a call: being on such a list means that nothing was delivered.
      if (asText(answer[list])) throw new SendError('refused', why)
    }
    const platformId = asText(answer.msgid)
    return {
      ...(platformId !== undefined && { platformId }),
      ...toHandle(asText(answer.response_code), options.machineNow()),
    }
  }

  return {
    async send(userId, item) {
      // `|` would name several people and `@all` everybody.
      if (!/^[A-Za-z0-9][\w.@-]{0,63}$/.test(userId)) throw new SendError('refused', '收信人的企微ID不合规')
      return halfSent.send(item, listSteps(item), step => post(userId, step, item.isRepeat === true))
    },
  }
}

export function createPushSender(push: PushApi): { send(item: Outgoing): Promise<Sent> } {
  const halfSent = createHalfSent()
  return {
    async send(item) {
      const { route } = item
      if (route.kind !== 'webhook' || !push.isPushUrl(route.url)) {
        throw new SendError('routeGone', '推送地址不是企业微信的地址，未使用')
      }
      return halfSent.send(item, listSteps(item), async step => {
        await push.send(route.url, await encodeForPush(step, route.url, push))
        return {}
      })
    },
  }
}

/** A short text stands on its card; a long one goes ahead of it. */
function listSteps({ text, mentions, card, image, file }: Outgoing): Step[] {
  const plain = neutralize(text)
  const steps: Step[] = []
  const isOnCard = card !== undefined && fitsCard(plain)
  if (plain !== '' && !isOnCard) {
    const parts = splitText(plain, PART_BYTES, countUtf8Bytes)
    for (const [index, part] of parts.entries()) {
      const numbered = parts.length === 1 ? part : `（${index + 1}/${parts.length}）${part}`
      steps.push({ kind: 'text', text: numbered, mentions: index === 0 ? mentions : [] })
    }
  }
  if (card) steps.push({ kind: 'card', card, ...(isOnCard && { text: plain }) })
  if (image) steps.push({ kind: 'image', image })
  if (file) steps.push({ kind: 'file', file })
  return steps
}

async function encodeForApp(step: Step, isRepeat: boolean, api: WecomApi): Promise<JsonObject> {
  switch (step.kind) {
    case 'text':
      return { msgtype: 'text', text: { content: step.text } }
    case 'card':
      return { msgtype: 'template_card', template_card: renderCard(step.card, step.text, isRepeat) }
    case 'image':
      return step.image.bytes.length > IMAGE_BYTES.app
        ? encodeForApp({ kind: 'file', file: step.image }, isRepeat, api)
        : { msgtype: 'image', image: { media_id: await api.upload('image', step.image) } }
    case 'file':
      return { msgtype: 'file', file: { media_id: await api.upload('file', step.file) } }
  }
}

async function encodeForPush(step: Step, url: string, push: PushApi): Promise<JsonObject> {
  switch (step.kind) {
    case 'text': {
      const mentioned_list = step.mentions.map(({ platformId }) => platformId)
      return { msgtype: 'text', text: { content: step.text, ...(mentioned_list.length > 0 && { mentioned_list }) } }
    }
    case 'image': {
      const { bytes } = step.image
      if (bytes.length > IMAGE_BYTES.push) return encodeForPush({ kind: 'file', file: step.image }, url, push)
      const base64 = Buffer.from(bytes).toString('base64')
      return { msgtype: 'image', image: { base64, md5: createHash('md5').update(bytes).digest('hex') } }
    }
    case 'file':
      return { msgtype: 'file', file: { media_id: await push.upload(url, step.file) } }
    case 'card':
      throw new SendError('refused', '推送地址不能发按钮卡片')
  }
}

/**
 * Out: one `Outgoing` becomes one or a few messages on the route that delivery chose.
 * Everything goes as plain text, so what we wrote is what people see: nothing a person typed can turn into a link, a picture or an @.
 * Documents: open.dingtalk.com 自定义机器人发送消息 · 机器人发送群聊消息 · 批量发送单聊消息.
 */

import { tellWords } from '../card-words.ts'
import { type Outgoing, SendError, type Sent } from '../channel.ts'
import { createHalfSent } from '../half-sent.ts'
import { asArray, asText, type JsonObject } from '../json.ts'
import { countJsonBytes, splitText } from '../split.ts'
import type { PlatformApi } from './api.ts'
import { type CardFacts, fitsCard, sendCard } from './cards.ts'
import type { UrlGuard } from './urls.ts'

/** `msgParam` takes 15,000 bytes and a webhook body 20,000; this leaves room for the numbering and fifty @s on either route. */
const PART_BYTES = 14_000
const MENTIONS_PER_MESSAGE = 50

type Step =
  | { kind: 'text'; text: string; mentions: Outgoing['mentions'] }
  | { kind: 'card'; text: string; card: NonNullable<Outgoing['card']> }
  | { kind: 'image'; image: NonNullable<Outgoing['image']> }
  | { kind: 'file'; file: NonNullable<Outgoing['file']> }

export interface Sender {
  /** @throws {SendError} A repeated try with the same `idempotencyKey` goes on after the last message that was taken. */
  send(item: Outgoing): Promise<Sent>
}

export interface SenderOptions {
  api: PlatformApi
  guard: UrlGuard
  robotCode: string
  /** Where a template for interactive cards is configured. */
  cards?: CardFacts
}

export function createSender(options: SenderOptions): Sender {
  const halfSent = createHalfSent()
  return {
    send: item => halfSent.send(item, listSteps(item), choosePost(item, options)),
  }
}

/** The same on every route, so that a try on the next route can go on where the last one stopped. */
function listSteps(item: Outgoing): Step[] {
  const isOnCard = item.card !== undefined && fitsCard(item.text)
  const parts = item.text === '' || isOnCard ? [] : splitText(item.text, PART_BYTES, countJsonBytes)
  const texts = parts.map((text, index) => (parts.length === 1 ? text : `（${index + 1}/${parts.length}）${text}`))
  // More people than one message may @ are @-ed in further ones.
  const messageCount = Math.max(texts.length, Math.ceil(item.mentions.length / MENTIONS_PER_MESSAGE))
  const steps: Step[] = Array.from({ length: messageCount }, (_, index) => ({
    kind: 'text',
    text: texts[index] ?? '',
    mentions: item.mentions.slice(index * MENTIONS_PER_MESSAGE, (index + 1) * MENTIONS_PER_MESSAGE),
  }))
  if (item.card !== undefined) steps.push({ kind: 'card', card: item.card, text: isOnCard ? item.text : '' })
  if (item.image !== undefined) steps.push({ kind: 'image', image: item.image })
  if (item.file !== undefined) steps.push({ kind: 'file', file: item.file })
  return steps
}

type Post = (step: Step, stepKey: string) => Promise<Sent>

/** A private message goes by the API, but a person without a staff id can only be answered on the session. Files go by the API always. */
function choosePost(item: Outgoing, options: SenderOptions): Post {
  const byApi: Post = (step, _key) => postByApi(item, step, options)
  const { route } = item
  if (route.kind === 'api' || route.kind === 'reply' || (route.kind === 'webhook' && item.to.kind === 'person'))
    return byApi
  if (!options.guard.isReplyUrl(route.url)) {
    return () => Promise.reject(new SendError('routeGone', '推送地址不是钉钉的地址，未使用'))
  }
  return async (step, key) => {
    if (step.kind === 'file' || step.kind === 'card') return byApi(step, key)
    const body = await encodeForHook(item, step, options.api)
    // Only the group webhook documents an idempotency key.
    const answer = await options.api.callHook(route.url, route.kind === 'webhook' ? { ...body, msgUuid: key } : body)
    const platformId = asText(answer.msgid)
    return platformId === undefined ? {} : { platformId }
  }
}

async function encodeForHook(
  item: Outgoing,
  step: Exclude<Step, { kind: 'file' | 'card' }>,
  api: PlatformApi,
): Promise<JsonObject> {
  if (step.kind === 'image') {
    const mediaId = await api.uploadMedia('image', step.image)
    // The only markdown we send: our own picture. The title is what the chat list shows.
    return { msgtype: 'markdown', markdown: { title: item.title, text: `![](${mediaId})` } }
  }
  const atUserIds = step.mentions.map(person => person.platformId)
  return {
    msgtype: 'text',
    // The client turns `@userId` in the text into the person's name; without it nobody is @-ed.
    text: { content: [...atUserIds.map(id => `@${id}`), step.text].join(' ').trimEnd() },
    at: { atUserIds, isAtAll: false },
  }
}

async function postByApi(item: Outgoing, step: Step, options: SenderOptions): Promise<Sent> {
  if (step.kind === 'card') return postCard(item, step, options)
  const { api, robotCode } = options
  const message = { robotCode, ...(await encodeForApi(step, api)) }
  const answer =
    item.to.kind === 'chat'
      ? await api.callApi('/v1.0/robot/groupMessages/send', { ...message, openConversationId: item.to.chatId })
      : await api.callApi('/v1.0/robot/oToMessages/batchSend', { ...message, userIds: [item.to.platformId] })
  // One person a call: being on a list of failures means that nothing was delivered.
  if ((asArray(answer.invalidStaffIdList) ?? []).length > 0) throw new SendError('refused', '收信人不在组织里')
  if ((asArray(answer.flowControlledStaffIdList) ?? []).length > 0) {
    throw new SendError('throttled', '收信人被平台限流', { retryAfterMs: 60_000 })
  }
  const platformId = asText(answer.processQueryKey)
  return platformId === undefined ? {} : { platformId }
}

/** A card that the platform does not take must not keep the words from whoever has to act. */
async function postCard(item: Outgoing, step: Step & { kind: 'card' }, options: SenderOptions): Promise<Sent> {
  const { card, text } = step
  try {
    if (options.cards && item.to.kind === 'person') return await sendCard(item.to.platformId, card, text, options.cards)
  } catch (error) {
    if (!(error instanceof SendError) || error.fault !== 'refused') throw error
  }
  const words = [text, tellWords(card)].filter(Boolean).join('\n')
  return postByApi(item, { kind: 'text', text: words, mentions: [] }, options)
}

async function encodeForApi(
  step: Exclude<Step, { kind: 'card' }>,
  api: PlatformApi,
): Promise<{ msgKey: string; msgParam: string }> {
  switch (step.kind) {
    case 'text':
      return { msgKey: 'sampleText', msgParam: JSON.stringify({ content: step.text }) }
    case 'image': {
      const photoURL = await api.uploadMedia('image', step.image)
      return { msgKey: 'sampleImageMsg', msgParam: JSON.stringify({ photoURL }) }
    }
    case 'file': {
      const mediaId = await api.uploadMedia('file', step.file)
      const { fileName } = step.file
      const fileType = fileName.slice(fileName.lastIndexOf('.') + 1).toLowerCase()
      return { msgKey: 'sampleFile', msgParam: JSON.stringify({ mediaId, fileName, fileType }) }
    }
  }
}

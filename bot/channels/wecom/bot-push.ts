/**
 * Long connection: an answer names the message it answers, everything else is pushed into the chat (path 101463). Push reaches only
 * chats in which somebody has spoken to the bot; elsewhere WeCom refuses with 93006.
 */
import { randomUUID } from 'node:crypto'
import { type Outgoing, SendError, type Sent } from '../channel.ts'
import { createHalfSent } from '../half-sent.ts'
import { countUtf8Bytes, splitText } from '../split.ts'
import { MARKDOWN_BYTES } from './bot-answer.ts'
import { type BotLine, LineFault } from './bot-line.ts'
import type { BotMemory } from './bot-memory.ts'
import type { Rate } from './bot-rate.ts'
import { type BotRef, decodeBotRef } from './bot-ref.ts'
import { toPlainMarkdown } from './bot-text.ts'
import { fitsCard, renderCard } from './cards.ts'
import { personOfChat } from './chat-ids.ts'
import { findFault, toPlatformError } from './errors.ts'

/** The message can be answered no more, or not in this way: a message of its own says the same. */
const REPLY_OVER = new Set([846605, 846608])
const NEVER_SPOKEN = 93006
const MOST_IMAGE_BYTES = 10 * 1024 * 1024

type Step =
  | { kind: 'text'; text: string }
  | { kind: 'card'; card: object }
  | { kind: 'media'; as: 'image' | 'file'; bytes: Uint8Array; fileName: string }

export interface Pusher {
  /** @throws {SendError} A repeated try with the same `idempotencyKey` goes on after the last message that was taken. */
  send(item: Outgoing): Promise<Sent>
  /** Shows another card in place of the one that was just pressed, within 5 s of the press. @throws {SendError} */
  change(ref: BotRef, card: object): Promise<void>
}

export function createPusher(options: {
  line(): BotLine | undefined
  memory: Pick<BotMemory, 'spendReply'>
  rate: Rate
}): Pusher {
  const { memory, rate } = options
  const halfSent = createHalfSent()

  function lineNow(): BotLine {
    const line = options.line()
    if (line === undefined) throw new SendError('retry', '智能机器人长连接未连接')
    return line
  }

  async function post(item: Outgoing, step: Step): Promise<Sent> {
    const line = lineNow()
    const person = item.to.kind === 'person' ? item.to.platformId : personOfChat(item.to.chatId)
    const chatId = person ?? (item.to.kind === 'chat' ? item.to.chatId : '')
    rate.spend(chatId)
    try {
      const media = step.kind === 'media' ? await line.upload(step.bytes, step.as, step.fileName) : undefined
      if (await answered(line, item, step, media)) return {}
      const body = { chatid: chatId, chat_type: person === undefined ? 2 : 1, ...encodePush(step, media) }
      await line.send('aibot_send_msg', `push_${randomUUID()}`, body)
      return {}
    } catch (error) {
      throw toSendError(error)
    }
  }

  /** @returns false where the message is not there to be answered any more, or was answered */
  async function answered(line: BotLine, { route }: Outgoing, step: Step, media: string | undefined): Promise<boolean> {
    const ref = route.kind === 'reply' ? decodeBotRef(route.ref) : undefined
    if (route.kind !== 'reply' || ref?.reqId === undefined || ref.kind === 'press') return false
    if (!(await memory.spendReply(route.messageId))) return false
    const isWelcome = ref.kind === 'arrival'
    if (isWelcome && step.kind === 'media') return false
    try {
      const command = isWelcome ? 'aibot_respond_welcome_msg' : 'aibot_respond_msg'
      await line.send(command, ref.reqId, encodeReply(step, media, isWelcome))
      return true
    } catch (error) {
      if (error instanceof LineFault && error.code !== undefined && REPLY_OVER.has(error.code)) return false
      throw error
    }
  }

  return {
    send: item => halfSent.send(item, listSteps(item), step => post(item, step)),
    async change({ reqId }, card) {
      if (reqId === undefined) throw new SendError('refused', '这张卡片不能再改')
      const body = { response_type: 'update_template_card', template_card: card }
      try {
        await lineNow().send('aibot_respond_update_msg', reqId, body)
      } catch (error) {
        throw toSendError(error)
      }
    },
  }
}

/** A short text stands on its card; a long one goes ahead of it. */
function listSteps({ text, card, image, file, isRepeat }: Outgoing): Step[] {
  const isOnCard = card !== undefined && fitsCard(text)
  const parts = text === '' || isOnCard ? [] : splitText(toPlainMarkdown(text), MARKDOWN_BYTES, countUtf8Bytes)
  const steps: Step[] = parts.map((part, index) => ({
    kind: 'text',
    text: parts.length === 1 ? part : `（${index + 1}/${parts.length}）${part}`,
  }))
  if (card) steps.push({ kind: 'card', card: renderCard(card, isOnCard ? text : undefined, isRepeat === true) })
  if (image) {
    const as = image.bytes.length > MOST_IMAGE_BYTES ? 'file' : 'image'
    steps.push({ kind: 'media', as, bytes: image.bytes, fileName: image.fileName })
  }
  if (file) steps.push({ kind: 'media', as: 'file', bytes: file.bytes, fileName: file.fileName })
  return steps
}

/** Plain text is legal in a welcome alone. */
function encodeReply(step: Step, media: string | undefined, isWelcome: boolean): object {
  if (step.kind !== 'text') return encodePush(step, media)
  if (isWelcome) return { msgtype: 'text', text: { content: step.text } }
  return { msgtype: 'stream', stream: { id: randomUUID(), finish: true, content: step.text } }
}

function encodePush(step: Step, media: string | undefined): object {
  switch (step.kind) {
    case 'text':
      return { msgtype: 'markdown', markdown: { content: step.text } }
    case 'card':
      return { msgtype: 'template_card', template_card: step.card }
    case 'media':
      return { msgtype: step.as, [step.as]: { media_id: media } }
  }
}

function toSendError(error: unknown): SendError {
  if (error instanceof SendError) return error
  if (!(error instanceof LineFault)) return new SendError('ambiguous', String(error), { cause: error })
  const { code, isSent, message } = error
  if (code === undefined) return new SendError(isSent ? 'ambiguous' : 'retry', `长连接没有确认（${message}）`)
  if (code === NEVER_SPOKEN) {
    return new SendError('routeGone', `还没有人在这个会话里对机器人说过话，或机器人已被移出（${code}）`)
  }
  const fault = findFault({ status: 200, body: { errcode: code }, head: '' })
  return fault === undefined ? new SendError('ambiguous', message) : toPlatformError(fault)
}

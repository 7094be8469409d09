/**
 * Callback mode: the bot can only answer. The first answer goes back with the message's own POST or its polls, a later one by the
 * message's `response_url`, which takes one message within the hour (path 101031, 101138). After that only other routes are left.
 */
import { createHash } from 'node:crypto'
import { type Outgoing, SendError, type Sent } from '../channel.ts'
import { requestPlatform } from '../http.ts'
import type { JsonObject } from '../json.ts'
import { countUtf8Bytes } from '../split.ts'
import { PLATFORM } from './api.ts'
import type { BotMemory } from './bot-memory.ts'
import { decodeBotRef } from './bot-ref.ts'
import type { Streams } from './bot-streams.ts'
import { toPlainMarkdown } from './bot-text.ts'
import { fitsCard, renderCard } from './cards.ts'
import { findFault, toPlatformError } from './errors.ts'

/** Of 20,480; a longer text goes by a route that can take it in parts. */
export const MARKDOWN_BYTES = 20_000
const MOST_IMAGE_BYTES = 10 * 1024 * 1024

type Reply = Outgoing & { route: { kind: 'reply' } }

export interface Answerer {
  /** @throws {SendError} `routeGone` where this message can be answered no more, or not with this */
  send(item: Reply): Promise<Sent>
  isResponseUrl(this: void, url: string): boolean
}

export function createAnswerer(options: {
  apiBase: string
  streams: Streams
  memory: Pick<BotMemory, 'spendReply' | 'restoreReply'>
}): Answerer {
  const { streams, memory } = options
  const { origin } = new URL(options.apiBase)

  function isResponseUrl(text: string): boolean {
    if (!/^[\x21-\x5b\x5d-\x7e]{1,2048}$/.test(text) || !URL.canParse(text)) return false
    const url = new URL(text)
    const isOurs = url.origin === origin && url.pathname === '/cgi-bin/aibot/response'
    return isOurs && url.username === '' && url.password === ''
  }

  /** Spent before it is called: a kill in between must not make one message out of two. */
  async function respond(messageId: string, url: string, body: JsonObject): Promise<void> {
    if (!isResponseUrl(url) || !(await memory.spendReply(messageId))) throw gone('回复地址已用过')
    try {
      const headers = { 'content-type': 'application/json' }
      const answer = await requestPlatform(PLATFORM, url, { headers, body: JSON.stringify(body) })
      const fault = findFault(answer)
      if (fault === undefined) return
      // What was refused is used up all the same; only a silence leaves open whether it arrived.
      throw fault.fault === 'ambiguous' ? toPlatformError(fault) : gone(`回复地址不收（${fault.code}）`)
    } catch (error) {
      // Never reached, so never used.
      if (error instanceof SendError && error.fault === 'retry') await memory.restoreReply(messageId)
      throw error
    }
  }

  return {
    isResponseUrl,
    async send({ route, text, card, image, file, isRepeat }) {
      const ref = decodeBotRef(route.ref)
      const content = ref?.kind === 'arrival' ? text : toPlainMarkdown(text)
      if (ref === undefined || file !== undefined) throw gone('回复里不能带文件')
      if (countUtf8Bytes(content) > MARKDOWN_BYTES) throw gone('超过一条回复的长度')
      if (image !== undefined && image.bytes.length > MOST_IMAGE_BYTES) throw gone('图片过大')
      const picture = image && encodePicture(image.bytes)
      const under = card && renderCard(card, undefined, isRepeat === true)
      const answer = { content, ...(picture && { image: picture }), ...(under && { card: under }) }
      // A press is answered by its card alone; words need a message of their own.
      if (ref.kind !== 'press' && (await streams.hand(ref.id, answer))) return {}
      if (picture !== undefined || ref.responseUrl === undefined) throw gone('回复的时限已过')
      await respond(route.messageId, ref.responseUrl, encodeAlone(content, { text, card, isRepeat }))
      return {}
    },
  }
}

/** One message that says it all: a card where the text fits on it, else the text with the words of the buttons. */
function encodeAlone(
  content: string,
  { text, card, isRepeat }: Pick<Outgoing, 'text' | 'card' | 'isRepeat'>,
): JsonObject {
  if (card && fitsCard(text)) {
    return { msgtype: 'template_card', template_card: renderCard(card, text, isRepeat === true) }
  }
  const words = card ? `  \n可直接回：${card.buttons.map(button => `“${button.text}”`).join('、')}` : ''
  return { msgtype: 'markdown', markdown: { content: content + words } }
}

function encodePicture(bytes: Uint8Array): { base64: string; md5: string } {
  return { base64: Buffer.from(bytes).toString('base64'), md5: createHash('md5').update(bytes).digest('hex') }
}

function gone(why: string): SendError {
  return new SendError('routeGone', why)
}

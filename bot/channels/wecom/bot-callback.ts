/**
 * The callback of the 智能机器人, `/wecom/bot`: encrypted JSON both ways (path 101033). "Received" only after the message is stored,
 * and with it the answer, where there is one by then.
 */
import type { Callback, CallbackAnswer, CallbackRequest, InboundMessage, Receipt } from '../channel.ts'
import { asObject, asText, parseJson } from '../json.ts'
import type { BotDecoded } from './bot-decode.ts'
import { addReply } from './bot-ref.ts'
import type { StreamState, Streams } from './bot-streams.ts'
import { type CallbackKey, sealEnvelope } from './crypto.ts'
import { answerUrlCheck, openRequest } from './signed.ts'

const BODY_LIMIT_BYTES = 256 * 1024
/** A way to answer is left alone this long before it ends. */
const MARGIN_MS = 60_000
const RESPONSE_URL_MS = 60 * 60_000 - MARGIN_MS
/** Without a response_url only the stream is left. */
const STREAM_MS = 6 * 60_000 - MARGIN_MS

const EMPTY: CallbackAnswer = { status: 200, type: 'text/plain', body: '' }

export interface BotCallbackOptions {
  key: CallbackKey
  machineNow(): number
  streams: Streams
  decode(body: unknown): BotDecoded
  isResponseUrl(url: string): boolean
  /** Finds out who it is and stores it; undefined while the channel is not taking anything in. */
  take(message: InboundMessage): Promise<Receipt> | undefined
  onFailure(error: unknown): void
}

export function createBotCallbacks(options: BotCallbackOptions): Callback[] {
  const { key, machineNow } = options
  const path = '/wecom/bot'
  return [
    { method: 'GET', path, handle: async request => answerUrlCheck(request, key, machineNow()) },
    { method: 'POST', path, handle: request => takeIn(request, options) },
  ]
}

async function takeIn(request: CallbackRequest, options: BotCallbackOptions): Promise<CallbackAnswer> {
  const { key, machineNow } = options
  const readCipher = (body: string) => asText(asObject(parseJson(body))?.encrypt)
  const opened = await openRequest(request, key, { limitBytes: BODY_LIMIT_BYTES, machineNow: machineNow(), readCipher })
  if ('rejected' in opened) return opened
  const answer = await answerPush(options.decode(parseJson(opened.text)), options)
  if ('status' in answer) return answer
  // The nonce must be the one of the address, or the answer is dropped.
  const { nonce } = opened.stamp
  const timestamp = String(Math.floor(machineNow() / 1000))
  const envelope = sealEnvelope(JSON.stringify(answer.reply), key, { timestamp, nonce })
  const reply = { encrypt: envelope.encrypt, msgsignature: envelope.signature, timestamp: Number(timestamp), nonce }
  return { status: 200, type: 'application/json', body: JSON.stringify(reply) }
}

async function answerPush(
  decoded: BotDecoded,
  options: BotCallbackOptions,
): Promise<CallbackAnswer | { reply: object }> {
  switch (decoded.kind) {
    case 'malformed':
      return { status: 400, rejected: 'not-a-message' }
    case 'ignored':
    case 'displaced':
      return EMPTY
    case 'poll':
      return { reply: toStreamReply(await options.streams.poll(decoded.streamId)) }
    case 'press':
    case 'arrival':
    case 'message':
      return store(decoded, options)
  }
}

async function store(
  decoded: Extract<BotDecoded, { message: InboundMessage }>,
  options: BotCallbackOptions,
): Promise<CallbackAnswer | { reply: object }> {
  const { streams } = options
  const { id } = decoded.message
  const isFirst = streams.open(id)
  try {
    const receipt = await options.take(withReply(decoded, options))
    if (receipt === undefined) throw new Error('not running')
    // A repeat that another process, or this one before a restart, took in first has its answer to come as well.
    const isRepeat = receipt.duplicate && !isFirst
    const state = isRepeat ? await streams.repeat(id) : await streams.settle(id, receipt.messageId, receipt.held)
    return toAnswer(state && encodeState(decoded.kind, state))
  } catch (error) {
    // Nothing is stored: a failing status leaves the platform free to try again.
    if (isFirst) streams.forget(id)
    options.onFailure(error)
    return { status: 503, rejected: 'not-stored' }
  }
}

function withReply(
  decoded: Extract<BotDecoded, { message: InboundMessage }>,
  { isResponseUrl, machineNow }: BotCallbackOptions,
): InboundMessage {
  const responseUrl = 'responseUrl' in decoded ? decoded.responseUrl : undefined
  const isUsable = responseUrl !== undefined && isResponseUrl(responseUrl)
  const lastsMs = isUsable ? RESPONSE_URL_MS : STREAM_MS
  return addReply(decoded, isUsable ? { responseUrl } : {}, { lastsMs, machineNow: machineNow() })
}

/** What goes back with the acknowledgement; a repeat is answered as the first time. */
function encodeState(kind: 'message' | 'arrival' | 'press', state: StreamState): object | undefined {
  if (kind === 'message') return toStreamReply(state)
  // The card changes for everybody; what there is to say beside it comes as a message.
  if (kind === 'press') return state.card && { response_type: 'update_template_card', template_card: state.card }
  // A welcome is the one answer that may be plain text, and a stream is none.
  return state.finish ? { msgtype: 'text', text: { content: state.content } } : undefined
}

function toAnswer(reply: object | undefined): CallbackAnswer | { reply: object } {
  return reply === undefined ? EMPTY : { reply }
}

/** A card never goes alone: a poll takes streams only. */
function toStreamReply({ id, finish, content, image, card }: StreamState): object {
  const picture = image && { msg_item: [{ msgtype: 'image', image }] }
  const stream = { id, finish, content, ...picture }
  if (card === undefined) return { msgtype: 'stream', stream }
  return { msgtype: 'stream_with_template_card', stream, template_card: card }
}

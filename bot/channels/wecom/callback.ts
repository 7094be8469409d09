/** The callback of the self-built app, `/wecom/app`: sealed XML (path 90930). "Received" only after the message is stored. */
import type { Callback, CallbackAnswer, CallbackRequest, Receive, TellEvent } from '../channel.ts'
import type { CallbackKey } from './crypto.ts'
import { decodeAppMessage } from './decode.ts'
import { answerUrlCheck, openRequest } from './signed.ts'
import { parseXml, readField } from './xml.ts'

const BODY_LIMIT_BYTES = 64 * 1024

/** Taken, and nothing to say here: the answer leaves through the app's own messages. */
const EMPTY: CallbackAnswer = { status: 200, type: 'text/plain', body: '' }

export interface AppCallbackOptions {
  key: CallbackKey
  agentId: string
  machineNow(): number
  /** undefined while the channel is not taking anything in. */
  receive(): Receive | undefined
  onEvent: TellEvent
  onFailure(error: unknown): void
}

export function createAppCallbacks(options: AppCallbackOptions): Callback[] {
  const path = '/wecom/app'
  return [
    { method: 'GET', path, handle: async request => answerUrlCheck(request, options.key, options.machineNow()) },
    { method: 'POST', path, handle: request => takeIn(request, options) },
  ]
}

async function takeIn(request: CallbackRequest, options: AppCallbackOptions): Promise<CallbackAnswer> {
  const { key, agentId, machineNow } = options
  const opened = await openRequest(request, key, {
    limitBytes: BODY_LIMIT_BYTES,
    machineNow: machineNow(),
    readCipher: body => readField(parseXml(body), 'Encrypt'),
  })
  if ('rejected' in opened) return opened
  const fields = parseXml(opened.text)
  const decoded = fields && decodeAppMessage(fields, opened.text, { agentId, machineNow: machineNow() })
  if (!decoded || decoded.kind === 'malformed') return { status: 400, rejected: 'not-a-message' }
  if (decoded.kind === 'nothing') return EMPTY
  const receive = options.receive()
  if (receive === undefined) return { status: 503, rejected: 'not-running' }
  try {
    // The seal covers the whole message: whoever sends the same bytes again brings the same id, which is stored once.
    await (decoded.kind === 'message' ? receive(decoded.message) : options.onEvent(decoded.event))
    return EMPTY
  } catch (error) {
    // Nothing is stored: a failing status leaves the platform free to try again.
    options.onFailure(error)
    return { status: 503, rejected: 'not-stored' }
  }
}

/** The HTTP way in. Signature first, then size, then form; "received" only after the message is stored. */
import type { Callback, CallbackAnswer, CallbackRequest, Receive } from '../channel.ts'
import { parseJson } from '../json.ts'
import { readBodyText } from '../request-body.ts'
import type { Decoded } from './decode.ts'
import { hashSignedPair, verifySignature } from './signature.ts'

const BODY_LIMIT_BYTES = 256 * 1024

const EMPTY_REPLY: CallbackAnswer = { status: 200, type: 'application/json', body: '{"msgtype":"empty"}' }

export interface CallbackOptions {
  clientSecret: string
  machineNow(): number
  decode(body: unknown): Decoded
  /** undefined while the channel is not taking anything in. */
  receive(): Receive | undefined
  onFailure(error: unknown): void
}

export function createDingtalkCallback(options: CallbackOptions): Callback {
  return { method: 'POST', path: '/dingtalk/callback', handle: request => takeIn(request, options) }
}

async function takeIn(request: CallbackRequest, options: CallbackOptions): Promise<CallbackAnswer> {
  const { timestamp, sign } = request.headers
  const machineAt = options.machineNow()
  const fault = verifySignature({ timestamp, sign }, options.clientSecret, machineAt)
  if (fault !== undefined) return { status: 401, rejected: fault }

  const receive = options.receive()
  if (receive === undefined) return { status: 503, rejected: 'not-running' }
  const body = await readBodyText(request, BODY_LIMIT_BYTES)
  if (typeof body !== 'string') return body
  const json = parseJson(body)
  if (json === undefined) return { status: 400, rejected: 'body-not-json' }
  const decoded = options.decode(json)
  if (decoded.kind === 'malformed') return { status: 400, rejected: 'not-a-message' }
  if (decoded.kind === 'own') return EMPTY_REPLY

  const proof = { key: hashSignedPair(String(timestamp), String(sign)), machineAt }
  try {
    await receive({ ...decoded.message, proof })
    return EMPTY_REPLY
  } catch (error) {
    // Nothing is stored: a failing status leaves the platform free to try again.
    options.onFailure(error)
    return { status: 503, rejected: 'not-stored' }
  }
}

/** The HTTP way in. Signature first, then size, then form; "received" only after the message is stored. */
import { BodyTooLarge, type Callback, type CallbackAnswer, type CallbackRequest, type Receive } from '../channel.ts'
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
  const body = await readJson(request)
  if ('rejected' in body) return body
  const decoded = options.decode(body.json)
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

async function readJson(
  request: CallbackRequest,
): Promise<{ json: unknown } | { status: 400 | 413; rejected: string }> {
  let bytes: Buffer
  try {
    bytes = await request.readBody(BODY_LIMIT_BYTES)
  } catch (error) {
    return error instanceof BodyTooLarge
      ? { status: 413, rejected: 'body-too-large' }
      : { status: 400, rejected: 'body-cut-off' }
  }
  if (bytes.length === 0) return { status: 400, rejected: 'body-empty' }
  try {
    return { json: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) }
  } catch {
    return { status: 400, rejected: 'body-not-json' }
  }
}

/**
 * The way in that the app, the 智能机器人 and the saving of both addresses share: who signed, when, and what was sealed
 * (path 90930, 90968, 101033). Stamp first, with the body unread; then size, then form, then signature and seal.
 */
import type { CallbackAnswer, CallbackRequest } from '../channel.ts'
import { readBodyText } from '../request-body.ts'
import { type CallbackKey, CryptoFault, type Envelope, openEnvelope } from './crypto.ts'

/** A signed timestamp is good for ten minutes on either side of the machine's clock. */
const WINDOW_MS = 600_000

export type Refusal = Extract<CallbackAnswer, { rejected: string }>

/** What the address of a callback carries. */
export type Stamp = Omit<Envelope, 'encrypt'>

/** @returns the stamp, or why it cannot be a fresh one of the platform's */
export function readStamp(query: URLSearchParams, machineNow: number): Stamp | Refusal {
  const [signature, timestamp, nonce] = ['msg_signature', 'timestamp', 'nonce'].map(name => query.get(name) ?? '')
  if (!signature || !timestamp || !nonce) return { status: 401, rejected: 'signature-missing' }
  // Only what the platform writes: `1e9` or ` 17…` would be a number too.
  if (!/^\d{1,13}$/.test(timestamp)) return { status: 401, rejected: 'timestamp-stale' }
  const ageMs = machineNow - Number(timestamp) * 1000
  if (ageMs > WINDOW_MS) return { status: 401, rejected: 'timestamp-stale' }
  if (ageMs < -WINDOW_MS) return { status: 401, rejected: 'timestamp-future' }
  return { signature, timestamp, nonce }
}

/** Saving the address in the console: the text inside `echostr`, and nothing but it. */
export function answerUrlCheck({ query }: CallbackRequest, key: CallbackKey, machineNow: number): CallbackAnswer {
  const stamp = readStamp(query, machineNow)
  if ('rejected' in stamp) return stamp
  // A `+` that was sent as it is reads as a space in an address; base64 has none.
  const encrypt = (query.get('echostr') ?? '').replaceAll(' ', '+')
  const opened = open({ ...stamp, encrypt }, key)
  return 'rejected' in opened ? opened : { status: 200, type: 'text/plain', body: opened.text }
}

/**
 * @param options.readCipher finds the sealed text in the body; undefined where it is not the platform's form
 * @returns the text inside with the stamp that vouched for it
 */
export async function openRequest(
  request: CallbackRequest,
  key: CallbackKey,
  options: { limitBytes: number; machineNow: number; readCipher(this: void, body: string): string | undefined },
): Promise<{ text: string; stamp: Stamp } | Refusal> {
  const stamp = readStamp(request.query, options.machineNow)
  if ('rejected' in stamp) return stamp
  const body = await readBodyText(request, options.limitBytes)
  if (typeof body !== 'string') return body
  const encrypt = options.readCipher(body)
  if (encrypt === undefined) return { status: 400, rejected: 'not-an-envelope' }
  const opened = open({ ...stamp, encrypt }, key)
  return 'rejected' in opened ? opened : { text: opened.text, stamp }
}

function open(envelope: Envelope, key: CallbackKey): { text: string } | Refusal {
  try {
    return { text: openEnvelope(envelope, key) }
  } catch (error) {
    if (!(error instanceof CryptoFault)) throw error
    // A wrong signature is an outsider; what a right one vouches for and cannot be opened is not the platform's form.
    return error.code === '-40001'
      ? { status: 401, rejected: 'signature-wrong' }
      : { status: 400, rejected: `crypto${error.code}` }
  }
}

/** Who may speak through the HTTP callback: DingTalk signs the timestamp with the app's secret (open.dingtalk.com, 接收消息, HTTP 模式). */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/** A signed timestamp is good for one hour on either side of the machine's clock. */
export const SIGNATURE_WINDOW_MS = 3_600_000

export type SignatureFault = 'signature-missing' | 'signature-wrong' | 'timestamp-stale' | 'timestamp-future'

type HeaderValue = string | string[] | undefined

/** `base64(HMAC-SHA256(secret, timestamp + "\n" + secret))`; the timestamp is epoch ms as text. */
export function signTimestamp(timestamp: string, secret: string): string {
  return createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64')
}

/**
 * Judges the headers `timestamp` and `sign` of one delivery. The body is not covered by the signature,
 * which is why an accepted pair is handed on as a proof that may be spent for a short while only.
 *
 * @param machineNow epoch ms
 * @returns undefined when good, else the reason code for the counter of rejections
 */
export function verifySignature(
  headers: { timestamp: HeaderValue; sign: HeaderValue },
  secret: string,
  machineNow: number,
): SignatureFault | undefined {
  const { timestamp, sign } = headers
  if (typeof timestamp !== 'string' || typeof sign !== 'string' || timestamp === '' || sign === '') {
    return 'signature-missing'
  }
  if (!isSameText(sign, signTimestamp(timestamp, secret))) return 'signature-wrong'
  // Only what the platform writes: plain digits. `1e12` or ` 1577…` would be a number too.
  if (!/^\d{1,16}$/.test(timestamp)) return 'signature-wrong'
  const ageMs = machineNow - Number(timestamp)
  if (ageMs > SIGNATURE_WINDOW_MS) return 'timestamp-stale'
  if (ageMs < -SIGNATURE_WINDOW_MS) return 'timestamp-future'
  return undefined
}

/** Names one (timestamp, sign) pair without keeping the pair itself. */
export function hashSignedPair(timestamp: string, sign: string): string {
  return createHash('sha256').update(`${timestamp}\n${sign}`).digest('hex')
}

/** Compares digests, so that neither the length nor the first wrong byte shows in the time it takes. */
function isSameText(given: string, expected: string): boolean {
  return timingSafeEqual(createHash('sha256').update(given).digest(), createHash('sha256').update(expected).digest())
}

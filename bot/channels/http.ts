/** One request to a platform: bounded in time and size, never following a redirect, its failures sorted by what may have happened. */
import { SendError } from './channel.ts'
import { parseJson } from './json.ts'

const REQUEST_TIMEOUT_MS = 10_000
const ANSWER_LIMIT_BYTES = 1024 * 1024

export interface Answer {
  status: number
  /** undefined where the body is no JSON: a page of the firewall, an answer cut short. */
  body: unknown
  /** The beginning of the body as text, to recognise such a page. */
  head: string
  retryAfterMs?: number
}

/** Codes of a connection that never stood: the request surely did not arrive. */
const NEVER_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

export interface PlatformRequest {
  method?: 'GET' | 'POST' | 'PUT'
  headers?: Record<string, string>
  body?: string | FormData
  timeoutMs?: number
}

/**
 * @param platform its name as administrators read it: 钉钉, 企业微信
 * @throws {SendError} `retry` when no connection came about, `ambiguous` when it broke or ended in silence after that.
 * Reasons name the failure only, never the address: it may hold a secret.
 */
export async function requestPlatform(platform: string, url: string, init: PlatformRequest): Promise<Answer> {
  try {
    const response = await fetch(url, {
      method: init.method ?? 'POST',
      headers: init.headers,
      body: init.body,
      redirect: 'manual',
      signal: AbortSignal.timeout(init.timeoutMs ?? REQUEST_TIMEOUT_MS),
    })
    const text = Buffer.from(await readAtMost(response, ANSWER_LIMIT_BYTES)).toString()
    return {
      status: response.status,
      body: parseJson(text),
      head: text.slice(0, 2048),
      retryAfterMs: readRetryAfter(response),
    }
  } catch (error) {
    throw toSendError(platform, error)
  }
}

export class AnswerTooLarge extends Error {}

/** The whole body, given up as soon as it passes the limit. @throws {AnswerTooLarge} */
export async function readAtMost(response: Response, limitBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.length
    if (size > limitBytes) throw new AnswerTooLarge(`more than ${limitBytes} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** What a failed `fetch` means for the request that it carried. */
export function toSendError(platform: string, error: unknown): SendError {
  if (error instanceof SendError) return error
  const code = findErrorCode(error)
  return NEVER_CONNECTED.has(code)
    ? new SendError('retry', `连不上${platform}（${code}）`, { cause: error })
    : new SendError('ambiguous', `${platform}没有完整答复（${code}）`, { cause: error })
}

function findErrorCode(error: unknown): string {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if (at.name === 'TimeoutError') return 'timeout'
    if ('code' in at && typeof at.code === 'string') return at.code
  }
  return error instanceof Error ? error.name : 'unknown'
}

/** Only the form in seconds: dates are not used by the platform. */
function readRetryAfter(response: Response): number | undefined {
  const header = response.headers.get('retry-after')
  return header !== null && /^\d{1,5}$/.test(header) ? Number(header) * 1000 : undefined
}

/** The app's access token: fetched once for all senders, kept by machine time, and never fetched in a storm (open.dingtalk.com, 获取企业内部应用的 accessToken). */
import { SendError } from '../channel.ts'
import { findFault, toPlatformError } from './errors.ts'
import { requestPlatform } from './http.ts'
import { asObject, asText } from './json.ts'

const EARLY_MS = 5 * 60_000
const DEFAULT_LIFE_MS = 7_200_000
/** Fetches that failed or were forced by a refusal: no more than these in the window. */
const WINDOW_MS = 10 * 60_000
const FETCHES_PER_WINDOW = 5

export interface Token {
  value: string
  /** Counts up with every fetch: tells a sender that was refused whether somebody else has renewed meanwhile. */
  generation: number
}

export interface TokenSource {
  /** @throws {SendError} */
  get(): Promise<Token>
  /** A token newer than the one that the platform refused. @throws {SendError} */
  renew(refused: Token): Promise<Token>
}

export function createTokenSource(options: {
  apiBase: string
  clientId: string
  clientSecret: string
  machineNow(): number
}): TokenSource {
  let current: (Token & { usableUntil: number }) | undefined
  let fetching: Promise<Token> | undefined
  let spent: number[] = []

  function fetchOnce(isForced: boolean): Promise<Token> {
    fetching ??= fetchToken(isForced).finally(() => {
      fetching = undefined
    })
    return fetching
  }

  async function fetchToken(isForced: boolean): Promise<Token> {
    const now = options.machineNow()
    spent = spent.filter(at => at > now - WINDOW_MS && at <= now)
    const oldest = spent[0]
    if (oldest !== undefined && spent.length >= FETCHES_PER_WINDOW) {
      throw new SendError('retry', '访问凭证多次取不到，稍后再试', { retryAfterMs: oldest + WINDOW_MS - now })
    }
    if (isForced) spent.push(now)
    try {
      const { accessToken, lifeMs } = await requestToken(options)
      const usableMs = Math.max(lifeMs - EARLY_MS, lifeMs / 2)
      current = {
        value: accessToken,
        generation: (current?.generation ?? 0) + 1,
        usableUntil: options.machineNow() + usableMs,
      }
      return current
    } catch (error) {
      if (!isForced) spent.push(now)
      throw error
    }
  }

  return {
    async get() {
      return current !== undefined && options.machineNow() < current.usableUntil ? current : fetchOnce(false)
    },
    async renew(refused) {
      return current !== undefined && current.generation > refused.generation ? current : fetchOnce(true)
    },
  }
}

async function requestToken(options: {
  apiBase: string
  clientId: string
  clientSecret: string
}): Promise<{ accessToken: string; lifeMs: number }> {
  const answer = await requestPlatform(`${options.apiBase}/v1.0/oauth2/accessToken`, {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ appKey: options.clientId, appSecret: options.clientSecret }),
  }).catch((error: unknown) => {
    // Fetching a token delivers nothing, so nothing about it is ambiguous.
    throw new SendError('retry', error instanceof Error ? error.message : '访问凭证取不到', { cause: error })
  })
  const fault = findFault(answer)
  if (fault !== undefined) {
    throw toPlatformError(fault.fault === 'ambiguous' ? { ...fault, fault: 'retry' } : fault)
  }
  const body = asObject(answer.body)
  const accessToken = asText(body?.accessToken)
  if (accessToken === undefined || accessToken === '') throw new SendError('retry', '钉钉没有给出访问凭证')
  // A lifetime that makes no sense is taken for the documented one: a token that ends sooner is refused and renewed.
  const lifeSeconds = Number(body?.expireIn)
  return { accessToken, lifeMs: lifeSeconds > 0 && lifeSeconds <= 86_400 ? lifeSeconds * 1000 : DEFAULT_LIFE_MS }
}

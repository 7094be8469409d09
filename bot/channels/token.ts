/** An app's access token: fetched once for all senders, kept by machine time, and never fetched in a storm. */
import { SendError } from './channel.ts'
import { toHarmless } from './files.ts'

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
  /** Why the platform does not take the credentials; undefined while it does, or was not asked yet. */
  refusal(): string | undefined
}

/**
 * @param options.request asks the platform; `lifeMs` as it told. It may throw any `SendError`: fetching a token delivers nothing, so
 * what may have arrived is fetched again all the same
 * @param options.refusedPauseMs how long refused credentials are not shown again: some platforms block the address that goes on
 */
export function createTokenSource(options: {
  request(): Promise<{ accessToken: string; lifeMs?: number }>
  machineNow(): number
  refusedPauseMs?: number
}): TokenSource {
  let current: (Token & { usableUntil: number }) | undefined
  let fetching: Promise<Token> | undefined
  let spent: number[] = []
  let refusal: { error: SendError; until: number } | undefined

  function fetchOnce(isForced: boolean): Promise<Token> {
    fetching ??= fetchToken(isForced).finally(() => {
      fetching = undefined
    })
    return fetching
  }

  async function fetchToken(isForced: boolean): Promise<Token> {
    const now = options.machineNow()
    if (refusal && now < refusal.until) {
      throw new SendError('credentials', refusal.error.message, {
        retryAfterMs: refusal.until - now,
        cause: refusal.error,
      })
    }
    spent = spent.filter(at => at > now - WINDOW_MS && at <= now)
    const oldest = spent[0]
    if (oldest !== undefined && spent.length >= FETCHES_PER_WINDOW) {
      throw new SendError('retry', '访问凭证多次取不到，稍后再试', { retryAfterMs: oldest + WINDOW_MS - now })
    }
    if (isForced) spent.push(now)
    try {
      const { accessToken, lifeMs } = await options.request().then(withSaneLife)
      refusal = undefined
      const usableMs = Math.max(lifeMs - EARLY_MS, lifeMs / 2)
      current = {
        value: accessToken,
        generation: (current?.generation ?? 0) + 1,
        usableUntil: options.machineNow() + usableMs,
      }
      return current
    } catch (error) {
      if (!isForced) spent.push(now)
      const failure =
        error instanceof SendError ? toHarmless(error) : new SendError('retry', '访问凭证取不到', { cause: error })
      if (failure.fault === 'credentials') refusal = { error: failure, until: now + (options.refusedPauseMs ?? 0) }
      throw failure
    }
  }

  return {
    async get() {
      return current !== undefined && options.machineNow() < current.usableUntil ? current : fetchOnce(false)
    },
    refusal: () => refusal?.error.message,
    async renew(refused) {
      return current !== undefined && current.generation > refused.generation ? current : fetchOnce(true)
    },
  }
}

/** One request with the token; refused for its token, it is made once more with a fresh one. @throws {SendError} */
export async function withToken<T>(
  tokens: TokenSource,
  request: (token: string) => Promise<T>,
  isTokenRefused: (result: T) => boolean,
): Promise<T> {
  const token = await tokens.get()
  const result = await request(token.value)
  if (!isTokenRefused(result)) return result
  const renewed = await tokens.renew(token)
  return request(renewed.value)
}

/** A lifetime that makes no sense is taken for the documented one: a token that ends sooner is refused and renewed. */
function withSaneLife({ accessToken, lifeMs = DEFAULT_LIFE_MS }: { accessToken: string; lifeMs?: number }) {
  return { accessToken, lifeMs: lifeMs > 0 && lifeMs <= 86_400_000 ? lifeMs : DEFAULT_LIFE_MS }
}

/** Calls of WeCom with the app's token: refused once for its token, a call is repeated once with a fresh one (path 91039). */
import { SendError } from '../channel.ts'
import { type Answer, AnswerTooLarge, readAtMost, requestPlatform, toSendError } from '../http.ts'
import { asText, type JsonObject, parseJson } from '../json.ts'
import { createTokenSource, type Token, type TokenSource } from '../token.ts'
import { findFault, readSuccess, toPlatformError } from './errors.ts'

export const PLATFORM = '企业微信'
/** Uploads and downloads are larger than calls. */
const FILE_TIMEOUT_MS = 30_000
/** Repeated wrong secrets block the whole address for an hour. */
const REFUSED_PAUSE_MS = 10 * 60_000

export interface MediaBytes {
  bytes: Uint8Array
  mime: string
  fileName: string
}

export interface WecomApi {
  /** @throws {SendError} */
  get(path: string, query?: Record<string, string>): Promise<JsonObject>
  /** @throws {SendError} */
  post(path: string, body: JsonObject): Promise<JsonObject>
  /** Resolves to the `media_id`, good for three days. @throws {SendError} */
  upload(kind: 'image' | 'file', media: MediaBytes): Promise<string>
  /** The bytes behind a `media_id`, at most `maxBytes`. @throws {SendError} */
  download(mediaId: string, maxBytes: number): Promise<Uint8Array>
}

export function createWecomTokens(options: {
  apiBase: string
  corpId: string
  secret: string
  machineNow(): number
}): TokenSource {
  const { apiBase, corpId, secret, machineNow } = options
  return createTokenSource({
    machineNow,
    refusedPauseMs: REFUSED_PAUSE_MS,
    async request() {
      const query = new URLSearchParams({ corpid: corpId, corpsecret: secret })
      const answer = await requestPlatform(PLATFORM, `${apiBase}/cgi-bin/gettoken?${query}`, { method: 'GET' })
      const { access_token, expires_in } = readSuccess(answer)
      const accessToken = asText(access_token)
      if (!accessToken) throw new SendError('retry', '企业微信没有给出访问凭证')
      return { accessToken, lifeMs: Number(expires_in) * 1000 }
    },
  })
}

export function createWecomApi({ apiBase, tokens }: { apiBase: string; tokens: TokenSource }): WecomApi {
  async function withToken<T>(request: (token: string) => Promise<T>, findAnswer: (result: T) => Answer | undefined) {
    let token: Token = await tokens.get()
    for (let hasRenewed = false; ; hasRenewed = true) {
      const result = await request(token.value)
      const answer = findAnswer(result)
      const fault = answer && findFault(answer)
      if (!fault) return result
      if (fault.fault !== 'token' || hasRenewed) throw toPlatformError(fault)
      token = await tokens.renew(token)
    }
  }

  const addressOf = (path: string, token: string, query: Record<string, string> = {}) =>
    `${apiBase}/cgi-bin/${path}?${new URLSearchParams({ access_token: token, ...query })}`

  async function call(request: (token: string) => Promise<Answer>): Promise<JsonObject> {
    return readSuccess(await withToken(request, answer => answer))
  }

  return {
    get: (path, query) => call(token => requestPlatform(PLATFORM, addressOf(path, token, query), { method: 'GET' })),

    post: (path, body) => call(token => postJson(addressOf(path, token), body)),

    async upload(kind, media) {
      const answer = await call(token => postFile(addressOf('media/upload', token, { type: kind }), media)).catch(
        asHarmless,
      )
      return String(answer.media_id)
    },

    async download(mediaId, maxBytes) {
      const fetchMedia = (token: string) => download(addressOf('media/get', token, { media_id: mediaId }), maxBytes)
      const result = await withToken(fetchMedia, found => ('answer' in found ? found.answer : undefined)).catch(
        asHarmless,
      )
      if ('bytes' in result) return result.bytes
      throw new SendError('retry', '企业微信没有给出文件')
    },
  }
}

/** A group's push address carries its own secret and needs no token (path 99110). */
export function createPushApi(apiBase: string) {
  const keyOf = (url: string) => new URL(url).searchParams.get('key') ?? ''
  return {
    /** @throws {SendError} */
    async send(url: string, body: JsonObject): Promise<void> {
      const query = new URLSearchParams({ key: keyOf(url) })
      readSuccess(await postJson(`${apiBase}/cgi-bin/webhook/send?${query}`, body))
    },
    /** @throws {SendError} */
    async upload(url: string, media: MediaBytes): Promise<string> {
      const query = new URLSearchParams({ key: keyOf(url), type: 'file' })
      const answer = await postFile(`${apiBase}/cgi-bin/webhook/upload_media?${query}`, media).catch(asHarmless)
      return String(readSuccess(answer).media_id)
    },
    /** Whether the address is one of WeCom's group robots, at the host that was configured. */
    isPushUrl(url: string): boolean {
      if (!/^[\x21-\x5b\x5d-\x7e]{1,2048}$/.test(url) || !URL.canParse(url)) return false
      const { origin, pathname, username, password } = new URL(url)
      const isOurs = origin === new URL(apiBase).origin && pathname === '/cgi-bin/webhook/send'
      return isOurs && username === '' && password === '' && keyOf(url) !== ''
    },
  }
}

export type PushApi = ReturnType<typeof createPushApi>

function postJson(url: string, body: JsonObject): Promise<Answer> {
  return requestPlatform(PLATFORM, url, {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

function postFile(url: string, { bytes, mime, fileName }: MediaBytes): Promise<Answer> {
  const form = new FormData()
  form.set('media', new Blob([new Uint8Array(bytes)], { type: mime }), fileName)
  return requestPlatform(PLATFORM, url, { body: form, timeoutMs: FILE_TIMEOUT_MS })
}

/** Bytes, or the JSON that says why there are none. */
async function download(url: string, maxBytes: number): Promise<{ bytes: Uint8Array } | { answer: Answer }> {
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(FILE_TIMEOUT_MS) })
    const type = response.headers.get('content-type') ?? ''
    const bytes = await readAtMost(response, maxBytes)
    if (response.status === 200 && !/json|text\/plain/.test(type)) return { bytes }
    const head = Buffer.from(bytes).toString()
    return { answer: { status: response.status, body: parseJson(head), head: head.slice(0, 2048) } }
  } catch (error) {
    if (error instanceof AnswerTooLarge) throw new SendError('refused', '文件过大，未下载', { cause: error })
    throw toSendError(PLATFORM, error)
  }
}

/** Moving a file shows nothing to anybody: however it failed, it can be done again. */
function asHarmless(error: unknown): never {
  const isAmbiguous = error instanceof SendError && error.fault === 'ambiguous'
  throw isAmbiguous ? new SendError('retry', error.message, { cause: error }) : error
}

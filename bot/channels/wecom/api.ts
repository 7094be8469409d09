/** Calls of WeCom with the app's token: refused once for its token, a call is repeated once with a fresh one (path 91039). */
import { SendError } from '../channel.ts'
import { type FileToSend, fetchFile, postFile, throwHarmless, toHarmless } from '../files.ts'
import { type Answer, requestPlatform } from '../http.ts'
import { asText, type JsonObject } from '../json.ts'
import { createTokenSource, type TokenSource, withToken } from '../token.ts'
import { findFault, readSuccess, toPlatformError } from './errors.ts'

export const PLATFORM = '企业微信'
/** Repeated wrong secrets block the whole address for an hour. */
const REFUSED_PAUSE_MS = 10 * 60_000

export interface WecomApi {
  /** @throws {SendError} */
  get(path: string, query?: Record<string, string>): Promise<JsonObject>
  /** @throws {SendError} */
  post(path: string, body: JsonObject): Promise<JsonObject>
  /** Resolves to the `media_id`, good for three days. @throws {SendError} */
  upload(this: void, kind: 'image' | 'file', media: FileToSend): Promise<string>
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
  const addressOf = (path: string, token: string, query: Record<string, string> = {}) =>
    `${apiBase}/cgi-bin/${path}?${new URLSearchParams({ access_token: token, ...query })}`

  async function call(request: (token: string) => Promise<Answer>): Promise<JsonObject> {
    return readSuccess(await withToken(tokens, request, isTokenRefused))
  }

  return {
    get: (path, query) => call(token => requestPlatform(PLATFORM, addressOf(path, token, query), { method: 'GET' })),

    post: (path, body) => call(token => postJson(addressOf(path, token), body)),

    async upload(kind, media) {
      const url = (token: string) => addressOf('media/upload', token, { type: kind })
      const answer = await call(token => postFile(PLATFORM, url(token), media)).catch(throwHarmless)
      return String(answer.media_id)
    },

    async download(mediaId, maxBytes) {
      const result = await withToken(
        tokens,
        token => fetchFile(PLATFORM, addressOf('media/get', token, { media_id: mediaId }), maxBytes),
        found => 'answer' in found && isTokenRefused(found.answer),
      )
      if ('bytes' in result) return result.bytes
      const fault = findFault(result.answer)
      if (fault) throw toHarmless(toPlatformError(fault))
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
    async upload(url: string, media: FileToSend): Promise<string> {
      const query = new URLSearchParams({ key: keyOf(url), type: 'file' })
      const answer = await postFile(PLATFORM, `${apiBase}/cgi-bin/webhook/upload_media?${query}`, media)
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

function isTokenRefused(answer: Answer): boolean {
  return findFault(answer)?.fault === 'token'
}

/** Calls of the open platform with the app's token: refused once for its token, a call is repeated once with a fresh one. */
import { SendError } from '../channel.ts'
import type { Answer } from '../http.ts'
import { asObject, type JsonObject } from '../json.ts'
import type { Token, TokenSource } from '../token.ts'
import { findFault, toPlatformError } from './errors.ts'
import { requestPlatform } from './http.ts'

export interface PlatformApi {
  /** POST (or what `method` says) of the new API; the answer's body. @throws {SendError} */
  callApi(path: string, body: JsonObject, method?: 'POST' | 'PUT'): Promise<JsonObject>
  /** POST of the old API; the answer's body. @throws {SendError} */
  callOldApi(path: string, body: JsonObject): Promise<JsonObject>
  /** Upload to the old API; resolves to its `media_id`. @throws {SendError} */
  uploadMedia(kind: 'image' | 'file', media: { bytes: Uint8Array; mime: string; fileName: string }): Promise<string>
  /** POST to a webhook, which carries its own secret. @throws {SendError} */
  callHook(url: string, body: JsonObject): Promise<JsonObject>
}

/** Uploads are larger than calls. */
const UPLOAD_TIMEOUT_MS = 30_000

export function createPlatformApi(options: { apiBase: string; oapiBase: string; tokens: TokenSource }): PlatformApi {
  async function callWithToken(request: (token: string) => Promise<Answer>): Promise<JsonObject> {
    let token: Token = await options.tokens.get()
    for (let hasRenewed = false; ; hasRenewed = true) {
      const answer = await request(token.value)
      const fault = findFault(answer)
      if (fault === undefined) return asObject(answer.body) ?? {}
      if (fault.fault !== 'token' || hasRenewed) throw toPlatformError(fault)
      token = await options.tokens.renew(token)
    }
  }

  return {
    callApi: (path, body, method = 'POST') =>
      callWithToken(token =>
        requestPlatform(`${options.apiBase}${path}`, {
          method,
          headers: { 'content-type': 'application/json', 'x-acs-dingtalk-access-token': token },
          body: JSON.stringify(body),
        }),
      ),

    callOldApi: (path, body) =>
      callWithToken(token =>
        requestPlatform(`${options.oapiBase}${path}?${new URLSearchParams({ access_token: token })}`, {
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
      ),

    async uploadMedia(kind, { bytes, mime, fileName }) {
      const answer = await callWithToken(token => {
        const form = new FormData()
        form.set('media', new Blob([new Uint8Array(bytes)], { type: mime }), fileName)
        const query = new URLSearchParams({ access_token: token, type: kind })
        return requestPlatform(`${options.oapiBase}/media/upload?${query}`, {
          body: form,
          timeoutMs: UPLOAD_TIMEOUT_MS,
        })
      }).catch(asHarmless)
      return String(answer.media_id)
    },

    async callHook(url, body) {
      const answer = await requestPlatform(url, {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      const fault = findFault(answer)
      if (fault !== undefined) throw toPlatformError(fault)
      return asObject(answer.body) ?? {}
    },
  }
}

/** An upload shows nothing to anybody: however it failed, it can be done again. */
function asHarmless(error: unknown): never {
  const isAmbiguous = error instanceof SendError && error.fault === 'ambiguous'
  throw isAmbiguous ? new SendError('retry', error.message, { cause: error }) : error
}

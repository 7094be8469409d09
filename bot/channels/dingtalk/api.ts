/** Calls of the open platform with the app's token: refused once for its token, a call is repeated once with a fresh one. */
import { type FileToSend, postFile, throwHarmless } from '../files.ts'
import type { Answer } from '../http.ts'
import { asObject, type JsonObject } from '../json.ts'
import { type TokenSource, withToken } from '../token.ts'
import { findFault, toPlatformError } from './errors.ts'
import { PLATFORM, requestPlatform } from './http.ts'

export interface PlatformApi {
  /** POST (or what `method` says) of the new API; the answer's body. @throws {SendError} */
  callApi(path: string, body: JsonObject, method?: 'POST' | 'PUT'): Promise<JsonObject>
  /** POST of the old API; the answer's body. @throws {SendError} */
  callOldApi(path: string, body: JsonObject): Promise<JsonObject>
  /** Upload to the old API; resolves to its `media_id`. @throws {SendError} */
  uploadMedia(this: void, kind: 'image' | 'file', media: FileToSend): Promise<string>
  /** POST to a webhook, which carries its own secret. @throws {SendError} */
  callHook(url: string, body: JsonObject): Promise<JsonObject>
}

export function createPlatformApi({
  apiBase,
  oapiBase,
  tokens,
}: {
  apiBase: string
  oapiBase: string
  tokens: TokenSource
}): PlatformApi {
  const callWithToken = async (request: (token: string) => Promise<Answer>) =>
    readSuccess(await withToken(tokens, request, answer => findFault(answer)?.fault === 'token'))

  return {
    callApi: (path, body, method = 'POST') =>
      callWithToken(token =>
        requestPlatform(`${apiBase}${path}`, {
          method,
          headers: { 'content-type': 'application/json', 'x-acs-dingtalk-access-token': token },
          body: JSON.stringify(body),
        }),
      ),

    callOldApi: (path, body) =>
      callWithToken(token =>
        requestPlatform(`${oapiBase}${path}?${new URLSearchParams({ access_token: token })}`, {
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
      ),

    async uploadMedia(kind, media) {
      const url = (token: string) =>
        `${oapiBase}/media/upload?${new URLSearchParams({ access_token: token, type: kind })}`
      const answer = await callWithToken(token => postFile(PLATFORM, url(token), media)).catch(throwHarmless)
      return String(answer.media_id)
    },

    async callHook(url, body) {
      const answer = await requestPlatform(url, {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      return readSuccess(answer)
    },
  }
}

/** @throws {SendError} */
function readSuccess(answer: Answer): JsonObject {
  const fault = findFault(answer)
  if (fault !== undefined) throw toPlatformError(fault)
  return asObject(answer.body) ?? {}
}

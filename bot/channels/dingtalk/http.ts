/** Requests to DingTalk, whose name stands in the reasons of their failures. */
import type { SendError } from '../channel.ts'
import * as http from '../http.ts'

export const PLATFORM = '钉钉'

/** @throws {SendError} */
export function requestPlatform(url: string, init: http.PlatformRequest): Promise<http.Answer> {
  return http.requestPlatform(PLATFORM, url, init)
}

export function toSendError(error: unknown): SendError {
  return http.toSendError(PLATFORM, error)
}

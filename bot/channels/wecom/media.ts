/** Pictures and files sent to the app: a `media_id`, good for three days (path 90254). */
import { type MediaRef, SendError } from '../channel.ts'
import { asArray, parseJson } from '../json.ts'
import type { WecomApi } from './api.ts'

const KIND = 'app'

/** The channel's own form of `MediaRef.ref`. */
export function encodeMediaRef(mediaId: string): string {
  return JSON.stringify([KIND, mediaId])
}

/** Whether a ref is one of the app's rather than of the bot's. */
export function isAppMedia(ref: string): boolean {
  return asArray(parseJson(ref))?.[0] === KIND
}

/** @throws {SendError} `refused` when the id or the size will never do */
export async function fetchAppMedia({ ref }: MediaRef, maxBytes: number, api: WecomApi): Promise<Uint8Array> {
  const [kind, mediaId] = asArray(parseJson(ref)) ?? []
  if (kind !== KIND || typeof mediaId !== 'string') throw new SendError('refused', '图片编号无法识别')
  return api.download(mediaId, maxBytes)
}

/** The bytes of a picture or file: a download code is turned into a short-lived link, the link is read at once (open.dingtalk.com, 下载机器人接收消息的文件内容). */
import { type MediaRef, SendError } from '../channel.ts'
import { AnswerTooLarge, readAtMost } from '../http.ts'
import { asText } from '../json.ts'
import type { PlatformApi } from './api.ts'
import { decodeMediaRef } from './content.ts'
import { toSendError } from './http.ts'
import type { UrlGuard } from './urls.ts'

const DOWNLOAD_TIMEOUT_MS = 30_000

/**
 * @param maxBytes what is longer is refused
 * @throws {SendError} `refused` when the code, the link or the size will never do
 */
export async function fetchMedia(
  ref: MediaRef,
  maxBytes: number,
  { api, guard }: { api: PlatformApi; guard: UrlGuard },
): Promise<Uint8Array> {
  const request = decodeMediaRef(ref.ref)
  if (request === undefined) throw new SendError('refused', '图片编号无法识别')
  const link = asText((await api.callApi('/v1.0/robot/messageFiles/download', request)).downloadUrl)
  if (link === undefined || !guard.isDownloadUrl(link)) throw new SendError('refused', '下载地址不是钉钉的地址，未使用')
  try {
    const response = await fetch(link, { redirect: 'manual', signal: AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS) })
    if (response.status === 200) return await readAtMost(response, maxBytes)
    await response.body?.cancel()
    throw new SendError(response.status >= 500 ? 'retry' : 'refused', `图片下载失败（HTTP ${response.status}）`)
  } catch (error) {
    if (error instanceof AnswerTooLarge) throw new SendError('refused', '文件过大，未下载', { cause: error })
    const failure = toSendError(error)
    // Reading a file delivers nothing: whatever cut it off, it can be read again.
    throw failure.fault === 'ambiguous' ? new SendError('retry', failure.message, { cause: error }) : failure
  }
}

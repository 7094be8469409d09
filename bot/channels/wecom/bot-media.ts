/** Pictures and files sent to the 智能机器人: a link for five minutes, its bytes encrypted (path 100719, 101463; vector M1). */
import { type MediaRef, SendError } from '../channel.ts'
import { AnswerTooLarge, readAtMost } from '../http.ts'
import { asArray, parseJson } from '../json.ts'
import { CryptoFault, decryptFile } from './crypto.ts'

const DOWNLOAD_TIMEOUT_MS = 30_000
/** Padding and the last block. */
const CIPHER_OVERHEAD_BYTES = 64
const KEY_BYTES = 32
const KIND = 'aibot'

/** Where WeCom keeps what people send to a bot. */
const DOWNLOAD_SUFFIXES = ['.qq.com', '.qpic.cn', '.myqcloud.com', '.tencentcos.cn']

/** The channel's own form of `MediaRef.ref`: the link, and over the long connection the key of this one file. */
export function encodeMediaRef(url: string, aesKey: string | undefined): string {
  return JSON.stringify([KIND, url, ...(aesKey === undefined ? [] : [aesKey])])
}

/** Whether a ref is one of the bot's rather than of the app's. */
export function isBotMedia(ref: string): boolean {
  return asArray(parseJson(ref))?.[0] === KIND
}

/**
 * @param facts `callbackKey` opens what came over the callback; `isOwnHost` allows the hosts that were configured, for an emulated platform
 * @throws {SendError} `refused` where the link, the key or the size will never do
 */
export async function fetchBotMedia(
  { ref }: MediaRef,
  maxBytes: number,
  facts: { callbackKey?: Uint8Array; isOwnHost(this: void, url: URL): boolean },
): Promise<Uint8Array> {
  const [, url, aesKey] = asArray(parseJson(ref)) ?? []
  if (typeof url !== 'string' || !isDownloadUrl(url, facts.isOwnHost)) {
    throw new SendError('refused', '下载地址不是企业微信的地址，未使用')
  }
  const key = typeof aesKey === 'string' ? Buffer.from(aesKey, 'base64') : facts.callbackKey
  if (key?.length !== KEY_BYTES) throw new SendError('refused', '没有打开这个文件的密钥')
  const sealed = await download(url, maxBytes + CIPHER_OVERHEAD_BYTES)
  try {
    const bytes = decryptFile(sealed, key)
    if (bytes.length > maxBytes) throw new SendError('refused', '文件过大，未下载')
    return bytes
  } catch (error) {
    if (error instanceof CryptoFault) throw new SendError('refused', '文件解不开，可能已损坏', { cause: error })
    throw error
  }
}

async function download(url: string, maxBytes: number): Promise<Uint8Array> {
  let status: number
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS) })
    if (response.status === 200) return await readAtMost(response, maxBytes)
    status = response.status
    await response.body?.cancel()
  } catch (error) {
    if (error instanceof AnswerTooLarge) throw new SendError('refused', '文件过大，未下载', { cause: error })
    // Reading a file delivers nothing: whatever cut it off, it can be read again.
    throw new SendError('retry', '文件没有下载完整', { cause: error })
  }
  throw new SendError(status >= 500 ? 'retry' : 'refused', `文件下载失败（HTTP ${status}）`)
}

function isDownloadUrl(text: string, isOwnHost: (url: URL) => boolean): boolean {
  // The URL parser would quietly drop, turn or re-spell anything else.
  if (text.length > 4096 || !/^[\x21-\x5b\x5d-\x7e]+$/.test(text) || !URL.canParse(text)) return false
  const url = new URL(text)
  if (!/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') return false
  return isOwnHost(url) || (url.port === '' && DOWNLOAD_SUFFIXES.some(suffix => url.hostname.endsWith(suffix)))
}

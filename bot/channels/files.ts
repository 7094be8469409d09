/** Files on their way to a platform and from it: moving one shows nothing to anybody, so however it failed it can be done again. */
import { createHash } from 'node:crypto'
import { SendError } from './channel.ts'
import { type Answer, AnswerTooLarge, readAtMost, requestPlatform, toSendError } from './http.ts'
import { parseJson } from './json.ts'

/** Uploads and downloads are larger than calls. */
const FILE_TIMEOUT_MS = 30_000

export interface FileToSend {
  bytes: Uint8Array
  mime: string
  fileName: string
}

/** The bytes, or the JSON that says why there are none. */
export type Fetched = { bytes: Uint8Array } | { answer: Answer }

/** As the form field `media`, which all of them read. @throws {SendError} never `ambiguous` */
export function postFile(platform: string, url: string, { bytes, mime, fileName }: FileToSend): Promise<Answer> {
  const form = new FormData()
  form.set('media', new Blob([new Uint8Array(bytes)], { type: mime }), fileName)
  return requestPlatform(platform, url, { body: form, timeoutMs: FILE_TIMEOUT_MS }).catch(throwHarmless)
}

/** @throws {SendError} `refused` where there are more than `maxBytes`; never `ambiguous` */
export async function fetchFile(platform: string, url: string, maxBytes: number): Promise<Fetched> {
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(FILE_TIMEOUT_MS) })
    const type = response.headers.get('content-type') ?? ''
    const bytes = await readAtMost(response, maxBytes)
    if (response.status === 200 && !/json|text\/plain/.test(type)) return { bytes }
    const head = Buffer.from(bytes).toString()
    return { answer: { status: response.status, body: parseJson(head), head: head.slice(0, 2048) } }
  } catch (error) {
    if (error instanceof AnswerTooLarge) throw new SendError('refused', '文件过大，未下载', { cause: error })
    throw toHarmless(toSendError(platform, error))
  }
}

export function toHarmless(error: SendError): SendError {
  return error.fault === 'ambiguous' ? new SendError('retry', error.message, { cause: error }) : error
}

/** For what comes after a file has been moved: its answer may be cut short as well. */
export function throwHarmless(error: unknown): never {
  throw error instanceof SendError ? toHarmless(error) : error
}

/** A sheet goes to many groups one after the other; platforms keep an uploaded file for three days at least. */
const REMEMBERED_MS = 60 * 60_000
const REMEMBERED_FILES = 16

/** The same, but a file that went up within the hour is not sent up again: each upload counts against the month's calls. */
export function rememberUploads<K extends string>(
  upload: (kind: K, file: FileToSend) => Promise<string>,
  machineNow: () => number,
): (kind: K, file: FileToSend) => Promise<string> {
  const known = new Map<string, { mediaId: string; at: number }>()
  return async (kind, file) => {
    const key = createHash('sha256').update(`${kind} ${file.fileName}\n`).update(file.bytes).digest('hex')
    const found = known.get(key)
    if (found && machineNow() - found.at < REMEMBERED_MS) return found.mediaId
    const mediaId = await upload(kind, file)
    known.delete(key)
    known.set(key, { mediaId, at: machineNow() })
    const [oldest] = known.keys()
    if (known.size > REMEMBERED_FILES && oldest !== undefined) known.delete(oldest)
    return mediaId
  }
}

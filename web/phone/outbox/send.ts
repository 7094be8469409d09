import { CHUNK_BYTES, type PhonePost, type PhotoRef, type Posted, type UploadState } from '../../shared/phone-api.ts'
import { CallError, getJson, postJson, putBytes } from '../http.ts'
import type { Entry, EntryPhoto } from './entry.ts'

export type OnProgress = (done: { photo: number; photos: number; fraction: number }) => void

/** Photos first, each going on from where the line broke, then the entry itself. @throws {CallError} */
export async function sendEntry(entry: Entry, onProgress: OnProgress): Promise<Posted> {
  const photos: PhotoRef[] = []
  for (const [index, photo] of entry.photos.entries()) {
    photos.push(
      await sendPhoto(photo, fraction => onProgress({ photo: index + 1, photos: entry.photos.length, fraction })),
    )
  }
  const post: PhonePost = {
    id: entry.id,
    waitedMs: Math.max(0, Date.now() - entry.madeAt),
    form: entry.form,
    ...(photos.length > 0 ? { photos } : {}),
    ...(entry.location ? { location: entry.location } : {}),
  }
  return postJson<Posted>('/messages', post)
}

async function sendPhoto(photo: EntryPhoto, onProgress: (fraction: number) => void): Promise<PhotoRef> {
  if ('media' in photo) return photo
  const { id, bytes } = photo
  const total = bytes.byteLength
  let state = await getJson<UploadState>(`/uploads/${id}`)
  while ('received' in state) {
    const { received } = state
    onProgress(received / total)
    const piece = bytes.slice(received, received + CHUNK_BYTES)
    state = await putBytes<UploadState>(`/uploads/${id}?offset=${received}&total=${total}`, piece).catch(goOn)
  }
  onProgress(1)
  return { upload: id }
}

/** The server has more, or less, than this page thought: it says how much. */
function goOn(error: unknown): UploadState {
  if (error instanceof CallError && error.received !== undefined) return { received: error.received }
  throw error
}

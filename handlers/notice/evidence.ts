import type { StreetDb } from '../../storage/database.ts'
import { listProgress } from '../../storage/notice-receivers.ts'
import { listPhotosOfMessages } from '../../storage/photos.ts'

const ASKS =
  /(?:附|带|传|发|交|上传|回传|提供|拍)[^，,。；;\n]{0,6}(?:照片|图片|相片|现场照|前后照)|拍照|照片(?:为证|佐证|留痕|回传|上传|反馈)|(?:照片|图片)(?:和|及|、)/u
const WAIVES = /(?:不|无需|无须|不用|不必|免)[^，,。；;\n]{0,4}(?:附|带|传|发|交|拍|提供|照)/u

/** Whether the words of a task ask for a photo as proof: only then a photo is asked for. Source: expectations.md §1 (照片非必要不强制) */
export function asksForPhoto(words: string | undefined): boolean {
  return words !== undefined && ASKS.test(words) && !WAIVES.test(words)
}

export async function hasPhoto(db: StreetDb, messageIds: readonly string[]): Promise<boolean> {
  const photos = await listPhotosOfMessages(db, messageIds)
  return photos.some(({ state }) => state !== 'failed')
}

/** Whether somebody showed a photo with any word about the notice so far. */
export async function hasShownPhoto(db: StreetDb, noticeId: string, memberId: string): Promise<boolean> {
  const told = await listProgress(db, [noticeId])
  return hasPhoto(
    db,
    told.filter(one => one.memberId === memberId).map(({ messageId }) => messageId),
  )
}

import type { Db } from '../../../storage/database.ts'
import type { Attachment } from '../../../storage/outbox.ts'
import { findPhoto } from '../../../storage/photos.ts'
import { findSentText } from '../../../storage/sent-messages.ts'
import { type MediaShelf, type Picture, sniffImage } from './media.ts'
import { Rejection } from './rejection.ts'

export interface PictureParts {
  read: Db
  media: MediaShelf
  /** The plain bytes of a photo stored under DATA_DIR/photos. */
  readPhoto(file: string): Promise<Uint8Array>
  /** PNG of an attachment. */
  draw(attachment: Attachment): Promise<Uint8Array>
}

/** A photo somebody sent: from its store, or as it came while it still waits to be fetched. @throws {Rejection} 404 */
export async function showPhoto({ read, media, readPhoto }: PictureParts, id: string): Promise<Picture> {
  const photo = await findPhoto(read, id)
  const bytes = photo?.file ? await readPhoto(photo.file) : photo && (await media.take(photo.ref))
  const mime = bytes && sniffImage(bytes)
  if (!bytes || !mime) throw new Rejection(404, 'unknown-photo', '没有这张图片。')
  return { bytes, mime }
}

/** The picture that went along with a delivered text. @throws {Rejection} 404 */
export async function showAttachment({ read, draw }: PictureParts, sentId: string): Promise<Picture> {
  const sent = await findSentText(read, sentId)
  if (!sent?.attachment) throw new Rejection(404, 'unknown-picture', '没有这张图片。')
  return { bytes: await draw(sent.attachment), mime: 'image/png' }
}

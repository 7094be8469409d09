import type { Db } from '../../../storage/database.ts'
import { findPhoto } from '../../../storage/photos.ts'
import { findSentText } from '../../../storage/sent-messages.ts'
import type { Enclose, Enclosure } from '../../enclosures.ts'
import { type MediaShelf, type Picture, sniffImage } from './media.ts'
import { Rejection } from './rejection.ts'

export interface PictureParts {
  read: Db
  media: MediaShelf
  /** The plain bytes of a photo stored under DATA_DIR/photos. */
  readPhoto(file: string): Promise<Uint8Array>
  /** What went along with a text. */
  enclose: Enclose
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
export async function showAttachment(parts: Pick<PictureParts, 'read' | 'enclose'>, sentId: string): Promise<Picture> {
  const { image } = await findEnclosure(parts, sentId)
  if (!image) throw new Rejection(404, 'unknown-picture', '没有这张图片。')
  return image
}

/** The document that went along with a delivered text. @throws {Rejection} 404 */
export async function showFile(
  parts: Pick<PictureParts, 'read' | 'enclose'>,
  sentId: string,
): Promise<Picture & { fileName: string }> {
  const { file } = await findEnclosure(parts, sentId)
  if (!file) throw new Rejection(404, 'unknown-file', '没有这个文件。')
  return file
}

async function findEnclosure({ read, enclose }: Pick<PictureParts, 'read' | 'enclose'>, sentId: string) {
  const sent = await findSentText(read, sentId)
  return sent?.attachment ? enclose(sent.attachment, sent.street).catch(() => ({}) as Enclosure) : ({} as Enclosure)
}

import type { StreetDb } from './database.ts'
import { newId } from './ids.ts'

/** A picture or a document that travels with a notice: the row id of one of them. */
export type NoticeAttachment = { photoId: string; fileId?: undefined } | { fileId: string; photoId?: undefined }

/** Adds what the notice does not carry yet. */
export async function insertNoticeAttachments(
  db: StreetDb,
  noticeId: string,
  attachments: readonly NoticeAttachment[],
  at: number,
): Promise<void> {
  const known = await listNoticeAttachments(db, noticeId)
  for (const { photoId, fileId } of attachments) {
    if (known.some(one => one.photoId === photoId && one.fileId === fileId)) continue
    await db.sql
      .insertInto('notice_attachment')
      .values({
        id: newId(at),
        subdistrict_id: db.street,
        notice_id: noticeId,
        photo_id: photoId ?? null,
        file_id: fileId ?? null,
      })
      .execute()
  }
}

/** In the order in which they came. */
export async function listNoticeAttachments(db: StreetDb, noticeId: string): Promise<NoticeAttachment[]> {
  const rows = await db.sql
    .selectFrom('notice_attachment')
    .select(['photo_id', 'file_id'])
    .where('subdistrict_id', '=', db.street)
    .where('notice_id', '=', noticeId)
    .orderBy('id')
    .execute()
  return rows.map(({ photo_id, file_id }) => (photo_id === null ? { fileId: file_id! } : { photoId: photo_id }))
}

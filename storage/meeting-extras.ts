/** What comes with a meeting beside who was there: answers beforehand, materials, ratings. */
import { randomUUID } from 'node:crypto'
import type { StreetDb } from './database.ts'
import { newId } from './ids.ts'

export interface MeetingReply {
  memberId: string
  coming: boolean
  at: number
}

/** The newest answer stands. */
export async function saveReply(
  db: StreetDb,
  meetingId: string,
  { memberId, coming, at, messageId }: MeetingReply & { messageId: string },
): Promise<void> {
  const told = { coming: coming ? 1 : 0, at, message_id: messageId } as const
  await db.sql
    .insertInto('meeting_reply')
    .values({ meeting_id: meetingId, member_id: memberId, subdistrict_id: db.street, ...told })
    .onConflict(c => c.columns(['meeting_id', 'member_id']).doUpdateSet(told))
    .execute()
}

/** In the order of answering. */
export async function listReplies(db: StreetDb, meetingId: string): Promise<MeetingReply[]> {
  const rows = await db.sql
    .selectFrom('meeting_reply')
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('meeting_id', '=', meetingId)
    .orderBy('at')
    .orderBy('member_id')
    .execute()
  return rows.map(({ member_id, coming, at }) => ({ memberId: member_id, coming: coming === 1, at }))
}

/** A picture or a document for those who attend: the row id of one of them. */
export type MeetingMaterial = { photoId: string; fileId?: undefined } | { fileId: string; photoId?: undefined }

export async function insertMaterials(
  db: StreetDb,
  meetingId: string,
  materials: readonly MeetingMaterial[],
  at: number,
): Promise<void> {
  for (const { photoId, fileId } of materials) {
    await db.sql
      .insertInto('meeting_material')
      .values({
        id: newId(at),
        subdistrict_id: db.street,
        meeting_id: meetingId,
        photo_id: photoId ?? null,
        file_id: fileId ?? null,
      })
      .execute()
  }
}

/** In the order in which they came. */
export async function listMaterials(db: StreetDb, meetingId: string): Promise<MeetingMaterial[]> {
  const rows = await db.sql
    .selectFrom('meeting_material')
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('meeting_id', '=', meetingId)
    .orderBy('id')
    .execute()
  return rows.map(({ photo_id, file_id }) => (photo_id === null ? { fileId: file_id! } : { photoId: photo_id }))
}

/**
 * Ratings of one person given at a meeting. Nothing says by whom, and the row ids are drawn, not counted: their order does not tell
 * who sat where. Source: S1-43
 */
export async function insertRatings(
  db: StreetDb,
  meetingId: string,
  memberId: string,
  points: readonly number[],
): Promise<void> {
  for (const point of points) {
    await db.sql
      .insertInto('meeting_rating')
      .values({
        id: randomUUID(),
        subdistrict_id: db.street,
        meeting_id: meetingId,
        member_id: memberId,
        points: point,
      })
      .execute()
  }
}

export async function listRatings(db: StreetDb, meetingId: string): Promise<{ memberId: string; points: number }[]> {
  const rows = await db.sql
    .selectFrom('meeting_rating')
    .select(['member_id', 'points'])
    .where('subdistrict_id', '=', db.street)
    .where('meeting_id', '=', meetingId)
    .orderBy('id')
    .execute()
  return rows.map(({ member_id, points }) => ({ memberId: member_id, points }))
}

import type { StreetDb } from './database.ts'

/** Whose message it is: a member's, or that of somebody outside the roster on their platform. */
export type Writer = { memberId: string } | { channel: string; senderPlatformId: string }

/** The incident that `writer` reported last in a chat since an instant; undone ones are not found. */
export async function findLastReportIn(
  db: StreetDb,
  writer: Writer,
  { chatPlatformId, since }: { chatPlatformId: string; since: number },
): Promise<string | undefined> {
  let query = db.sql
    .selectFrom('incident')
    .innerJoin('message', 'message.id', 'incident.message_id')
    .select('incident.id')
    .where('incident.subdistrict_id', '=', db.street)
    .where('incident.voided_at', 'is', null)
    .where('message.chat_platform_id', '=', chatPlatformId)
    .where('message.at', '>=', since)
    .orderBy('incident.id', 'desc')
    .limit(1)
  if ('memberId' in writer) query = query.where('message.member_id', '=', writer.memberId)
  else {
    query = query
      .where('message.channel', '=', writer.channel)
      .where('message.sender_platform_id', '=', writer.senderPlatformId)
  }
  return (await query.executeTakeFirst())?.id
}

/** What somebody outside the roster reported since an instant, the newest first; undone ones are left out. */
export async function listReportsOf(
  db: StreetDb,
  writer: { channel: string; senderPlatformId: string },
  { since, limit }: { since: number; limit: number },
): Promise<string[]> {
  const rows = await db.sql
    .selectFrom('incident')
    .innerJoin('message', 'message.id', 'incident.message_id')
    .select('incident.id')
    .where('incident.subdistrict_id', '=', db.street)
    .where('incident.voided_at', 'is', null)
    .where('incident.reported_at', '>=', since)
    .where('message.channel', '=', writer.channel)
    .where('message.sender_platform_id', '=', writer.senderPlatformId)
    .orderBy('incident.id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id)
}

/** Messages of `writer` in a chat since an instant that brought pictures and became no record. */
export async function listLoosePhotoMessages(
  db: StreetDb,
  memberId: string,
  { chatPlatformId, since, until }: { chatPlatformId: string; since: number; until: string },
): Promise<string[]> {
  const rows = await db.sql
    .selectFrom('message')
    .innerJoin('photo', 'photo.message_id', 'message.id')
    .leftJoin('audit', 'audit.message_id', 'message.id')
    .select('message.id')
    .distinct()
    .where('message.subdistrict_id', '=', db.street)
    .where('message.member_id', '=', memberId)
    .where('message.chat_platform_id', '=', chatPlatformId)
    .where('message.at', '>=', since)
    .where('message.id', '<', until)
    .where('audit.id', 'is', null)
    .orderBy('message.id')
    .execute()
  return rows.map(({ id }) => id)
}

/**
 * The incident that a quoted message is about: one that reported or supplemented it, or one that the bot said about it.
 *
 * @param quoted the id that the platform, or the simulator, gave the quoted message
 */
export async function findIncidentOfQuoted(db: StreetDb, channel: string, quoted: string): Promise<string | undefined> {
  const message = await db.sql
    .selectFrom('message')
    .select('id')
    .where('subdistrict_id', '=', db.street)
    .where('channel', '=', channel)
    .where(eb => eb.or([eb('id', '=', quoted), eb('platform_id', '=', quoted)]))
    .limit(1)
    .executeTakeFirst()
  if (message) return findIncidentOfMessage(db, message.id)
  const sent = await db.sql
    .selectFrom('sent_message')
    .innerJoin('outbox', 'outbox.id', 'sent_message.outbox_id')
    .select(['outbox.subject_type', 'outbox.subject_id', 'outbox.message_id'])
    .where('sent_message.subdistrict_id', '=', db.street)
    .where('sent_message.channel', '=', channel)
    .where(eb =>
      eb.or([
        eb('sent_message.id', '=', quoted),
        eb('sent_message.outbox_id', '=', quoted),
        eb('sent_message.platform_id', '=', quoted),
      ]),
    )
    .limit(1)
    .executeTakeFirst()
  if (sent?.subject_type === 'incident') return sent.subject_id ?? undefined
  return sent?.message_id ? findIncidentOfMessage(db, sent.message_id) : undefined
}

/** The incident that a message reported or went on with. */
export async function findIncidentOfMessage(db: StreetDb, messageId: string): Promise<string | undefined> {
  const reported = await db.sql
    .selectFrom('incident')
    .select('id')
    .where('subdistrict_id', '=', db.street)
    .where('message_id', '=', messageId)
    .limit(1)
    .executeTakeFirst()
  if (reported) return reported.id
  const logged = await db.sql
    .selectFrom('incident_log')
    .select('incident_id')
    .where('subdistrict_id', '=', db.street)
    .where('message_id', '=', messageId)
    .limit(1)
    .executeTakeFirst()
  return logged?.incident_id
}

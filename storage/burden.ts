import type { StreetDb } from './database.ts'
import type { ChannelName, MessageDetail } from './messages.ts'

/** People who were @-ed at an instant: by the program about some record, or by somebody's message in a group. */
export interface Mentioning {
  at: number
  /** Row ids of members, where the program spoke. */
  memberIds: string[]
  subject?: { type: string; id: string }
  /** Who spoke and whom they named, where a person did. */
  spoken?: { byId: string; channel: ChannelName; mentions: MessageDetail['mentions'] }
}

/** From the first instant up to before the second. */
interface Span {
  from: number
  to: number
}

/**
 * Everybody who was @-ed in one of the spans, but for emergencies. Meant for hours in which little is said: each message of a group in a
 * span is opened.
 */
export async function listMentionings(db: StreetDb, spans: readonly Span[]): Promise<Mentioning[]> {
  if (spans.length === 0) return []
  return [...(await listSaid(db, spans)), ...(await listSpoken(db, spans))]
}

async function listSaid(db: StreetDb, spans: readonly Span[]): Promise<Mentioning[]> {
  const rows = await db.sql
    .selectFrom('outbox')
    .select(['sent_at', 'mentions', 'subject_type', 'subject_id'])
    .where('subdistrict_id', '=', db.street)
    .where(eb => eb.or(spans.map(({ from, to }) => eb.and([eb('sent_at', '>=', from), eb('sent_at', '<', to)]))))
    .where('mentions', '!=', '[]')
    .where('urgency', '!=', 'urgent')
    .execute()
  return rows.map(row => ({
    at: row.sent_at!,
    memberIds: JSON.parse(row.mentions) as string[],
    subject: row.subject_type && row.subject_id ? { type: row.subject_type, id: row.subject_id } : undefined,
  }))
}

async function listSpoken(db: StreetDb, spans: readonly Span[]): Promise<Mentioning[]> {
  const rows = await db.sql
    .selectFrom('message')
    .select(['id', 'at', 'channel', 'member_id', 'detail'])
    .where('subdistrict_id', '=', db.street)
    .where('chat_kind', '=', 'group')
    .where('member_id', 'is not', null)
    .where(eb => eb.or(spans.map(({ from, to }) => eb.and([eb('at', '>=', from), eb('at', '<', to)]))))
    .execute()
  return rows.flatMap(row => {
    const place = { table: 'message', column: 'detail', id: row.id }
    const { mentions } = JSON.parse(db.vault.open(row.detail, place).reveal()) as MessageDetail
    const channel = row.channel as ChannelName
    return mentions.length > 0
      ? [{ at: row.at, memberIds: [], spoken: { byId: row.member_id!, channel, mentions } }]
      : []
  })
}

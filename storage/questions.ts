import type { StreetDb } from './database.ts'
import { newId } from './ids.ts'

/** A question the bot asked somebody in a chat; the next message there may answer it. One per person and chat. */
export interface OpenQuestion {
  id: string
  /** The intent whose handler takes the answer. */
  intent: string
  draft: unknown
  askedAt: number
  endsAt: number
}

interface Asked {
  asker: string
  chatPlatformId: string
}

export async function saveQuestion(
  db: StreetDb,
  { asker, chatPlatformId }: Asked,
  question: { intent: string; draft: unknown; askedAt: number; endsAt: number; messageId: string },
): Promise<void> {
  await dropQuestion(db, { asker, chatPlatformId })
  const id = newId(question.askedAt)
  await db.sql
    .insertInto('open_question')
    .values({
      id,
      subdistrict_id: db.street,
      asker,
      chat_platform_id: chatPlatformId,
      intent: question.intent,
      draft: db.vault.seal(JSON.stringify(question.draft ?? null), { table: 'open_question', column: 'draft', id }),
      asked_at: question.askedAt,
      ends_at: question.endsAt,
      message_id: question.messageId,
    })
    .execute()
}

export async function findQuestion(db: StreetDb, asked: Asked, at: number): Promise<OpenQuestion | undefined> {
  const row = await db.sql
    .selectFrom('open_question')
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('asker', '=', asked.asker)
    .where('chat_platform_id', '=', asked.chatPlatformId)
    .where('ends_at', '>', at)
    .executeTakeFirst()
  if (!row) return undefined
  const draft = db.vault.open(row.draft, { table: 'open_question', column: 'draft', id: row.id }).reveal()
  return { id: row.id, intent: row.intent, draft: JSON.parse(draft), askedAt: row.asked_at, endsAt: row.ends_at }
}

export async function dropQuestion(db: StreetDb, asked: Asked): Promise<void> {
  await db.sql
    .deleteFrom('open_question')
    .where('subdistrict_id', '=', db.street)
    .where('asker', '=', asked.asker)
    .where('chat_platform_id', '=', asked.chatPlatformId)
    .execute()
}

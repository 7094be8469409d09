import type { Db } from './database.ts'

/** The newest message, delivered text and change, by their ids, which sort by birth; empty where there is none yet. */
export interface Newest {
  message: string
  sent: string
  audit: string
}

export async function readNewest({ sql }: Db): Promise<Newest> {
  const newest = async (table: 'message' | 'sent_message' | 'audit') => {
    const row = await sql
      .selectFrom(table)
      .select(eb => eb.fn.max('id').as('id'))
      .executeTakeFirst()
    return row?.id ?? ''
  }
  return { message: await newest('message'), sent: await newest('sent_message'), audit: await newest('audit') }
}

/** The chats of a channel (as `sent_message.target` names them) in which something was said after `since`. */
export async function listChatsWithNews({ sql }: Db, channel: string, since: Newest): Promise<string[]> {
  const written = await sql
    .selectFrom('message')
    .select('chat_platform_id as chat')
    .distinct()
    .where('channel', '=', channel)
    .where('id', '>', since.message)
    .execute()
  const sent = await sql
    .selectFrom('sent_message')
    .select('target as chat')
    .distinct()
    .where('channel', '=', channel)
    .where('id', '>', since.sent)
    .execute()
  return [...new Set([...written, ...sent].map(({ chat }) => chat))]
}

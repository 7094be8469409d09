import type { Db } from './database.ts'

/** Private messages go to the channel a person last wrote on. */
export async function noteLastChannel(db: Db, memberId: string, channel: string): Promise<void> {
  await db.sql
    .updateTable('member')
    .set({ last_channel: channel })
    .where('id', '=', memberId)
    .where(eb => eb.or([eb('last_channel', 'is', null), eb('last_channel', '!=', channel)]))
    .execute()
}

export async function findLastChannel(db: Db, memberId: string): Promise<string | undefined> {
  const row = await db.sql.selectFrom('member').select('last_channel').where('id', '=', memberId).executeTakeFirst()
  return row?.last_channel ?? undefined
}

import type { Db } from './database.ts'

/**
 * What a platform's other name for a person stands for, as far as it was asked before `since`.
 * An alias that stands for itself was looked up and is a plain id.
 */
export async function findAliased(
  db: Db,
  { channel, alias, since }: { channel: string; alias: string; since: number },
): Promise<string | undefined> {
  const row = await db.sql
    .selectFrom('platform_alias')
    .select('platform_id')
    .where('channel', '=', channel)
    .where('alias', '=', alias)
    .where('noted_at', '>=', since)
    .executeTakeFirst()
  return row?.platform_id
}

export async function noteAlias(
  db: Db,
  { channel, alias, platformId, at }: { channel: string; alias: string; platformId: string; at: number },
): Promise<void> {
  const fresh = { platform_id: platformId, noted_at: at }
  await db.sql
    .insertInto('platform_alias')
    .values({ channel, alias, ...fresh })
    .onConflict(c => c.columns(['channel', 'alias']).doUpdateSet(fresh))
    .execute()
}

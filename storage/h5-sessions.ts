import type { Db } from './database.ts'
import type { ChannelName } from './messages.ts'

/** Somebody signed in on the phone pages: the account on a platform, whoever the roster says that is today. Instants by the machine. */
export interface H5Session {
  id: string
  channel: ChannelName
  platformId: string
  expiresAt: number
}

const PURPOSE = 'h5 session'

/** @param token the secret that the browser keeps; only its index is stored, so a read database opens no session */
export async function insertH5Session(
  db: Db,
  token: string,
  {
    channel,
    platformId,
    machineNow,
    lifeMs,
  }: Omit<H5Session, 'id' | 'expiresAt'> & { machineNow: number; lifeMs: number },
): Promise<H5Session> {
  await db.sql.deleteFrom('h5_session').where('expires_at', '<=', machineNow).execute()
  const session = { id: db.vault.index(token, PURPOSE), channel, platformId, expiresAt: machineNow + lifeMs }
  await db.sql
    .insertInto('h5_session')
    .values({
      id: session.id,
      channel,
      platform_id: platformId,
      created_at: machineNow,
      expires_at: session.expiresAt,
    })
    .execute()
  return session
}

/** undefined where the token opens none, or one that has ended. */
export async function findH5Session(db: Db, token: string, machineNow: number): Promise<H5Session | undefined> {
  const row = await db.sql
    .selectFrom('h5_session')
    .selectAll()
    .where('id', '=', db.vault.index(token, PURPOSE))
    .where('expires_at', '>', machineNow)
    .executeTakeFirst()
  return (
    row && {
      id: row.id,
      channel: row.channel as ChannelName,
      platformId: row.platform_id,
      expiresAt: row.expires_at,
    }
  )
}

export async function dropH5Session(db: Db, id: string): Promise<void> {
  await db.sql.deleteFrom('h5_session').where('id', '=', id).execute()
}

import type { Db, StreetDb } from './database.ts'

/** How one message can be answered on its platform, once; `ref` is a bearer secret, opaque to everybody but the channel. */
export interface ReplyRef {
  messageId: string
  channel: string
  chatPlatformId: string
  chatKind: 'group' | 'direct'
  /** Whose message it is. */
  memberId?: string
  ref: string
}

/** `machineNow` forgets those that no platform would take any more. */
export async function insertReplyRef(
  db: StreetDb,
  { messageId, ref, expiresAt }: { messageId: string; ref: string; expiresAt: number },
  machineNow: number,
): Promise<void> {
  await db.sql.deleteFrom('reply_ref').where('expires_at', '<', machineNow).execute()
  await db.sql
    .insertInto('reply_ref')
    .values({
      id: messageId,
      subdistrict_id: db.street,
      ref: db.vault.seal(ref, { table: 'reply_ref', column: 'ref', id: messageId }),
      expires_at: expiresAt,
      spent_at: null,
    })
    .execute()
}

/** The way to answer this message while it lasts. */
export async function findReplyRef(db: Db, messageId: string, machineNow: number): Promise<ReplyRef | undefined> {
  const row = await db.sql
    .selectFrom('reply_ref')
    .innerJoin('message', 'message.id', 'reply_ref.id')
    .select([
      'reply_ref.id',
      'reply_ref.ref',
      'message.channel',
      'message.chat_platform_id',
      'message.chat_kind',
      'message.member_id',
    ])
    .where('reply_ref.id', '=', messageId)
    .where('reply_ref.spent_at', 'is', null)
    .where('reply_ref.expires_at', '>', machineNow)
    .executeTakeFirst()
  return (
    row && {
      messageId: row.id,
      channel: row.channel,
      chatPlatformId: row.chat_platform_id,
      chatKind: row.chat_kind,
      memberId: row.member_id ?? undefined,
      ref: db.vault.open(row.ref, { table: 'reply_ref', column: 'ref', id: row.id }).reveal(),
    }
  )
}

/** Written before the platform is called, so that a kill in between never uses the same way twice. @returns false where it was spent already */
export async function spendReplyRef(db: Db, messageId: string, machineNow: number): Promise<boolean> {
  const spent = await db.sql
    .updateTable('reply_ref')
    .set({ spent_at: machineNow })
    .where('id', '=', messageId)
    .where('spent_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return spent !== undefined
}

/** The platform was never reached: the way is open still. */
export async function restoreReplyRef(db: Db, messageId: string): Promise<void> {
  await db.sql.updateTable('reply_ref').set({ spent_at: null }).where('id', '=', messageId).execute()
}

/** Whether something that answers this message in its own chat, or changes the card it pressed, still waits to leave and may leave by now. */
export async function isAnswerDue(db: Db, messageId: string, now: number): Promise<boolean> {
  const row = await db.sql
    .selectFrom('outbox')
    .innerJoin('message', 'message.id', 'outbox.message_id')
    .leftJoin('chat', 'chat.id', 'outbox.chat_id')
    .select('outbox.id')
    .where('message.id', '=', messageId)
    .where('outbox.state', 'in', ['pending', 'sending'])
    .where('outbox.not_before', '<=', now)
    .where(eb =>
      eb.or([
        eb('chat.platform_id', '=', eb.ref('message.chat_platform_id')),
        eb('outbox.replaces', 'is not', null),
        eb.and([eb('message.chat_kind', '=', 'direct'), eb('outbox.member_id', '=', eb.ref('message.member_id'))]),
      ]),
    )
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

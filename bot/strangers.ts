import { type Answer, refuse, type StrangerCtx } from '../handlers/handler.ts'
import { instantAt } from '../policy/time.ts'
import { phrases } from './phrases.ts'

const REASON = 'stranger'

/** One line per unknown person and day; afterwards silence (contract: unknown senders). */
export async function greetStranger({ db, message, today }: StrangerCtx): Promise<Answer | undefined> {
  const told = await db.sql
    .selectFrom('message')
    .select('id')
    .where('subdistrict_id', '=', db.street)
    .where('channel', '=', message.channel)
    // Somebody whom the platform does not name can only be told apart by the chat.
    .where(eb =>
      message.senderPlatformId
        ? eb('sender_platform_id', '=', message.senderPlatformId)
        : eb.and([eb('sender_platform_id', 'is', null), eb('chat_platform_id', '=', message.chatPlatformId)]),
    )
    .where('received_at', '>=', instantAt(today, '00:00'))
    .where('reason', '=', REASON)
    .limit(1)
    .executeTakeFirst()
  return told ? undefined : refuse(REASON, phrases.stranger)
}

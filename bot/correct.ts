import type { Ctx } from '../handlers/handler.ts'
import type { Intent, Meaning } from '../handlers/slots.ts'
import { dayMs } from '../policy/time.ts'
import { findMessage } from '../storage/messages.ts'
import { listCreatedBy } from '../storage/own-records.ts'
import type { Sender } from './identity.ts'
import { type UnderstandInput, understandAs } from './understand/understand.ts'
import { describeInbound } from './understand-inbound.ts'

/** The words of the sender's last record, read as what they say it should have been. */
export async function findCorrected(
  { db, actor, now }: Ctx,
  sender: Sender,
  { botName = '' }: UnderstandInput,
  to: Intent,
): Promise<{ meaning: Meaning; text: string } | undefined> {
  const [last] = await listCreatedBy(db, actor.id, now - dayMs)
  const message = last?.messageId === undefined ? undefined : await findMessage(db, last.messageId)
  if (!message) return undefined
  const text = message.text.reveal()
  const told = { text, media: [], quote: message.detail.quote }
  return { meaning: understandAs(to, describeInbound(told, sender, botName, message.at)), text }
}

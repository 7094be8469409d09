import { findMessage, findMessageByPlatformId } from '../../storage/messages.ts'
import { findOutboxItem } from '../../storage/outbox.ts'
import type { Ctx } from '../handler.ts'

/** The message that a reply means: the quoted one itself, or the one that a quoted answer answers. */
export async function findQuotedMessage({ db, message }: Ctx): Promise<string | undefined> {
  const id = message.detail.quote?.id
  if (id === undefined) return undefined
  const { channel, robot } = message
  const heard = (await findMessage(db, id)) ?? (await findMessageByPlatformId(db, { channel, robot, platformId: id }))
  return heard?.id ?? (await findOutboxItem(db, id))?.messageId
}

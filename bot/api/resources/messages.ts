import { formatInstant } from '../../../policy/time.ts'
import { listRecordsOfMessage } from '../../../storage/audit.ts'
import { findMessage } from '../../../storage/messages.ts'
import { listRecordNumbers } from '../../../storage/record-numbers.ts'
import { keyOf, type Resource } from '../view.ts'

/** What somebody wrote, and what came of it. A record with a number is named by it, as in its own answer. */
export const messages: Resource = {
  path: 'messages',
  async find(view, id) {
    const message = await findMessage(view.db, id)
    if (!message) return undefined
    const { channel, platformId, chatPlatformId, memberId, senderPlatformId, at, receivedAt, text, detail } = message
    const records = await listRecordsOfMessage(view.db, id)
    const numbers = await listRecordNumbers(view.db, records)
    return {
      id,
      channel,
      platformId,
      chat: chatPlatformId,
      sender: keyOf(view, memberId) ?? senderPlatformId ?? detail.senderName,
      at: formatInstant(at),
      receivedAt: formatInstant(receivedAt),
      text: text.reveal(),
      intent: message.intent,
      status: message.status,
      records: records.map(record => ({ type: record.type, id: String(numbers.get(record.id) ?? record.id) })),
    }
  },
}

import { formatInstant } from '../../../policy/time.ts'
import { listRecordsOfMessage } from '../../../storage/audit.ts'
import { countMessages, findMessage, listMessages, type MessageStatus } from '../../../storage/messages.ts'
import { listRecordNumbers } from '../../../storage/record-numbers.ts'
import { maskPersonal } from '../../understand/mask.ts'
import { badRequest } from '../api-error.ts'
import { fetchPage, mapPage } from '../page.ts'
import { instantsOf } from '../request.ts'
import { keyOf, type Resource } from '../view.ts'

/** What an administrator goes through: not understood, put aside because its signature was used before, or failed in a handler. */
const LISTED: readonly MessageStatus[] = ['unclear', 'held', 'failed']

/** What somebody wrote, and what came of it. A record with a number is named by it, as in its own answer. */
export const messages: Resource = {
  path: 'messages',
  /** Names, phones and doors stand behind placeholders: the list is there to make understanding better, not to read along. */
  async list(view, query) {
    const status = query.get('status')
    const statuses = status === undefined ? LISTED : LISTED.filter(one => one === status)
    if (statuses.length === 0) throw badRequest(`status 应为 ${LISTED.join('、')} 之一。`)
    const filter = { statuses, ...instantsOf(query) }
    const page = await fetchPage(
      query,
      part => listMessages(view.db, { ...filter, ...part }),
      () => countMessages(view.db, filter),
    )
    const names = view.roster.members.map(({ name }) => name)
    return mapPage(page, items =>
      items.map(({ id, at, text, intent, status: became, reason }) => ({
        id,
        at: formatInstant(at),
        text: maskPersonal(text.reveal(), names).text,
        intent,
        status: became,
        reason,
      })),
    )
  },
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

import { formatInstant } from '../../../policy/time.ts'
import { listChatPlatformIds } from '../../../storage/chats.ts'
import { countOutboxItems, listOutboxItems, type OutboxItem } from '../../../storage/outbox.ts'
import { badRequest } from '../api-error.ts'
import { fetchPage, mapPage } from '../page.ts'
import { instantsOf } from '../request.ts'
import { keyOf, type Resource, showInstant, type View } from '../view.ts'

/** On its way is still pending to whoever looks from outside. */
const states = {
  pending: ['pending', 'sending'],
  sent: ['sent'],
  failed: ['failed'],
  dead: ['dead'],
} as const satisfies Record<string, readonly OutboxItem['state'][]>

export const outbox: Resource = {
  path: 'outbox',
  async list(view, query) {
    const state = query.get('state')
    if (state !== undefined && !Object.hasOwn(states, state)) {
      throw badRequest(`state 应为 ${Object.keys(states).join('、')} 之一。`)
    }
    const filter = { ...instantsOf(query), states: state ? states[state as keyof typeof states] : undefined }
    const page = await fetchPage(
      query,
      part => listOutboxItems(view.db, { ...filter, ...part }),
      () => countOutboxItems(view.db, filter),
    )
    return mapPage(page, items => showAll(view, items))
  },
}

async function showAll(view: View, items: readonly OutboxItem[]): Promise<object[]> {
  const chats = await listChatPlatformIds(
    view.db,
    items.flatMap(({ to }) => (to.kind === 'chat' ? to.chatId : [])),
  )
  return items.map(({ id, to, kind, state, attempts, at, sentAt, mergedInto, error, messageId }) => ({
    id,
    to: to.kind === 'chat' ? chats.get(to.chatId) : to.kind === 'member' ? keyOf(view, to.memberId) : to.platformId,
    kind,
    state: state === 'sending' ? 'pending' : state,
    attempts,
    at: formatInstant(at),
    sentAt: showInstant(sentAt),
    mergedInto,
    error,
    messageId,
  }))
}

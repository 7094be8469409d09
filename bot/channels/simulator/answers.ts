import type { Meaning } from '../../../handlers/slots.ts'
import { getChat } from '../../../storage/chats.ts'
import type { StreetDb } from '../../../storage/database.ts'
import type { StoredMessage } from '../../../storage/messages.ts'
import { type Card, listOutboxOfMessage, type OutboxItem } from '../../../storage/outbox.ts'
import type { Roster } from '../../../storage/roster.ts'
import type { CardView, Reply, Said } from '../../../web/shared/simulator-api.ts'

/** What came of a message: how it was understood and everything said in its transaction. The same for every repeat of a post. */
export async function describeSaid(db: StreetDb, roster: Roster, message: StoredMessage): Promise<Said> {
  const items = await listOutboxOfMessage(db, message.id)
  return {
    messageId: message.id,
    intent: message.intent ?? 'none',
    slots: (message.slots ?? {}) as Record<string, unknown>,
    ...(message.also?.length ? { also: message.also as Meaning[] } : {}),
    replies: await Promise.all(items.map(item => toReply(db, roster, item))),
  }
}

async function toReply(db: StreetDb, roster: Roster, { id, to, text, mentions, card }: OutboxItem): Promise<Reply> {
  const target = await targetOf(db, roster, to)
  return {
    to: target.startsWith('@') ? 'user' : 'group',
    target: target.replace(/^@/, ''),
    text: text.reveal(),
    at: keysOf(roster, mentions),
    ...(card ? { card: toCardView(id, card, text.reveal()) } : {}),
  }
}

/** Chat id of a group, `@KEY` of a person: as the simulator's chats are named. */
export async function targetOf(db: StreetDb, roster: Roster, to: OutboxItem['to']): Promise<string> {
  if (to.kind === 'chat') return (await getChat(db, to.chatId)).platformId ?? ''
  return to.kind === 'member' ? `@${roster.memberById(to.memberId)?.key}` : `@${to.platformId}`
}

export function keysOf(roster: Roster, memberIds: readonly string[]): string[] {
  return memberIds.map(id => roster.memberById(id)?.key).filter(key => key !== undefined)
}

export function toCardView(id: string, { title, buttons }: Card, text: string): CardView {
  return { id, title, text, buttons: buttons.map(button => ({ key: button.key, text: button.text })) }
}

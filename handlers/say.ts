import type { StreetDb } from '../storage/database.ts'
import { insertOutboxItem, type NewOutboxItem, type OutboxItem } from '../storage/outbox.ts'
import type { ChatGroup, Member } from '../storage/roster.ts'

type Spoken = Omit<NewOutboxItem, 'to' | 'text' | 'mentions' | 'messageId' | 'at'> & { mentions?: readonly Member[] }

/** Characters that turn the direction of what follows: in a name they would scramble the sentence around it. */
const TURNING = /[\u202A-\u202E\u2066-\u2069]/g

/** How handlers and jobs speak: every sentence becomes an outbox row of the running transaction. */
export interface Say {
  /** To every chat of a group. */
  toGroup(group: ChatGroup, text: string, options: Spoken): Promise<OutboxItem[]>
  /** To one conversation, bound or not. */
  toChat(chatId: string, text: string, options: Spoken): Promise<OutboxItem>
  /** In private; delivery chooses the platform. */
  toMember(member: Member, text: string, options: Spoken): Promise<OutboxItem>
  /** In private to somebody outside the roster, on the platform they wrote on. */
  toPerson(person: { channel: string; platformId: string }, text: string, options: Spoken): Promise<OutboxItem>
}

/** `messageId` is the message that caused it, where one did. */
export function createSay(db: StreetDb, source: { at: number; messageId?: string }): Say {
  const say = (to: NewOutboxItem['to'], text: string, { mentions = [], merge, ...options }: Spoken) =>
    insertOutboxItem(db, {
      ...options,
      ...source,
      to,
      text: text.replace(TURNING, ''),
      merge: merge && { ...merge, item: merge.item.replace(TURNING, '') },
      mentions: mentions.map(({ id }) => id),
    })

  return {
    toGroup: async (group, text, options) => {
      const said: OutboxItem[] = []
      for (const chat of group.chats) {
        // A chat without conversation id was named in the roster but not yet bound: nobody can be reached there.
        if (chat.platformId) said.push(await say({ kind: 'chat', chatId: chat.id }, text, options))
      }
      return said
    },
    toChat: (chatId, text, options) => say({ kind: 'chat', chatId }, text, options),
    toMember: (member, text, options) => say({ kind: 'member', memberId: member.id }, text, options),
    toPerson: (person, text, options) => say({ kind: 'person', ...person }, text, options),
  }
}

import { pino } from 'pino'
import type { InboundMessage } from '../../bot/channels/channel.ts'
import { createConversation } from '../../bot/conversation.ts'
import type { Handler } from '../../handlers/handler.ts'
import { inStreet, type Store, type StreetDb } from '../../storage/database.ts'
import { loadRoster } from '../../storage/load-roster.ts'
import { findMessage } from '../../storage/messages.ts'
import { listOutboxOfMessage } from '../../storage/outbox.ts'
import type { Roster } from '../../storage/roster.ts'
import { at as local } from './clock.ts'
import { databases } from './stores.ts'
import { type BuiltInPack, insertStreet, PEOPLE, STREET } from './street-data.ts'

export { CHATS, STREET } from './street-data.ts'

const ROBOT = 'test-robot'

export interface Reply {
  to: 'group' | 'user'
  target: string
  text: string
  at: string[]
  kind: string
  urgency: string
  card?: { title: string; buttons: { key: string; text: string; says: string }[] }
}

export interface Said {
  messageId: string
  intent?: string
  slots?: unknown
  status?: string
  replies: Reply[]
}

export interface TestStreet {
  store: Store
  db: StreetDb
  /** Runs work in one transaction on the street. */
  change<T>(work: (db: StreetDb) => Promise<T>): Promise<T>
  roster(): Promise<Roster>
  now(): number
  /** `2026-11-18T08:20`, Shanghai; time does not move by itself. */
  setTime(local: string): void
  /** Says a text in a chat: a group id such as `G01`, or in private where none is given. */
  say(who: string, text: string, options?: SayOptions): Promise<Said>
  /** A transcript: each line said by `who` must be answered by texts that hold the expected words, in order. */
  dispose(): Promise<void>
}

export interface SayOptions {
  group?: string
  quote?: { id?: string; text?: string }
  images?: number
  id?: string
  mentions?: string[]
  location?: { lat: number; lng: number }
}

export interface StreetOptions {
  database?: 'sqlite' | 'postgres'
  now?: string
  /** The document by which the street works; its people keep their names and bear its role names. */
  pack?: BuiltInPack
  prepare?: (db: StreetDb) => Promise<void>
}

/** A small street on a real database: 4 grids, 2 communities, offices and leaders; pack `street-team`; the clock stands still. */
export async function openTestStreet(options: StreetOptions = {}): Promise<TestStreet> {
  let now = local(options.now ?? '2026-11-18T08:00')
  const clock = { now: () => now, machineNow: () => now }
  const kind = databases.find(({ name }) => name === (options.database ?? 'sqlite'))!
  const { store, dispose } = await kind.open()
  const change = <T>(work: (db: StreetDb) => Promise<T>) => store.transact(db => work(inStreet(db, STREET)))
  await change(async db => {
    await insertStreet(db, now, options.pack)
    await options.prepare?.(db)
  })
  const conversation = createConversation({
    store,
    clock,
    log: pino({ level: process.env.LOG_LEVEL ?? 'silent' }),
    botName: '小格',
    onCommit: () => {},
  })
  const read = inStreet(store.read, STREET)
  let sent = 0

  async function say(who: string, text: string, said: SayOptions = {}): Promise<Said> {
    sent += 1
    const inbound: InboundMessage = {
      channel: 'simulator',
      robot: ROBOT,
      id: said.id ?? `m${sent}`,
      chat: said.group ? { id: said.group, kind: 'group' } : { id: `@${who}`, kind: 'direct' },
      sender: { platformId: who, name: who.replace('resident:', '') },
      at: now,
      text,
      mentions: (said.mentions ?? []).map(name => ({ platformId: name, name })),
      media: Array.from({ length: said.images ?? 0 }, (_, index) => ({ kind: 'image', ref: `image-${sent}-${index}` })),
      location: said.location && { ...said.location, datum: 'WGS-84' },
      quote: said.quote,
    }
    const { messageId } = await conversation.receive(inbound)
    const roster = await loadRoster(read)
    const stored = await findMessage(read, messageId)
    const chats = await store.read.sql.selectFrom('chat').select(['id', 'platform_id']).execute()
    const replies = (await listOutboxOfMessage(store.read, messageId)).map(({ to, ...item }): Reply => {
      const chatId = to.kind === 'chat' ? (chats.find(({ id }) => id === to.chatId)?.platform_id ?? '') : ''
      const direct = to.kind !== 'chat' || chatId.startsWith('@')
      return {
        to: direct ? 'user' : 'group',
        target: to.kind === 'member' ? roster.memberById(to.memberId)!.key : chatId.replace(/^@/, ''),
        text: item.text.reveal(),
        at: item.mentions.map(id => roster.memberById(id)!.key),
        kind: item.kind,
        urgency: item.urgency,
        card: item.card,
      }
    })
    return { messageId, intent: stored?.intent, slots: stored?.slots, status: stored?.status, replies }
  }

  return {
    store,
    db: read,
    change,
    roster: () => loadRoster(read),
    now: () => now,
    setTime: time => {
      now = local(time)
    },
    say,
    dispose,
  }
}

/** Plays an example as it is written. @returns what was answered otherwise */
export async function playExample(street: TestStreet, { as, turns }: Handler['dialog']): Promise<string[]> {
  const who = PEOPLE.find(([, role]) => role === as)?.[0] ?? as
  const failures: string[] = []
  for (const [said, answered] of turns) {
    const { replies } = await street.say(who, said)
    if (!replies.some(({ text }) => text.includes(answered))) {
      failures.push(`${said} → ${replies.map(({ text }) => text).join(' / ')} (wanted ${answered})`)
    }
  }
  return failures
}

export { local }

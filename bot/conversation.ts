import type { Logger } from 'pino'
import { answer } from '../handlers/handler.ts'
import type { Understood } from '../handlers/slots.ts'
import { dayOf } from '../policy/time.ts'
import { findChat } from '../storage/chats.ts'
import { inStreet, lockSender, type Store, type StreetDb, withSavepoint } from '../storage/database.ts'
import { findMessage, settleMessage } from '../storage/messages.ts'
import { alarms, raiseAlarm } from './alarm.ts'
import type { Budget } from './budget.ts'
import type { InboundMessage, Receipt } from './channels/channel.ts'
import type { Clock } from './clock.ts'
import { decide, type Reading } from './decide.ts'
import { identify, type Sender, senderOf } from './identity.ts'
import { recordTime, storeInbound } from './inbox.ts'
import { give, introduce, type Person, warnOfPrivateNumber } from './person.ts'
import { phrases } from './phrases.ts'
import { createLanes } from './turns.ts'
import type { UnderstandInput } from './understand/understand.ts'
import { describeInbound, readWords } from './understand-inbound.ts'

export interface ConversationParts {
  store: Store
  clock: Clock
  log: Logger
  botName: string
  /** Counts what comes in against the platform's monthly allowance. */
  budget?: Pick<Budget, 'spend'>
  /** Whether a completion endpoint is asked about unclear messages before the sender is. */
  asksCompletion?: boolean
  /** Called after each commit that may have left something to say or to fetch. */
  onCommit(): void
}

export interface Conversation {
  /** Takes one message in. Resolves after the commit, so whoever calls it acknowledges exactly what is on disk. */
  receive(inbound: InboundMessage): Promise<Receipt>
  /** Files a message that was committed as unclear, now that the endpoint answered (or did not: then the sender is asked). */
  refile(db: StreetDb, messageId: string, input: UnderstandInput, understood?: Understood): Promise<void>
}

/** The path of a message: everything that follows from it (records, audit, answers) is in one transaction with it. */
export function createConversation(parts: ConversationParts): Conversation {
  const { store, clock, log, botName, budget, asksCompletion = false, onCommit } = parts

  const lanes = createLanes()

  /** One person's messages in the order they came; the lock of the transaction does the same among processes. */
  function receive(inbound: InboundMessage): Promise<Receipt> {
    const { channel, sender, chat } = inbound
    return lanes.take(`${channel} ${sender.platformId ?? chat.id}`, () => takeIn(inbound))
  }

  async function takeIn(inbound: InboundMessage): Promise<Receipt> {
    const sender = await identify(store.read, inbound)
    const input = describeInbound(inbound, sender, botName, recordTime(inbound, clock.now()))
    const understood = readWords(input, log)
    const receipt = await store.transact(async everywhere => {
      const db = inStreet(everywhere, sender.db.street)
      await lockSender(db, sender.asker)
      const stored = await storeInbound(db, inbound, sender, clock)
      if (!stored.isNew) return { messageId: stored.messageId, duplicate: true }
      await budget?.spend(db, dayOf(clock.now()), inbound.channel, 'webhook')
      if (stored.held) {
        await raiseAlarm(db, clock.now(), 'held-message', alarms.heldMessage(stored.messageId))
        return { messageId: stored.messageId, duplicate: false, held: true }
      }
      const person = await introduce(db, stored.message, stored.chatId, sender, clock.now())
      await respond(person, sender, { input, understood, whenUnclear: asksCompletion ? 'completion' : 'ask' })
      return { messageId: stored.messageId, duplicate: false }
    })
    onCommit()
    return receipt
  }

  async function refile(
    db: StreetDb,
    messageId: string,
    input: UnderstandInput,
    understood?: Understood,
  ): Promise<void> {
    const message = await findMessage(db, messageId)
    const chat = message && (await findChat(db, message.channel, message.chatPlatformId))
    if (!message || !chat) return
    const sender = await senderOf(db, message)
    const person = await introduce(db, message, chat.id, sender, clock.now())
    await respond(person, sender, { input, understood: understood ?? readWords(input, log), whenUnclear: 'ask' })
  }

  /** A handler that throws takes back only what it did; the message stays, marked, and the person reads one apology. */
  async function respond(person: Person, sender: Sender, reading: Reading): Promise<void> {
    const { db, message, now } = person
    const { intent, slots, also } = reading.understood
    try {
      await withSavepoint(db, async () => {
        const { answers, ...settled } = await decide(person, sender, reading)
        for (const one of answers) await give(person, sender, intent, one)
        await warnOfPrivateNumber(person)
        await settleMessage(db, message.id, { intent, slots, also, ...settled })
      })
    } catch (error) {
      log.error({ err: error, messageId: message.id, intent }, 'a message could not be handled')
      await settleMessage(db, message.id, { intent, slots, status: 'failed', reason: String(error).slice(0, 200) })
      await give(person, sender, 'none', answer(phrases.apology, { kind: 'apology' }))
      await raiseAlarm(db, now, 'failed-message', alarms.failedMessage(message.id))
    }
  }

  return { receive, refile }
}

import type { Logger } from 'pino'
import { answer, refuse } from '../handlers/handler.ts'
import type { Understood } from '../handlers/slots.ts'
import { dayOf } from '../policy/time.ts'
import { findChat } from '../storage/chats.ts'
import { inStreet, lockSender, type Store, type StreetDb, withSavepoint } from '../storage/database.ts'
import { findMessage, H5_ROBOT, settleMessage } from '../storage/messages.ts'
import { alarms, raiseAlarm } from './alarm.ts'
import type { Budget } from './budget.ts'
import type { InboundMessage, Receipt } from './channels/channel.ts'
import type { Clock } from './clock.ts'
import { decide, type Reading } from './decide.ts'
import { fillForm } from './fill-form.ts'
import { identify, type Sender, senderOf } from './identity.ts'
import { recordTime, storeInbound } from './inbox.ts'
import { give, introduce, type Person, warnOfPrivateNumber } from './person.ts'
import { phrases } from './phrases.ts'
import { endCard, readPress } from './press.ts'
import { resolveQuote } from './quotes.ts'
import { createLanes } from './turns.ts'
import { type UnderstandInput, understandAs } from './understand/understand.ts'
import { describeInbound, readWords } from './understand-inbound.ts'

/** A document sent without a word is drafted from only where it plainly is a notice. */
const SURELY_A_NOTICE = 0.8

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
  /**
   * Goes on with a message whose document has been read: a notice is drafted from its words, where the sender asked for that or the
   * document is one. `words` is empty where nothing could be read.
   */
  takeDocument(db: StreetDb, messageId: string, document: { name: string; words: string }): Promise<void>
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

  async function takeIn(given: InboundMessage): Promise<Receipt> {
    const pressed = await readPress(store.read, given)
    const sender = await identify(store.read, pressed)
    const inbound = { ...pressed, quote: await resolveQuote(sender.db, pressed, clock.now()) }
    const input = describeInbound(inbound, sender, botName, recordTime(inbound, clock.now()))
    const understood = inbound.form ? fillForm(inbound.form, input, log) : readWords(input, log)
    const receipt = await store.transact(async everywhere => {
      const db = inStreet(everywhere, sender.db.street)
      await lockSender(db, sender.asker)
      const stored = await storeInbound(db, inbound, sender, clock)
      if (!stored.isNew) return { messageId: stored.messageId, duplicate: true }
      // What comes from the phone pages passes no platform.
      if (inbound.robot !== H5_ROBOT) await budget?.spend(db, dayOf(clock.now()), inbound.channel, 'webhook')
      if (stored.held) {
        await raiseAlarm(db, clock.now(), 'held-message', alarms.heldMessage(stored.messageId))
        return { messageId: stored.messageId, duplicate: false, held: true }
      }
      const person = await introduce(db, stored.message, stored.chatId, sender, clock.now())
      const whenUnclear = asksCompletion ? 'completion' : 'ask'
      const reading = { input, understood, isForm: inbound.form !== undefined, whenUnclear } as const
      await respond(person, sender, reading, inbound.press)
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
    const stored = await reopen(db, messageId)
    if (!stored) return
    const { person, sender } = stored
    await respond(person, sender, { input, understood: understood ?? readWords(input, log), whenUnclear: 'ask' })
  }

  async function takeDocument(
    db: StreetDb,
    messageId: string,
    { name, words }: { name: string; words: string },
  ): Promise<void> {
    const stored = await reopen(db, messageId)
    if (!stored) return
    const { person, sender, message } = stored
    const own = message.text.reveal()
    const text = [own, words].filter(part => part.trim() !== '').join('\n')
    const input = describeInbound({ text, media: [] }, sender, botName, message.at)
    const asked = message.intent === 'draftNotice'
    if (!asked && (own.trim() !== '' || message.chatKind === 'group' || !holdsNotice(readWords(input, log)))) return
    if (words.trim() === '') return give(person, sender, 'draftNotice', refuse('unreadable', phrases.unreadable(name)))
    const understood = { ...understandAs('draftNotice', input), confidence: 1 } as Understood
    await respond({ ...person, text }, sender, { input, understood, isForm: true, whenUnclear: 'ask' })
  }

  /** A stored message with its sender, for what goes on after its commit. */
  async function reopen(db: StreetDb, messageId: string) {
    const message = await findMessage(db, messageId)
    const chat = message && (await findChat(db, message.channel, message.chatPlatformId))
    if (!message || !chat) return undefined
    const sender = await senderOf(db, message)
    return { message, sender, person: await introduce(db, message, chat.id, sender, clock.now()) }
  }

  /** A handler that throws takes back only what it did; the message stays, marked, and the person reads one apology. */
  async function respond(
    person: Person,
    sender: Sender,
    reading: Reading,
    press?: InboundMessage['press'],
  ): Promise<void> {
    const { db, message, now } = person
    const { intent, slots, also } = reading.understood
    try {
      await withSavepoint(db, async () => {
        const { answers, ...settled } = await decide(person, sender, reading)
        if (settled.status === 'handled') await endCard(person, press, clock.machineNow())
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

  return { receive, refile, takeDocument }
}

function holdsNotice(understood: Understood): boolean {
  if (understood.intent !== 'draftNotice' || understood.confidence < SURELY_A_NOTICE) return false
  const { content, requirement, appraisal, due } = understood.slots
  return content !== undefined && [requirement, appraisal, due].filter(part => part !== undefined).length >= 2
}

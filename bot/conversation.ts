import type { Logger } from 'pino'
import { openDesk } from '../handlers/desk.ts'
import { type Answer, answer, type Ctx, refuse, type StrangerCtx } from '../handlers/handler.ts'
import { findCommand, findHandler } from '../handlers/index.ts'
import type { Intent, Meaning, Understood } from '../handlers/slots.ts'
import type { Action, RoleCode } from '../policy/pack.ts'
import { mayDo } from '../policy/permission.ts'
import { dayOf, endOfDay } from '../policy/time.ts'
import { inStreet, lockSender, type Store, type StreetDb, withSavepoint } from '../storage/database.ts'
import { hasPrivateNumber } from '../storage/masking.ts'
import { type StoredMessage, settleMessage } from '../storage/messages.ts'
import { dropQuestion, findQuestion, saveQuestion } from '../storage/questions.ts'
import { rolesOn } from '../storage/roster.ts'
import { alarms, raiseAlarm } from './alarm.ts'
import type { InboundMessage, Receipt } from './channels/channel.ts'
import { chosenMeaning, clarify, isClear, isSurelyNew } from './clarify.ts'
import type { Clock } from './clock.ts'
import { identify, type Sender } from './identity.ts'
import { recordTime, storeInbound } from './inbox.ts'
import { phrases } from './phrases.ts'
import { greetStranger } from './strangers.ts'
import { type UnderstandInput, understand } from './understand/understand.ts'
import { parseWhen } from './understand/when.ts'
import { describeInbound } from './understand-inbound.ts'

export interface ConversationParts {
  store: Store
  clock: Clock
  log: Logger
  botName: string
  /** Called after each commit that may have left something to say or to fetch. */
  onCommit(): void
}

type Person = Ctx | StrangerCtx

/**
 * The path of a message. `receive` resolves after the commit, so whoever calls it acknowledges exactly what is on disk;
 * everything that follows from the message (records, audit, answers) is in the same transaction.
 */
export function createConversation({ store, clock, log, botName, onCommit }: ConversationParts): {
  receive(inbound: InboundMessage): Promise<Receipt>
} {
  async function receive(inbound: InboundMessage): Promise<Receipt> {
    const sender = await identify(store.read, inbound)
    const input = describeInbound(inbound, sender, botName, recordTime(inbound, clock.now()))
    const understood = { ...understand(input), when: parseWhen(input.text, input.at, input) }
    const receipt = await store.transact(async everywhere => {
      const db = inStreet(everywhere, sender.db.street)
      await lockSender(db, sender.asker)
      const stored = await storeInbound(db, inbound, sender, clock)
      if (!stored.isNew) return { messageId: stored.messageId, duplicate: true }
      if (stored.held) {
        await raiseAlarm(db, clock.now(), 'held-message', alarms.heldMessage(stored.messageId))
        return { messageId: stored.messageId, duplicate: false, held: true }
      }
      await respond(await introduce(db, stored.message, stored.chatId, inbound, sender), sender, input, understood)
      return { messageId: stored.messageId, duplicate: false }
    })
    onCommit()
    return receipt
  }

  /** A handler that throws takes back only what it did; the message stays, marked, and the person reads one apology. */
  async function respond(
    person: Person,
    sender: Sender,
    input: UnderstandInput,
    understood: Understood,
  ): Promise<void> {
    const { db, message } = person
    const { intent, slots, also } = understood
    try {
      await withSavepoint(db, async () => {
        const answers = await decide(person, sender, input, understood)
        for (const one of answers) await give(person, sender, intent, one)
        await warnOfPrivateNumber(person)
        await settleMessage(db, message.id, { intent, slots, also, ...outcomeOf(answers) })
      })
    } catch (error) {
      log.error({ err: error, messageId: message.id, intent }, 'a message could not be handled')
      await settleMessage(db, message.id, { intent, slots, status: 'failed', reason: String(error).slice(0, 200) })
      await give(person, sender, 'none', answer(phrases.apology, { kind: 'apology' }))
      await raiseAlarm(db, person.now, 'failed-message', alarms.failedMessage(message.id))
    }
  }

  /** First the answer to an open question, then what the words ask for by themselves. */
  async function decide(
    person: Person,
    sender: Sender,
    input: UnderstandInput,
    understood: Understood,
  ): Promise<Answer[]> {
    const { db, message, chat, now } = person
    const { fault } = message.detail
    if (fault === 'overQuota') await raiseAlarm(db, now, fault, alarms.overQuota)
    if (fault) return [refuse(fault, phrases[fault])]
    if (!('actor' in person)) return present([await decideForStranger(person, understood)])

    const command = findCommand(person.text)
    if (command) return [refuseUnlessAllowed(person, command.who) ?? (await command.run(person))]

    const asked = { asker: sender.asker, chatPlatformId: chat.platformId }
    const question = await findQuestion(db, asked, now)
    if (question && !isSurelyNew(understood, question)) {
      const chosen = chosenMeaning(question, person.text)
      const resumed = chosen
        ? await handle({ ...person, text: chosen.text }, chosen.meaning)
        : await findHandler(question.intent as Intent)?.resume?.(person, question.draft, understood)
      if (resumed) {
        await dropQuestion(db, asked)
        return [{ kind: chosen?.meaning.intent ?? question.intent, ...resumed }]
      }
    }
    if (!isClear(understood)) return [clarify(person, input, understood)]
    const answers: (Answer | undefined)[] = []
    for (const meaning of [understood, ...(understood.also ?? [])]) answers.push(await handle(person, meaning))
    return present(answers)
  }

  async function handle(ctx: Ctx, { intent, slots }: Meaning): Promise<Answer | undefined> {
    if (intent === 'none') return ctx.chat.kind === 'direct' ? answer(phrases.friendly) : undefined
    const handler = findHandler(intent)
    if (!handler) return refuse('not-yet', phrases.notYet)
    const refusal = handler.who && refuseUnlessAllowed(ctx, handler.who)
    if (refusal) return refusal
    return handler.run(ctx, slots)
  }

  async function decideForStranger(ctx: StrangerCtx, { intent, slots }: Understood): Promise<Answer | undefined> {
    return (await findHandler(intent)?.runForStranger?.(ctx, slots)) ?? greetStranger(ctx)
  }

  /** In a group the answer stands where the question stood, unless it is the sender's own business. */
  async function give(person: Person, { asker }: Sender, intent: Intent, one: Answer): Promise<void> {
    const { chat, db, say, message, now } = person
    const { text, card, merge, mentions, notBefore, urgency = 'answer', kind = intent } = one
    const spoken = { kind, card, merge, mentions, notBefore, urgency }
    if ('actor' in person && (chat.kind === 'direct' || one.private)) await say.toMember(person.actor, text, spoken)
    else await say.toChat(chat.id, text, spoken)
    if (!one.question) return
    const question = { ...one.question, askedAt: now, endsAt: endOfDay(dayOf(now)), messageId: message.id }
    await saveQuestion(db, { asker, chatPlatformId: chat.platformId }, question)
  }

  return { receive }
}

/** Who speaks, and the desk their words are worked off at. */
async function introduce(
  db: StreetDb,
  message: StoredMessage,
  chatId: string,
  { channel, chat, sender: { name, platformId }, text }: InboundMessage,
  { member, resident, roster }: Sender,
): Promise<Person> {
  const source = { by: member?.id ?? 'stranger', now: message.receivedAt, at: message.at, messageId: message.id }
  const desk = await openDesk(db, source)
  const group = roster.groupOfChat(channel, chat.id)
  const here = { id: chatId, kind: chat.kind, channel, platformId: chat.id, group }
  const common = { ...desk, at: message.at, chat: here, message, text }
  if (!member) return { ...common, stranger: { name, platformId, resident } }
  const ctx: Ctx = { ...common, actor: member, may: action => mayDo(desk.pack, action, rolesOf(ctx)).ok }
  return ctx
}

function refuseUnlessAllowed(ctx: Ctx, action: Action): Answer | undefined {
  const permission = mayDo(ctx.pack, action, rolesOf(ctx))
  return permission.ok ? undefined : refuse('not-allowed', phrases.notAllowed(permission))
}

function rolesOf({ actor, today }: Ctx): RoleCode[] {
  return rolesOn(actor, today).map(({ role }) => role)
}

function present(answers: (Answer | undefined)[]): Answer[] {
  return answers.filter(one => one !== undefined)
}

function outcomeOf(answers: Answer[]): { status: StoredMessage['status']; reason?: string } {
  const refused = answers.find(({ refused }) => refused !== undefined)
  if (refused && answers.length === 1) return { status: 'refused', reason: refused.refused }
  if (answers.some(({ kind }) => kind === 'clarify')) return { status: 'unclear' }
  if (answers.some(({ question }) => question !== undefined)) return { status: 'asked' }
  return { status: answers.length > 0 ? 'handled' : 'silent' }
}

async function warnOfPrivateNumber(person: Person): Promise<void> {
  if (person.chat.kind !== 'group' || !('actor' in person) || !hasPrivateNumber(person.text)) return
  await person.say.toMember(person.actor, phrases.privateNumber, { kind: 'privacy-warning', urgency: 'answer' })
}

import { type Answer, answer, type Ctx, type Handler, refuse, type StrangerCtx } from '../handlers/handler.ts'
import { continueReport } from '../handlers/incident/continue.ts'
import { findCommand, findHandler } from '../handlers/index.ts'
import { talkWithResident } from '../handlers/resident/talk.ts'
import type { Intent, Meaning, Understood } from '../handlers/slots.ts'
import type { StoredMessage } from '../storage/messages.ts'
import { dropQuestion, findQuestion } from '../storage/questions.ts'
import { rolesOn } from '../storage/roster.ts'
import { insertWork } from '../storage/work.ts'
import { alarms, raiseAlarm } from './alarm.ts'
import { chosenMeaning, clarify, isClear, isSurelyNew } from './clarify.ts'
import { findCorrected } from './correct.ts'
import type { Sender } from './identity.ts'
import { type Person, refuseUnlessAllowed } from './person.ts'
import { phrases } from './phrases.ts'
import { greetStranger } from './strangers.ts'
import { withoutBotName } from './understand/normalize.ts'
import type { UnderstandInput } from './understand/understand.ts'

/** The words with what they were taken for. */
export interface Reading {
  input: UnderstandInput
  understood: Understood
  /** A form of the phone pages says outright what is meant: no fixed word and no open question comes before it. */
  isForm?: boolean
  /** `ask`: where unclear, a question goes back · `completion`: the endpoint is asked first, after the commit. */
  whenUnclear: 'ask' | 'completion'
}

export interface Decision {
  answers: Answer[]
  status: StoredMessage['status']
  reason?: string
}

/** The work row that asks the completion endpoint about a message. */
export const UNCLEAR_WORK = 'understand'

/** What is done about a message: first the answer to an open question, then what the words ask for by themselves. */
export async function decide(person: Person, sender: Sender, reading: Reading): Promise<Decision> {
  const { db, message, now } = person
  const { understood, input, whenUnclear } = reading
  const { fault, isArrival } = message.detail
  if (fault === 'overQuota') await raiseAlarm(db, now, fault, alarms.overQuota)
  if (fault) return outcome([refuse(fault, phrases[fault])])
  if (!('actor' in person)) return outcome([await decideForStranger(person, understood)])
  // Opening the chat answers no question that is still open.
  if (isArrival) return outcome([answer(phrases.greeting(person.actor.name), { kind: 'greeting' })])

  if (reading.isForm) return outcome([await handle(person, understood)])
  const words = withoutBotName(person.text, input.botName)
  const command = findCommand(words)
  const commanded =
    command && (refuseUnlessAllowed(person, command.who) ?? (await command.run({ ...person, text: words }, understood)))
  if (commanded) return outcome([commanded])
  const resumed = await resume(person, sender, understood)
  if (resumed) return outcome([resumed])
  const continued = await continueReport(person, understood)
  if (continued) return outcome([continued])
  if (understood.correctTo) return correct(person, sender, reading, understood.correctTo)
  if (!isClear(understood)) {
    if (whenUnclear === 'ask') return outcome([clarify(person, input, understood)])
    await insertWork(db, { kind: UNCLEAR_WORK, payload: input, messageId: message.id, at: now })
    return { answers: [], status: 'unclear' }
  }
  const answers: (Answer | undefined)[] = []
  for (const meaning of [understood, ...(understood.also ?? [])]) answers.push(await handle(person, meaning))
  return outcome(answers)
}

/** The answer to an open question, if it is one. */
async function resume(ctx: Ctx, { asker }: Sender, understood: Understood): Promise<Answer | undefined> {
  const asked = { asker, chatPlatformId: ctx.chat.platformId }
  const question = await findQuestion(ctx.db, asked, ctx.now)
  if (!question || isSurelyNew(understood, question)) return undefined
  const chosen = chosenMeaning(question, ctx.text)
  const resumed = chosen
    ? await handle({ ...ctx, text: chosen.text }, chosen.meaning)
    : await findHandler(question.intent as Intent)?.resume?.(ctx, question.draft, understood)
  if (!resumed) return undefined
  await dropQuestion(ctx.db, asked)
  return { kind: chosen?.meaning.intent ?? question.intent, ...resumed }
}

/** 不是走访，是隐患: the last record is taken back, and its words are filed as what they were meant. */
async function correct(ctx: Ctx, sender: Sender, { input }: Reading, to: Intent): Promise<Decision> {
  const corrected = await findCorrected(ctx, sender, input, to)
  const undone = await handle(ctx, { intent: 'undo', slots: {} })
  if (!corrected || !undone || undone.refused) return outcome([undone])
  return outcome([undone, await handle({ ...ctx, text: corrected.text }, corrected.meaning)])
}

async function handle(ctx: Ctx, { intent, slots }: Meaning): Promise<Answer | undefined> {
  if (intent === 'none') return ctx.chat.kind === 'direct' ? answer(phrases.friendly) : undefined
  const handler = findHandler(intent)
  if (!handler) return refuse('not-yet', phrases.notYet)
  const denied = handler.who && refuseUnlessAllowed(ctx, handler.who)
  return denied ? ((await handleAsOutsider(ctx, handler, slots)) ?? denied) : handler.run(ctx, slots)
}

/** Whoever has left sees a fire too: a pressing danger is taken from them as from anybody outside the roster. Source: contract (unknown senders) */
async function handleAsOutsider(
  { actor, may: _may, ...ctx }: Ctx,
  handler: Handler,
  slots: Meaning['slots'],
): Promise<Answer | undefined> {
  if (rolesOn(actor, ctx.today).length > 0) return undefined
  const stranger = { name: actor.name, platformId: ctx.message.senderPlatformId, resident: false }
  return handler.runForStranger?.({ ...ctx, stranger }, slots)
}

async function decideForStranger(ctx: StrangerCtx, understood: Understood): Promise<Answer | undefined> {
  if (ctx.stranger.resident) return talkWithResident(ctx, understood)
  const { intent, slots } = understood
  return (await findHandler(intent)?.runForStranger?.(ctx, slots)) ?? greetStranger(ctx)
}

function outcome(given: (Answer | undefined)[]): Decision {
  const answers = given.filter(one => one !== undefined)
  const refused = answers.find(one => one.refused !== undefined)
  if (refused && answers.length === 1) return { answers, status: 'refused', reason: refused.refused }
  if (answers.some(({ kind }) => kind === 'clarify')) return { answers, status: 'unclear' }
  if (answers.some(({ question }) => question !== undefined)) return { answers, status: 'asked' }
  return { answers, status: answers.length > 0 ? 'handled' : 'silent' }
}

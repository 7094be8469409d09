import { openDesk } from '../handlers/desk.ts'
import type { Answer, Ctx, StrangerCtx } from '../handlers/handler.ts'
import { refuseRole } from '../handlers/not-allowed.ts'
import type { Intent } from '../handlers/slots.ts'
import type { Action, RoleCode } from '../policy/pack.ts'
import { mayDo } from '../policy/permission.ts'
import { dayOf, endOfDay } from '../policy/time.ts'
import type { StreetDb } from '../storage/database.ts'
import { hasPrivateNumber } from '../storage/masking.ts'
import type { StoredMessage } from '../storage/messages.ts'
import { saveQuestion } from '../storage/questions.ts'
import { rolesOn } from '../storage/roster.ts'
import type { Sender } from './identity.ts'
import { phrases } from './phrases.ts'

/** Who speaks, at the desk their words are worked off at. */
export type Person = Ctx | StrangerCtx

export async function introduce(
  db: StreetDb,
  message: StoredMessage,
  chatId: string,
  { member, resident }: Sender,
  now: number,
): Promise<Person> {
  const { id: messageId, at, channel, chatPlatformId, chatKind, senderPlatformId, detail } = message
  const desk = await openDesk(db, { by: member?.id ?? 'stranger', now, at, messageId })
  const group = desk.roster.groupOfChat(channel, chatPlatformId)
  const chat = { id: chatId, kind: chatKind, channel, platformId: chatPlatformId, group }
  const common = { ...desk, at, chat, message, text: message.text.reveal() }
  if (!member) return { ...common, stranger: { name: detail.senderName, platformId: senderPlatformId, resident } }
  const ctx: Ctx = { ...common, actor: member, may: action => mayDo(desk.pack, action, rolesOf(ctx)).ok }
  return ctx
}

export function refuseUnlessAllowed(ctx: Ctx, action: Action): Answer | undefined {
  return ctx.may(action) ? undefined : refuseRole(ctx, action)
}

function rolesOf({ actor, today }: Ctx): RoleCode[] {
  return rolesOn(actor, today).map(({ role }) => role)
}

/** In a group the answer stands where the question stood, unless it is the sender's own business. */
export async function give(person: Person, { asker }: Sender, intent: Intent, one: Answer): Promise<void> {
  const { chat, db, say, message, now } = person
  const { text, card, attachment, merge, mentions, notBefore, urgency = 'answer', kind = intent } = one
  const spoken = { kind, card, attachment, merge, mentions, notBefore, urgency }
  if ('actor' in person && (chat.kind === 'direct' || one.private)) await say.toMember(person.actor, text, spoken)
  else await say.toChat(chat.id, text, spoken)
  if (!one.question) return
  const question = { ...one.question, askedAt: now, endsAt: endOfDay(dayOf(now)), messageId: message.id }
  await saveQuestion(db, { asker, chatPlatformId: chat.platformId }, question)
}

/** Somebody posted an identity or telephone number in a group: they alone are told, and asked to recall it. */
export async function warnOfPrivateNumber(person: Person): Promise<void> {
  if (person.chat.kind !== 'group' || !('actor' in person) || !hasPrivateNumber(person.text)) return
  await person.say.toMember(person.actor, phrases.privateNumber, { kind: 'privacy-warning', urgency: 'answer' })
}

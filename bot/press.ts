import type { Ctx } from '../handlers/handler.ts'
import { listCopiesOf, listOtherCopies, saveCardCopy } from '../storage/card-copies.ts'
import type { Db } from '../storage/database.ts'
import { findPrivateChatOf } from '../storage/messages.ts'
import { findOutboxItem, insertOutboxItem, type NewOutboxItem, type OutboxItem } from '../storage/outbox.ts'
import type { InboundMessage } from './channels/channel.ts'
import type { Person } from './person.ts'

/** The word in the outbox for a text that takes the place of a card's buttons. */
export const CARD_CHANGE = 'card-change'

/** A press says the words of its button under the card: from here on it is a message like any other. */
export async function readPress(read: Db, inbound: InboundMessage): Promise<InboundMessage> {
  const { press } = inbound
  if (!press) return inbound
  const item = await findOutboxItem(read, press.card)
  const button = item?.card?.buttons.find(({ key }) => key === press.key)
  const chat = await findChatOf(read, inbound)
  // Of a card that is gone, or was never ours, nobody can say what the press meant.
  if (!item || !button) return { ...inbound, chat, fault: 'unsupported' }
  return { ...inbound, chat, text: button.says, quote: { id: item.id, text: item.text.reveal() } }
}

/** A press names the person and not the conversation: a question that it leads to must be open where the answer will be written. */
async function findChatOf(read: Db, { channel, chat, sender }: InboundMessage): Promise<InboundMessage['chat']> {
  if (chat.kind === 'group' || sender.platformId === undefined) return chat
  const id = await findPrivateChatOf(read, channel, sender.platformId)
  return id === undefined ? chat : { ...chat, id }
}

/**
 * What was pressed, or said in the words of a button, is done: the buttons give way to what was chosen, and where one decision is for
 * everybody, so do those of the same card in other hands. Platforms that cannot change a card left no copy of it.
 */
export async function endCard(person: Person, press: InboundMessage['press'], machineNow: number): Promise<void> {
  const ended = press ? await endPressed(person, press) : await endSaid(person, machineNow)
  if (ended?.item.card?.ends !== 'everybody' || !isMember(person)) return
  for (const { copyId, to } of await listOtherCopies(person.db, ended.item, machineNow)) {
    await changeCopy(person, { to, text: `${person.actor.name} ${ended.chosen}`, replaces: copyId })
  }
}

interface Ended {
  item: OutboxItem
  chosen: string
}

async function endPressed(
  person: Person,
  { card, key, handle }: NonNullable<InboundMessage['press']>,
): Promise<Ended | undefined> {
  const { db, now, message } = person
  const item = await findOutboxItem(db, card)
  const button = item?.card?.buttons.find(one => one.key === key)
  if (!item?.card || !button || item.card.ends === 'never') return undefined
  const chosen = `✓ ${button.text}`
  if (handle && message.senderPlatformId) {
    const copy = { cardId: item.id, channel: message.channel, target: `@${message.senderPlatformId}`, ...handle }
    const replaces = await saveCardCopy(db, copy, now)
    await changeCopy(person, { to: presserOf(person), text: chosen, replaces })
  }
  return { item, chosen }
}

/** Whoever typed what a button says has no more use for it. */
async function endSaid(person: Person, machineNow: number): Promise<Ended | undefined> {
  if (!isMember(person)) return undefined
  const words = person.text.trim()
  for (const { copyId, cardId } of await listCopiesOf(person.db, person.actor.id, machineNow)) {
    const item = await findOutboxItem(person.db, cardId)
    const button = item?.card?.buttons.find(({ says }) => says === words)
    if (!item?.card || !button || item.card.ends === 'never') continue
    const chosen = `✓ ${button.text}`
    await changeCopy(person, { to: presserOf(person), text: chosen, replaces: copyId })
    return { item, chosen }
  }
  return undefined
}

async function changeCopy(
  { db, now, message }: Person,
  change: Pick<NewOutboxItem, 'to' | 'text' | 'replaces'>,
): Promise<void> {
  await insertOutboxItem(db, { ...change, kind: CARD_CHANGE, urgency: 'answer', messageId: message.id, at: now })
}

function presserOf(person: Person) {
  if (isMember(person)) return { kind: 'member', memberId: person.actor.id } as const
  const { channel, senderPlatformId } = person.message
  return { kind: 'person', channel, platformId: senderPlatformId ?? '' } as const
}

function isMember(person: Person): person is Ctx {
  return 'actor' in person
}

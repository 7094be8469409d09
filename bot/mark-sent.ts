import { dayOf } from '../policy/time.ts'
import { saveCardCopy } from '../storage/card-copies.ts'
import { type Db, inStreet } from '../storage/database.ts'
import { insertOutboxItem, type OutboxItem } from '../storage/outbox.ts'
import { changeItems, insertSentMessage } from '../storage/outbox-queue.ts'
import type { Roster } from '../storage/roster.ts'
import type { Budget } from './budget.ts'
import type { Channel, Route, Sent } from './channels/channel.ts'
import type { Clock } from './clock.ts'
import { type Channels, type Destination, routeKey } from './routing.ts'

/** One text on its way: the item that leads it and those that read along. */
export interface Parcel {
  lead: OutboxItem
  others: OutboxItem[]
  destination: Destination
  route: Route
  roster: Roster
  text: string
}

/** Writes down what a text that left brings with it: its rows, the send itself, the month's count, and who else is to read it. */
export function createMarkSent({
  clock,
  channels,
  budget,
}: {
  clock: Clock
  channels: Channels
  budget: Budget
}): (db: Db, parcel: Parcel, text: string, sent: Sent) => Promise<void> {
  /** With the simulator on, private messages that went elsewhere can be read there too. */
  async function showInSimulator(
    db: Db,
    { to }: OutboxItem,
    sent: Omit<Parameters<typeof insertSentMessage>[1], 'channel' | 'target' | 'route'>,
    channel: Channel,
    roster: Roster,
  ): Promise<void> {
    if (to.kind !== 'member' || channel.name === 'simulator' || !channels.has('simulator')) return
    const target = `@${roster.memberById(to.memberId)?.key}`
    await insertSentMessage(db, { ...sent, channel: 'simulator', target, route: `simulator copy ${target}` })
  }

  return async (db, parcel, text, { platformId, handle }) => {
    const { lead, others, destination, route, roster } = parcel
    const now = clock.now()
    await changeItems(db, [lead.id], {
      state: 'sent',
      sent_at: now,
      attempts: lead.attempts + 1,
      lease_until: null,
      error: null,
    })
    const mergedIds = others.map(({ id }) => id)
    await changeItems(db, mergedIds, { state: 'sent', sent_at: now, merged_into: lead.id, lease_until: null })
    const sent = {
      outboxId: lead.id,
      street: lead.street,
      text,
      mentions: lead.mentions,
      card: lead.card,
      attachment: lead.attachment,
      at: now,
    }
    const { channel, target } = destination
    await insertSentMessage(db, {
      ...sent,
      channel: channel.name,
      target,
      route: routeKey(destination, route),
      platformId,
    })
    if (handle) {
      const copy = { cardId: lead.id, channel: channel.name, target, ...handle }
      await saveCardCopy(inStreet(db, lead.street), copy, now)
    }
    // A picture is uploaded and then sent: two calls.
    await budget.spend(db, dayOf(now), channel.name, channel.meter(route), lead.attachment ? 2 : 1)
    await showInSimulator(db, lead, sent, channel, roster)
    if (!channel.canMention(route)) await tellEachInPrivate(db, lead, now)
  }
}

/** Someone who could not be @-ed in the group reads it in private. */
async function tellEachInPrivate(
  db: Db,
  { mentions, kind, text, urgency, street, messageId, subject }: OutboxItem,
  at: number,
) {
  for (const memberId of mentions) {
    const to = { kind: 'member', memberId } as const
    const copy = { to, kind, text: text.reveal(), urgency, messageId, subject, at }
    await insertOutboxItem(inStreet(db, street), copy)
  }
}

import type { Logger } from 'pino'
import { dayOf } from '../policy/time.ts'
import { findCardCopy, restoreCardCopy, spendCardCopy } from '../storage/card-copies.ts'
import { type Db, inStreet, type Store } from '../storage/database.ts'
import { loadRoster } from '../storage/load-roster.ts'
import { findOutboxItem, type OutboxItem } from '../storage/outbox.ts'
import { changeItems } from '../storage/outbox-queue.ts'
import type { Budget } from './budget.ts'
import { type CardChange, type ChannelName, SendError } from './channels/channel.ts'
import type { Clock } from './clock.ts'
import { type Channels, platformIdOf } from './routing.ts'

const TRIES = 3
const RETRY_MS = 5_000
/** Longer than any platform takes for one call. */
const LEASE_MS = 60_000

export interface CardChanges {
  /**
   * Marks a text that takes the place of a card's buttons as on its way.
   * @returns what brings it there, or undefined where it ended: nothing is said in its place, since the answer is a text of its own
   */
  claim(db: Db, item: OutboxItem): Promise<(() => Promise<void>) | undefined>
}

export interface CardChangesParts {
  store: Store
  clock: Clock
  channels: Channels
  budget: Pick<Budget, 'spend'>
  log: Logger
}

export function createCardChanges({ store, clock, channels, budget, log }: CardChangesParts): CardChanges {
  async function claim(db: Db, item: OutboxItem): Promise<(() => Promise<void>) | undefined> {
    const machineNow = clock.machineNow()
    const copy = item.replaces === undefined ? undefined : await findCardCopy(db, item.replaces)
    const sent = copy && (await findOutboxItem(db, copy.cardId))
    const channel = copy && channels.get(copy.channel as ChannelName)
    if (!copy || !sent?.card || !channel?.changeCard || copy.spent || copy.usableUntil <= machineNow) {
      await changeItems(db, [item.id], {
        state: 'failed',
        error: 'the card can no longer be changed',
        lease_until: null,
      })
      return undefined
    }
    const change: CardChange = {
      ref: copy.ref,
      to: await recipientOf(db, item, copy),
      card: { id: sent.id, title: sent.card.title, buttons: sent.card.buttons },
      text: sent.text.reveal(),
      label: item.text.reveal(),
    }
    await spendCardCopy(db, copy.id, machineNow)
    await changeItems(db, [item.id], { state: 'sending', lease_until: machineNow + LEASE_MS })
    return async () => {
      try {
        await channel.changeCard?.(change)
      } catch (error) {
        return markFailed(item, copy.id, error)
      }
      const done = { state: 'sent', sent_at: clock.now(), attempts: item.attempts + 1, lease_until: null } as const
      await store.transact(async tx => {
        await changeItems(tx, [item.id], done)
        await budget.spend(tx, dayOf(clock.now()), channel.name, 'api')
      })
    }
  }

  /** Tried again only where the platform surely did not take it: what was spent cannot be used twice. */
  async function markFailed(item: OutboxItem, copyId: string, error: unknown): Promise<void> {
    const { fault, message, retryAfterMs } =
      error instanceof SendError ? error : new SendError('ambiguous', String(error), { cause: error })
    log.warn({ outboxId: item.id, fault, reason: message }, 'a card was not changed')
    const attempts = item.attempts + 1
    const isAgain = attempts < TRIES && (fault === 'retry' || fault === 'throttled')
    await store.transact(async db => {
      if (isAgain) await restoreCardCopy(db, copyId)
      const next = isAgain
        ? { state: 'pending' as const, not_before: clock.now() + (retryAfterMs ?? RETRY_MS) }
        : { state: 'failed' as const }
      await changeItems(db, [item.id], { ...next, attempts, error: message, lease_until: null })
    })
  }

  return { claim }
}

async function recipientOf(
  db: Db,
  { street, to }: OutboxItem,
  { channel, target }: { channel: string; target: string },
): Promise<CardChange['to']> {
  if (to.kind === 'chat') return { kind: 'chat', chatId: target }
  if (to.kind === 'person') return { kind: 'person', platformId: to.platformId }
  const member = (await loadRoster(inStreet(db, street))).memberById(to.memberId)
  return { kind: 'person', platformId: (member && platformIdOf(member, channel)) ?? target.slice(1) }
}

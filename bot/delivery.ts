import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import { judgeQuiet } from '../policy/quiet.ts'
import { dayOf } from '../policy/time.ts'
import { loadCalendar } from '../storage/calendar-days.ts'
import { dropChatSession, markChatDead } from '../storage/chats.ts'
import { type Db, inStreet, type Store } from '../storage/database.ts'
import { loadRoster } from '../storage/load-roster.ts'
import { nextOutboxInstant, type OutboxItem } from '../storage/outbox.ts'
import { changeItems, listDueItems, listMergeable, listSendTimes, reviveCutOff } from '../storage/outbox-queue.ts'
import { loadPack } from '../storage/packs.ts'
import { ALARM, alarms, raiseAlarm } from './alarm.ts'
import type { Budget } from './budget.ts'
import { createCardChanges } from './card-changes.ts'
import { tellWords } from './channels/card-words.ts'
import { type Route, SendError, type Sent } from './channels/channel.ts'
import type { Clock } from './clock.ts'
import { composeText } from './compose.ts'
import { type Enclose, type Enclosure, NotThereYet } from './enclosures.ts'
import { createMarkSent, type Parcel } from './mark-sent.ts'
import { type Channels, type Destination, findDestination, platformIdOf, routeKey } from './routing.ts'

/** At most this many sends per route in any sliding minute: the platforms ban a robot for ten minutes at the 21st. */
export const SENDS_PER_MINUTE = 18
const MINUTE_MS = 60_000
/** A second more than the minute: the platform counts by its own clock, and both ends of a minute may count. */
const WINDOW_MS = MINUTE_MS + 1_000
/** From here on, plain answers for the same chat share one text, so that a rush does not outrun the limit. */
const CROWDED = SENDS_PER_MINUTE / 2
/** Longer than the slowest send of several parts: whoever holds it beyond that is gone. */
const LEASE_MS = 2 * MINUTE_MS
/** One text is on its way at a time, so that a kill puts one in doubt; one that hangs for this long is overtaken by the others. */
const OVERTAKEN_MS = 1_500
const RETRY_MS = { first: 5_000, most: 10 * MINUTE_MS }
/** About six hours of trying. */
const TRIES = 40
const LOOKED_AT = 50
/** A file that a platform does not hand out in some minutes will not come. */
const ENCLOSE_TRIES = 6
/** How long a text waits before it looks whether the platform can be reached again; no try is counted meanwhile. */
const DOWN_MS = 2_000

export interface DeliveryParts {
  store: Store
  clock: Clock
  channels: Channels
  budget: Budget
  enclose: Enclose
  /** The page of one's own day, where phones can reach it. */
  phonePage?: string
  log: Logger
}

export interface Delivery {
  /** Sends what may go out at the Clock's now; what a limit holds back waits for its instant. @returns how many texts left */
  deliverDue(): Promise<number>
  /** One step of it: the next text, or as long as its platform keeps others waiting. @returns false when nothing more may go out */
  deliverNext(): Promise<boolean>
  /** The earliest instant after `after` at which something waits to go out. */
  nextInstant(after: number): Promise<number | undefined>
  /** At a start that no other process can be sending beside: takes up at once what was cut off. */
  revive(): Promise<void>
}

/** Marked as on its way: nobody else takes it up until its lease ends. */
interface Errand {
  place: string
  run(): Promise<void>
}

export function createDelivery({ store, clock, channels, budget, enclose, phonePage, log }: DeliveryParts): Delivery {
  /** Routes that the platform told to wait, by the Clock; forgotten at a restart, when the platform says it again. */
  const blockedUntil = new Map<string, number>()
  /** Routes that did not lead there any more: others are tried, these again later. */
  const goneUntil = new Map<string, number>()

  /** By the place they go to: what hangs there is overtaken by texts to other places only. */
  const underWay = new Map<string, Promise<void>>()
  let delivered = 0
  const cards = createCardChanges({ store, clock, channels, budget, log })
  const markSent = createMarkSent({ clock, channels, budget })

  async function deliverDue(): Promise<number> {
    const before = delivered
    for (;;) {
      while (await deliverNext());
      if (underWay.size === 0) return delivered - before
      await Promise.all(underWay.values())
    }
  }

  async function deliverNext(): Promise<boolean> {
    const errand = await store.transact(db => claim(db))
    if (!errand) return false
    const sending = errand.run().finally(() => underWay.delete(errand.place))
    underWay.set(errand.place, sending)
    const overtaken = Symbol('overtaken')
    const first = await Promise.race([sending, sleep(OVERTAKEN_MS, overtaken, { ref: false })])
    // Whoever waits for it hears of its fault; where nobody does, its rows stay on their lease and come back marked.
    if (first === overtaken) sending.catch(error => log.error({ err: error }, 'a send could not be written down'))
    return true
  }

  /** Picks the next text and marks its rows, so that a kill from here on is known to have cut it off. */
  async function claim(db: Db): Promise<Errand | undefined> {
    const now = clock.now()
    // Also what another process was sending when it died, and what this one could not mark as sent.
    await revive(db, clock.machineNow())
    for (;;) {
      const due = (await listDueItems(db, now, LOOKED_AT)).filter(item => !underWay.has(placeOf(item)))
      if (due.length === 0) return undefined
      // Each of them is claimed, or waits for a later instant, or ends: the next look sees others.
      for (const item of due) {
        const run = item.replaces === undefined ? await claimText(db, item, now) : await cards.claim(db, item)
        if (run) return { place: placeOf(item), run }
      }
    }
  }

  async function claimText(db: Db, item: OutboxItem, now: number): Promise<Errand['run'] | undefined> {
    const parcel = await prepare(db, item, now)
    if (!parcel) return undefined
    const rows = [parcel.lead, ...parcel.others].map(({ id }) => id)
    await changeItems(db, rows, { state: 'sending', lease_until: clock.machineNow() + LEASE_MS })
    return () => send(parcel)
  }

  async function revive(db: Db, before: number): Promise<void> {
    const revived = await reviveCutOff(db, before)
    if (revived > 0) log.warn({ revived }, 'sends were cut off; they are sent again, marked')
  }

  /** undefined where the item may not leave now; it then knows its next instant, or its end. */
  async function prepare(db: Db, item: OutboxItem, now: number): Promise<Parcel | undefined> {
    const street = inStreet(db, item.street)
    if (item.notAfter !== undefined && now > item.notAfter) return end(db, item, 'failed', 'its subject is past')
    const quietUntil = await heldByQuiet(street, item, now)
    if (quietUntil !== undefined) return wait(db, item, quietUntil)

    const roster = await loadRoster(street)
    const destination = await findDestination(db, item, roster, channels, clock.machineNow())
    if ('unreachable' in destination) {
      const { unreachable, isAlarming = false } = destination
      if (isAlarming && item.kind !== ALARM)
        await raiseAlarm(street, now, item.kind, alarms.undelivered(item.kind, unreachable))
      return end(db, item, isAlarming ? 'dead' : 'failed', unreachable)
    }
    const { channel, to } = destination
    const standing = destination.routes.filter(one => (channel.reaches?.(one, to) ?? 'now') === 'now')
    if (standing.length === 0) return wait(db, item, now + DOWN_MS)
    const route = await affordableRoute(db, item, { ...destination, routes: standing }, now)
    if (!route) {
      await raiseAlarm(street, now, 'budget', alarms.budget)
      return end(db, item, 'failed', "the month's budget is kept for urgent texts and notices")
    }

    const key = routeKey(destination, route)
    const blocked = blockedUntil.get(key) ?? 0
    if (blocked > now) return wait(db, item, blocked)
    const recent = await listSendTimes(db, key, now - WINDOW_MS)
    const oldest = recent.at(-SENDS_PER_MINUTE)
    if (oldest !== undefined) return wait(db, item, oldest + WINDOW_MS)

    const crowded = recent.length >= CROWDED && isPlain(item)
    const others = await listMergeable(db, item, now, crowded)
    return { lead: item, others, destination, route, roster, text: composeText(item, others) }
  }

  async function heldByQuiet(db: Db & { street: string }, item: OutboxItem, now: number): Promise<number | undefined> {
    if (item.urgency === 'urgent' || item.urgency === 'answer') return undefined
    const pack = await loadPack(db, dayOf(now))
    const verdict = judgeQuiet(now, pack.quietHours, await loadCalendar(db))
    return verdict.quiet ? verdict.endsAt : undefined
  }

  async function affordableRoute(
    db: Db,
    item: OutboxItem,
    destination: Destination,
    now: number,
  ): Promise<Route | undefined> {
    const { channel, routes } = destination
    const standing = routes.filter(route => (goneUntil.get(routeKey(destination, route)) ?? 0) <= now)
    // A chat whose every way was gone is dead until somebody writes in it: then its ways may lead there again.
    for (const route of standing.length > 0 ? standing : routes) {
      if (await budget.allows(db, dayOf(now), channel.name, channel.meter(route), item.urgency)) return route
    }
    return undefined
  }

  async function send(parcel: Parcel): Promise<void> {
    const { lead, destination, route, roster } = parcel
    const { channel } = destination
    const canMention = channel.canMention(route)
    const mentioned = lead.mentions.map(id => roster.memberById(id)).filter(member => member !== undefined)
    const mentions = mentioned.flatMap(member => {
      const platformId = platformIdOf(member, channel.name)
      return platformId ? [{ platformId, name: member.name }] : []
    })
    const names = canMention ? '' : mentioned.map(({ name }) => `@${name}`).join(' ')
    const isShown = lead.card && channel.showsCards(destination.to, route, lead.card.buttons.length)
    const card = isShown ? lead.card : undefined
    const page = destination.to.kind === 'person' && channel.pages ? phonePage : undefined
    const words = lead.card && !card ? `\n${tellWords(lead.card, page)}` : ''
    let text = `${lead.doubtful ? '【补发】' : ''}${names ? `${names}\n` : ''}${parcel.text}${words}`
    let sent: Sent
    try {
      const { image, file, note } = await encloseIfPossible(lead)
      if (note) text += `\n${note}`
      sent = await channel.send({
        to: destination.to,
        route,
        title: Array.from(parcel.text.split('\n', 1)[0]!).slice(0, 20).join(''),
        text,
        mentions: canMention ? mentions : [],
        card: card && { id: lead.id, title: card.title, buttons: card.buttons },
        image,
        file,
        idempotencyKey: lead.id,
        ...(lead.doubtful ? { isRepeat: true } : {}),
      })
    } catch (error) {
      return store.transact(db => markFailed(db, parcel, toSendError(error)))
    }
    // A database that fails here leaves the rows on their lease: people have read the text, so another try must be marked.
    await store.transact(db => markSent(db, parcel, text, sent))
    delivered += 1
  }

  /** What cannot be enclosed must not keep the words back; what is still on its way is worth another try. */
  async function encloseIfPossible({ attachment, street, id, attempts }: OutboxItem): Promise<Enclosure> {
    if (!attachment) return {}
    try {
      return await enclose(attachment, street)
    } catch (error) {
      if (error instanceof NotThereYet && attempts < ENCLOSE_TRIES) throw new SendError('retry', error.message)
      log.error({ err: error, outboxId: id, kind: attachment.kind }, 'a text goes without its attachment')
      return { note: '（附的图片或文件没能取到）' }
    }
  }

  /** Every fault has one answer: wait, try another way, or give up loudly. */
  async function markFailed(db: Db, parcel: Parcel, error: SendError): Promise<void> {
    const { lead, others, destination, route } = parcel
    const rows = [lead.id, ...others.map(({ id }) => id)]
    const now = clock.now()
    const attempts = lead.attempts + 1
    const { fault, message, retryAfterMs } = error
    log.warn({ outboxId: lead.id, channel: destination.channel.name, fault, reason: message }, 'a send failed')
    const again = (delayMs: number, doubtful = lead.doubtful) =>
      changeItems(db, rows, {
        state: 'pending',
        not_before: now + delayMs,
        attempts,
        error: message,
        doubtful: doubtful ? 1 : 0,
        lease_until: null,
      })
    const giveUp = async (state: 'failed' | 'dead') => {
      await changeItems(db, rows, { state, attempts, error: message, lease_until: null })
      // An alarm that cannot be delivered raises no other.
      if (state === 'dead' && lead.kind !== ALARM) {
        await raiseAlarm(inStreet(db, lead.street), now, lead.kind, alarms.undelivered(lead.kind, message))
      }
    }

    if (fault === 'refused') return giveUp('failed')
    if (fault === 'quota') return giveUp('dead')
    if (fault === 'routeGone') {
      goneUntil.set(routeKey(destination, route), now + RETRY_MS.most)
      if (route.kind === 'session' && destination.chat) await dropChatSession(db, destination.chat.id)
      const others = destination.routes.filter(other => (goneUntil.get(routeKey(destination, other)) ?? 0) <= now)
      if (others.length > 0) return again(0)
      // A way to answer that is used up says nothing about the conversation.
      if (destination.chat && route.kind !== 'reply') await markChatDead(db, destination.chat.id)
      return giveUp('dead')
    }
    if (attempts >= TRIES) return giveUp('dead')
    if (fault === 'throttled') {
      const delay = retryAfterMs ?? backoff(attempts)
      blockedUntil.set(routeKey(destination, route), now + delay)
      return again(delay)
    }
    return again(retryAfterMs ?? backoff(attempts), lead.doubtful || fault === 'ambiguous')
  }

  return {
    deliverDue,
    deliverNext,
    nextInstant: after => nextOutboxInstant(store.read, after),
    revive: () => store.transact(db => revive(db, Number.MAX_SAFE_INTEGER)),
  }
}

/** Where it goes, as far as the item itself tells. */
function placeOf({ to }: OutboxItem): string {
  if (to.kind === 'chat') return to.chatId
  return to.kind === 'member' ? to.memberId : to.platformId
}

async function wait(db: Db, { id }: OutboxItem, until: number): Promise<undefined> {
  await changeItems(db, [id], { not_before: until })
}

async function end(db: Db, { id }: OutboxItem, state: 'failed' | 'dead', error: string): Promise<undefined> {
  await changeItems(db, [id], { state, error })
}

function isPlain({ merge, card, attachment, mentions, doubtful, urgency }: OutboxItem): boolean {
  return (
    !merge && !card && !attachment && mentions.length === 0 && !doubtful && urgency !== 'urgent' && urgency !== 'notice'
  )
}

/** Doubles, with a tenth of jitter so that many rows do not come back at once. */
function backoff(attempts: number): number {
  const plain = Math.min(RETRY_MS.first * 2 ** (attempts - 1), RETRY_MS.most)
  return Math.round(plain * (0.9 + Math.random() * 0.2))
}

function toSendError(error: unknown): SendError {
  return error instanceof SendError ? error : new SendError('retry', String(error), { cause: error })
}

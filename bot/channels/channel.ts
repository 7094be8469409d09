/** The one contract between a chat platform and the program. A channel moves messages; it knows no rule of the work. */
import type { Punch, PunchChannel } from '../../handlers/punch.ts'
import type { Meaning } from '../../handlers/slots.ts'
import type { Day } from '../../policy/time.ts'
import type { ChannelName } from '../../storage/messages.ts'
import type { PagePlatform } from './page-platform.ts'

export type { ChannelName }

/** A picture or file that came along; fetched after the commit by `Channel.fetchMedia`. */
export interface MediaRef {
  kind: 'image' | 'audio' | 'video' | 'file'
  /** What the platform needs to hand out the bytes; opaque outside the channel. */
  ref: string
  fileName?: string
}

/** A message as a person sent it, whatever the platform. Instants are UTC epoch ms. */
export interface InboundMessage {
  channel: ChannelName
  /** The robot that heard it: part of the unique key (channel, robot, id). */
  robot: string
  /** The platform's message id, the same on every redelivery. */
  id: string
  chat: { id: string; kind: 'group' | 'direct'; title?: string }
  /** `platformId` is absent where the platform does not tell who it was (DingTalk: no `senderStaffId`). Never identify by `name`. */
  sender: { platformId?: string; name?: string }
  /** The platform's own time of the message. */
  at: number
  /** Stored as it is; `''` for a bare mention or a picture alone. */
  text: string
  /** People @-ed, without the robot: platform ids where told. */
  mentions: { platformId?: string; name?: string }[]
  media: MediaRef[]
  location?: { lat: number; lng: number; datum: 'WGS-84' | 'GCJ-02'; name?: string }
  /** The message being replied to; `text` absent where the platform does not tell it. */
  quote?: { id?: string; text?: string; media?: MediaRef[] }
  /** `unsupported`: a kind we do not handle (acknowledged, one polite line); `overQuota`: the platform cut the text. */
  fault?: 'unsupported' | 'overQuota'
  /**
   * What vouched for the message, where that can be replayed (DingTalk HTTP signs only the timestamp): a hash of the signed pair,
   * and the machine time it came. One pair may bring new messages for 60 s; later ones are held (contract, guarantee 1).
   */
  proof?: { key: string; machineAt: number }
  /** Nobody said anything: the private chat was opened for the first time that day. */
  isArrival?: true
  /** A button of the card with this id was pressed, nothing was written: the conversation puts the button's words in for `text`. */
  press?: { card: string; key: string; handle?: CardHandle }
  /** A reply address that the platform hands out with the message; a bearer secret. */
  session?: { url: string; expiresAt: number }
  /** A way to answer this one message, handed out with it: a bearer secret, opaque outside the channel. `expiresAt` by the machine. */
  reply?: { ref: string; expiresAt: number }
  /** What a form of the phone pages means; its words are then only read for what the form leaves open. */
  form?: Meaning
}

/**
 * How a text can reach a chat. `webhook` and `session` can @ people, `api` cannot. `reply` answers the message with this id, once.
 * A private message goes by `api`, or as the reply to one.
 */
export type Route =
  | { kind: 'api' }
  | { kind: 'webhook'; url: string }
  | { kind: 'session'; url: string }
  | { kind: 'reply'; messageId: string; ref: string }

/** How the channel can change one person's copy of a card; opaque outside it. `usableUntil` by the machine. */
export interface CardHandle {
  ref: string
  usableUntil: number
}

/** What can be pressed under a text; `id` comes back in `InboundMessage.press`. */
export interface OutgoingCard {
  id: string
  title: string
  /** `says`: the words that a press stands for, for whoever is shown no button after all. */
  buttons: { key: string; text: string; says: string }[]
}

/** One send: a text, optionally with one picture, to one chat or one person. */
export interface Outgoing {
  to: { kind: 'chat'; chatId: string } | { kind: 'person'; platformId: string }
  route: Route
  /** ≤ 20 characters, for the chat list and push where the platform shows one. */
  title: string
  text: string
  /** Members to @; only sent on a route that can. The channel writes the @ into the text as its platform wants it. */
  mentions: { platformId: string; name: string }[]
  /** Only where the channel shows cards. */
  card?: OutgoingCard
  image?: { bytes: Uint8Array; mime: string; fileName: string }
  file?: { bytes: Uint8Array; mime: string; fileName: string }
  /** The same for every try of one send: the platform's idempotency key where it has one. */
  idempotencyKey: string
  /** An earlier try may have arrived. */
  isRepeat?: true
}

export interface Sent {
  /** The platform's id of the sent message, where it tells one. */
  platformId?: string
  /** Where a card was sent that can be changed later. */
  handle?: CardHandle
}

/** A card on which nothing more is to be pressed. */
export interface CardChange {
  ref: string
  /** Whose copy it is. */
  to: Outgoing['to']
  card: OutgoingCard
  /** As it was sent. */
  text: string
  /** What stands where the buttons stood: 已收到, 高红梅已同意. */
  label: string
}

/**
 * Why a send failed, in the words delivery acts on:
 * `retry` transient, surely not delivered · `ambiguous` may have been delivered (timeout, cut connection) ·
 * `throttled` wait `retryAfterMs` · `routeGone` this route will not work again, try the next ·
 * `refused` the platform will never take this message or recipient · `credentials` stop and alarm · `quota` the month's budget is gone.
 */
export type SendFault = 'retry' | 'ambiguous' | 'throttled' | 'routeGone' | 'refused' | 'credentials' | 'quota'

export class SendError extends Error {
  readonly fault: SendFault
  readonly retryAfterMs?: number
  /** `reason` is for administrators: platform code and words, never a token, URL or personal data. */
  constructor(fault: SendFault, reason: string, options: { retryAfterMs?: number; cause?: unknown } = {}) {
    super(reason, { cause: options.cause })
    this.name = 'SendError'
    this.fault = fault
    this.retryAfterMs = options.retryAfterMs
  }
}

/** What happened to an inbound message; resolves only after the commit, so the channel acknowledges then. */
export type Receipt = { messageId: string; duplicate: boolean; held?: boolean }
/** Takes one message in: one transaction, exactly once. Rejects when nothing could be stored: the channel must then not acknowledge. */
export type Receive = (message: InboundMessage) => Promise<Receipt>

/** What a platform tells that nobody said. */
export type PlatformEvent =
  /** Somebody was taken out of the organisation. */
  | { kind: 'left'; channel: ChannelName; platformId: string; at: number }
  /** People clocked in, or their results were changed: worth a reading from that local day on. */
  | { kind: 'punched'; channel: PunchChannel; from: Day }
  /** `about` is the kind of trouble, one word; `text` Chinese, for the administrators. */
  | { kind: 'warning'; channel: ChannelName; about: string; text: string }
/** Resolves after the commit; telling the same again changes nothing. */
export type TellEvent = (event: PlatformEvent) => Promise<void>

/** One HTTP entry of a channel; `bot/server.ts` mounts it, counts `rejected` and answers `{"error":"rejected"}` for it. */
export interface Callback {
  method: 'GET' | 'POST'
  path: string
  handle(request: CallbackRequest): Promise<CallbackAnswer>
}

export interface CallbackRequest {
  /** Lower-case names; a header sent twice is joined by Node as usual. */
  headers: Record<string, string | string[] | undefined>
  query: URLSearchParams
  /** Reads at most `limitBytes`. @throws {BodyTooLarge} */
  readBody(limitBytes: number): Promise<Buffer>
}

export class BodyTooLarge extends Error {}

export type CallbackAnswer =
  | { status: 200; type: 'application/json' | 'application/xml' | 'text/plain'; body: string }
  /** `reason` is a short code for the counter `xiaoge_callback_rejected_total{channel,reason}`. */
  | { status: 400 | 401 | 413 | 503; rejected: string }

export interface ChannelHealth {
  ok: boolean
  reason?: string
}

export interface Channel {
  readonly name: ChannelName
  /** Whether buttons can be pressed there; where not, their words stand in the text to be sent back. */
  showsCards(to: Outgoing['to'], route: Route, buttons: number): boolean
  /** Whether an @ works on this route; where not, names stand in the text and each person is told in private. */
  canMention(route: Route): boolean
  /**
   * Whether a route leads there at all, and now: `later` while a line is down or another process holds it. Absent: each leads there now.
   */
  reaches?(route: Route, to: Outgoing['to']): 'now' | 'later' | 'never'
  /** Which meters of the platform's monthly budget one send on this route counts against. */
  meter(route: Route): 'api' | 'webhook'
  readonly callbacks: Callback[]
  /** Opens sockets; resolves when the first attempt was made, not when it succeeded. */
  start(receive: Receive): Promise<void>
  /** Stops taking in; afterwards no timer or socket of the channel is left. */
  stop(): Promise<void>
  health(): ChannelHealth
  /** @throws {SendError} */
  send(item: Outgoing): Promise<Sent>
  /** Takes the buttons off a card that was sent. Absent where cards stay as they are. @throws {SendError} */
  changeCard?(change: CardChange): Promise<void>
  /** The bytes of a picture or file, at most `maxBytes`. @throws {SendError} */
  fetchMedia(ref: MediaRef, maxBytes: number): Promise<Uint8Array>
  /** Reads the platform's own attendance clock, where it has one. @throws {SendError} */
  listPunches?(query: PunchQuery): Promise<PunchReading>
  /** How the phone pages stand in the platform's app, where it opens pages. */
  readonly pages?: PagePlatform
  /** For `xiaoge doctor`: each line a finding in words with what to do. */
  diagnose(): Promise<Finding[]>
}

/** Days are local and both included. */
export interface PunchQuery {
  from: Day
  to: Day
  platformIds: readonly string[]
}

export interface PunchReading {
  punches: Punch[]
  /** What the reading cost of the month's allowance. */
  calls: number
}

export interface Finding {
  ok: boolean
  /** Chinese, one sentence: what was found, and where it is not ok, what to do. */
  text: string
}

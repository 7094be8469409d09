import type {
  Callback,
  CardChange,
  ChannelHealth,
  Finding,
  MediaRef,
  Outgoing,
  PunchQuery,
  PunchReading,
  Receive,
  Route,
  Sent,
} from '../channel.ts'

/** One of WeCom's ways in and out; the channel is all that are configured, in the order in which they are preferred. */
export interface WecomPart {
  readonly callbacks: Callback[]
  start(receive: Receive): Promise<void>
  stop(): Promise<void>
  health(): ChannelHealth
  reaches(route: Route, to: Outgoing['to']): 'now' | 'later' | 'never'
  canMention(route: Route): boolean
  showsCards(to: Outgoing['to'], route: Route, buttons: number): boolean
  /** Whether it handed this reference out, for a card or for a picture. */
  owns(ref: string): boolean
  /** Only called where it `reaches`. @throws {SendError} */
  send(item: Outgoing): Promise<Sent>
  /** Only called for what it `owns`; so is `fetchMedia`. @throws {SendError} */
  changeCard(change: CardChange): Promise<void>
  /** @throws {SendError} */
  fetchMedia(ref: MediaRef, maxBytes: number): Promise<Uint8Array>
  /** Only the self-built app may read the attendance clock. @throws {SendError} */
  listPunches?(query: PunchQuery): Promise<PunchReading>
  diagnose(): Promise<Finding[]>
}

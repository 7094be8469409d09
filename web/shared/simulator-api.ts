/** The JSON of the simulator's HTTP surface, as its server and its page share it. Instants are ISO 8601 with `+08:00`. */

export interface CardView {
  id: string
  title: string
  text: string
  buttons: { key: string; text: string }[]
}

/** One outbox row of the message's transaction, before merging, pacing and quiet hours. */
export interface Reply {
  to: 'group' | 'user'
  /** A chat id, or the key of a person (without `@`). */
  target: string
  text: string
  at: string[]
  card?: CardView
}

/** Answer of `POST /sim/api/messages` and of a pressed card. */
export interface Said {
  messageId: string
  intent: string
  slots: Record<string, unknown>
  also?: { intent: string; slots: Record<string, unknown> }[]
  replies: Reply[]
}

/** A line of a chat: what a person wrote, or what the bot delivered. */
export interface ChatItem {
  id: string
  at: string
  /** `bot`, or the key of the person. */
  from: string
  text: string
  mentions: string[]
  images: string[]
  /** Addresses of documents that came along. */
  files?: string[]
  card?: CardView
  /** The words that were replied to. */
  quote?: string
  place?: string
}

export interface Page<T> {
  items: T[]
  /** Pass as `after` to read on; the last one known where nothing came since. */
  next: string | null
}

/** A chat in the list at the left. */
export interface ChatEntry {
  id: string
  name: string
  scope: 'street' | 'community' | 'grid' | 'private'
  community?: string
}

export interface Person {
  key: string
  name: string
  /** As people say it: 第3网格 网格长. */
  role: string
  roleCode?: string
  community?: string
  /** The chat where this person would write first. */
  homeChat?: string
}

/** Something just recorded, with the message that made it. */
export interface RecordEntry {
  id: string
  at: string
  type: string
  /** 打卡, 走访, 事件 … */
  label: string
  text: string
  messageId?: string
  chat?: string
  /** `changed`: an older record moved on or was taken back. */
  kind: 'created' | 'changed'
}

export interface ClockView {
  now: string
  mode: 'run' | 'hold'
}

/** Answer of `POST /sim/api/clock`. */
export interface Moved {
  now: string
  ran: { job: string; at: string; messages: number }[]
}

/** An instant worth jumping to. */
export interface Stop {
  key: string
  text: string
  at: string
}

export interface DemoView {
  state: 'idle' | 'playing' | 'done' | 'stopped' | 'failed'
  step: number
  steps: number
  /** What the scene shows, for people. */
  scene: string
  /** The chat where it happens. */
  chat?: string
  error?: string
}

/** One event of `GET /sim/api/events`. */
export interface Pulse {
  clock: ClockView
  /** Chats in which something new can be read. */
  chats: string[]
  /** True where records were made or changed. */
  recorded: boolean
  demo: DemoView
}

/** What the emulated DingTalk knows: people, groups, secrets it handed out, files, and a ledger of all that happened. */
import { randomUUID } from 'node:crypto'
import type { Punch } from './dingtalk-office.ts'

export interface EmulatedUser {
  staffId: string
  name: string
  unionId: string
  /** The opaque id that messages show. */
  dingtalkId: string
  /** Outside the organisation: messages carry no staff id. */
  isExternal?: boolean
}

export interface EmulatedGroup {
  id: string
  title: string
  members: Set<string>
  hasRobot: boolean
  isDisbanded: boolean
  /** Address of the group's own robot (推送地址). */
  webhookUrl: string
}

/** One request that reached the platform, as it came. */
export interface LedgerEntry {
  at: number
  method: string
  path: string
  query: Record<string, string>
  headers: Record<string, string | string[] | undefined>
  /** Parsed where it is JSON, else the text; `undefined` for none. */
  body: unknown
  status?: number
}

export interface DeliveredMessage {
  via: 'session' | 'webhook' | 'group' | 'oto' | 'notification'
  /** Exactly one of the two. */
  group?: string
  user?: string
  /** `msgtype` of a webhook, `msgKey` of the API. */
  kind: string
  text: string
  title?: string
  mediaId?: string
  atUserIds: string[]
  isAtAll: boolean
  body: Record<string, unknown>
}

/** One message that people can now see. */
export interface Delivered extends DeliveredMessage {
  at: number
  readBy: Set<string>
  isRecalled: boolean
}

export interface StoredFile {
  bytes: Buffer
  fileName: string
  type: string
}

export interface WorldOptions {
  clientId: string
  clientSecret: string
  robotCode: string
  corpId: string
  now(this: void): number
  /** Sends a minute per webhook or session of a group; the next one costs ten minutes. */
  sendsPerMinute: number
  /** Calls a second for each address of the API. */
  callsPerSecond: number
  monthlyApiCalls: number
  tokenLifeSeconds: number
  sessionLifeMs: number
}

const TICKET_LIFE_MS = 90_000

export class World {
  readonly options: WorldOptions
  readonly users = new Map<string, EmulatedUser>()
  readonly groups = new Map<string, EmulatedGroup>()
  readonly requests: LedgerEntry[] = []
  readonly delivered: Delivered[] = []
  /** Uploaded by the program, by media id. */
  readonly media = new Map<string, StoredFile>()
  /** Sent by people, by download code. */
  readonly files = new Map<string, StoredFile>()
  readonly cards = new Map<string, Record<string, unknown>>()
  readonly notifications: { people: string[]; text: string }[] = []
  /** Official records: judged check points and raw punches. */
  readonly punchResults: Punch[] = []
  readonly punches: Punch[] = []
  readonly flowControlled = new Set<string>()
  readonly sessions = new Map<string, { group?: string; user?: string; expiresAt: number }>()
  /** Words that the content audit refuses. */
  readonly forbiddenWords = new Set<string>()
  apiCalls = 0
  readonly #tickets = new Map<string, number>()
  readonly #webhooks = new Map<string, string>()
  readonly #sends = new Map<string, { times: number[]; blockedUntil: number }>()
  readonly #calls = new Map<string, number[]>()
  #token: { value: string; expiresAt: number } | undefined

  constructor(options: WorldOptions) {
    this.options = options
  }

  addUser(user: { staffId: string; name: string; isExternal?: boolean }): EmulatedUser {
    const full = { unionId: `union-${user.staffId}`, dingtalkId: `$:LWCP_v1:$${user.staffId}`, ...user }
    this.users.set(user.staffId, full)
    return full
  }

  addGroup(group: { id: string; title?: string; members?: string[]; hasRobot?: boolean }, base: string): EmulatedGroup {
    const token = randomUUID().replaceAll('-', '')
    this.#webhooks.set(token, group.id)
    const full: EmulatedGroup = {
      id: group.id,
      title: group.title ?? group.id,
      members: new Set(group.members),
      hasRobot: group.hasRobot ?? true,
      isDisbanded: false,
      webhookUrl: `${base}/robot/send?access_token=${token}`,
    }
    this.groups.set(group.id, full)
    return full
  }

  groupOfWebhook(token: string): EmulatedGroup | undefined {
    return this.groups.get(this.#webhooks.get(token) ?? '')
  }

  openSession(target: { group?: string; user?: string }): { id: string; expiresAt: number } {
    const id = randomUUID()
    const expiresAt = this.options.now() + this.options.sessionLifeMs
    this.sessions.set(id, { ...target, expiresAt })
    return { id, expiresAt }
  }

  /** The same token, with its life extended, as long as it is good. */
  issueToken(): { accessToken: string; expireIn: number } {
    const now = this.options.now()
    const value = this.#token !== undefined && this.#token.expiresAt > now ? this.#token.value : randomUUID()
    this.#token = { value, expiresAt: now + this.options.tokenLifeSeconds * 1000 }
    return { accessToken: value, expireIn: this.options.tokenLifeSeconds }
  }

  isTokenGood(value: string | undefined): boolean {
    return this.#token !== undefined && this.#token.value === value && this.#token.expiresAt > this.options.now()
  }

  /** From now on the token that is out there is refused. */
  forgetToken(): void {
    this.#token = undefined
  }

  issueTicket(): string {
    const ticket = `${randomUUID()}+/=`
    this.#tickets.set(ticket, this.options.now() + TICKET_LIFE_MS)
    return ticket
  }

  /** A ticket opens one connection. */
  spendTicket(ticket: string): boolean {
    const expiresAt = this.#tickets.get(ticket)
    this.#tickets.delete(ticket)
    return expiresAt !== undefined && expiresAt > this.options.now()
  }

  /** Counts one send of a robot; false when it is blocked, which a send too many brings about for ten minutes. */
  maySend(robot: string): boolean {
    const now = this.options.now()
    const state = this.#sends.get(robot) ?? { times: [], blockedUntil: 0 }
    this.#sends.set(robot, state)
    if (now < state.blockedUntil) return false
    state.times = [...state.times.filter(at => at > now - 60_000), now]
    if (state.times.length <= this.options.sendsPerMinute) return true
    state.blockedUntil = now + 600_000
    return false
  }

  /** True for a robot that ever sent too fast. */
  wasBlocked(): boolean {
    return [...this.#sends.values()].some(state => state.blockedUntil > 0)
  }

  mayCall(path: string): boolean {
    const now = this.options.now()
    const times = [...(this.#calls.get(path) ?? []).filter(at => at > now - 1000), now]
    this.#calls.set(path, times)
    return times.length <= this.options.callsPerSecond
  }

  /** @returns the key by which the program can ask after it */
  deliver(message: DeliveredMessage): string {
    this.delivered.push({ at: this.options.now(), readBy: new Set(), isRecalled: false, ...message })
    return `key-${this.delivered.length}`
  }
}

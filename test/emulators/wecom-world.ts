/** What the emulated WeCom knows: one corp with its members, one self-built app, groups with push addresses, and what people were shown. */
import { randomBytes } from 'node:crypto'

export interface EmulatedMember {
  userId: string
  name: string
  /** Whether the app's visible range holds them. */
  isVisible: boolean
  /** What a 智能机器人 of somebody who is no super administrator is told instead. */
  openUserId: string
}

export interface EmulatedGroup {
  id: string
  title: string
  members: string[]
  /** The push address with its key; absent where the group has none. */
  pushUrl?: string
  key?: string
  /** Stopped or removed: the code that a push then meets. */
  pushFault?: number
}

export interface ShownCard {
  taskId: string
  title: string
  text?: string
  buttons: { key: string; text: string }[]
  /** What stands where the buttons stood. */
  label?: string
}

/** One message as one person or one group sees it. */
export interface Delivered {
  msgId: string
  at: number
  user?: string
  group?: string
  msgtype: string
  text: string
  mentions: string[]
  card?: ShownCard
  bytes?: Uint8Array
  isRecalled: boolean
}

export interface LedgerEntry {
  at: number
  method: string
  path: string
  query: Record<string, string>
  headers: NodeJS.Dict<string | string[]>
  body?: unknown
  status?: number
}

export interface WorldOptions {
  corpId: string
  agentId: number
  secret: string
  token: string
  aesKey: string
  now(): number
  /** Of one member from the app; what is over it is dropped without a word. */
  perMemberMinute: number
  /** Of one push address. */
  pushesPerMinute: number
  tokenLifeSeconds: number
  /** Whether calls come from an address on the app's list. */
  isTrustedIp: boolean
}

interface StoredMedia {
  bytes: Uint8Array
  mime: string
  at: number
  /** The only push address that may use it. */
  key?: string
}

const HOUR_MS = 60 * 60_000
const MEDIA_MS = 3 * 24 * HOUR_MS
const HANDLE_MS = 72 * HOUR_MS
const CODE_MS = 5 * 60_000
const MINUTE_MS = 60_000
/** After these, the address is shut out for an hour. */
const WRONG_SECRETS = 5

export class World {
  readonly options: WorldOptions
  readonly members = new Map<string, EmulatedMember>()
  readonly groups = new Map<string, EmulatedGroup>()
  readonly requests: LedgerEntry[] = []
  readonly delivered: Delivered[] = []
  /** What went over somebody's allowance and was never shown. */
  readonly dropped: Delivered[] = []
  /** `checkin/getcheckindata` rows, as a test put them in. */
  readonly punches: { userid: string; checkin_time: number; [field: string]: unknown }[] = []
  isAppClosed = false
  redirectDomain = 'h5.example.gov'
  readonly #tokens = new Map<string, number>()
  readonly #media = new Map<string, StoredMedia>()
  readonly #codes = new Map<string, { taskId: string; until: number; spent: boolean }>()
  readonly #oauth = new Map<string, { userId?: string; until: number }>()
  readonly #recent: { key: string; at: number }[] = []
  readonly #bodies = new Map<string, number>()
  #wrongSecrets = 0
  #shutOutUntil = 0
  #count = 0

  constructor(options: WorldOptions) {
    this.options = options
  }

  now(): number {
    return this.options.now()
  }

  nextId(): number {
    this.#count += 1
    return this.#count
  }

  addMember({ userId, name, isVisible = true }: { userId: string; name: string; isVisible?: boolean }): EmulatedMember {
    const member = { userId, name, isVisible, openUserId: `woenc-${Buffer.from(userId).toString('hex')}` }
    this.members.set(userId.toLowerCase(), member)
    return member
  }

  findMember(userId: string): EmulatedMember | undefined {
    return this.members.get(userId.toLowerCase())
  }

  /** @param base of the emulator's own address, under which its push addresses lie */
  addGroup(
    {
      id,
      title = id,
      members = [],
      hasPush = true,
    }: { id: string; title?: string; members?: string[]; hasPush?: boolean },
    base: string,
  ): EmulatedGroup {
    const key = `key-${randomBytes(8).toString('hex')}`
    const push = hasPush ? { key, pushUrl: `${base}/cgi-bin/webhook/send?key=${key}` } : {}
    const group: EmulatedGroup = { id, title, members, ...push }
    this.groups.set(id, group)
    return group
  }

  findGroupByKey(key: string | undefined): EmulatedGroup | undefined {
    return [...this.groups.values()].find(group => group.key !== undefined && group.key === key)
  }

  /** @returns an errcode, or a token */
  giveToken(corpId: string | undefined, secret: string | undefined): { token: string } | { errcode: number } {
    if (this.now() < this.#shutOutUntil) return { errcode: 45009 }
    if (corpId !== this.options.corpId) return { errcode: 40013 }
    if (secret !== this.options.secret) {
      this.#wrongSecrets += 1
      if (this.#wrongSecrets >= WRONG_SECRETS) this.#shutOutUntil = this.now() + HOUR_MS
      return { errcode: 40001 }
    }
    const token = `token-${this.nextId()}-${randomBytes(16).toString('hex')}`
    this.#tokens.set(token, this.now() + this.options.tokenLifeSeconds * 1000)
    return { token }
  }

  isTokenGood(token: string | undefined): boolean {
    return (this.#tokens.get(token ?? '') ?? 0) > this.now()
  }

  /** As the platform does now and then: every token ends before its time. */
  killTokens(): void {
    this.#tokens.clear()
  }

  keepMedia(media: Omit<StoredMedia, 'at'>): string {
    const id = `media-${this.nextId()}`
    this.#media.set(id, { ...media, at: this.now() })
    return id
  }

  findMedia(id: unknown): StoredMedia | undefined {
    const media = this.#media.get(String(id))
    return media && media.at + MEDIA_MS > this.now() ? media : undefined
  }

  /** Whether something may still go out this minute; counts it where it may. */
  mayPass(key: string, perMinute: number): boolean {
    const now = this.now()
    if (this.#recent.filter(each => each.key === key && each.at > now - MINUTE_MS).length >= perMinute) return false
    this.#recent.push({ key, at: now })
    return true
  }

  /** Whether the same body came within the interval. */
  isRepeated(body: string, intervalSeconds: number): boolean {
    const now = this.now()
    const at = this.#bodies.get(body)
    this.#bodies.set(body, now)
    return at !== undefined && at + intervalSeconds * 1000 > now
  }

  /** A way to change a card: once, within 72 hours. */
  giveHandle(taskId: string): string {
    const code = `RC-${this.nextId()}-${randomBytes(6).toString('hex')}`
    this.#codes.set(code, { taskId, until: this.now() + HANDLE_MS, spent: false })
    return code
  }

  /** @returns the card's task, or undefined where the code is spent, old or made up */
  spendHandle(code: unknown): string | undefined {
    const known = this.#codes.get(String(code))
    if (!known || known.spent || known.until <= this.now()) return undefined
    known.spent = true
    return known.taskId
  }

  /** What a page gets when the person agreed to be known; without `userId` it is somebody outside the corp. */
  giveOauthCode(userId?: string): string {
    const code = `code-${this.nextId()}-${randomBytes(8).toString('hex')}`
    this.#oauth.set(code, { userId, until: this.now() + CODE_MS })
    return code
  }

  spendOauthCode(code: string | undefined): { userId?: string } | undefined {
    const known = this.#oauth.get(code ?? '')
    this.#oauth.delete(code ?? '')
    return known && known.until > this.now() ? { userId: known.userId } : undefined
  }

  isTaskTaken(taskId: string): boolean {
    return this.delivered.some(({ card }) => card?.taskId === taskId)
  }

  deliver(message: Omit<Delivered, 'at' | 'isRecalled' | 'msgId'> & { msgId?: string }): Delivered {
    const delivered = { msgId: `msg-${this.nextId()}`, ...message, at: this.now(), isRecalled: false }
    this.delivered.push(delivered)
    return delivered
  }

  deliveredTo(target: { group: string } | { user: string }): Delivered[] {
    return this.delivered.filter(each => ('group' in target ? each.group === target.group : each.user === target.user))
  }

  /** The newest card in somebody's private chat. */
  newestCard(userId: string): ShownCard | undefined {
    return this.deliveredTo({ user: userId }).findLast(({ card }) => card !== undefined)?.card
  }
}

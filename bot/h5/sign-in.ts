import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { Context } from 'koa'
import type { Store } from '../../storage/database.ts'
import { dropH5Session, findH5Session, type H5Session, insertH5Session } from '../../storage/h5-sessions.ts'
import type { ChannelName } from '../channels/channel.ts'
import type { PagePlatform } from '../channels/page-platform.ts'
import { createRateLimit } from './rate-limit.ts'
import { Refusal } from './refusal.ts'
import { findVisitor } from './visitor.ts'

const SESSION_COOKIE = 'xiaoge-h5'
const STATE_COOKIE = 'xiaoge-h5-state'
/** Signing in costs nobody a tap in either app; a month spares the platforms a call a day and person. */
const SESSION_MS = 30 * 24 * 60 * 60_000
const STATE_MS = 10 * 60_000
const SPENT_REMEMBERED = 5_000
/** Sign-ins of all people together: a street's morning, and not what somebody could make us ask the platforms. */
const SIGN_INS = { burst: 600, perSecond: 5 }

export interface SignIn {
  /** Begins a sign-in: the state that must come back to this very browser, once, within ten minutes. */
  begin(ctx: Context, path: string): string
  /** Ends it. @returns where the person wanted to go @throws {Refusal} 403 */
  finish(ctx: Context, state: string): string
  /** Opens a session for whoever the code stands for, if the roster knows them. @throws {Refusal} 403 @throws {SendError} */
  enter(ctx: Context, platform: PagePlatform, code: string): Promise<{ isKnown: boolean; platformId: string }>
  open(ctx: Context, account: { channel: ChannelName; platformId: string }): Promise<void>
  find(ctx: Context): Promise<H5Session | undefined>
  close(ctx: Context): Promise<void>
}

export function createSignIn(options: { store: Store; machineNow(): number; isHttps: boolean }): SignIn {
  const { store, machineNow, isHttps } = options
  const spent = new Set<string>()
  const limit = createRateLimit({ ...SIGN_INS, machineNow })

  function setCookie(ctx: Context, name: string, value: string | null, maxAge = 0): void {
    // A proxy in front speaks https; what arrives here is plain.
    ctx.cookies.secure = isHttps
    const life = value === null ? {} : { maxAge }
    ctx.cookies.set(name, value, {
      httpOnly: true,
      sameSite: 'lax',
      secure: isHttps,
      path: '/h5',
      overwrite: true,
      ...life,
    })
  }

  async function find(ctx: Context): Promise<H5Session | undefined> {
    const token = ctx.cookies.get(SESSION_COOKIE)
    return token ? findH5Session(store.read, token, machineNow()) : undefined
  }

  async function open(ctx: Context, account: { channel: ChannelName; platformId: string }): Promise<void> {
    const token = randomBytes(32).toString('base64url')
    await store.transact(db => insertH5Session(db, token, { ...account, machineNow: machineNow(), lifeMs: SESSION_MS }))
    setCookie(ctx, SESSION_COOKIE, token, SESSION_MS)
  }

  return {
    find,
    open,
    begin(ctx, path) {
      const state = randomBytes(16).toString('hex')
      setCookie(ctx, STATE_COOKIE, `${state}.${machineNow() + STATE_MS}.${encodeURIComponent(path)}`, STATE_MS)
      return state
    },
    finish(ctx, state) {
      const [kept = '', until = '0', path = ''] = (ctx.cookies.get(STATE_COOKIE) ?? '').split('.')
      setCookie(ctx, STATE_COOKIE, null)
      if (!isSame(kept, state) || Number(until) <= machineNow() || spent.has(state)) {
        throw new Refusal(403, 'bad-state', '这次登录已失效，请从聊天里重新打开。')
      }
      spent.add(state)
      const [oldest] = spent
      if (spent.size > SPENT_REMEMBERED && oldest !== undefined) spent.delete(oldest)
      return readPath(path)
    },
    async enter(ctx, platform, code) {
      if (limit.take('') > 0) throw new Refusal(429, 'too-many', '这会儿登录的人太多，请过一分钟再打开。')
      const platformId = await platform.identify(code)
      if (platformId === undefined) throw new Refusal(403, 'bad-code', '没能确认您是谁，请从聊天里重新打开。')
      const account = { channel: platform.channel, platformId }
      const isKnown = (await findVisitor(store.read, account)) !== undefined
      if (isKnown) await open(ctx, account)
      return { isKnown, platformId }
    },
    async close(ctx) {
      const session = await find(ctx)
      if (session) await store.transact(db => dropH5Session(db, session.id))
      setCookie(ctx, SESSION_COOKIE, null)
    },
  }
}

/** The cookie is the browser's own, but still only leads to our pages. */
function readPath(encoded: string): string {
  const path = decodeURIComponent(encoded)
  return /^\/h5\/[a-z-]+$/.test(path) ? path : '/h5/mine'
}

function isSame(a: string, b: string): boolean {
  const [one, other] = [Buffer.from(a), Buffer.from(b)]
  return one.length > 0 && one.length === other.length && timingSafeEqual(one, other)
}

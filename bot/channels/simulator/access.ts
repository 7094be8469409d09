import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { Context, Middleware } from 'koa'
import { Rejection } from './rejection.ts'

const COOKIE = 'xiaoge-simulator'

/**
 * Who may use the simulator: this machine itself, and with `SIMULATOR_TOKEN` whoever shows it (as bearer, or as the cookie that the page's
 * form leaves). A request that came through a proxy is never this machine's own.
 */
export function guardAccess(token: string | undefined): Middleware {
  return async (ctx, next) => {
    if (isCrossSite(ctx)) throw new Rejection(403, 'cross-site', '模拟器不接受其他网站发来的请求。')
    if (!isLoopback(ctx) && !showsToken(ctx, token)) {
      throw token === undefined
        ? new Rejection(403, 'loopback-only', '模拟器只在本机可用；要从别处使用，请设置 SIMULATOR_TOKEN。')
        : new Rejection(401, 'token-required', '请带上 SIMULATOR_TOKEN：Authorization: Bearer …')
    }
    await next()
  }
}

/** Leaves the cookie where the form's token is right. */
export function enterWithToken(ctx: Context, token: string | undefined, typed: string): boolean {
  if (token === undefined || !isSame(typed, token)) return false
  ctx.cookies.set(COOKIE, cookieOf(token), { httpOnly: true, sameSite: 'strict', path: '/sim', overwrite: true })
  return true
}

const LOOPBACK_ADDRESS = /^(?:(?:::ffff:)?127\.\d+\.\d+\.\d+|::1)$/
/** A page elsewhere can point its own name at 127.0.0.1; the Host header then still tells that name. */
const LOOPBACK_HOST = /^(?:localhost|(?:[\w-]+\.)+localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/i

function isLoopback(ctx: Context): boolean {
  const forwarded = ctx.req.headers['x-forwarded-for'] !== undefined || ctx.req.headers.forwarded !== undefined
  return (
    !forwarded &&
    LOOPBACK_ADDRESS.test(ctx.req.socket.remoteAddress ?? '') &&
    LOOPBACK_HOST.test(ctx.req.headers.host ?? '')
  )
}

/** Browsers tell where a request was started; a foreign page could otherwise post for its visitor. */
function isCrossSite(ctx: Context): boolean {
  return ctx.method !== 'GET' && ctx.get('sec-fetch-site') === 'cross-site'
}

function showsToken(ctx: Context, token: string | undefined): boolean {
  if (token === undefined) return false
  const [, bearer] = /^Bearer (.+)$/i.exec(ctx.get('authorization')) ?? []
  return isSame(bearer ?? '', token) || isSame(ctx.cookies.get(COOKIE) ?? '', cookieOf(token))
}

/** Not the token itself: a cookie read from a browser's files does not give away the bearer. */
function cookieOf(token: string): string {
  return createHmac('sha256', token).update('simulator cookie').digest('base64url')
}

/** In constant time, whatever the lengths. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(expected))
}

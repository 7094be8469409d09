import type { Context, Middleware } from 'koa'
import { Refusal } from './refusal.ts'

/**
 * Nothing but our own files, no inline script. `frame-src` names the schemes by which older clients of the two apps reach
 * their own bridge from a page.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'self'",
  'frame-src weixin: wvjbscheme:',
].join(';')

export const securePages: Middleware = async (ctx, next) => {
  ctx.set('Content-Security-Policy', POLICY)
  ctx.set('Cache-Control', 'no-store')
  await next()
}

/** Whether an address is on this very site: as it was configured, or as the browser that asks sees it. */
export function isOwnAddress(ctx: Context, address: string, publicUrl: string): boolean {
  if (!URL.canParse(address)) return false
  const { origin, host } = new URL(address)
  return origin === new URL(publicUrl).origin || host === ctx.get('host')
}

/**
 * What changes something must come from our own page. Browsers tell where a request was started; and the kinds of body taken here
 * cannot be sent by a form of another site.
 * @throws {Refusal} 403, 415
 */
export function requireOwnPage(ctx: Context, publicUrl: string): void {
  const [origin, site] = [ctx.get('origin'), ctx.get('sec-fetch-site')]
  const isOwn = origin === '' ? site === '' || site === 'same-origin' : isOwnAddress(ctx, origin, publicUrl)
  if (!isOwn) throw new Refusal(403, 'cross-site', '请从小格自己的页面里操作。')
  if (!ctx.is('application/json', 'application/octet-stream')) throw new Refusal(415, 'bad-type', '请求格式不对。')
}

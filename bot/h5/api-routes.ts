import Router from '@koa/router'
import type { Context } from 'koa'
import { CHUNK_BYTES } from '../../web/shared/phone-api.ts'
import { answerWithJson } from './answer-errors.ts'
import { readBody, readBytes, schemas, uuid } from './body.ts'
import { isOwnAddress, requireOwnPage, securePages } from './guard.ts'
import { readMyDay } from './my-day.ts'
import { findPlatform, type PhoneParts, pathPart } from './parts.ts'
import { ownerOf } from './posting.ts'
import { createRateLimit } from './rate-limit.ts'
import { Refusal } from './refusal.ts'
import { findVisitor, type Visitor } from './visitor.ts'

/** A burst is nine photos with their entry; what refills is more than a thumb can do. */
const CALLS = { burst: 240, perSecond: 4 }

/** What the pages call. Everything but the sign-in needs a session, and what changes something our own page. */
export function createApiRoutes(parts: PhoneParts): Router {
  const { store, clock, publicUrl, platforms, signIn, uploads, post, log } = parts
  const limit = createRateLimit({ ...CALLS, machineNow: clock.machineNow })
  const visitorOf = (ctx: Context) => ctx.state.visitor as Visitor

  const api = new Router({ prefix: '/h5/api' })
  api.use(securePages, answerWithJson(log))
  api.use(async (ctx, next) => {
    if (ctx.method !== 'GET') requireOwnPage(ctx, publicUrl)
    await next()
  })
  api.post('/sign-in', async ctx => {
    const { code, state } = await readBody(ctx.req, schemas.signIn)
    const path = signIn.finish(ctx, state)
    const platform = findPlatform(platforms, ctx)
    if (!platform) throw new Refusal(404, 'no-app', '这里不是钉钉或企业微信。')
    const { isKnown, platformId } = await signIn.enter(ctx, platform, code)
    if (!isKnown) throw new Refusal(403, 'not-on-roster', `您的账号（${platformId}）还不在名册里，请告诉街道的管理员。`)
    ctx.body = { path }
  })
  api.use(async (ctx, next) => {
    const session = await signIn.find(ctx)
    const visitor = session && (await findVisitor(store.read, session))
    if (!visitor) throw new Refusal(401, 'signed-out', '登录已过期，重新打开页面就好。')
    const waitMs = limit.take(visitor.session.id)
    if (waitMs > 0) {
      ctx.set('Retry-After', String(Math.ceil(waitMs / 1000)))
      throw new Refusal(429, 'too-fast', '点得太快了，请稍等一下。')
    }
    ctx.state.visitor = visitor
    await next()
  })

  api.get('/day', async ctx => {
    ctx.body = await readMyDay(visitorOf(ctx), clock.now())
  })
  api.post('/messages', async ctx => {
    ctx.body = await post(visitorOf(ctx), await readBody(ctx.req, schemas.post))
  })
  api.post('/sign', async ctx => {
    const { url, hash } = await readBody(ctx.req, schemas.sign)
    const platform = findPlatform(platforms, ctx)
    if (!platform) throw new Refusal(404, 'no-app', '这里不是钉钉或企业微信。')
    if (!isOwnAddress(ctx, url, publicUrl)) throw new Refusal(400, 'foreign-url', '只给小格自己的页面签名。')
    ctx.body = await platform.sign(url, hash)
  })
  api.get('/uploads/:id', async ctx => {
    ctx.body = await uploads.state(ownerOf(visitorOf(ctx)), uploadId(ctx))
  })
  api.put('/uploads/:id', async ctx => {
    const [offset, total] = [wholeNumber(ctx, 'offset'), wholeNumber(ctx, 'total')]
    const bytes = await readBytes(ctx.req, CHUNK_BYTES)
    ctx.body = await uploads.append(ownerOf(visitorOf(ctx)), uploadId(ctx), { offset, total, bytes })
  })
  api.post('/sign-out', async ctx => {
    await readBody(ctx.req, schemas.nothing)
    await signIn.close(ctx)
    ctx.body = {}
  })
  return api
}

function uploadId(ctx: Context): string {
  const parsed = uuid.safeParse(pathPart(ctx, 'id'))
  if (!parsed.success) throw new Refusal(400, 'bad-id', '照片编号不对。')
  return parsed.data
}

function wholeNumber(ctx: Context, name: string): number {
  const said = ctx.URL.searchParams.get(name)
  if (said === null || !/^\d{1,9}$/.test(said)) throw new Refusal(400, 'bad-number', '照片分片不对。')
  return Number(said)
}

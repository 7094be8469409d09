import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import Router from '@koa/router'
import Koa from 'koa'
import helmet from 'koa-helmet'
import type { Logger } from 'pino'
import getRawBody from 'raw-body'
import { BodyTooLarge, type Callback, type CallbackRequest } from './channels/channel.ts'
import type { Metrics } from './metrics.ts'
import type { Readiness } from './readiness.ts'

/** Slow clients are cut off long before Node's own limits. */
const HEADERS_MS = 10_000
const REQUEST_MS = 15_000
/** How often those limits are looked at; Node's own half minute would add itself to each of them. */
const LIMITS_CHECKED_MS = 2_000

export interface ServerParts {
  callbacks: readonly { channel: string; callback: Callback }[]
  routers: readonly Router[]
  readiness: Readiness
  metrics: Metrics
  /** Fills the gauges just before they are read. */
  measure(): Promise<void>
  /** Where `/` leads, or the text of a plain status page. */
  home: { redirect: string } | { text: string }
  log: Logger
}

export interface RunningServer {
  port: number
  /** Stops taking in and resolves when the open requests are answered. */
  close(): Promise<void>
}

/** All HTTP of the program. Koa's context ends here: channels, API and pages get plain values. */
export function createApp({ callbacks, routers, readiness, metrics, measure, home, log }: ServerParts): Koa {
  const app = new Koa()
  app.on('error', error => log.error({ err: error }, 'an HTTP request failed'))
  app.use(answerErrors)
  app.use(
    helmet({
      contentSecurityPolicy: {
        directives: { 'img-src': ["'self'", 'data:', 'blob:'], 'upgrade-insecure-requests': null },
      },
      strictTransportSecurity: false,
      referrerPolicy: { policy: 'no-referrer' },
    }),
  )

  const router = new Router()
  router.get('/healthz', ctx => {
    ctx.body = { ok: true }
  })
  router.get('/readyz', async ctx => {
    const report = await readiness.report()
    ctx.status = report.ready ? 200 : 503
    ctx.body = report
  })
  router.get('/metrics', async ctx => {
    await measure()
    ctx.type = metrics.registry.contentType
    ctx.body = await metrics.registry.metrics()
  })
  router.get('/', ctx => {
    if ('redirect' in home) ctx.redirect(home.redirect)
    else ctx.body = home.text
  })
  for (const { channel, callback } of callbacks) mount(router, channel, callback, metrics)
  for (const each of [router, ...routers]) app.use(each.routes()).use(each.allowedMethods())
  return app
}

/** The platform's own answer on success; one and the same body for every refusal, counted by reason. */
function mount(router: Router, channel: string, callback: Callback, metrics: Metrics): void {
  const method = callback.method === 'GET' ? 'get' : 'post'
  router[method](callback.path, async ctx => {
    const request: CallbackRequest = {
      headers: ctx.headers,
      query: ctx.URL.searchParams,
      readBody: limitBytes => readBody(ctx.req, limitBytes),
    }
    const answer = await callback.handle(request)
    ctx.status = answer.status
    if (answer.status === 200) {
      ctx.type = answer.type
      ctx.body = answer.body
      return
    }
    metrics.rejected(channel, answer.rejected)
    ctx.body = { error: 'rejected' }
    // A body that was not read must not be taken for the next request on the same connection.
    ctx.set('Connection', 'close')
  })
}

/** @throws {BodyTooLarge} */
async function readBody(
  stream: NodeJS.ReadableStream & { headers?: { 'content-length'?: string } },
  limitBytes: number,
) {
  try {
    return await getRawBody(stream, { limit: limitBytes, length: stream.headers?.['content-length'] })
  } catch (error) {
    if ((error as { type?: string }).type === 'entity.too.large') throw new BodyTooLarge()
    throw error
  }
}

async function answerErrors(ctx: Koa.Context, next: Koa.Next): Promise<void> {
  try {
    await next()
    if (ctx.status === 404 && ctx.body === undefined) fail(ctx, 404, 'not-found', '没有这个地址。')
  } catch (error) {
    const status = (error as { status?: number }).status ?? 500
    fail(ctx, status, status < 500 ? 'bad-request' : 'internal', status < 500 ? '请求有误。' : '内部错误，已记录。')
    if (status >= 500) ctx.app.emit('error', error, ctx)
  }
}

function fail(ctx: Koa.Context, status: number, code: string, message: string): void {
  ctx.status = status
  ctx.body = { error: { code, message } }
}

export async function listen(app: Koa, host: string, port: number): Promise<RunningServer> {
  const limits = {
    headersTimeout: HEADERS_MS,
    requestTimeout: REQUEST_MS,
    connectionsCheckingInterval: LIMITS_CHECKED_MS,
  }
  const server: Server = createServer(limits, app.callback())
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve, reject) => {
        server.close(error => (error ? reject(error) : resolve()))
        server.closeIdleConnections()
        // Event streams never end by themselves; whoever still waits is cut off.
        setTimeout(() => server.closeAllConnections(), 2_000).unref()
      }),
  }
}

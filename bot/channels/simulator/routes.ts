import Router from '@koa/router'
import type { Context, Middleware } from 'koa'
import type { Logger } from 'pino'
import { dayOf, formatInstant, parseInstant } from '../../../policy/time.ts'
import { loadCalendar } from '../../../storage/calendar-days.ts'
import { type Db, inStreet, type Store, type StreetDb } from '../../../storage/database.ts'
import { listStreets, loadRoster } from '../../../storage/load-roster.ts'
import { loadPack } from '../../../storage/packs.ts'
import type { ClockView, Moved } from '../../../web/shared/simulator-api.ts'
import { renderSimulatorEntrance, renderSimulatorPage } from '../../../web/simulator/page.tsx'
import { systemClock } from '../../clock.ts'
import { demoDay } from '../../demo/day.ts'
import { createDemo } from '../../demo/player.ts'
import type { Enclose } from '../../enclosures.ts'
import { type Timeline, TimeRefused } from '../../timeline.ts'
import { enterWithToken, guardAccess } from './access.ts'
import { enterSchema, moveSchema, postSchema, pressSchema, readBody, readForm } from './body.ts'
import type { SimulatorChannel } from './channel.ts'
import { listChats, listPeople } from './directory.ts'
import type { Picture } from './media.ts'
import { showAttachment, showFile, showPhoto } from './pictures.ts'
import { createPosting } from './posting.ts'
import { createPulse } from './pulse.ts'
import { readRecords } from './records.ts'
import { Rejection } from './rejection.ts'
import { findRoom } from './rooms.ts'
import { listStops } from './stops.ts'
import { parseCursor, readTranscript } from './transcript.ts'

/** From line to line of the demo day: the whole of it plays in well under a minute. */
const DEMO_PACE_MS = 850

export interface SimulatorParts {
  store: Store
  timeline: Timeline
  channel: SimulatorChannel
  botName: string
  /** `SIMULATOR_TOKEN`. */
  token?: string
  /** The plain bytes of a photo stored under DATA_DIR/photos. */
  readPhoto(file: string): Promise<Uint8Array>
  /** What went along with a text. */
  enclose: Enclose
  log: Logger
  demoPaceMs?: number
}

export interface SimulatorRoutes {
  router: Router
  /** Ends open event streams and a playing demo. */
  close(): Promise<void>
}

/** The simulator's page and HTTP surface (contract.md, Simulator), everything under `/sim`. */
export function createSimulatorRoutes(parts: SimulatorParts): SimulatorRoutes {
  const { store, timeline, channel, botName, token, log } = parts
  const { read } = store
  const posting = createPosting({ store, timeline, channel })
  const street = () => openFirstStreet(read)
  const demo = createDemo({
    street,
    timeline,
    scenes: demoDay,
    post: posting.post,
    paceMs: parts.demoPaceMs ?? DEMO_PACE_MS,
    machineNow: systemClock.machineNow,
    log,
  })
  const pulse = createPulse({ store, timeline, demo: demo.view, log })
  const pictures = { read, media: channel.media, readPhoto: parts.readPhoto, enclose: parts.enclose }
  const showClock = (): ClockView => ({ now: formatInstant(timeline.now()), mode: timeline.mode() })

  const router = new Router({ strict: true })
  router.get('/sim', ctx => ctx.redirect('/sim/'))
  router.get('/sim/', offerEntrance(botName), guardAccess(token), async ctx => {
    const [first] = await listStreets(read)
    ctx.type = 'html'
    ctx.body = renderSimulatorPage({ botName, street: first?.name })
  })
  router.post('/sim/enter', answerRejections, async ctx => {
    const { token: typed } = await readForm(ctx.req, enterSchema)
    if (!enterWithToken(ctx, token, typed)) throw new Rejection(401, 'wrong-token', '口令不对。')
    ctx.redirect('/sim/')
    ctx.status = 303
  })

  const api = new Router({ prefix: '/sim/api' })
  api.use(answerRejections, guardAccess(token))
  api.post('/messages', async ctx => {
    ctx.body = await posting.post(await readBody(ctx.req, postSchema))
  })
  api.post('/cards/:id', async ctx => {
    ctx.body = await posting.press(pathPart(ctx, 'id'), await readBody(ctx.req, pressSchema))
  })
  api.get('/chats', async ctx => {
    ctx.body = { items: listChats(await loadRoster(await street()), ctx.URL.searchParams.get('user') ?? undefined) }
  })
  api.get('/chats/:id/messages', async ctx => {
    const id = pathPart(ctx, 'id')
    const room = await findRoom(read, id)
    if (!room) throw new Rejection(404, 'unknown-chat', `没有会话 ${id}。`)
    const after = cursorOf(ctx)
    // In turn: what an earlier request caused to be said has left by then.
    ctx.body = await timeline.inTurn(() => readTranscript(room, after, timeline.now()))
  })
  api.get('/photos/:id', async ctx => sendPicture(ctx, await showPhoto(pictures, pathPart(ctx, 'id'))))
  api.get('/pictures/:id', async ctx => sendPicture(ctx, await showAttachment(pictures, pathPart(ctx, 'id'))))
  api.get('/files/:id', async ctx => {
    const { fileName, ...file } = await showFile(pictures, pathPart(ctx, 'id'))
    ctx.set('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`)
    sendPicture(ctx, file)
  })
  api.get('/people', async ctx => {
    ctx.body = { items: listPeople(await loadRoster(await street()), dayOf(timeline.now())) }
  })
  api.get('/records', async ctx => {
    ctx.body = await readRecords(await street(), cursorOf(ctx))
  })
  api.get('/clock', ctx => {
    ctx.body = showClock()
  })
  api.post('/clock', async ctx => {
    const { now, mode } = await readBody(ctx.req, moveSchema)
    const target = now === undefined ? undefined : parseInstant(now)
    if (now !== undefined && target === undefined)
      throw new Rejection(400, 'bad-instant', `看不懂时刻 ${now}，应如 2026-11-18T15:45:00+08:00。`)
    const ran = await timeline.move({ now: target, mode }).catch(refuseEarlier)
    const moved: Moved = { now: showClock().now, ran: ran.map(one => ({ ...one, at: formatInstant(one.at) })) }
    ctx.body = moved
  })
  api.get('/stops', async ctx => {
    const now = timeline.now()
    const db = await street()
    ctx.body = { items: listStops(now, await loadPack(db, dayOf(now)), await loadCalendar(db)) }
  })
  api.get('/demo', ctx => {
    ctx.body = demo.view()
  })
  api.post('/demo', ctx => {
    if (!demo.start()) throw new Rejection(409, 'playing', '演示正在进行。')
    ctx.status = 202
    ctx.body = demo.view()
  })
  api.delete('/demo', async ctx => {
    await demo.stop()
    ctx.body = demo.view()
  })
  api.get('/events', async ctx => {
    // Past Koa: to it, a page that was closed is a failed answer, worth a line in the log each time.
    ctx.respond = false
    ctx.res.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8', 'X-Accel-Buffering': 'no' })
    await pulse.open(ctx.res)
  })
  router.use(api.routes(), api.allowedMethods())

  return {
    router,
    async close() {
      pulse.close()
      await demo.stop()
    },
  }
}

/** The simulator's page shows one street, the oldest. @throws {Rejection} 409 while no roster was imported */
async function openFirstStreet(read: Db): Promise<StreetDb> {
  const [first] = await listStreets(read)
  if (!first) throw new Rejection(409, 'no-roster', '还没有导入花名册：npm run xiaoge -- import 目录')
  return inStreet(read, first.id)
}

const answerRejections: Middleware = async (ctx, next) => {
  try {
    ctx.set('Cache-Control', 'no-store')
    await next()
  } catch (error) {
    if (!(error instanceof Rejection)) throw error
    ctx.status = error.status
    ctx.body = { error: { code: error.code, message: error.message } }
  }
}

/** The page says in words what the API says in JSON, with a field for the token. */
function offerEntrance(botName: string): Middleware {
  return async (ctx, next) => {
    try {
      await next()
    } catch (error) {
      if (!(error instanceof Rejection)) throw error
      ctx.status = error.status
      ctx.type = 'html'
      ctx.body = renderSimulatorEntrance({ botName, message: error.message, mayEnter: error.status === 401 })
    }
  }
}

function refuseEarlier(error: unknown): never {
  if (error instanceof TimeRefused) throw new Rejection(409, 'earlier', '模拟时间只能往前走。')
  throw error
}

function sendPicture(ctx: Context, { bytes, mime }: Picture): void {
  ctx.type = mime
  ctx.set('Cache-Control', 'private, max-age=3600')
  ctx.body = Buffer.from(bytes)
}

function pathPart(ctx: Context, name: string): string {
  return (ctx as Context & { params: Record<string, string> }).params[name] ?? ''
}

/** @throws {Rejection} 400 */
function cursorOf(ctx: Context): string | undefined {
  return parseCursor(ctx.URL.searchParams.get('after') ?? undefined)
}

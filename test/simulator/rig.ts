import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Router from '@koa/router'
import { build } from 'esbuild'
import { pino } from 'pino'
import { createBudget } from '../../bot/budget.ts'
import { createSimulatorChannel, type SimulatorChannel } from '../../bot/channels/simulator/channel.ts'
import { createMediaShelf } from '../../bot/channels/simulator/media.ts'
import { createSimulatorRoutes, type SimulatorParts } from '../../bot/channels/simulator/routes.ts'
import { createConversation } from '../../bot/conversation.ts'
import { createDelivery } from '../../bot/delivery.ts'
import { readDemoRoster } from '../../bot/demo/demo-roster.ts'
import { createEnclose } from '../../bot/enclosures.ts'
import { FILE_WORK } from '../../bot/file-work.ts'
import { createFileWork } from '../../bot/files.ts'
import { createMetrics } from '../../bot/metrics.ts'
import { createPhotoWork, readPhoto } from '../../bot/photos.ts'
import { createPump } from '../../bot/pump.ts'
import { createReadiness } from '../../bot/readiness.ts'
import { importRoster } from '../../bot/roster/import-roster.ts'
import type { Channels } from '../../bot/routing.ts'
import { createApp, listen } from '../../bot/server.ts'
import { createSimulatedClock } from '../../bot/simulated-clock.ts'
import { createTimeline, type Timeline } from '../../bot/timeline.ts'
import { createTurns } from '../../bot/turns.ts'
import { createWorker } from '../../bot/worker.ts'
import { jobs } from '../../jobs/index.ts'
import type { Job } from '../../jobs/job.ts'
import { createScheduler } from '../../jobs/scheduler.ts'
import { dayOf } from '../../policy/time.ts'
import { inStreet, type Store, type StreetDb } from '../../storage/database.ts'
import { listStreets } from '../../storage/load-roster.ts'
import { adoptPack } from '../../storage/packs.ts'
import type { ChatItem, Page, Said } from '../../web/shared/simulator-api.ts'
import { databases } from '../support/stores.ts'
import { local } from '../support/street.ts'
import { type BuiltInPack, readBuiltIn } from '../support/street-data.ts'
import { testVault } from '../support/vault.ts'

const root = new URL('../../', import.meta.url).pathname

/** Where a request was refused, `body` holds `error` alone. */
export interface Answer<T> {
  status: number
  headers: Headers
  body: T & { error?: { code: string; message: string } }
}

/** The demo street behind a real HTTP server, with the program's own conversation, delivery, jobs and clock. */
export interface Rig {
  url: string
  store: Store
  street: StreetDb
  timeline: Timeline
  channel: SimulatorChannel
  dataDir: string
  call<T = unknown>(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer<T>>
  post(group: string, user: string, text: string, more?: object): Promise<Answer<Said>>
  /** What can be read in a chat now. */
  read(chat: string, after?: string): Promise<Page<ChatItem>>
  /** Lets everything due be delivered without moving time. */
  settle(): Promise<void>
  close(): Promise<void>
}

export interface RigOptions {
  database?: 'sqlite' | 'postgres'
  now?: string
  /** The document by which the demo street works; default: `street-team`. */
  pack?: BuiltInPack
  token?: string
  demoPaceMs?: number
  /** Default: those of the program. */
  jobs?: readonly Job[]
  /** Bundles the page's island as well. */
  page?: boolean
  parts?: Partial<SimulatorParts>
}

export async function openRig(options: RigOptions = {}): Promise<Rig> {
  const kind = databases.find(({ name }) => name === (options.database ?? 'sqlite'))!
  const { store, dispose } = await kind.open()
  const dataDir = mkdtempSync(join(tmpdir(), 'xiaoge-simulator-'))
  const vault = testVault()
  const log = pino({ level: process.env.LOG_LEVEL ?? 'silent' })
  const start = local(options.now ?? '2026-11-18T08:00')
  const clock = createSimulatedClock(start, 'hold')
  const street = await openDemoStreet(store, start, options.pack ?? 'street-team')

  const channel = createSimulatorChannel({ media: createMediaShelf(dataDir, vault), read: store.read })
  const channels: Channels = new Map([['simulator', channel]])
  const turns = createTurns()
  const budget = createBudget({})
  const enclose = createEnclose({ store, vault, clock, dataDir })
  const delivery = createDelivery({
    store,
    clock,
    channels,
    budget,
    enclose,
    log,
  })
  const scheduler = createScheduler({ store, jobs: options.jobs ?? jobs, log })
  await scheduler.forget(start)
  const conversation = createConversation({ store, clock, log, botName: '小格', onCommit: () => pump.wake() })
  const doWork = createWorker({
    store,
    clock,
    log,
    kinds: {
      photo: createPhotoWork({ vault, channels, budget, clock, dataDir }),
      [FILE_WORK]: createFileWork({ vault, channels, budget, clock, dataDir, conversation }),
    },
  })
  const timeline = createTimeline({ clock, scheduler, delivery, doWork, turns })
  const pump = createPump({ clock, scheduler, delivery, doWork, seal: async () => {}, turns, log })
  await channel.start(conversation.receive)
  pump.start()

  const simulator = createSimulatorRoutes({
    store,
    timeline,
    channel,
    botName: '小格',
    token: options.token,
    readPhoto: file => readPhoto(vault, dataDir, file),
    enclose,
    log,
    demoPaceMs: options.demoPaceMs ?? 0,
    ...options.parts,
  })
  const readiness = createReadiness({ store, channels, clock, dataDir })
  const app = createApp({
    callbacks: [],
    routers: [simulator.router, ...(options.page ? [await bundlePage()] : [])],
    readiness,
    metrics: createMetrics(),
    measure: async () => {},
    home: { redirect: '/sim/' },
    log,
  })
  const server = await listen(app, '127.0.0.1', 0)
  const url = `http://127.0.0.1:${server.port}`

  async function call<T>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> {
    const response = await fetch(`${url}${path}`, {
      method,
      headers,
      redirect: 'manual',
      body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
    })
    const isJson = response.headers.get('content-type')?.includes('json')
    return {
      status: response.status,
      headers: response.headers,
      body: (isJson ? await response.json() : await response.text()) as Answer<T>['body'],
    }
  }

  return {
    url,
    store,
    street,
    timeline,
    channel,
    dataDir,
    call,
    post: (group, user, text, more = {}) => call('POST', '/sim/api/messages', { group, user, text, ...more }),
    read: async (chat, after = '') =>
      (await call<Page<ChatItem>>('GET', `/sim/api/chats/${encodeURIComponent(chat)}/messages?after=${after}`)).body,
    settle: async () => {
      await timeline.move({})
    },
    close: async () => {
      await simulator.close()
      await channel.stop()
      await pump.stop()
      await server.close()
      await dispose()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

async function openDemoStreet(store: Store, now: number, packId: BuiltInPack): Promise<StreetDb> {
  const { yaml, pack } = readBuiltIn(packId)
  const today = dayOf(now)
  const imported = await importRoster(store, await readDemoRoster(pack), { now, today, pack, allowedBases: [] })
  if (!imported.ok) throw new Error(JSON.stringify(imported.faults))
  const [first] = await listStreets(store.read)
  await store.transact(db => adoptPack(inStreet(db, first!.id), yaml, packId, { now, today }))
  return inStreet(store.read, first!.id)
}

async function bundlePage(): Promise<Router> {
  const bundled = await build({
    entryPoints: [join(root, 'web/simulator/island.tsx')],
    bundle: true,
    write: false,
    format: 'esm',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    minify: true,
  })
  const router = new Router()
  router.get('/assets/simulator.js', ctx => {
    ctx.type = 'js'
    ctx.body = bundled.outputFiles[0]!.text
  })
  router.get('/assets/simulator.css', ctx => {
    ctx.type = 'css'
    ctx.body = readFileSync(join(root, 'web/simulator/simulator.css'), 'utf8')
  })
  return router
}

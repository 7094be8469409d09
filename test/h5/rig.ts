import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { createBudget } from '../../bot/budget.ts'
import type { Channel, ChannelName } from '../../bot/channels/channel.ts'
import type { PagePlatform } from '../../bot/channels/page-platform.ts'
import { createConversation } from '../../bot/conversation.ts'
import { createPhoneRoutes } from '../../bot/h5/routes.ts'
import { createUploadShelf, type UploadShelf } from '../../bot/h5/uploads.ts'
import { createMetrics } from '../../bot/metrics.ts'
import { createPhotoWork, readPhoto } from '../../bot/photos.ts'
import { createReadiness } from '../../bot/readiness.ts'
import { createApp, listen } from '../../bot/server.ts'
import { createWorker } from '../../bot/worker.ts'
import { dayOf } from '../../policy/time.ts'
import { inStreet, type Store, type StreetDb } from '../../storage/database.ts'
import { loadRoster, touchRoster } from '../../storage/load-roster.ts'
import { findMessageByPlatformId, H5_ROBOT } from '../../storage/messages.ts'
import { insertReceivers } from '../../storage/notice-receivers.ts'
import { listNotices, updateNotice } from '../../storage/notices.ts'
import { listPendingPhotoRefs, listPhotosOfMessages } from '../../storage/photos.ts'
import { gridsOf, type Roster } from '../../storage/roster.ts'
import type { PhoneForm, PhonePost, Posted } from '../../web/shared/phone-api.ts'
import { fakeChannel } from '../support/fake-channel.ts'
import { databases } from '../support/stores.ts'
import { local } from '../support/street.ts'
import { insertStreet, STREET } from '../support/street-data.ts'
import { testVault } from '../support/vault.ts'

/** The account of each person on both platforms; the key stays the name. */
const ACCOUNTS: Record<string, string> = {
  李敏: 'limin',
  陈桂芳: 'chengf',
  孙燕: 'sunyan',
  高峰: 'gaofeng',
  赵志远: 'zhaozy',
}

export interface Answer<T> {
  status: number
  headers: Headers
  body: T & { error?: { code: string; message: string } }
}

/** The phone pages behind a real HTTP server, with the program's own conversation, photos and sessions; the platforms as the test says. */
export interface PhoneRig {
  url: string
  store: Store
  db: StreetDb
  dataDir: string
  uploads: UploadShelf
  roster(): Promise<Roster>
  setTime(local: string): void
  /** Moves the machine's clock alone: sessions, states, tickets, rates. */
  passMachineTime(ms: number): void
  /** A cookie of somebody signed in through the chooser. */
  signInAs(name: string): Promise<string>
  call<T = unknown>(method: string, path: string, options?: CallOptions): Promise<Answer<T>>
  /** One entry, as the page sends it. */
  post(cookie: string, form: PhoneForm, more?: Partial<PhonePost>): Promise<Answer<Posted>>
  /** A notice that was sent to somebody. */
  broadcast(title: string, to: string, more: { due: string }): Promise<void>
  /** Fetches what waits to be fetched, then the plain photos of an entry. */
  photosOf(owner: string, id: string): Promise<Buffer[]>
  close(): Promise<void>
}

export interface CallOptions {
  cookie?: string
  body?: unknown
  headers?: Record<string, string>
}

export interface RigOptions {
  database?: 'sqlite' | 'postgres'
  now?: string
  platforms?: (rig: { machineNow(): number }) => readonly PagePlatform[]
  /** The platforms' own photos. */
  channels?: readonly Channel[]
  publicUrl?: string
  simulator?: { token?: string } | 'off'
  prepare?: (db: StreetDb) => Promise<void>
}

let entries = 0

export function newEntryId(): string {
  entries += 1
  return `00000000-0000-4000-8000-${String(entries).padStart(12, '0')}`
}

export async function openPhoneRig(options: RigOptions = {}): Promise<PhoneRig> {
  const kind = databases.find(({ name }) => name === (options.database ?? 'sqlite'))!
  const { store, dispose } = await kind.open()
  const dataDir = mkdtempSync(join(tmpdir(), 'xiaoge-phone-'))
  const vault = testVault()
  const log = pino({ level: process.env.LOG_LEVEL ?? 'silent' })
  let now = local(options.now ?? '2026-11-18T08:00')
  // Stands still, so that what refills with time does not depend on how fast the test runs.
  let machineNow = Date.now()
  const clock = { now: () => now, machineNow: () => machineNow }
  await store.transact(async everywhere => {
    const db = inStreet(everywhere, STREET)
    await insertStreet(db, now)
    for (const [name, id] of Object.entries(ACCOUNTS))
      await db.sql.updateTable('member').set({ dingtalk_id: id, wecom_id: id }).where('name', '=', name).execute()
    await options.prepare?.(db)
    await touchRoster(db, 'with accounts')
  })

  const channels = new Map<ChannelName, Channel>(
    (options.channels ?? [fakeChannel('wecom'), fakeChannel('dingtalk')]).map(channel => [channel.name, channel]),
  )
  const uploads = createUploadShelf({
    dataDir,
    vault,
    machineNow: clock.machineNow,
    listPending: () => listPendingPhotoRefs(store.read),
  })
  const budget = createBudget({})
  const doWork = createWorker({
    store,
    clock,
    log,
    kinds: { photo: createPhotoWork({ vault, channels, budget, clock, dataDir, uploads }) },
  })
  const conversation = createConversation({ store, clock, log, botName: '小格', onCommit: () => {} })
  const phone = createPhoneRoutes({
    store,
    clock,
    botName: '小格',
    publicUrl: options.publicUrl ?? 'http://127.0.0.1',
    platforms: options.platforms?.(clock) ?? [],
    uploads,
    receive: conversation.receive,
    simulator: options.simulator === 'off' ? undefined : (options.simulator ?? {}),
    log,
  })
  const app = createApp({
    callbacks: [],
    routers: [phone],
    readiness: createReadiness({ store, channels, clock, dataDir }),
    metrics: createMetrics(),
    measure: async () => {},
    home: { redirect: '/h5/mine' },
    log,
  })
  const server = await listen(app, '127.0.0.1', 0)
  const url = `http://127.0.0.1:${server.port}`
  const db = inStreet(store.read, STREET)

  async function call<T>(
    method: string,
    path: string,
    { cookie, body, headers }: CallOptions = {},
  ): Promise<Answer<T>> {
    const isBytes = body instanceof Uint8Array
    const response = await fetch(`${url}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(body === undefined ? {} : { 'Content-Type': isBytes ? 'application/octet-stream' : 'application/json' }),
        ...(cookie ? { Cookie: cookie } : {}),
        ...(method === 'GET' ? {} : { Origin: url }),
        ...headers,
      },
      body: body === undefined ? undefined : isBytes ? new Uint8Array(body) : JSON.stringify(body),
    })
    const isJson = response.headers.get('content-type')?.includes('json')
    return {
      status: response.status,
      headers: response.headers,
      body: (isJson ? await response.json() : await response.text()) as Answer<T>['body'],
    }
  }

  async function signInAs(name: string): Promise<string> {
    const response = await fetch(`${url}/sim/h5`, {
      method: 'POST',
      redirect: 'manual',
      headers: { Origin: url },
      body: new URLSearchParams({ user: name, to: '/h5/mine' }),
    })
    return cookiesOf(response.headers)
  }

  const post: PhoneRig['post'] = (cookie, form, more = {}) =>
    call('POST', '/h5/api/messages', { cookie, body: { id: newEntryId(), waitedMs: 0, form, ...more } })

  return {
    url,
    store,
    db,
    dataDir,
    uploads,
    call,
    roster: () => loadRoster(db),
    setTime: time => {
      now = local(time)
    },
    passMachineTime: ms => {
      machineNow += ms
    },
    signInAs,
    post,
    async broadcast(title, to, { due }) {
      const text = `【工作提示单】\n工作内容：${title}\n任务要求：逐户登记\n时间节点：12月4日前\n考核规定：漏一户扣0.5分`
      await post(await signInAs('王科'), { is: 'words', text })
      await store.transact(async everywhere => {
        const writable = inStreet(everywhere, STREET)
        const roster = await loadRoster(writable)
        const member = roster.membersNamed(to)[0]!
        const drafted = (await listNotices(writable)).at(-1)!
        await updateNotice(writable, drafted.id, { status: 'broadcast', broadcastAt: now, due })
        const gridId = gridsOf(roster, member, dayOf(now))[0]!.id
        await insertReceivers(writable, drafted.id, [{ memberId: member.id, gridId }], now)
      })
    },
    async photosOf(owner, id) {
      while (await doWork(10));
      const member = (await loadRoster(db)).membersNamed(owner)[0]!
      const platformId = `${member.id}/${id}`
      for (const channel of ['simulator', 'wecom', 'dingtalk']) {
        const message = await findMessageByPlatformId(store.read, { channel, robot: H5_ROBOT, platformId })
        if (!message) continue
        const photos = await listPhotosOfMessages(db, [message.id])
        return Promise.all(photos.flatMap(({ file }) => (file ? [readPhoto(vault, dataDir, file)] : [])))
      }
      return []
    },
    async close() {
      await server.close()
      await dispose()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** What a browser would send back. */
export function cookiesOf(headers: Headers): string {
  return headers
    .getSetCookie()
    .map(line => line.split(';', 1)[0]!)
    .filter(pair => !pair.endsWith('='))
    .join('; ')
}

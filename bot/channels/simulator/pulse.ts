import type { Writable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import { formatInstant } from '../../../policy/time.ts'
import type { Store } from '../../../storage/database.ts'
import { listChatsWithNews, type Newest, readNewest } from '../../../storage/news.ts'
import type { DemoView, Pulse } from '../../../web/shared/simulator-api.ts'
import type { Timeline } from '../../timeline.ts'

/** How often an open page's server side looks for something new; only while a page is open. */
const LOOK_MS = 400
/** A line at least this often, so that proxies and the browser know the stream lives. */
const ALIVE_MS = 10_000

export interface PulseParts {
  store: Store
  timeline: Timeline
  demo(): DemoView
  log: Logger
}

export interface Pulses {
  /** Writes to `stream` until it closes. */
  open(stream: Writable): Promise<void>
  close(): void
}

/**
 * The stream behind `GET /sim/api/events`. It tells where something new can be read, not what: pages then read on from their own
 * cursors, so a page that slept or reconnected misses nothing.
 */
export function createPulse({ store, timeline, demo, log }: PulseParts): Pulses {
  const streams = new Set<Writable>()
  let watching = false
  let seen: Newest | undefined
  let lastLine = ''
  let silentMs = 0

  async function look(): Promise<void> {
    const newest = await readNewest(store.read)
    const since = seen ?? newest
    const hasNews = newest.message !== since.message || newest.sent !== since.sent
    const chats = hasNews ? await listChatsWithNews(store.read, 'simulator', since) : []
    seen = newest
    const pulse: Pulse = {
      clock: { now: formatInstant(timeline.now()), mode: timeline.mode() },
      chats,
      recorded: newest.audit !== since.audit,
      demo: demo(),
    }
    const line = JSON.stringify(pulse)
    silentMs += LOOK_MS
    if (line === lastLine && silentMs < ALIVE_MS) return
    lastLine = line
    silentMs = 0
    for (const stream of streams) stream.write(`data: ${line}\n\n`)
  }

  /** Ends with the last page; a slow database is not asked twice at once, since the next look waits for this one. */
  async function watch(): Promise<void> {
    if (watching) return
    watching = true
    while (streams.size > 0) {
      await sleep(LOOK_MS, undefined, { ref: false })
      await look().catch(error => log.warn({ err: error }, 'the simulator page could not be told what is new'))
    }
    watching = false
  }

  return {
    async open(stream) {
      // The first line goes out only now: what comes after a page's first reading is then after this mark too, and gets told.
      if (!watching) seen = await readNewest(store.read)
      if (stream.destroyed) return
      streams.add(stream)
      stream.write('retry: 1000\n\n')
      stream.on('close', () => streams.delete(stream))
      // A newcomer gets a full line at the next look, also where nothing changed since the last.
      lastLine = ''
      void watch()
    },
    close() {
      for (const stream of streams) stream.end()
      streams.clear()
    },
  }
}

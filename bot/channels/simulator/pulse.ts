import type { Writable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import { formatInstant } from '../../../policy/time.ts'
import type { Store } from '../../../storage/database.ts'
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
  let seen: Marks | undefined
  let lastLine = ''
  let silentMs = 0

  async function look(): Promise<void> {
    const marks = await readMarks(store)
    const since = seen ?? marks
    seen = marks
    const pulse: Pulse = {
      clock: { now: formatInstant(timeline.now()), mode: timeline.mode() },
      chats: await listChanged(store, since, marks),
      recorded: marks.audit !== since.audit,
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
      if (!watching) seen = await readMarks(store)
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

interface Marks {
  message: string
  sent: string
  audit: string
}

async function readMarks({ read: { sql } }: Store): Promise<Marks> {
  const message = await sql
    .selectFrom('message')
    .select(eb => eb.fn.max('id').as('id'))
    .executeTakeFirst()
  const sent = await sql
    .selectFrom('sent_message')
    .select(eb => eb.fn.max('id').as('id'))
    .executeTakeFirst()
  const audit = await sql
    .selectFrom('audit')
    .select(eb => eb.fn.max('id').as('id'))
    .executeTakeFirst()
  return { message: message?.id ?? '', sent: sent?.id ?? '', audit: audit?.id ?? '' }
}

async function listChanged({ read: { sql } }: Store, since: Marks, marks: Marks): Promise<string[]> {
  const written =
    marks.message === since.message
      ? []
      : await sql
          .selectFrom('message')
          .select('chat_platform_id as chat')
          .distinct()
          .where('channel', '=', 'simulator')
          .where('id', '>', since.message)
          .execute()
  const sent =
    marks.sent === since.sent
      ? []
      : await sql
          .selectFrom('sent_message')
          .select('target as chat')
          .distinct()
          .where('channel', '=', 'simulator')
          .where('id', '>', since.sent)
          .execute()
  return [...new Set([...written, ...sent].map(({ chat }) => chat))]
}

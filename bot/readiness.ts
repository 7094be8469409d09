import { statfs } from 'node:fs/promises'
import type { Store } from '../storage/database.ts'
import { countOutbox } from '../storage/outbox-queue.ts'
import type { Clock } from './clock.ts'
import type { Channels } from './routing.ts'

const WRITE_MS = 1_000
const OLD_QUEUE_MS = 10 * 60_000
const DISK_RESERVE_BYTES = 100 * 1024 * 1024

export interface ReadinessReport {
  ready: boolean
  checks: Record<string, { ok: boolean; reason?: string }>
  /** Worth a look, but no reason to take the program out of service. */
  warnings: string[]
}

export interface Readiness {
  /** Start-up is done: migrated, imported, caught up. */
  started(): void
  report(): Promise<ReadinessReport>
}

export function createReadiness(parts: { store: Store; channels: Channels; clock: Clock; dataDir: string }): Readiness {
  const { store, channels, clock, dataDir } = parts
  let startedUp = false

  async function warnings(): Promise<string[]> {
    const found: string[] = []
    const waiting = (await countOutbox(store.read)).find(({ state }) => state === 'pending')
    if (waiting && clock.now() - waiting.oldest > OLD_QUEUE_MS) found.push('a text has waited for more than 10 minutes')
    const disk = await statfs(dataDir).catch(() => undefined)
    if (disk && disk.bavail * disk.bsize < DISK_RESERVE_BYTES) found.push('less than 100 MB of disk are left')
    return found
  }

  return {
    started() {
      startedUp = true
    },
    async report() {
      const writable = await store.canWrite(WRITE_MS)
      const checks: ReadinessReport['checks'] = {
        startUp: startedUp ? { ok: true } : { ok: false, reason: 'starting' },
        database: writable ? { ok: true } : { ok: false, reason: 'no write within a second' },
      }
      for (const channel of channels.values()) checks[channel.name] = channel.health()
      const ready = Object.values(checks).every(({ ok }) => ok)
      return { ready, checks, warnings: writable ? await warnings() : [] }
    },
  }
}

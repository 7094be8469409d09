import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import type { InboundMessage } from '../bot/channels/channel.ts'
import { createConversation } from '../bot/conversation.ts'
import { PROGRAM_ROOT } from '../bot/program-root.ts'
import { importRoster } from '../bot/roster/import-roster.ts'
import { readRosterFiles } from '../bot/roster/read-files.ts'
import { parsePack } from '../policy/pack.ts'
import { dayOf, parseInstant } from '../policy/time.ts'
import { inStreet, type Store } from '../storage/database.ts'
import { listStreets, loadRoster } from '../storage/load-roster.ts'
import { adoptPack } from '../storage/packs.ts'
import { saveSetting } from '../storage/settings.ts'
import { openStore } from '../storage/store.ts'
import { createVault } from '../storage/vault.ts'
import { medianMs, type Row } from './table.ts'

const NOW = parseInstant('2026-11-18T10:00:00+08:00')!
const AT_ONCE = 100
const ROUNDS = 7

/** From the message to its commit, on a SQLite file of the disk with every commit synced, in the demo street. */
export async function benchConversation(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'xiaoge-bench-'))
  const { store } = await openStore(`file:${join(folder, 'bench.db')}`, { vault: createVault(Buffer.alloc(32, 1)) })
  try {
    const workers = await openDemoStreet(store)
    const clock = { now: () => NOW, machineNow: () => NOW }
    const log = pino({ level: 'silent' })
    const { receive } = createConversation({ store, clock, log, botName: '小格', onCommit: () => {} })
    let said = 0
    const visit = (): InboundMessage => ({
      channel: 'simulator',
      robot: 'bench',
      id: `b${++said}`,
      chat: { id: 'G01', kind: 'group' },
      // One person's messages keep their order; those of many share a commit.
      sender: { platformId: workers[said % workers.length] },
      at: NOW,
      text: `走访了${said}幢王奶奶，20分钟，身体挺好`,
      mentions: [],
      media: [],
    })
    const commit = () => store.transact(db => saveSetting(db, 'bench', String(++said)))
    const oneCommit = await medianMs(ROUNDS * 20, commit)
    const oneMessage = await medianMs(ROUNDS * 20, async () => {
      await receive(visit())
    })
    const together = await medianMs(ROUNDS, async () => {
      await Promise.all(Array.from({ length: AT_ONCE }, () => receive(visit())))
    })
    const perSecond = (ms: number, count: number) => `${Math.round((count / ms) * 1_000)} messages/s`
    return [
      {
        what: 'one message after the other',
        figure: `${oneMessage.toFixed(2)} ms each, ${perSecond(oneMessage, 1)}`,
        ratio: `${(oneMessage / oneCommit).toFixed(1)} ×`,
        baseline: 'one row, one commit',
      },
      {
        what: `${AT_ONCE} messages at once`,
        figure: perSecond(together, AT_ONCE),
        ratio: `${(together / AT_ONCE / oneMessage).toFixed(2)} ×`,
        baseline: 'one message after the other',
      },
    ]
  } finally {
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** @returns the keys of its grid workers */
async function openDemoStreet(store: Store): Promise<string[]> {
  const yaml = readFileSync(new URL('policy/packs/street-team.yaml', PROGRAM_ROOT), 'utf8')
  const files = await readRosterFiles(new URL('bot/demo/roster/', PROGRAM_ROOT).pathname)
  const today = dayOf(NOW)
  await importRoster(store, files, { now: NOW, today, pack: parsePack(yaml, 'street-team'), allowedBases: [] })
  const [street] = await listStreets(store.read)
  await store.transact(db => adoptPack(inStreet(db, street!.id), yaml, 'street-team', { now: NOW, today }))
  const roster = await loadRoster(inStreet(store.read, street!.id))
  return roster.holders(['worker'], today).map(({ key }) => key)
}

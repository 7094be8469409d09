import type { Logger } from 'pino'
import { createSay } from '../handlers/say.ts'
import { timeOf } from '../policy/time.ts'
import { recordAudit } from '../storage/audit.ts'
import { inStreet, type Store } from '../storage/database.ts'
import { listStreets, loadRoster } from '../storage/load-roster.ts'
import type { ChannelName } from './channels/channel.ts'
import type { Clock } from './clock.ts'
import type { Metrics } from './metrics.ts'

const KIND = 'gap'
/** At most one such notice per group in half a day. */
const PAUSE_MS = 12 * 60 * 60_000

/** The channel could not hear for a while: what was said then may be lost, so its groups are told, and the audit keeps the span. */
export async function announceGap(
  { store, clock, log, metrics }: { store: Store; clock: Clock; log: Logger; metrics: Metrics },
  channel: ChannelName,
  { from, to }: { from: number; to: number },
): Promise<void> {
  metrics.gap(channel)
  log.warn({ channel, from, to }, 'the channel could not hear for a while')
  const now = clock.now()
  try {
    await store.transact(async everywhere => {
      for (const { id } of await listStreets(everywhere)) {
        const db = inStreet(everywhere, id)
        const subject = { type: 'channel', id: channel }
        await recordAudit(db, { at: now, by: 'channel', action: KIND, subject, detail: { from, to } })
        const told = await db.sql
          .selectFrom('outbox')
          .select('id')
          .where('subdistrict_id', '=', id)
          .where('kind', '=', KIND)
          .where('at', '>', now - PAUSE_MS)
          .limit(1)
          .executeTakeFirst()
        if (told) continue
        const say = createSay(db, { at: now })
        const text = `${timeOf(from)}—${timeOf(to)} 网络中断，期间@我的消息可能没收到，请补发一次。`
        for (const group of (await loadRoster(db)).groups) {
          const chats = group.chats.filter(chat => chat.channel === channel)
          await say.toGroup({ ...group, chats }, text, { kind: KIND, urgency: 'normal', subject })
        }
      }
    })
  } catch (error) {
    log.error({ err: error, channel }, 'a gap could not be written down')
  }
}

/** What the 智能机器人 must remember beyond this process: who holds its line, which ways to answer are used up, who is behind an encrypted id. */
import { inStreet, type Store } from '../../../storage/database.ts'
import { findLease, releaseLease, takeLease } from '../../../storage/leases.ts'
import { listStreets, loadRoster } from '../../../storage/load-roster.ts'
import { findAliased, noteAlias } from '../../../storage/platform-aliases.ts'
import { isAnswerDue, restoreReplyRef, spendReplyRef } from '../../../storage/reply-refs.ts'
import type { Clock } from '../../clock.ts'

export interface BotMemory {
  /** Takes or renews the right to hold the bot's line. @returns whether `holder` has it now */
  takeLease(holder: string, forMs: number): Promise<boolean>
  releaseLease(holder: string): Promise<void>
  /** Takes it from whoever had it. */
  sweepLease(): Promise<void>
  /** Until when somebody holds it, epoch ms by the machine. */
  findLease(): Promise<{ holder: string; until: number } | undefined>
  /** Whether an answer to this message, in its own chat, is about to leave. */
  isAnswerDue(messageId: string): Promise<boolean>
  /** @returns false where the way to answer was used up already */
  spendReply(messageId: string): Promise<boolean>
  /** The platform was never reached: the way is still open. */
  restoreReply(messageId: string): Promise<void>
  /** The user id that stands behind another one, as far as it was asked in the last days. */
  findUserId(alias: string): Promise<string | undefined>
  noteUserId(alias: string, userId: string): Promise<void>
  /** Whether the roster knows somebody by this id. */
  isKnown(userId: string): Promise<boolean>
}

const CHANNEL = 'wecom'
/** A member may come into the visible range of the app, so an id that meant nothing is asked again. */
const ALIAS_KEPT_MS = 7 * 24 * 60 * 60_000

export function createBotMemory({ store, clock, lease }: { store: Store; clock: Clock; lease: string }): BotMemory {
  const now = () => clock.machineNow()
  return {
    takeLease: (holder, forMs) => store.transact(db => takeLease(db, lease, holder, now(), forMs)),
    releaseLease: holder => store.transact(db => releaseLease(db, lease, holder)),
    sweepLease: () => store.transact(db => releaseLease(db, lease)),
    findLease: () => findLease(store.read, lease),
    isAnswerDue: messageId => isAnswerDue(store.read, messageId, clock.now()),
    spendReply: messageId => store.transact(db => spendReplyRef(db, messageId, now())),
    restoreReply: messageId => store.transact(db => restoreReplyRef(db, messageId)),
    findUserId: alias => findAliased(store.read, { channel: CHANNEL, alias, since: now() - ALIAS_KEPT_MS }),
    noteUserId: (alias, platformId) =>
      store.transact(db => noteAlias(db, { channel: CHANNEL, alias, platformId, at: now() })),
    async isKnown(userId) {
      for (const { id } of await listStreets(store.read)) {
        if ((await loadRoster(inStreet(store.read, id))).memberByPlatform(CHANNEL, userId)) return true
      }
      return false
    },
  }
}

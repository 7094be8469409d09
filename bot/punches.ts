import { openDesk } from '../handlers/desk.ts'
import { filePunch } from '../handlers/punch.ts'
import type { PunchWork } from '../jobs/punch-import.ts'
import { dayOf } from '../policy/time.ts'
import { inStreet, type Store } from '../storage/database.ts'
import { loadRoster } from '../storage/load-roster.ts'
import type { Budget } from './budget.ts'
import { SendError } from './channels/channel.ts'
import type { Clock } from './clock.ts'
import type { Channels } from './routing.ts'
import { Hopeless, type WorkKind } from './worker.ts'

export interface PunchParts {
  store: Store
  channels: Channels
  budget: Pick<Budget, 'spend'>
  clock: Clock
}

/** Reads the official punches of everybody on the roster who has an id on the platform, and files them as check-ins. */
export function createPunchWork({ store, channels, budget, clock }: PunchParts): WorkKind {
  return {
    async run(payload, { street }) {
      const { channel: name, from, to } = payload as PunchWork
      const channel = channels.get(name)
      if (!channel?.listPunches) throw new Hopeless(`channel ${name} has no attendance clock`)
      const { members } = await loadRoster(inStreet(store.read, street))
      const platformIds = members.flatMap(
        ({ dingtalkId, wecomId }) => (name === 'dingtalk' ? dingtalkId : wecomId) ?? [],
      )
      if (platformIds.length === 0) return async () => {}
      const { punches, calls } = await channel.listPunches({ from, to, platformIds }).catch(giveUpIfRefused)
      return async db => {
        const now = clock.now()
        await budget.spend(db, dayOf(now), name, 'api', calls)
        const desk = await openDesk(db, { by: 'job:punch-import', now, at: now })
        for (const punch of punches) {
          const member = desk.roster.memberByPlatform(name, punch.platformId)
          if (member) await filePunch(desk, name, member, punch)
        }
      }
    },
    // The next reading covers the same days.
    giveUp: async () => {},
  }
}

function giveUpIfRefused(error: unknown): never {
  if (error instanceof SendError && error.fault === 'refused') throw new Hopeless(error.message, { cause: error })
  throw error
}

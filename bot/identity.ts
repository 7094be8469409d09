import { findChat } from '../storage/chats.ts'
import type { Db, StreetDb } from '../storage/database.ts'
import { inStreet } from '../storage/database.ts'
import { listStreets, loadRoster, type Member, type Roster } from '../storage/roster.ts'
import type { InboundMessage } from './channels/channel.ts'

export interface Sender {
  db: StreetDb
  roster: Roster
  /** Absent: somebody the roster does not know, or a resident. */
  member?: Member
  resident: boolean
  /** Who asked, for open questions and ordering: the member, else the platform's id. */
  asker: string
}

export const RESIDENT_PREFIX = 'resident:'

/**
 * Whose message it is: the street by the chat it was written in, else by the sender, and the member by platform id alone,
 * since a name can be chosen by anybody.
 */
export async function identify(db: Db, message: InboundMessage): Promise<Sender> {
  const { channel, chat, sender } = message
  const platformId = sender.platformId
  const resident = channel === 'wechat' || (platformId?.startsWith(RESIDENT_PREFIX) ?? false)
  const bound = await findChat(db, channel, chat.id)
  const streets = bound ? [{ id: bound.street }] : await listStreets(db)
  const rosters = await Promise.all(streets.map(({ id }) => loadRoster(inStreet(db, id))))
  for (const roster of rosters) {
    const member = platformId === undefined ? undefined : roster.memberByPlatform(channel, platformId)
    if (member) return { db: inStreet(db, roster.street.id), roster, member, resident: false, asker: member.id }
  }
  const roster = rosters[0]
  if (!roster) throw new Error('no street in the database')
  const asker = `${channel} ${platformId ?? sender.name ?? message.id}`
  return { db: inStreet(db, roster.street.id), roster, resident, asker }
}

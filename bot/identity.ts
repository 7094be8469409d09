import type { WorkCalendar } from '../policy/calendar.ts'
import { loadCalendar } from '../storage/calendar-days.ts'
import { findChat } from '../storage/chats.ts'
import type { Db, StreetDb } from '../storage/database.ts'
import { inStreet } from '../storage/database.ts'
import { listStreets, loadRoster } from '../storage/load-roster.ts'
import type { StoredMessage } from '../storage/messages.ts'
import type { Member, Roster } from '../storage/roster.ts'
import type { InboundMessage } from './channels/channel.ts'

export interface Sender {
  db: StreetDb
  roster: Roster
  calendar: WorkCalendar
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
  const bound = await findChat(db, channel, chat.id)
  const streets = bound ? [{ id: bound.street }] : await listStreets(db)
  const rosters = await Promise.all(streets.map(({ id }) => loadRoster(inStreet(db, id))))
  for (const roster of rosters) {
    const member = platformId === undefined ? undefined : roster.memberByPlatform(channel, platformId)
    if (member) return { ...(await standAt(db, roster)), member, resident: false, asker: member.id }
  }
  const roster = rosters[0]
  if (!roster) throw new Error('no street in the database')
  const asker = askerOutside(channel, platformId ?? sender.name ?? message.id)
  return { ...(await standAt(db, roster)), resident: isResident(channel, platformId), asker }
}

/** Whose stored message it is, for work that goes on after its commit. */
export async function senderOf(db: StreetDb, message: StoredMessage): Promise<Sender> {
  const { channel, memberId, senderPlatformId, detail, id } = message
  const roster = await loadRoster(db)
  const member = memberId === undefined ? undefined : roster.memberById(memberId)
  const asker = member?.id ?? askerOutside(channel, senderPlatformId ?? detail.senderName ?? id)
  return { ...(await standAt(db, roster)), member, resident: isResident(channel, senderPlatformId), asker }
}

async function standAt(everywhere: Db, roster: Roster): Promise<Pick<Sender, 'db' | 'roster' | 'calendar'>> {
  const db = inStreet(everywhere, roster.street.id)
  return { db, roster, calendar: await loadCalendar(db) }
}

function isResident(channel: string, platformId: string | undefined): boolean {
  return channel === 'wechat' || (platformId?.startsWith(RESIDENT_PREFIX) ?? false)
}

function askerOutside(channel: string, platformId: string): string {
  return `${channel} ${platformId}`
}

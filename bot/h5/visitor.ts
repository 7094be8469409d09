import type { Db, StreetDb } from '../../storage/database.ts'
import { inStreet } from '../../storage/database.ts'
import type { H5Session } from '../../storage/h5-sessions.ts'
import { listStreets, loadRoster } from '../../storage/load-roster.ts'
import type { Member, Roster } from '../../storage/roster.ts'

/** Who looks at a phone page: a person of the roster, by the account they signed in with. */
export interface Visitor<S = H5Session> {
  session: S
  db: StreetDb
  roster: Roster
  member: Member
}

/** By platform id alone, like the sender of a message; undefined for somebody the roster does not know or who has left. */
export async function findVisitor<S extends Pick<H5Session, 'channel' | 'platformId'>>(
  read: Db,
  session: S,
): Promise<Visitor<S> | undefined> {
  for (const street of await listStreets(read)) {
    const db = inStreet(read, street.id)
    const roster = await loadRoster(db)
    const member = roster.memberByPlatform(session.channel, session.platformId)
    if (member) return member.status === 'active' ? { session, db, roster, member } : undefined
  }
  return undefined
}

import { findChat } from '../../../storage/chats.ts'
import { type Db, inStreet, type StreetDb } from '../../../storage/database.ts'
import { listStreets, loadRoster } from '../../../storage/load-roster.ts'
import type { ChatGroup, Member, Roster } from '../../../storage/roster.ts'
import { communitiesOf, gridsOf } from '../../../storage/roster.ts'
import { RESIDENT_PREFIX } from '../../identity.ts'

/** A chat of the simulator: a group of the roster, or `@KEY`, somebody's private chat with the bot. */
export interface Room {
  id: string
  kind: 'group' | 'direct'
  db: StreetDb
  roster: Roster
  group?: ChatGroup
  /** Whose private chat it is. */
  owner?: string
}

/** undefined where there is no such chat. `visitor` may open a private chat of their own without being in the roster. */
export async function findRoom(read: Db, id: string, visitor?: string): Promise<Room | undefined> {
  const chat = await findChat(read, 'simulator', id)
  const streets = chat ? [chat.street] : id.startsWith('@') ? (await listStreets(read)).map(street => street.id) : []
  const rosters = await Promise.all(streets.map(street => loadRoster(inStreet(read, street))))
  if (!id.startsWith('@')) {
    const [roster] = rosters
    return (
      roster && {
        id,
        kind: 'group',
        db: inStreet(read, roster.street.id),
        roster,
        group: roster.groupOfChat('simulator', id),
      }
    )
  }
  const owner = id.slice(1)
  const roster = rosters.find(one => one.memberByKey(owner)) ?? rosters[0]
  const isKnown =
    chat || roster?.memberByKey(owner) || owner.startsWith(RESIDENT_PREFIX) || (owner && owner === visitor)
  return roster && isKnown ? { id, kind: 'direct', db: inStreet(read, roster.street.id), roster, owner } : undefined
}

/** Who sits in a group: those with a role in its grid or community; in the street's group everybody. */
export function listPeopleOf({ group, roster }: Room, day: string): Member[] {
  const active = roster.members.filter(({ status }) => status === 'active')
  if (!group || group.scope === 'street') return active
  if (group.scope === 'grid')
    return active.filter(member => gridsOf(roster, member, day).some(({ id }) => id === group.gridId))
  return active.filter(member => communitiesOf(roster, member, day).includes(group.community ?? ''))
}

/** The people whose `@姓名` stands in the text; a name that two of them bear is none. */
export function findMentioned(text: string, people: readonly Member[]): Member[] {
  const mentioned = new Set<Member>()
  for (const [index] of [...text.matchAll(/[@＠]/g)].map(match => [match.index])) {
    const called = people.filter(({ name }) => text.startsWith(name, index! + 1))
    const longest = Math.max(0, ...called.map(({ name }) => name.length))
    const [only, ...more] = called.filter(({ name }) => name.length === longest)
    if (only && more.length === 0) mentioned.add(only)
  }
  return [...mentioned]
}

import type { RoleCode } from '../../policy/pack.ts'
import type { Day } from '../../policy/time.ts'
import { gridsOf, hasRole, type Member, type Roster, rolesOn } from '../../storage/roster.ts'

/**
 * Who plays a part, told by post instead of name, so that the day survives a change of the roster:
 * `worker@G03` (the second is `worker2@G03`), `communityLead@C01`, `office:消安办`, `deputy:消安办` (who supervises it), `principal`.
 */
export type Part = string

const PART = /^([a-zA-Z]+?)(\d?)(?:@(\w+)|:(.+))?$/

/** @returns the person's key; undefined where nobody of the roster holds the post. */
export function findActor(roster: Roster, part: Part, day: Day): string | undefined {
  const [, role = '', nth = '', chat, office] = PART.exec(part) ?? []
  const all = roster.holders([role as RoleCode], day)
  const here = chat === undefined ? all : all.filter(member => worksIn(roster, member, role as RoleCode, chat, day))
  const fitting = office === undefined ? here : here.filter(member => servesOffice(member, office, day))
  return fitting[Number(nth || 1) - 1]?.key
}

/** Everybody with one of the roles, with the group of their grid, in the order of the grids. */
export function listCrowd(roster: Roster, roles: readonly RoleCode[], day: Day): { user: string; group: string }[] {
  return roster.grids.flatMap(({ id }) => {
    const group = roster.groupFor({ gridId: id })?.chats.find(({ channel }) => channel === 'simulator')?.platformId
    if (group === undefined) return []
    // Who serves in two grids speaks once, in the first.
    const own = roster.holders(roles, day, { gridId: id }).filter(member => gridsOf(roster, member, day)[0]?.id === id)
    return own.map(({ key }) => ({ user: key, group }))
  })
}

function worksIn(roster: Roster, member: Member, role: RoleCode, chat: string, day: Day): boolean {
  const group = roster.groupOfChat('simulator', chat)
  return rolesOn(member, day).some(
    held => held.role === role && (group?.gridId ? held.gridId === group.gridId : held.community === group?.community),
  )
}

function servesOffice(member: Member, office: string, day: Day): boolean {
  if (!hasRole(member, ['office', 'deputy'], day)) return false
  return rolesOn(member, day).some(role => role.office === office || role.supervises.includes(office))
}

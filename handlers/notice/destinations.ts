import type { Notice } from '../../storage/notices.ts'
import { type ChatGroup, type Member, rolesOn } from '../../storage/roster.ts'
import type { Desk } from '../desk.ts'
import { firstGrid } from './targets.ts'
import { targetGrids } from './words.ts'

/** One place a notice goes to: a group's chats, or one person in private. */
export type Destination =
  /** `group` is absent where a grid has none. */
  { key: string; name: string; group?: ChatGroup } | { key: string; name: string; member: Member }

type Aim = Pick<Notice, 'gridIds' | 'roleNames' | 'memberIds'>

/**
 * Where a notice goes: to the people it names, in private; else to the groups of its grids, and to those of the communities where
 * it is for roles that serve a community.
 */
export function listDestinations({ roster, pack }: Pick<Desk, 'roster' | 'pack'>, notice: Aim): Destination[] {
  if (notice.memberIds) {
    const people = notice.memberIds.flatMap(id => roster.memberById(id) ?? [])
    return people.map(member => ({ key: member.id, name: member.name, member }))
  }
  const grids = targetGrids(roster, notice)
  const scopes = (notice.roleNames ?? []).map(name => pack.roles.value[name]?.scope)
  const toGrids = scopes.length === 0 || scopes.includes('grid')
  const communities = scopes.includes('community') ? [...new Set(grids.map(({ community }) => community))] : []
  return [
    ...(toGrids ? grids : []).map(({ id, name }) => {
      const group = roster.groupFor({ gridId: id })
      return { key: group?.id ?? id, name: group?.name ?? `${name}群`, group }
    }),
    ...communities.map(community => {
      const group = roster.groupFor({ community })
      return { key: group?.id ?? community, name: group?.name ?? `${community}群`, group }
    }),
  ]
}

/** Who owes acknowledgement and completion, each with the grid it counts for; observers read along and owe nothing. */
export function listOwing({ roster, pack, today }: Desk, notice: Aim): { memberId: string; gridId: string }[] {
  const grids = targetGrids(roster, notice)
  if (notice.memberIds) {
    return notice.memberIds.flatMap(memberId => {
      const member = roster.memberById(memberId)
      const grid = member && firstGrid(grids, rolesOn(member, today))
      return grid ? [{ memberId, gridId: grid.id }] : []
    })
  }
  const { roleNames } = notice
  return grids.flatMap(({ id: gridId, community }) => {
    const owing = roleNames
      ? roster.members.filter(member =>
          rolesOn(member, today).some(
            role =>
              roleNames.includes(role.roleName) &&
              (role.gridId === gridId || (role.gridId === undefined && role.community === community)),
          ),
        )
      : roster.holders(pack.notice.receivers.value, today, { gridId })
    return owing.map(({ id: memberId }) => ({ memberId, gridId }))
  })
}

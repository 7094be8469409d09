import type { Member, MemberRole } from '../../../storage/roster.ts'
import { cutPage, mapPage } from '../page.ts'
import { type Resource, showGrid, type View } from '../view.ts'

export const members: Resource = {
  path: 'members',
  list: (view, query) =>
    mapPage(
      cutPage(view.roster.members, query, ({ key }) => key),
      items => items.map(member => show(view, member)),
    ),
  async find(view, key) {
    const member = view.roster.memberByKey(key)
    return member && show(view, member)
  },
}

function show(view: View, { key, name, roles, status, dingtalkId, wecomId, titles }: Member) {
  return {
    key,
    name,
    roles: roles.map(role => showRole(view, role)),
    status,
    dingtalkId,
    wecomId,
    titles: titles.length > 0 ? titles : undefined,
  }
}

function showRole(view: View, { role, roleName, employment, office, community, gridId, point, from, to }: MemberRole) {
  const grid = view.roster.gridById(gridId)
  return {
    role,
    roleName,
    employment,
    office,
    community: community ?? grid?.community,
    ...showGrid(view, gridId),
    point,
    from,
    to,
  }
}

import { type Grid, rolesOn } from '../../../storage/roster.ts'
import { cutPage, mapPage } from '../page.ts'
import type { Resource, View } from '../view.ts'

export const grids: Resource = {
  path: 'grids',
  list: (view, query) =>
    mapPage(
      cutPage(view.roster.grids, query, ({ code }) => code),
      items => items.map(grid => show(view, grid)),
    ),
  async find(view, code) {
    const grid = view.roster.grids.find(one => one.code === code)
    return grid && show(view, grid)
  },
}

function show({ roster, today }: View, grid: Grid) {
  const { id, no, code, name, community, kind, households, residents, areaClass, partyMode } = grid
  const members = roster.members.flatMap(member =>
    rolesOn(member, today)
      .filter(({ gridId }) => gridId === id)
      .map(({ role }) => ({ key: member.key, role })),
  )
  return { gridNo: no, gridCode: code, name, community, kind, households, residents, areaClass, partyMode, members }
}

import type { ChatGroup } from '../../../storage/roster.ts'
import { cutPage, mapPage } from '../page.ts'
import { type Resource, showGrid, type View } from '../view.ts'

export const groups: Resource = {
  path: 'groups',
  list: (view, query) =>
    mapPage(
      cutPage(view.roster.groups, query, ({ id }) => id),
      items => items.map(group => show(view, group)),
    ),
}

function show(view: View, { name, scope, community, gridId, chats }: ChatGroup) {
  return {
    name,
    scope,
    community: community ?? view.roster.gridById(gridId)?.community,
    ...showGrid(view, gridId),
    // Null: named in the roster, not yet bound by 绑定 in the chat.
    chats: chats.map(({ channel, platformId }) => ({ channel, id: platformId ?? null })),
  }
}

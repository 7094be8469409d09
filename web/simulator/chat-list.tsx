import type { ChatEntry, Person } from '../shared/simulator-api.ts'
import { Avatar } from './avatar.tsx'

interface Props {
  chats: ChatEntry[]
  people: Person[]
  persona?: Person
  openId?: string
  unread: string[]
  /** Chats with something to read that were opened before. */
  visited: string[]
  open(id: string): void
}

/** Private chats first, then the street's group, then each community with its grids. */
export function ChatList({ chats, people, persona, openId, unread, visited, open }: Props) {
  const communities = [...new Set(chats.map(({ community }) => community).filter(name => name !== undefined))]
  const isFirst = (key: string) => key === persona?.key || openId === `@${key}`
  const privates = [
    ...people.filter(({ key }) => isFirst(key)),
    ...people.filter(({ key }) => !isFirst(key) && unread.includes(`@${key}`)),
    ...people.filter(({ key }) => !isFirst(key) && !unread.includes(`@${key}`) && visited.includes(`@${key}`)),
  ]
  const row = (id: string, name: string, kind: string, hint?: string) => (
    <li key={id}>
      <button type="button" class="row" aria-current={id === openId ? 'page' : undefined} onClick={() => open(id)}>
        <Avatar name={kind === 'private' ? name : (/[^第]/.exec(name)?.[0] ?? '')} kind={kind} />
        <span class="name">
          {name}
          {hint && <small>{hint}</small>}
        </span>
        {unread.includes(id) && (
          <span class="dot">
            <span class="hidden">有新消息</span>
          </span>
        )}
      </button>
    </li>
  )

  return (
    <nav class="chats" aria-label="会话">
      <h2>私聊小格</h2>
      <ul class="privates">{privates.map(({ key, name, role }) => row(`@${key}`, name, 'private', role))}</ul>
      <h2>街道</h2>
      <ul>{chats.filter(({ scope }) => scope === 'street').map(({ id, name }) => row(id, name, 'street'))}</ul>
      {communities.map(community => {
        const own = chats.filter(chat => chat.community === community)
        const isOpen = own.some(({ id }) => id === openId) || community === communities[0]
        const news = own.filter(({ id }) => unread.includes(id)).length
        return (
          <details key={community} open={isOpen}>
            <summary>
              {community}
              {news > 0 && (
                <span class="count">
                  {news}
                  <span class="hidden">个群有新消息</span>
                </span>
              )}
            </summary>
            <ul>{own.map(({ id, name, scope }) => row(id, name, scope))}</ul>
          </details>
        )
      })}
      {chats.length === 0 && <p class="empty">花名册里还没有平台为“模拟”的群。</p>}
    </nav>
  )
}

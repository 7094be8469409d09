import { type Chat, findChat, getChat } from '../storage/chats.ts'
import type { Db } from '../storage/database.ts'
import { findLastChannel } from '../storage/members.ts'
import type { OutboxItem } from '../storage/outbox.ts'
import { findReplyRef, type ReplyRef } from '../storage/reply-refs.ts'
import type { Member, Roster } from '../storage/roster.ts'
import type { Channel, ChannelName, Outgoing, Route } from './channels/channel.ts'

/** A reply address is left alone this long before it expires. */
const SESSION_MARGIN_MS = 5 * 60_000

export interface Destination {
  channel: Channel
  to: Outgoing['to']
  /** Ways to get there, the best first. */
  routes: Route[]
  chat?: Chat
  /** The conversation or person, as the channel's own chats name it. */
  target: string
}

/** Why an item cannot go anywhere, for administrators; `isAlarming` where they must put something right. */
export interface Unreachable {
  unreachable: string
  isAlarming?: true
}

const NO_ROUTE = '这个群没有推送地址，平台不让机器人主动发消息；请在 groups.csv 补上“推送地址”后重新导入'

export type Channels = ReadonlyMap<ChannelName, Channel>

/** Where an item goes and by which routes; a sentence for the administrator where it cannot go anywhere. */
export async function findDestination(
  db: Db,
  item: OutboxItem,
  roster: Roster,
  channels: Channels,
  machineNow: number,
): Promise<Destination | Unreachable> {
  const reply = item.messageId === undefined ? undefined : await findReplyRef(db, item.messageId, machineNow)
  if (item.to.kind === 'member') {
    const member = roster.memberById(item.to.memberId)
    return member ? memberDestination(db, member, channels, reply) : { unreachable: 'the member is not in the roster' }
  }
  const chat =
    item.to.kind === 'chat'
      ? await getChat(db, item.to.chatId)
      : await findChat(db, item.to.channel, item.to.platformId)
  if (!chat && item.to.kind === 'person') return personDestination(item.to, channels)
  if (!chat?.platformId) return { unreachable: 'the chat has no conversation id yet: bind it' }
  const channel = channels.get(chat.channel as ChannelName)
  if (!channel) return { unreachable: `channel ${chat.channel} is not configured` }
  if (chat.state === 'dead') return { unreachable: 'the platform said this conversation is gone' }
  const to = { kind: 'chat', chatId: chat.platformId } as const
  const isItsOwn = reply?.channel === chat.channel && reply.chatPlatformId === chat.platformId
  const all = chatRoutes(chat, channel, {
    mentions: item.mentions.length > 0,
    reply: isItsOwn ? reply : undefined,
    machineNow,
  })
  const routes = all.filter(route => channel.reaches?.(route, to) !== 'never')
  if (routes.length === 0) return { unreachable: NO_ROUTE, isAlarming: true }
  return { channel, to, routes, chat, target: chat.platformId }
}

/** Somebody outside the roster who wrote in a group: there is no conversation with them, only their id. */
function personDestination(
  { channel: name, platformId }: { channel: string; platformId: string },
  channels: Channels,
): Destination | Unreachable {
  const channel = channels.get(name as ChannelName)
  if (!channel) return { unreachable: `channel ${name} is not configured` }
  return { channel, to: { kind: 'person', platformId }, routes: [{ kind: 'api' }], target: `@${platformId}` }
}

/** Who must be @-ed decides the order: a route that can @ first, else the one that leaves the scarce reply addresses alone. */
function chatRoutes(
  chat: Chat,
  channel: Channel,
  { mentions, reply, machineNow }: { mentions: boolean; reply?: ReplyRef; machineNow: number },
): Route[] {
  const api: Route = { kind: 'api' }
  const answer = replyRoutes(reply)
  const webhook: Route[] = chat.webhook ? [{ kind: 'webhook', url: chat.webhook }] : []
  const isLive = chat.session !== undefined && chat.session.expiresAt - SESSION_MARGIN_MS > machineNow
  const session: Route[] = isLive && chat.session ? [{ kind: 'session', url: chat.session.url }] : []
  // Somebody without an id can only be answered where they just wrote: to the API their conversation is an unknown group.
  if (chat.kind === 'direct' && session.length > 0) return session
  if (mentions && !channel.canMention(api)) return [...webhook, ...answer, ...session, api]
  return [...answer, api, ...session, ...webhook]
}

function replyRoutes(reply: ReplyRef | undefined): Route[] {
  return reply ? [{ kind: 'reply', messageId: reply.messageId, ref: reply.ref }] : []
}

/** The channel the person last used, else DingTalk, else WeCom, else the simulator. */
async function memberDestination(
  db: Db,
  member: Member,
  channels: Channels,
  reply: ReplyRef | undefined,
): Promise<Destination | Unreachable> {
  // What was asked in private is answered in the same conversation: a platform may have several with one person.
  const isItsOwn = reply?.chatKind === 'direct' && reply.memberId === member.id
  const last = await findLastChannel(db, member.id)
  for (const name of [last, 'dingtalk', 'wecom', 'simulator']) {
    const channel = channels.get(name as ChannelName)
    const platformId = name && platformIdOf(member, name)
    if (!channel || !platformId) continue
    const to = { kind: 'person', platformId } as const
    const all: Route[] = [...replyRoutes(isItsOwn && reply.channel === name ? reply : undefined), { kind: 'api' }]
    const routes = all.filter(route => channel.reaches?.(route, to) !== 'never')
    if (routes.length > 0) return { channel, to, routes, target: `@${platformId}` }
  }
  return { unreachable: 'the person has no id on a configured channel' }
}

export function platformIdOf(member: Member, channel: string): string | undefined {
  if (channel === 'dingtalk') return member.dingtalkId
  if (channel === 'wecom') return member.wecomId
  return channel === 'simulator' ? member.key : undefined
}

/** The name of a route in pacing and in the list of sends. */
export function routeKey({ channel, target }: Destination, route: Route): string {
  // Each message is answered in its own way: one that is used up says nothing about the next.
  if (route.kind === 'reply') return `${channel.name} reply ${route.messageId}`
  return `${channel.name} ${route.kind} ${target}`
}

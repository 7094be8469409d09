import { type Chat, findChat, getChat } from '../storage/chats.ts'
import type { Db } from '../storage/database.ts'
import { findLastChannel } from '../storage/members.ts'
import type { OutboxItem } from '../storage/outbox.ts'
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

export type Channels = ReadonlyMap<ChannelName, Channel>

/** Where an item goes and by which routes; a sentence for the administrator where it cannot go anywhere. */
export async function findDestination(
  db: Db,
  item: OutboxItem,
  roster: Roster,
  channels: Channels,
  machineNow: number,
): Promise<Destination | { unreachable: string }> {
  if (item.to.kind === 'member') {
    const member = roster.memberById(item.to.memberId)
    return member ? memberDestination(db, member, channels) : { unreachable: 'the member is not in the roster' }
  }
  const chat =
    item.to.kind === 'chat'
      ? await getChat(db, item.to.chatId)
      : await findChat(db, item.to.channel, item.to.platformId)
  if (!chat?.platformId) return { unreachable: 'the chat has no conversation id yet: bind it' }
  const channel = channels.get(chat.channel as ChannelName)
  if (!channel) return { unreachable: `channel ${chat.channel} is not configured` }
  if (chat.state === 'dead') return { unreachable: 'the platform said this conversation is gone' }
  const routes = chatRoutes(chat, channel, item.mentions.length > 0, machineNow)
  return { channel, to: { kind: 'chat', chatId: chat.platformId }, routes, chat, target: chat.platformId }
}

/** Who must be @-ed decides the order: a route that can @ first, else the one that leaves the scarce reply addresses alone. */
function chatRoutes(chat: Chat, channel: Channel, mentions: boolean, machineNow: number): Route[] {
  const api: Route = { kind: 'api' }
  const webhook: Route[] = chat.webhook ? [{ kind: 'webhook', url: chat.webhook }] : []
  const isLive = chat.session !== undefined && chat.session.expiresAt - SESSION_MARGIN_MS > machineNow
  const session: Route[] = isLive && chat.session ? [{ kind: 'session', url: chat.session.url }] : []
  // Somebody without an id can only be answered where they just wrote: to the API their conversation is an unknown group.
  if (chat.kind === 'direct' && session.length > 0) return session
  if (mentions && !channel.canMention(api)) return [...webhook, ...session, api]
  return [api, ...session, ...webhook]
}

/** The channel the person last used, else DingTalk, else WeCom, else the simulator. */
async function memberDestination(
  db: Db,
  member: Member,
  channels: Channels,
): Promise<Destination | { unreachable: string }> {
  const last = await findLastChannel(db, member.id)
  for (const name of [last, 'dingtalk', 'wecom', 'simulator']) {
    const channel = channels.get(name as ChannelName)
    const platformId = name && platformIdOf(member, name)
    if (!channel || !platformId) continue
    return { channel, to: { kind: 'person', platformId }, routes: [{ kind: 'api' }], target: `@${platformId}` }
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
  return `${channel.name} ${route.kind} ${target}`
}

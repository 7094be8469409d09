import { dayOf } from '../../../policy/time.ts'
import { inStreet, type Store, type StreetDb } from '../../../storage/database.ts'
import { newId } from '../../../storage/ids.ts'
import { loadRoster } from '../../../storage/load-roster.ts'
import { findMessage } from '../../../storage/messages.ts'
import { findOutboxItem } from '../../../storage/outbox.ts'
import { findSentText } from '../../../storage/sent-messages.ts'
import type { Said } from '../../../web/shared/simulator-api.ts'
import { RESIDENT_PREFIX } from '../../identity.ts'
import type { Timeline } from '../../timeline.ts'
import type { InboundMessage, MediaRef } from '../channel.ts'
import { describeSaid, targetOf } from './answers.ts'
import type { Post } from './body.ts'
import { ROBOT, type SimulatorChannel } from './channel.ts'
import { decodeFile, decodePicture } from './media.ts'
import { Rejection } from './rejection.ts'
import { findMentioned, findRoom, listPeopleOf, type Room } from './rooms.ts'

export interface PostingParts {
  store: Store
  timeline: Timeline
  channel: SimulatorChannel
}

export interface Posting {
  /** Says something in a chat. @throws {Rejection} 404 for an unknown chat, 400 for a post that cannot be */
  post(post: Post): Promise<Said>
  /** Presses a button of a card: its words become a message of `user` with the card quoted. @throws {Rejection} 404 */
  press(cardId: string, pressed: { user: string; key: string }): Promise<Said>
}

export function createPosting({ store, timeline, channel }: PostingParts): Posting {
  async function post(given: Post, press?: InboundMessage['press']): Promise<Said> {
    const room = await findRoom(store.read, given.group, given.user)
    if (!room) throw new Rejection(404, 'unknown-chat', `没有会话 ${given.group}。`)
    if (room.kind === 'direct' && room.owner !== given.user) {
      throw new Rejection(400, 'not-yours', `${room.id} 是 ${room.owner} 与机器人的私聊，只能由本人发。`)
    }
    const quote = given.quote === undefined ? undefined : await findQuoted(room.db, given.quote)
    const media = await keepMedia(given)
    return timeline.inTurn(async () => {
      const { messageId } = await channel.post({
        ...toInbound(given, room, { at: timeline.now(), quote, media }),
        press,
      })
      const stored = await findMessage(room.db, messageId)
      if (!stored) throw new Rejection(409, 'id-taken', '这个 id 已在别的街道用过。')
      return describeSaid(room.db, room.roster, stored)
    })
  }

  async function press(cardId: string, { user, key }: { user: string; key: string }): Promise<Said> {
    const item = await findOutboxItem(store.read, cardId)
    if (!item?.card?.buttons.some(one => one.key === key))
      throw new Rejection(404, 'unknown-card', '没有这张卡片或这个按钮。')
    const db = inStreet(store.read, item.street)
    const group = await targetOf(db, await loadRoster(db), item.to)
    return post({ group, user }, { card: cardId, key })
  }

  async function keepMedia({ images = [], files = [] }: Post): Promise<MediaRef[]> {
    // All are judged before the first is kept, so that a refused post leaves nothing behind.
    const pictures = images.map(decodePicture)
    const documents = files.map(({ name, data }) => ({ name, bytes: decodeFile(data) }))
    const kept: MediaRef[] = []
    for (const { bytes } of pictures) kept.push({ kind: 'image', ref: await channel.media.keep(bytes) })
    for (const { name, bytes } of documents)
      kept.push({ kind: 'file', ref: await channel.media.keep(bytes), fileName: name })
    return kept
  }

  return { post: given => post(given), press }
}

/** In a simulated group every posted text counts as @-ed, so nothing more is asked of it. */
function toInbound(
  { id, user, text = '', location }: Post,
  room: Room,
  { at, quote, media }: Pick<InboundMessage, 'at' | 'quote' | 'media'>,
): InboundMessage {
  const people = room.kind === 'group' ? listPeopleOf(room, dayOf(at)) : []
  const known = room.roster.memberByKey(user)
  return {
    channel: 'simulator',
    robot: ROBOT,
    id: id ?? newId(at),
    chat: { id: room.id, kind: room.kind, title: room.group?.name },
    sender: { platformId: user, name: known?.name ?? nameOf(user) },
    at,
    text,
    mentions: findMentioned(text, people).map(({ key, name }) => ({ platformId: key, name })),
    media,
    location: location && { lat: location.lat, lng: location.lng, datum: 'WGS-84', name: location.name },
    quote,
  }
}

function nameOf(user: string): string {
  return user.startsWith(RESIDENT_PREFIX) ? user.slice(RESIDENT_PREFIX.length) : user
}

/** The words replied to: of a person's message, of a delivered text, or of a card. @throws {Rejection} 400 */
async function findQuoted(db: StreetDb, id: string): Promise<{ id: string; text: string }> {
  const message = await findMessage(db, id)
  if (message) return { id: message.platformId, text: message.text.reveal() }
  const sent = await findSentText(db, id)
  if (sent) return { id: sent.outboxId, text: sent.text.reveal() }
  const item = await findOutboxItem(db, id)
  if (item) return { id, text: item.text.reveal() }
  throw new Rejection(400, 'unknown-quote', 'quote 指的消息不存在。')
}

import { formatInstant } from '../../../policy/time.ts'
import { listChatMessages, type StoredMessage } from '../../../storage/messages.ts'
import { listPhotosOfMessages } from '../../../storage/photos.ts'
import { listSentTexts, type SentText } from '../../../storage/sent-messages.ts'
import type { ChatItem, Page } from '../../../web/shared/simulator-api.ts'
import { keysOf, toCardView } from './answers.ts'
import { Rejection } from './rejection.ts'
import type { Room } from './rooms.ts'

const MOST = 1_000
const ID = /^[0-9a-z]{22}$/

/** @throws {Rejection} 400 where it is no cursor of ours */
export function parseCursor(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined
  if (!ID.test(text)) throw new Rejection(400, 'bad-cursor', 'after 应是上一次回答里的 next，或最后一条的 id。')
  return text
}

/**
 * A chat as it can be read now: what people wrote and what was delivered by `now`, in order. Ids sort by birth, so the last id read is
 * the cursor.
 */
export async function readTranscript(room: Room, after: string | undefined, now: number): Promise<Page<ChatItem>> {
  const { db, id } = room
  const written = await listChatMessages(db, { channel: 'simulator', chatPlatformId: id, afterId: after, limit: MOST })
  const sent = await listSentTexts(db, { channel: 'simulator', target: id, afterId: after, until: now, limit: MOST })
  const photos = await listPhotosOfMessages(
    db,
    written.map(message => message.id),
  )
  const items = [
    ...written.map(message =>
      fromPerson(
        message,
        photos.filter(photo => photo.messageId === message.id).map(photo => photo.id),
      ),
    ),
    ...sent.map(text => fromBot(room, text)),
  ].sort((a, b) => (a.id < b.id ? -1 : 1))
  const page = items.slice(0, MOST)
  return { items: page, next: page.at(-1)?.id ?? after ?? null }
}

function fromPerson({ id, at, senderPlatformId, text, detail }: StoredMessage, photoIds: string[]): ChatItem {
  const { mentions, quote, location } = detail
  return {
    id,
    at: formatInstant(at),
    from: senderPlatformId ?? '',
    text: text.reveal(),
    mentions: mentions.map(({ platformId }) => platformId).filter(key => key !== undefined),
    images: photoIds.map(photoId => `/sim/api/photos/${photoId}`),
    ...(quote?.text ? { quote: quote.text } : {}),
    ...(location ? { place: location.name ?? `${location.lat}, ${location.lng}` } : {}),
  }
}

function fromBot({ roster }: Room, { id, outboxId, at, text, mentions, card, attachment }: SentText): ChatItem {
  return {
    id,
    at: formatInstant(at),
    from: 'bot',
    text: text.reveal(),
    mentions: keysOf(roster, mentions),
    images: attachment && !isFile(attachment.kind) ? [`/sim/api/pictures/${id}`] : [],
    ...(attachment && isFile(attachment.kind) ? { files: [`/sim/api/files/${id}`] } : {}),
    ...(card ? { card: toCardView(outboxId, card, text.reveal()) } : {}),
  }
}

function isFile(kind: string): boolean {
  return kind === 'file' || kind === 'notice-document'
}

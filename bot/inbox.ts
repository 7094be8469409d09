import { recordAudit } from '../storage/audit.ts'
import { noteChat } from '../storage/chats.ts'
import { inStreet, type StreetDb } from '../storage/database.ts'
import { noteLastChannel } from '../storage/members.ts'
import { insertMessageFile } from '../storage/message-files.ts'
import {
  findMessageByPlatformId,
  insertMessage,
  noteProof,
  type StoredMessage,
  settleMessage,
} from '../storage/messages.ts'
import { insertPhoto } from '../storage/photos.ts'
import { insertReplyRef } from '../storage/reply-refs.ts'
import { insertWork } from '../storage/work.ts'
import type { InboundMessage } from './channels/channel.ts'
import type { Clock } from './clock.ts'
import { cleanFileName, FILE_WORK, type FileWork } from './file-work.ts'
import type { Sender } from './identity.ts'

/** How long one signed pair may bring new messages: honest ones of the same millisecond share it (contract, guarantee 1). */
const PROOF_MS = 60_000
/** The platform's time decides while it is this near to ours. */
const PLAUSIBLE_MS = 10 * 60_000

export type Inbox =
  | { isNew: false; messageId: string }
  | { isNew: true; held: true; messageId: string }
  | { isNew: true; held: false; messageId: string; message: StoredMessage; chatId: string }

/** The record's time: the platform's where it is near the Clock's, else the Clock's. */
export function recordTime({ at }: InboundMessage, now: number): number {
  return isPlausible(at, now) ? at : now
}

/** Whether a time told from outside is believed. */
export function isPlausible(at: number, now: number): boolean {
  return Math.abs(at - now) <= PLAUSIBLE_MS
}

/** The message's own row, its chat and its pictures; the unique key tells a repeat from a new one. */
export async function storeInbound(
  db: StreetDb,
  inbound: InboundMessage,
  { member }: Sender,
  clock: Clock,
): Promise<Inbox> {
  const { channel, robot, chat, sender, quote, proof } = inbound
  const now = clock.now()
  const key = { channel, robot, platformId: inbound.id }
  const message = await insertMessage(db, {
    ...key,
    chatPlatformId: chat.id,
    chatKind: chat.kind,
    senderPlatformId: sender.platformId,
    memberId: member?.id,
    at: recordTime(inbound, now),
    receivedAt: now,
    text: inbound.text,
    detail: {
      mentions: inbound.mentions,
      quote: quote && { id: quote.id, text: quote.text },
      location: inbound.location,
      fault: inbound.fault,
      isArrival: inbound.isArrival,
      senderName: sender.name,
    },
  })
  if (!message) return { isNew: false, messageId: await noteRepeat(db, key, inbound.text, now) }
  if (proof && proof.machineAt - (await noteProof(db, proof.key, proof.machineAt)) > PROOF_MS) {
    await settleMessage(db, message.id, { status: 'held', reason: 'proof-reused' })
    return { isNew: true, held: true, messageId: message.id }
  }
  const noted = await noteChat(db, { channel, kind: chat.kind, platformId: chat.id, session: inbound.session, at: now })
  if (inbound.reply) {
    await insertReplyRef(db, { messageId: message.id, ...inbound.reply }, clock.machineNow())
  }
  if (member) await noteLastChannel(db, member.id, channel)
  for (const { kind, ref, fileName } of [...inbound.media, ...(quote?.media ?? [])]) {
    // Documents are kept for those on the roster alone.
    if (kind === 'file' && member) await storeFile(db, { messageId: message.id, ref, fileName, channel, at: now })
    if (kind !== 'image') continue
    const photo = await insertPhoto(db, { messageId: message.id, ref, at: now })
    await insertWork(db, {
      kind: 'photo',
      payload: { photoId: photo.id, channel, ref },
      messageId: message.id,
      at: now,
    })
  }
  return { isNew: true, held: false, messageId: message.id, message, chatId: noted.id }
}

async function storeFile(
  db: StreetDb,
  given: Pick<FileWork, 'messageId' | 'ref' | 'channel'> & { fileName?: string; at: number },
): Promise<void> {
  const { messageId, ref, channel, at } = given
  const name = cleanFileName(given.fileName)
  const { id: fileId } = await insertMessageFile(db, { messageId, ref, name, at })
  const payload: FileWork = { fileId, messageId, channel, ref, name }
  await insertWork(db, { kind: FILE_WORK, payload, messageId, at })
}

/** The first one stays. A repeat that says something else is no repeat of the platform: it is written down for the administrator. */
async function noteRepeat(
  db: StreetDb,
  key: { channel: string; robot: string; platformId: string },
  text: string,
  at: number,
): Promise<string> {
  const first = await findMessageByPlatformId(db, key)
  if (!first) return ''
  if (first.text.reveal() !== text) {
    const subject = { type: 'message', id: first.id }
    const there = inStreet(db, first.street)
    await recordAudit(there, { at, by: 'channel', action: 'contradicted', subject, detail: { text } })
  }
  return first.id
}

import { createHash, randomUUID } from 'node:crypto'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isReadable } from '../handlers/notice/attachments.ts'
import { dayOf } from '../policy/time.ts'
import { markMessageFile } from '../storage/message-files.ts'
import type { Vault } from '../storage/vault.ts'
import type { Budget } from './budget.ts'
import { type ChannelName, SendError } from './channels/channel.ts'
import type { Clock } from './clock.ts'
import type { Conversation } from './conversation.ts'
import { readDocument, UnreadableDocument } from './documents/read-docx.ts'
import type { FileWork } from './file-work.ts'
import type { Channels } from './routing.ts'
import { Hopeless, type WorkKind } from './worker.ts'

const MAX_BYTES = 20 * 1024 * 1024

export interface FileParts {
  vault: Vault
  channels: Channels
  budget: Pick<Budget, 'spend'>
  clock: Clock
  dataDir: string
  /** Takes the words of a document up as if its sender had written them. */
  conversation: Pick<Conversation, 'takeDocument'>
}

/**
 * Fetches the documents that messages brought, right after the commit; kept sealed under DATA_DIR/files as they came. The words of a
 * Word document are then read, and a notice that it holds is drafted.
 */
export function createFileWork(parts: FileParts): WorkKind {
  const { vault, channels, budget, clock, dataDir, conversation } = parts
  const folder = join(dataDir, 'files')

  return {
    async run(payload) {
      const { fileId, messageId, channel, ref, name } = payload as FileWork
      const bytes = await fetchFile(channels, channel, ref)
      const file = `${randomUUID()}.sealed`
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const path = join(folder, file)
      await writeFile(`${path}.part`, vault.sealBytes(bytes, file), { mode: 0o600 })
      await rename(`${path}.part`, path)
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      const words = isReadable({ name }) ? await readWords(bytes) : undefined
      return async db => {
        await markMessageFile(db, fileId, { state: 'stored', file, mime: mimeOf(name), bytes: bytes.length, sha256 })
        await budget.spend(db, dayOf(clock.now()), channel, 'api')
        if (words !== undefined) await conversation.takeDocument(db, messageId, { name, words })
      }
    },
    async giveUp(db, payload) {
      const { fileId, messageId, name } = payload as FileWork
      await markMessageFile(db, fileId, { state: 'failed' })
      await conversation.takeDocument(db, messageId, { name, words: '' })
    },
  }
}

/** `''` where there is nothing to read. */
async function readWords(bytes: Uint8Array): Promise<string> {
  return readDocument(bytes).catch(error => {
    if (error instanceof UnreadableDocument) return ''
    throw error
  })
}

/** @throws {Hopeless} where the platform will never hand it out */
async function fetchFile(channels: Channels, name: ChannelName, ref: string): Promise<Uint8Array> {
  const channel = channels.get(name)
  if (!channel) throw new Hopeless(`channel ${name} is not configured`)
  try {
    return await channel.fetchMedia({ kind: 'file', ref }, MAX_BYTES)
  } catch (error) {
    if (error instanceof SendError && error.fault === 'refused') throw new Hopeless(error.message, { cause: error })
    throw error
  }
}

const MIMES: Record<string, string> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  doc: 'application/msword',
  xls: 'application/vnd.ms-excel',
  pdf: 'application/pdf',
  txt: 'text/plain; charset=utf-8',
}

/** By the ending alone: it decides what opens it on a phone, nothing here. */
function mimeOf(name: string): string {
  return MIMES[name.slice(name.lastIndexOf('.') + 1).toLowerCase()] ?? 'application/octet-stream'
}

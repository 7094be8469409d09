import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from 'pino'
import sharp from 'sharp'
import type { Store } from '../storage/database.ts'
import { markPhoto } from '../storage/photos.ts'
import type { Vault } from '../storage/vault.ts'
import { claimWork, finishWork, type Work } from '../storage/work.ts'
import { type ChannelName, SendError } from './channels/channel.ts'
import type { Clock } from './clock.ts'
import type { Channels } from './routing.ts'

const MAX_BYTES = 10 * 1024 * 1024
const MAX_PIXELS = 40_000_000
const LONGEST_SIDE = 1_600
const TRIES = 8
const LEASE_MS = 60_000
const FIRST_RETRY_MS = 10_000

export interface PhotoParts {
  store: Store
  clock: Clock
  vault: Vault
  channels: Channels
  dataDir: string
  log: Logger
}

/** Why a picture is not kept: the record stays, its photo is shown as failed. */
class NotAPhoto extends Error {}

/**
 * Fetches the pictures that messages brought, right after the commit, until none is due.
 * Kept is what a camera would have made (JPEG, at most 1600 px, without EXIF), sealed under DATA_DIR/photos.
 */
export function createPhotoFetcher({ store, clock, vault, channels, dataDir, log }: PhotoParts): () => Promise<void> {
  const folder = join(dataDir, 'photos')

  async function fetchDue(): Promise<void> {
    for (;;) {
      const claim = { now: clock.now(), machineNow: clock.machineNow(), leaseMs: LEASE_MS, limit: 10 }
      const due = await store.transact(db => claimWork(db, claim))
      if (due.length === 0) return
      for (const work of due) await fetchOne(work)
    }
  }

  async function fetchOne(work: Work): Promise<void> {
    const { photoId, channel: name, ref } = work.payload as { photoId: string; channel: ChannelName; ref: string }
    try {
      const channel = channels.get(name)
      if (!channel) throw new SendError('refused', `channel ${name} is not configured`)
      const bytes = await channel.fetchMedia({ kind: 'image', ref }, MAX_BYTES)
      const photo = await normalise(bytes)
      const file = `${randomUUID()}.sealed`
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const path = join(folder, file)
      await writeFile(`${path}.part`, vault.sealBytes(photo, file), { mode: 0o600 })
      await rename(`${path}.part`, path)
      const sha256 = createHash('sha256').update(photo).digest('hex')
      await store.transact(async db => {
        await markPhoto(db, photoId, { state: 'stored', file, mime: 'image/jpeg', bytes: photo.length, sha256 })
        await finishWork(db, work.id, { state: 'done' })
      })
    } catch (error) {
      await giveUpOrRetry(work, photoId, error)
    }
  }

  async function giveUpOrRetry(work: Work, photoId: string, error: unknown): Promise<void> {
    const hopeless = error instanceof NotAPhoto || (error instanceof SendError && error.fault === 'refused')
    const reason = error instanceof Error ? error.message : String(error)
    log.warn({ workId: work.id, reason }, 'a photo could not be fetched')
    await store.transact(async db => {
      if (hopeless || work.attempts + 1 >= TRIES) {
        await markPhoto(db, photoId, { state: 'failed' })
        await finishWork(db, work.id, { state: 'dead', error: reason })
      } else {
        const notBefore = clock.now() + FIRST_RETRY_MS * 2 ** work.attempts
        await finishWork(db, work.id, { state: 'pending', error: reason, notBefore })
      }
    })
  }

  return fetchDue
}

/** What the bytes are is judged by decoding them, never by what the sender claims. @throws {NotAPhoto} */
async function normalise(bytes: Uint8Array): Promise<Buffer> {
  try {
    return await sharp(bytes, { limitInputPixels: MAX_PIXELS, animated: false })
      .rotate()
      .resize(LONGEST_SIDE, LONGEST_SIDE, { fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality: 82 })
      .toBuffer()
  } catch (error) {
    throw new NotAPhoto('the file is not a picture', { cause: error })
  }
}

/** The plain JPEG of a stored photo. */
export async function readPhoto(vault: Vault, dataDir: string, file: string): Promise<Buffer> {
  return vault.openBytes(await readFile(join(dataDir, 'photos', file)), file)
}

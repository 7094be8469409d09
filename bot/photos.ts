import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { type Desk, openDesk } from '../handlers/desk.ts'
import { remarkOnFailedPhoto, remarkOnSamePhoto } from '../handlers/photo-remarks.ts'
import { dayOf } from '../policy/time.ts'
import type { StreetDb } from '../storage/database.ts'
import { markPhoto } from '../storage/photos.ts'
import type { Vault } from '../storage/vault.ts'
import type { Budget } from './budget.ts'
import { type ChannelName, SendError } from './channels/channel.ts'
import type { Clock } from './clock.ts'
import { isUploadRef, type UploadShelf } from './h5/uploads.ts'
import type { Channels } from './routing.ts'
import { Hopeless, type WorkKind } from './worker.ts'

const MAX_BYTES = 10 * 1024 * 1024
const MAX_PIXELS = 40_000_000
const LONGEST_SIDE = 1_600

interface PhotoWork {
  photoId: string
  channel: ChannelName
  ref: string
}

export interface PhotoParts {
  vault: Vault
  channels: Channels
  budget: Pick<Budget, 'spend'>
  clock: Clock
  dataDir: string
  /** Where photos from the phone pages lie. */
  uploads?: Pick<UploadShelf, 'take'>
}

/**
 * Fetches the pictures that messages brought, right after the commit. Kept is what a camera would have made (JPEG, at most 1600 px,
 * without EXIF), sealed under DATA_DIR/photos; where that fails for good the record stays and its photo is shown as failed.
 */
export function createPhotoWork({ vault, channels, budget, clock, dataDir, uploads }: PhotoParts): WorkKind {
  const folder = join(dataDir, 'photos')

  return {
    async run(payload) {
      const { photoId, channel, ref } = payload as PhotoWork
      const isUpload = isUploadRef(ref)
      const photo = await normalise(await (isUpload ? takeUpload(uploads, ref) : fetchBytes(channels, channel, ref)))
      const file = `${randomUUID()}.sealed`
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const path = join(folder, file)
      await writeFile(`${path}.part`, vault.sealBytes(photo, file), { mode: 0o600 })
      await rename(`${path}.part`, path)
      const sha256 = createHash('sha256').update(photo).digest('hex')
      return async db => {
        await markPhoto(db, photoId, { state: 'stored', file, mime: 'image/jpeg', bytes: photo.length, sha256 })
        if (!isUpload) await budget.spend(db, dayOf(clock.now()), channel, 'api')
        await remarkOnSamePhoto(await openPhotoDesk(db), photoId, sha256)
      }
    },
    async giveUp(db, payload) {
      const { photoId } = payload as PhotoWork
      await markPhoto(db, photoId, { state: 'failed' })
      await remarkOnFailedPhoto(await openPhotoDesk(db), photoId)
    },
  }

  function openPhotoDesk(db: StreetDb): Promise<Desk> {
    const now = clock.now()
    return openDesk(db, { by: 'photo', now, at: now })
  }
}

/** @throws {Hopeless} where it was cleared away */
async function takeUpload(uploads: PhotoParts['uploads'], ref: string): Promise<Uint8Array> {
  const bytes = await uploads?.take(ref)
  if (!bytes) throw new Hopeless('the upload is gone')
  return bytes
}

/** @throws {Hopeless} where the platform will never hand it out */
async function fetchBytes(channels: Channels, name: ChannelName, ref: string): Promise<Uint8Array> {
  const channel = channels.get(name)
  if (!channel) throw new Hopeless(`channel ${name} is not configured`)
  try {
    return await channel.fetchMedia({ kind: 'image', ref }, MAX_BYTES)
  } catch (error) {
    if (error instanceof SendError && error.fault === 'refused') throw new Hopeless(error.message, { cause: error })
    throw error
  }
}

/** What the bytes are is judged by decoding them, never by what the sender claims. @throws {Hopeless} */
async function normalise(bytes: Uint8Array): Promise<Buffer> {
  try {
    return await sharp(bytes, { limitInputPixels: MAX_PIXELS, animated: false })
      .rotate()
      .resize(LONGEST_SIDE, LONGEST_SIDE, { fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality: 82 })
      .toBuffer()
  } catch (error) {
    throw new Hopeless('the file is not a picture', { cause: error })
  }
}

/** The plain JPEG of a stored photo. */
export async function readPhoto(vault: Vault, dataDir: string, file: string): Promise<Buffer> {
  return vault.openBytes(await readFile(join(dataDir, 'photos', file)), file)
}

import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Vault } from '../../../storage/vault.ts'
import { Rejection } from './rejection.ts'

/** A picture as it came with a post: at most this large, and at most so many in one. */
export const IMAGE_LIMIT_BYTES = 10 * 1024 * 1024
export const IMAGES_AT_ONCE = 9
export const FILES_AT_ONCE = 3

export interface Picture {
  bytes: Uint8Array
  mime: string
}

/**
 * The bytes of a `data:` URL, judged by what they are and not by what they claim.
 * @throws {Rejection} 400 for no `data:` URL or no picture, 413 where it is too large
 */
export function decodePicture(dataUrl: string): Picture {
  const bytes = decodeData(dataUrl)
  if (!bytes) throw new Rejection(400, 'bad-image', 'images 里每一项都应是 base64 的 data: 地址。')
  if (bytes.length > IMAGE_LIMIT_BYTES) throw new Rejection(413, 'image-too-large', '一张图片最大 10 MB。')
  const mime = sniffImage(bytes)
  if (!mime) throw new Rejection(400, 'bad-image', '图片只认 JPEG、PNG、GIF 和 WebP。')
  return { bytes, mime }
}

/** The bytes of a document. @throws {Rejection} 400 for no `data:` URL, 413 where it is too large */
export function decodeFile(dataUrl: string): Buffer {
  const bytes = decodeData(dataUrl)
  if (!bytes) throw new Rejection(400, 'bad-file', 'files 里每一项的 data 都应是 base64 的 data: 地址。')
  if (bytes.length > IMAGE_LIMIT_BYTES) throw new Rejection(413, 'file-too-large', '一个文件最大 10 MB。')
  return bytes
}

/** No pattern is laid over the whole: on megabytes it may run out of stack. */
function decodeData(dataUrl: string): Buffer | undefined {
  const comma = dataUrl.indexOf(',')
  if (comma < 0 || !/^data:[^,]*;base64$/.test(dataUrl.slice(0, comma))) return undefined
  const padded = dataUrl.slice(comma + 1)
  const base64 = padded.slice(0, padded.length - (padded.endsWith('==') ? 2 : padded.endsWith('=') ? 1 : 0))
  const bytes = Buffer.from(base64, 'base64')
  // Node skips what is no base64; then bytes are missing.
  return bytes.length > 0 && bytes.length === Math.floor((base64.length * 3) / 4) ? bytes : undefined
}

const SIGNATURES: [mime: string, at: number, bytes: string][] = [
  ['image/jpeg', 0, 'ffd8ff'],
  ['image/png', 0, '89504e470d0a1a0a'],
  ['image/gif', 0, '474946383761'],
  ['image/gif', 0, '474946383961'],
  ['image/webp', 8, '57454250'],
]

/** The type that the first bytes tell; undefined where they are no picture a browser shows. */
export function sniffImage(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 16)).toString('hex')
  return SIGNATURES.find(([, at, signature]) => head.startsWith(signature, at * 2))?.[0]
}

/** Pictures between the post that brought them and the fetch that stores them, sealed on disk so that a restart loses none. */
export interface MediaShelf {
  /** @returns the reference under which `take` finds it; equal bytes have one. */
  keep(bytes: Uint8Array): Promise<string>
  /** undefined where nothing lies under `ref`. */
  take(ref: string): Promise<Buffer | undefined>
  /** Clears away what nobody waits for any more. */
  keepOnly(refs: ReadonlySet<string>): Promise<void>
}

const REF = /^[0-9a-f]{64}$/

export function createMediaShelf(dataDir: string, vault: Vault): MediaShelf {
  const folder = join(dataDir, 'simulator')
  return {
    async keep(bytes) {
      const ref = createHash('sha256').update(bytes).digest('hex')
      await mkdir(folder, { recursive: true })
      const file = join(folder, ref)
      // Renamed into place, so that a kill in between leaves no half of a picture under its name.
      await writeFile(`${file}.part`, vault.sealBytes(bytes, ref), { flush: true })
      await rename(`${file}.part`, file)
      return ref
    },
    async take(ref) {
      if (!REF.test(ref)) return undefined
      const sealed = await readFile(join(folder, ref)).catch(() => undefined)
      return sealed && vault.openBytes(sealed, ref)
    },
    async keepOnly(refs) {
      const files = await readdir(folder).catch(() => [])
      await Promise.all(files.filter(file => !refs.has(file)).map(file => rm(join(folder, file), { force: true })))
    },
  }
}

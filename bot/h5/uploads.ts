import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import type { Vault } from '../../storage/vault.ts'
import { CHUNK_BYTES, PHOTO_LIMIT_BYTES, type UploadState } from '../../web/shared/phone-api.ts'
import { createLanes } from '../turns.ts'
import { Refusal } from './refusal.ts'

/** As many photos as one person may have lying here. */
const OPEN_PER_PERSON = 60
const KEPT_MS = 24 * 60 * 60_000
const SWEPT_EVERY_MS = 60 * 60_000
const MAX_PIXELS = 40_000_000
const WHOLE = 'whole'
const PREFIX = 'h5:'

/** Photos on their way from a phone, piece by piece: sealed on disk, so that neither a bad line nor a restart begins one anew. */
export interface UploadShelf {
  state(owner: string, id: string): Promise<UploadState>
  /**
   * Adds the piece that begins at `offset` of `total` bytes; with the last one the photo is judged by what its bytes are.
   * @throws {Refusal} 409 with `received` where the piece does not fit on, 413, 422 where it is no picture
   */
  append(owner: string, id: string, piece: { offset: number; total: number; bytes: Buffer }): Promise<UploadState>
  /** The reference that a message carries. @throws {Refusal} 409 where it has not arrived whole */
  claim(owner: string, id: string): Promise<string>
  /** The bytes behind a reference; undefined where none lie there. */
  take(ref: string): Promise<Buffer | undefined>
}

/** Whether a photo's reference is one of the phone pages rather than of a platform. */
export function isUploadRef(ref: string): boolean {
  return ref.startsWith(PREFIX)
}

export interface UploadParts {
  dataDir: string
  vault: Vault
  machineNow(): number
  /** References of photos that messages still wait for. */
  listPending(): Promise<string[]>
}

export function createUploadShelf({ dataDir, vault, machineNow, listPending }: UploadParts): UploadShelf {
  const shelf = join(dataDir, 'h5-uploads')
  const lanes = createLanes()
  let sweptAt = Number.NEGATIVE_INFINITY
  const nameOf = (owner: string, id: string) => `${createHash('sha256').update(owner).digest('hex').slice(0, 32)}/${id}`

  /** Name of each piece is where it begins; a gap cannot come about, since every piece begins where the last one ended. */
  async function listPieces(name: string): Promise<{ file: string; offset: number; end: number }[]> {
    const files = await readdir(join(shelf, name)).catch((): string[] => [])
    return files
      .flatMap(file => {
        const [, offset, end] = /^(\d+)-(\d+)$/.exec(file) ?? []
        return offset === undefined ? [] : [{ file, offset: Number(offset), end: Number(end) }]
      })
      .sort((a, b) => a.offset - b.offset)
  }

  async function stateOf(name: string): Promise<UploadState> {
    const whole = await stat(join(shelf, name, WHOLE)).catch(() => undefined)
    return whole ? { complete: true } : { received: (await listPieces(name)).at(-1)?.end ?? 0 }
  }

  async function write(name: string, file: string, bytes: Uint8Array): Promise<void> {
    const path = join(shelf, name, file)
    await writeFile(`${path}.part`, vault.sealBytes(bytes, `${name}/${file}`), { mode: 0o600, flush: true })
    await rename(`${path}.part`, path)
  }

  async function read(name: string, file: string): Promise<Buffer> {
    return vault.openBytes(await readFile(join(shelf, name, file)), `${name}/${file}`)
  }

  async function appendNow(
    name: string,
    { offset, total, bytes }: { offset: number; total: number; bytes: Buffer },
  ): Promise<UploadState> {
    const state = await stateOf(name)
    if ('complete' in state) return state
    const { received } = state
    if (offset !== received) throw new Refusal(409, 'wrong-offset', '照片接不上，会自动续传。', { received })
    if (received === 0) await openFolder(name)
    const end = offset + bytes.length
    if (bytes.length > 0) await write(name, `${offset}-${end}`, bytes)
    return end < total ? { received: end } : finish(name)
  }

  async function finish(name: string): Promise<UploadState> {
    const pieces = await listPieces(name)
    const whole = Buffer.concat(await Promise.all(pieces.map(({ file }) => read(name, file))))
    if (!(await isPicture(whole))) {
      await rm(join(shelf, name), { recursive: true, force: true })
      throw new Refusal(422, 'no-picture', '这个文件不是照片，请换一张。')
    }
    await write(name, WHOLE, whole)
    await Promise.all(pieces.map(({ file }) => rm(join(shelf, name, file), { force: true })))
    return { complete: true }
  }

  async function openFolder(name: string): Promise<void> {
    await sweep()
    const [owner = '', id = ''] = name.split('/')
    const open = await readdir(join(shelf, owner)).catch((): string[] => [])
    if (open.length >= OPEN_PER_PERSON && !open.includes(id))
      throw new Refusal(429, 'too-many', '照片传得太多了，请过一会儿再传。')
    await mkdir(join(shelf, name), { recursive: true, mode: 0o700 })
  }

  /** Clears away, once an hour at most, what is old and waited for by no message. */
  async function sweep(): Promise<void> {
    if (machineNow() - sweptAt < SWEPT_EVERY_MS) return
    sweptAt = machineNow()
    const pending = new Set(await listPending())
    for (const owner of await readdir(shelf).catch((): string[] => [])) {
      for (const id of await readdir(join(shelf, owner))) {
        const name = `${owner}/${id}`
        const { mtimeMs } = await stat(join(shelf, name))
        if (machineNow() - mtimeMs > KEPT_MS && !pending.has(`${PREFIX}${name}`))
          await rm(join(shelf, name), { recursive: true, force: true })
      }
    }
  }

  return {
    state: (owner, id) => stateOf(nameOf(owner, id)),
    append(owner, id, piece) {
      const { offset, total, bytes } = piece
      if (total > PHOTO_LIMIT_BYTES) throw new Refusal(413, 'too-large', '一张照片最大 10 MB。')
      // Nothing at the end: all pieces had come when a restart fell before they were put together.
      const adds = bytes.length > 0 || (offset > 0 && offset === total)
      if (!adds || bytes.length > CHUNK_BYTES || offset + bytes.length > total)
        throw new Refusal(400, 'bad-piece', '照片分片不对。')
      const name = nameOf(owner, id)
      return lanes.take(name, () => appendNow(name, piece))
    },
    async claim(owner, id) {
      const name = nameOf(owner, id)
      if (!('complete' in (await stateOf(name)))) throw new Refusal(409, 'photo-missing', '照片还没传完，会自动续传。')
      return `${PREFIX}${name}`
    },
    async take(ref) {
      const name = ref.slice(PREFIX.length)
      if (!isUploadRef(ref) || !/^[0-9a-f]{32}\/[0-9a-f-]{36}$/.test(name)) return undefined
      return read(name, WHOLE).catch(() => undefined)
    },
  }
}

/** Decoding the head is enough to tell; the whole is decoded once more, and made anew, when it is stored. */
async function isPicture(bytes: Buffer): Promise<boolean> {
  const found = await sharp(bytes, { limitInputPixels: MAX_PIXELS })
    .metadata()
    .catch(() => undefined)
  return found !== undefined && ['jpeg', 'png', 'webp', 'gif'].includes(found.format ?? '')
}

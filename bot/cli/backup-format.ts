import { createHash } from 'node:crypto'
import type { Vault } from '../../storage/vault.ts'

/**
 * A backup is one tar file: the database as of one moment, photos and documents (encrypted as they lie on the disk), the office's own
 * form, and at its end the manifest, so that a file that was cut off has none. The data key is not in it: whoever finds the file can read no personal data.
 */
export interface Manifest {
  format: 1
  madeAt: string
  /** Equal for equal data keys, and tells nothing about them. */
  keyCheck: string
  files: { name: string; size: number; sha256: string }[]
  /** Over all of the above, made with the data key: a changed manifest does not pass. */
  mac: string
}

export const manifestName = 'manifest.json'
export const databaseName = 'xiaoge.db'
/** Below DATA_DIR. */
export const sealedFolders = ['photos/', 'files/']
export const templateName = 'templates/notice-sheet.docx'

/** The only names a backup may hold: nothing in it can be unpacked anywhere else. */
export function isBackupName(name: string): boolean {
  return (
    name === manifestName ||
    name === databaseName ||
    name === templateName ||
    sealedFolders.some(folder => name.startsWith(folder) && isSealedFile(name.slice(folder.length)))
  )
}

/** A photo or document that is whole; while one is being written it has another ending. */
export function isSealedFile(file: string): boolean {
  return /^[\w-]+\.sealed$/.test(file)
}

export function checkOfKey(vault: Vault): string {
  return vault.index('xiaoge', 'backup')
}

export function macOf(vault: Vault, { format, madeAt, keyCheck, files }: Omit<Manifest, 'mac'>): string {
  return vault.index(JSON.stringify({ format, madeAt, keyCheck, files }), 'backup manifest')
}

/** Passes the bytes on and counts and hashes them on the way. */
export function createMeter(): {
  through(source: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>
  size(): number
  sha256(): string
} {
  const hash = createHash('sha256')
  let size = 0
  return {
    async *through(source) {
      for await (const chunk of source) {
        hash.update(chunk)
        size += chunk.length
        yield chunk
      }
    },
    size: () => size,
    sha256: () => hash.digest('hex'),
  }
}

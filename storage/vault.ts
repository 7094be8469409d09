import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto'
import { inspect } from 'node:util'
import { maskText } from './masking.ts'
import { takeRandom } from './random.ts'

/** Where a sealed value lives; bound into the cipher, so a value copied to another row or column does not open. */
export interface Place {
  table: string
  column: string
  id: string
}

/**
 * Personal data in memory. Whatever prints it (a template, JSON, a log, an error) prints the mask;
 * the one way to the plain text is `reveal()`, which a reader of the code can search for.
 */
export class Personal {
  readonly #plain: string
  constructor(plain: string) {
    this.#plain = plain
  }
  reveal(): string {
    return this.#plain
  }
  toString(): string {
    return maskText(this.#plain)
  }
  toJSON(): string {
    return this.toString()
  }
  [inspect.custom](): string {
    return this.toString()
  }
}

export interface Vault {
  seal(plain: string, place: Place): string
  /** @throws if the text was not sealed with this key for this place. */
  open(sealed: string, place: Place): Personal
  /** The same for the same value: a column to search by without the plain text. */
  index(value: string, purpose: string): string
  sealBytes(plain: Uint8Array, name: string): Buffer
  openBytes(sealed: Uint8Array, name: string): Buffer
}

const IV_BYTES = 12
const TAG_BYTES = 16

/** `key` is 32 bytes (`DATA_KEY`). Separate keys for fields, indexes and files are derived from it. */
export function createVault(key: Uint8Array): Vault {
  if (key.length !== 32) throw new Error('DATA_KEY must be 32 bytes')
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', key, '', `xiaoge ${purpose}`, 32))
  const fieldKey = derive('field')
  const indexKey = derive('index')
  const fileKey = derive('file')
  const associated = ({ table, column, id }: Place) => `${table}.${column}/${id}`

  return {
    seal: (plain, place) => encrypt(fieldKey, Buffer.from(plain, 'utf8'), associated(place)).toString('base64'),
    open: (sealed, place) =>
      new Personal(decrypt(fieldKey, Buffer.from(sealed, 'base64'), associated(place)).toString('utf8')),
    index: (value, purpose) =>
      createHmac('sha256', indexKey)
        .update(`${purpose}\n${value.normalize('NFKC').trim()}`)
        .digest('base64url'),
    sealBytes: (plain, name) => encrypt(fileKey, plain, name),
    openBytes: (sealed, name) => decrypt(fileKey, sealed, name),
  }
}

function encrypt(key: Buffer, plain: Uint8Array, associated: string): Buffer {
  const iv = takeRandom(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(associated))
  const body = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), body])
}

function decrypt(key: Buffer, sealed: Uint8Array, associated: string): Buffer {
  const bytes = Buffer.from(sealed)
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES))
    .setAAD(Buffer.from(associated))
    .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
  return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()])
}

/**
 * The envelope that WeCom and WeChat put around callbacks: SHA-1 over the sorted parts, AES-256-CBC with a 32-byte padding
 * (developer.work.weixin.qq.com/document/path/90968, 101033; the official account uses the same).
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** What the envelope was sealed with. */
export interface CallbackKey {
  token: string
  /** 32 bytes; the first 16 are the initialisation vector too. */
  aesKey: Uint8Array
  /** corpid of an app, appid of an official account; absent where nothing is compared (智能机器人: the envelope carries none). */
  receiveId?: string
}

/** Every value as it came over the wire. */
export interface Envelope {
  signature: string
  /** Seconds, as text. */
  timestamp: string
  nonce: string
  /** Base64. */
  encrypt: string
}

/** The codes of the official library (path 90468): what is wrong with an envelope. */
const FAULTS = {
  '-40001': 'signature mismatch',
  '-40002': 'the text inside cannot be read',
  '-40004': 'the AES key is not 32 bytes',
  '-40005': 'sealed for somebody else',
  '-40007': 'decryption failed',
  '-40008': 'padding or length are wrong',
  '-40010': 'not base64',
} as const

export type CryptoCode = keyof typeof FAULTS

export class CryptoFault extends Error {
  readonly code: CryptoCode
  constructor(code: CryptoCode) {
    super(`${code} ${FAULTS[code]}`)
    this.name = 'CryptoFault'
    this.code = code
  }
}

const BLOCK_BYTES = 32
const CIPHER_BLOCK_BYTES = 16
const RANDOM_BYTES = 16
const LENGTH_BYTES = 4
const HEAD_BYTES = RANDOM_BYTES + LENGTH_BYTES

/** @throws {CryptoFault} -40004: `encodingAesKey` is not 43 letters and digits */
export function createCallbackKey(token: string, encodingAesKey: string, receiveId?: string): CallbackKey {
  return { token, aesKey: readAesKey(encodingAesKey), receiveId }
}

/** EncodingAESKey is base64 without its `=`. @throws {CryptoFault} -40004 */
export function readAesKey(encodingAesKey: string): Uint8Array {
  if (!/^[A-Za-z0-9]{43}$/.test(encodingAesKey)) throw new CryptoFault('-40004')
  return Buffer.from(`${encodingAesKey}=`, 'base64')
}

/** Lower-case hex SHA-1 of the parts, sorted as bytes and joined. Three parts sign an official account's plain form, four an envelope. */
export function signParts(...parts: readonly string[]): string {
  const sorted = parts.map(part => Buffer.from(part)).sort(Buffer.compare)
  return createHash('sha1').update(Buffer.concat(sorted)).digest('hex')
}

/** Compares digests, so that neither the length nor the first wrong byte shows in the time it takes. */
export function isSameSignature(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(expected))
}

/**
 * The text inside, once the signature vouches for it.
 * @throws {CryptoFault} -40001 before anything is decrypted, then -40010, -40007, -40008, -40005, -40002
 */
export function openEnvelope({ signature, timestamp, nonce, encrypt }: Envelope, key: CallbackKey): string {
  if (!isSameSignature(signature, signParts(key.token, timestamp, nonce, encrypt))) throw new CryptoFault('-40001')
  return decryptText(encrypt, key)
}

/** @param random 16 bytes that make equal texts differ; given only by tests */
export function sealEnvelope(
  text: string,
  key: CallbackKey,
  { timestamp, nonce, random }: { timestamp: string; nonce: string; random?: Uint8Array },
): Envelope {
  const encrypt = encryptText(text, key, random)
  return { signature: signParts(key.token, timestamp, nonce, encrypt), timestamp, nonce, encrypt }
}

/** @throws {CryptoFault} -40010, -40007, -40008, -40005, -40002 */
export function decryptText(encrypt: string, key: CallbackKey): string {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(encrypt)) throw new CryptoFault('-40010')
  const plain = decryptFile(Buffer.from(encrypt, 'base64'), key.aesKey)
  if (plain.length < HEAD_BYTES) throw new CryptoFault('-40008')
  const end = HEAD_BYTES + plain.readUInt32BE(RANDOM_BYTES)
  if (end > plain.length) throw new CryptoFault('-40008')
  const receiveId = plain.subarray(end)
  if (key.receiveId !== undefined && !receiveId.equals(Buffer.from(key.receiveId))) throw new CryptoFault('-40005')
  return decodeUtf8(plain.subarray(HEAD_BYTES, end))
}

export function encryptText(text: string, key: CallbackKey, random: Uint8Array = randomBytes(RANDOM_BYTES)): string {
  const message = Buffer.from(text)
  const length = Buffer.alloc(LENGTH_BYTES)
  length.writeUInt32BE(message.length)
  const block = Buffer.concat([random, length, message, Buffer.from(key.receiveId ?? '')])
  const padBytes = BLOCK_BYTES - (block.length % BLOCK_BYTES)
  const cipher = createCipheriv('aes-256-cbc', key.aesKey, key.aesKey.subarray(0, CIPHER_BLOCK_BYTES))
  // Node pads to 16 bytes; the platforms pad to 32, and their full block would be refused on the way back.
  cipher.setAutoPadding(false)
  return Buffer.concat([
    cipher.update(Buffer.concat([block, Buffer.alloc(padBytes, padBytes)])),
    cipher.final(),
  ]).toString('base64')
}

/**
 * Bytes without the inner frame: how pictures and files of the 智能机器人 are stored.
 * @throws {CryptoFault} -40007 where no key could have made these bytes, -40008 where this one did not
 */
export function decryptFile(bytes: Uint8Array, aesKey: Uint8Array): Buffer {
  if (bytes.length === 0 || bytes.length % CIPHER_BLOCK_BYTES !== 0) throw new CryptoFault('-40007')
  const decipher = createDecipheriv('aes-256-cbc', aesKey, aesKey.subarray(0, CIPHER_BLOCK_BYTES))
  decipher.setAutoPadding(false)
  return removePadding(Buffer.concat([decipher.update(bytes), decipher.final()]))
}

function removePadding(padded: Buffer): Buffer {
  const padBytes = padded.at(-1) ?? 0
  const pad = padded.subarray(padded.length - padBytes)
  const isPad =
    padBytes >= 1 && padBytes <= BLOCK_BYTES && padBytes <= padded.length && pad.every(byte => byte === padBytes)
  if (!isPad) throw new CryptoFault('-40008')
  return padded.subarray(0, padded.length - padBytes)
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new CryptoFault('-40002')
  }
}

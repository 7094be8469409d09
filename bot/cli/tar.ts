/**
 * A tar file written and read as a stream: a backup that any machine can open with `tar`, should the program itself be lost.
 * Format: POSIX ustar, https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html#tag_20_92_13_06
 */
import { createReadStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'

const BLOCK = 512
const CHUNK = 1024 * 1024
/** The largest size that eleven octal digits tell; beyond it the size is written as a binary number, as GNU tar does. */
const LARGEST_OCTAL = 8 ** 11 - 1

export interface TarWriter {
  /** Appends `size` bytes that `source` yields. @throws where it yields another number of bytes */
  append(name: string, size: number, source: AsyncIterable<Uint8Array>): Promise<void>
  /** Writes the end mark and flushes to the disk. */
  close(): Promise<void>
}

/** Opens a new file readable by its owner only. @throws where the file exists */
export async function createTar(file: string): Promise<TarWriter> {
  const handle = await open(file, 'wx', 0o600)
  return {
    async append(name, size, source) {
      await handle.write(encodeHeader(name, size))
      let written = 0
      for await (const chunk of source) {
        written += chunk.length
        await handle.write(chunk)
      }
      if (written !== size) throw new Error(`${name}: ${written} bytes where ${size} were announced`)
      await handle.write(Buffer.alloc(padding(size)))
    },
    async close() {
      await handle.write(Buffer.alloc(2 * BLOCK))
      await handle.sync()
      await handle.close()
    },
  }
}

export interface TarEntry {
  name: string
  size: number
  /** Its bytes, once. */
  read(): AsyncIterable<Uint8Array>
}

/** The file is no tar, or was cut off. */
export class TarError extends Error {}

/** Lists the entries in order. @throws {TarError} at the first header that does not add up, or where the end mark is missing */
export async function* readTar(file: string): AsyncIterable<TarEntry> {
  const handle = await open(file, 'r')
  try {
    const { size: total } = await handle.stat()
    for (let at = 0; ; ) {
      const header = await readBlock(handle, at)
      if (header.every(byte => byte === 0)) return
      const { name, size } = decodeHeader(header)
      const start = at + BLOCK
      if (start + size > total) throw new TarError(`${name} is cut off`)
      yield { name, size, read: () => (size === 0 ? noBytes() : readBytes(file, start, size)) }
      at = start + size + padding(size)
    }
  } finally {
    await handle.close()
  }
}

async function readBlock(handle: FileHandle, at: number): Promise<Buffer> {
  const { bytesRead, buffer } = await handle.read(Buffer.alloc(BLOCK), 0, BLOCK, at)
  if (bytesRead < BLOCK) throw new TarError('the end of the file is missing')
  return buffer
}

function readBytes(file: string, start: number, size: number): AsyncIterable<Uint8Array> {
  return createReadStream(file, { start, end: start + size - 1, highWaterMark: CHUNK })
}

async function* noBytes(): AsyncIterable<Uint8Array> {}

function padding(size: number): number {
  return (BLOCK - (size % BLOCK)) % BLOCK
}

/** @throws where the name is longer than the 100 bytes of the format */
export function encodeHeader(name: string, size: number): Buffer {
  const header = Buffer.alloc(BLOCK)
  if (Buffer.byteLength(name) > 100) throw new Error(`name too long for a tar: ${name}`)
  header.write(name, 0)
  header.write('0000600\0', 100)
  header.write('0000000\0', 108)
  header.write('0000000\0', 116)
  if (size <= LARGEST_OCTAL) header.write(`${size.toString(8).padStart(11, '0')}\0`, 124)
  else {
    header[124] = 0x80
    header.writeBigUInt64BE(BigInt(size), 128)
  }
  header.write('00000000000\0', 136)
  header.write('0', 156)
  header.write('ustar\0', 257)
  header.write('00', 263)
  header.write(`${checksum(header).toString(8).padStart(6, '0')}\0 `, 148)
  return header
}

/** @throws {TarError} where the checksum is wrong */
export function decodeHeader(header: Buffer): { name: string; size: number } {
  const stated = Number.parseInt(header.toString('latin1', 148, 156), 8)
  if (stated !== checksum(header)) throw new TarError('not a tar file, or damaged')
  const name = header.toString('utf8', 0, 100).replace(/\0.*$/s, '')
  const size =
    header[124] === 0x80 ? Number(header.readBigUInt64BE(128)) : Number.parseInt(header.toString('latin1', 124, 136), 8)
  return { name, size }
}

/** The sum of all bytes, its own field taken as blanks. */
function checksum(header: Buffer): number {
  return header.reduce((sum, byte, index) => sum + (index >= 148 && index < 156 ? 0x20 : byte), 0)
}

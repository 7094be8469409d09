import { randomFillSync } from 'node:crypto'

const POOL_BYTES = 8192

let pool = Buffer.alloc(0)
let used = 0

/**
 * Random bytes, each given once. They are fetched for hundreds of ids and seals together: asking the system for twelve bytes costs as
 * much as sealing a field with them.
 */
export function takeRandom(bytes: number): Buffer {
  if (used + bytes > pool.length) {
    // A new pool, not the old one filled again: what was given out may still be in use.
    pool = randomFillSync(Buffer.alloc(POOL_BYTES))
    used = 0
  }
  used += bytes
  return pool.subarray(used - bytes, used)
}

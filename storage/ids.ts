import { takeRandom } from './random.ts'

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
/** What three characters hold. */
const COUNTS = 32 ** 3
let lastMs = 0
let counter = 0

/**
 * A row id that sorts by birth: 9 characters of time, 3 of a counter within the millisecond, 10 random (50 bits).
 * `nowMs` comes from the Clock, so ids of a simulated day sort as that day went.
 */
export function newId(nowMs: number): string {
  counter += 1
  // A clock that stands still, or was put back, may see more ids than the counter holds: then the next millisecond is borrowed.
  if (nowMs > lastMs || counter === COUNTS) {
    lastMs = Math.max(nowMs, lastMs + 1)
    counter = 0
  }
  const random = takeRandom(10)
  let tail = ''
  for (const byte of random) tail += ALPHABET[byte & 31]
  return encode(lastMs, 9) + encode(counter, 3) + tail
}

function encode(value: number, length: number): string {
  let text = ''
  let rest = value
  for (let i = 0; i < length; i++) {
    text = ALPHABET[rest % 32] + text
    rest = Math.floor(rest / 32)
  }
  return text
}

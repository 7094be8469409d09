import { describe, expect, it } from 'vitest'
import { takeRandom } from '../../storage/random.ts'

describe('random bytes from the pool', () => {
  it('are never given twice, across many pools', () => {
    const given = Array.from({ length: 20_000 }, () => takeRandom(12).toString('hex'))
    expect(new Set(given).size).toBe(given.length)
  })

  it('stay what they were when the pool is fetched anew', () => {
    const first = takeRandom(12)
    const copy = Buffer.from(first)
    for (let taken = 0; taken < 20_000; taken += 12) takeRandom(12)
    expect(first).toEqual(copy)
  })
})

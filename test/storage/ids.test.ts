import { describe, expect, it } from 'vitest'
import { newId } from '../../storage/ids.ts'
import { at } from '../support/clock.ts'

describe('row ids', () => {
  it('sort by birth while a clock stands still, however many there are', () => {
    const now = at('2026-11-18T08:00')
    let last = newId(now)
    let isSorted = true
    for (let n = 0; n < 100_000; n++) {
      const id = newId(now)
      isSorted &&= id > last
      last = id
    }
    expect(isSorted).toBe(true)
  })

  it('sort by birth when the clock is put back', () => {
    const first = newId(at('2026-11-18T09:00'))
    expect(newId(at('2026-11-18T08:00')) > first).toBe(true)
    expect(newId(at('2026-11-18T09:01')) > first).toBe(true)
  })
})

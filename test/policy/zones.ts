import { afterAll, beforeAll, describe, expect } from 'vitest'

/**
 * Runs the same tests under zones west and east of UTC: Node reads `TZ` anew when it is set.
 * The guard fails where the runner keeps the zone, for then the tests would prove nothing.
 */
export function describeInZones(name: string, tests: () => void): void {
  for (const [zone, hoursAtEpoch] of [
    ['Asia/Shanghai', 8],
    ['America/New_York', 19],
    ['Pacific/Kiritimati', 13],
  ] as const) {
    describe(`${name} (TZ=${zone})`, () => {
      const before = process.env.TZ
      beforeAll(() => {
        process.env.TZ = zone
        // Kiritimati lay on the other side of the date line until 1995, so a later instant tells it apart.
        const hours =
          zone === 'Pacific/Kiritimati' ? new Date('2026-01-01T23:00:00Z').getHours() : new Date(0).getHours()
        expect(hours).toBe(hoursAtEpoch)
      })
      afterAll(() => {
        if (before === undefined) delete process.env.TZ
        else process.env.TZ = before
      })
      tests()
    })
  }
}

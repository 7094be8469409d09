import { afterEach, describe, expect, it } from 'vitest'
import { createCalendar } from '../../policy/calendar.ts'
import { builtInPackIds } from '../../policy/packs/built-in.ts'
import { type Day, listDays } from '../../policy/time.ts'
import { listUnasked, live, type Unasked } from '../support/live.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'
import type { BuiltInPack } from '../support/street-data.ts'

const calendar = createCalendar()
/** Who did nothing at all, two of the same post in two communities, and who is on leave from the first day to the last. */
const [ONE, OTHER, AWAY] = ['@李敏', '@冯洁', '@孙燕']
/** At most so many texts a person and day that nobody asked for. */
const MOST_A_DAY = 3

let street: TestStreet
afterEach(() => street.dispose())

/** Everything said from 07:00 of the first day to 20:00 of the last, while nobody of the grids does anything. */
async function listen(pack: BuiltInPack, from: Day, to: Day): Promise<Unasked[]> {
  street = await openTestStreet({ pack, now: `${from}T07:00` })
  await street.say('孙燕', `${name(from)}到${name(to)}请假，照顾老人`)
  await street.say('沈国华', '同意')
  const life = await live(street)
  await life.until(`${to}T20:00`)
  return (await listUnasked(street, 0)).filter(({ at }) => at > `${from}T07:00:00`)
}
const name = (day: Day) => `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`

const freeDays = (from: Day, to: Day) => listDays({ from, to }).filter(day => !calendar.isWorkday(day))
const heardBy = (said: readonly Unasked[], who: string) =>
  said.filter(({ to }) => to === who).map(({ at, kind }) => `${at} ${kind}`)

describe.each(builtInPackIds)('S0-25, S2-25, S3A-09, S4D-10: %s through the short and the holiday weeks', pack => {
  it.each([
    ['2026-02-14', '2026-02-24', 9, 'Spring Festival'],
    ['2026-09-30', '2026-10-10', 7, 'National Day'],
  ])(
    'from %s to %s tells nobody of a gap on the %i free days of %s, nor on leave, and all alike',
    async (from, to, count) => {
      const said = await listen(pack, from, to)
      const free = freeDays(from, to)
      expect(free.length).toBe(count)
      expect(said.filter(({ at }) => free.includes(at.slice(0, 10)))).toEqual([])
      expect(heardBy(said, AWAY)).toEqual([])
      expect(heardBy(said, ONE)).toEqual(heardBy(said, OTHER))
      for (const day of listDays({ from, to })) {
        for (const who of new Set(said.map(({ to: reader }) => reader).filter(reader => reader.startsWith('@')))) {
          const heard = heardBy(said, who).filter(one => one.startsWith(day))
          expect(heard.length, `${who} ${heard.join('、')}`).toBeLessThanOrEqual(MOST_A_DAY)
        }
      }
    },
    60_000,
  )

  it('a year that is not published tells nobody who works in a grid of anything missing', async () => {
    const said = await listen(pack, '2027-01-07', '2027-01-11')
    for (const who of [ONE, OTHER, AWAY, '@陈桂芳', '@徐伟']) expect(heardBy(said, who)).toEqual([])
  }, 60_000)
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { percent } from '../../handlers/percent.ts'
import type { Figures } from '../../handlers/summary.ts'
import { renderSummary } from '../../handlers/summary-text.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'
import { runWeeklySummary } from './support.ts'

let street: TestStreet
beforeEach(async () => {
  street = await openTestStreet({ now: '2026-09-21T07:30' })
})
afterEach(() => street.dispose())

const firstLines = async (dueAt: string, foundAt?: string) =>
  (await runWeeklySummary(street, dueAt, foundAt)).find(({ chat }) => chat === 'S01')?.text.split('\n')

describe('which weeks a summary covers', () => {
  it('is silent while no full week is over', async () => {
    expect(await runWeeklySummary(street, '2026-09-21T08:30')).toEqual([])
  })

  it('merges weeks that nobody summed up', async () => {
    await runWeeklySummary(street, '2026-09-28T08:30')
    const lines = await firstLines('2026-10-19T08:30')
    expect(lines?.slice(0, 2)).toEqual(['【望江街道】近3周小结', '9/28–10/18'])
  })

  it('goes on from there the week after', async () => {
    await runWeeklySummary(street, '2026-09-28T08:30')
    await runWeeklySummary(street, '2026-10-19T08:30')
    expect((await firstLines('2026-10-26T08:30'))?.slice(0, 2)).toEqual(['【望江街道】上周小结', '10/19–10/25'])
  })

  it('says that it is late', async () => {
    const lines = await firstLines('2026-09-28T08:30', '2026-09-29T10:00')
    expect(lines?.slice(0, 2)).toEqual(['【望江街道】上周小结', '9/21–9/27'])
    expect(lines?.at(-1)).toBe('迟发：应于9月28日（周一）08:30')
  })

  it('says that a year without published holidays is counted Monday to Friday, and holds nobody absent', async () => {
    const lines = await firstLines('2027-02-01T08:30')
    expect(lines).toContain('2027年放假安排未导入，暂按周一至周五')
  })
})

const most: Figures = {
  attendance: { due: 9_999, present: 9_998, late: 9_999, onLeave: 9_999 },
  visits: 99_999,
  patrols: 99_999,
  infoItems: 99_999,
  incidents: {
    reported: 999,
    waiting: 333,
    inHand: 333,
    settled: 333,
    overdue: 99,
    origins: { found: 333, resident: 300, hotline: 33, inspection: 300, upper: 33 },
  },
  notices: { broadcast: 99, receivers: 999, acknowledged: 998, done: 1 },
  meetings: 999,
  burden: { forms: 99, afterHours: 99, minutesEach: 999 },
}

describe('the text', () => {
  it('fits one screen of a phone even at its longest', () => {
    const days = { from: '2026-11-16', to: '2026-11-22' }
    const earlier = { from: '2026-11-09', to: '2026-11-15', figures: most }
    const lines = renderSummary({ name: '桃源里新村社区', ...days, now: most, earlier }, '近3周小结').split('\n')
    expect(lines.length).toBeLessThanOrEqual(15)
    for (const line of lines) expect(Array.from(line).length, line).toBeLessThanOrEqual(20)
  })

  it('names nobody of the roster', async () => {
    const told = await runWeeklySummary(street, '2026-09-28T08:30')
    const { members } = await street.roster()
    for (const { text, attachment } of told) {
      for (const { name } of members) expect(text + JSON.stringify(attachment)).not.toContain(name)
    }
  })

  it('tells no rate where nothing was due, and never rounds all but one to all', () => {
    expect(percent(0, 0)).toBeUndefined()
    expect(percent(9_998, 9_999)).toBe(99)
    expect(percent(2, 3)).toBe(67)
    expect(percent(3, 3)).toBe(100)
  })
})

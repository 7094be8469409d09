import { expect, it, onTestFinished } from 'vitest'
import { openDesk } from '../../handlers/desk.ts'
import { renderCoverageToday } from '../../handlers/households/today.ts'
import { withHouseholds } from '../support/households.ts'
import { openTestStreet } from '../support/street.ts'

async function readOn(day: string, who = '李敏', pack: 'town-visits' | 'street-team' = 'town-visits'): Promise<string> {
  const street = await openTestStreet({ now: `${day}T08:30`, pack })
  onTestFinished(street.dispose)
  await withHouseholds(street, 1, ['3幢501', '3幢502', '5幢101'])
  return street.change(async db => {
    const desk = await openDesk(db, { by: 'test', now: street.now(), at: street.now() })
    return renderCoverageToday(desk, desk.roster.membersNamed(who)[0]!)
  })
}

it.each([
  ['2026-10-08', '集中走访今天开始，到10月15日（周四）共7个工作日，网格里每天约1户'],
  ['2026-10-09', ''],
  ['2026-10-15', '集中走访今天最后一天，还剩3户'],
  ['2026-10-16', ''],
  ['2026-02-02', '集中走访今天开始，到2月15日（周日）共11个工作日，网格里每天约1户'],
  ['2026-02-14', '集中走访今天最后一天，还剩3户'],
  ['2028-05-01', ''],
])('S3A-09: on %s the morning tells “%s”', async (day, text) => {
  expect(await readOn(day)).toBe(text)
})

it('S3A-09: the morning tells it to nobody who does not visit, and under no other document', async () => {
  expect(await readOn('2026-10-08', '叶青')).toBe('')
  expect(await readOn('2026-10-08', '李敏', 'street-team')).toBe('')
})

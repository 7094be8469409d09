import { afterEach, describe, expect, it } from 'vitest'
import { parseCalendar } from '../../handlers/calendar.ts'
import { loadCalendar } from '../../storage/calendar-days.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'

let street: TestStreet
afterEach(async () => street?.dispose())

describe('节假日', () => {
  it('makes a year known and ends its provisional days', async () => {
    street = await openTestStreet({ now: '2026-12-01T09:00' })
    expect((await loadCalendar(street.db)).isWorkday('2027-01-01')).toBe(true)
    const said = await street.say(
      '曹源',
      '节假日 2027全年\n2027-01-01,休,元旦\n2027-01-02,休,元旦\n2027-02-06,班,春节调休',
    )
    expect(said.replies[0]?.text).toContain('放假2天，上班1天')
    const calendar = await loadCalendar(street.db)
    expect(calendar.isWorkday('2027-01-01')).toBe(false)
    expect(calendar.isWorkday('2027-02-06')).toBe(true)
    expect(calendar.addWorkdays('2027-03-01', 2)).toMatchObject({ day: '2027-03-03', provisional: false })
  })

  it('takes a single exception such as a typhoon day', async () => {
    street = await openTestStreet({ now: '2026-11-18T09:00' })
    await street.say('曹源', '节假日 2026-11-19 休 台风停工')
    expect((await loadCalendar(street.db)).isWorkday('2026-11-19')).toBe(false)
  })

  it('names every line it cannot read and changes nothing', async () => {
    street = await openTestStreet({ now: '2026-11-18T09:00' })
    const said = await street.say('曹源', '节假日\n2026-11-19,休,台风\n2026-13-40,休,什么\n明天放假')
    expect(said.status).toBe('refused')
    expect(said.replies[0]?.text).toContain('2026-13-40,休,什么；明天放假')
    expect((await loadCalendar(street.db)).isWorkday('2026-11-19')).toBe(true)
  })

  it('refuses a year without days, and an empty message', async () => {
    street = await openTestStreet({ now: '2026-11-18T09:00' })
    expect((await street.say('曹源', '节假日 2027全年')).status).toBe('refused')
    expect((await street.say('曹源', '节假日')).status).toBe('refused')
  })

  it('is for administrators only', async () => {
    street = await openTestStreet({ now: '2026-11-18T09:00' })
    const said = await street.say('李敏', '节假日 2026-11-19,休,台风')
    expect(said).toMatchObject({ status: 'refused' })
    expect((await loadCalendar(street.db)).isWorkday('2026-11-19')).toBe(true)
  })

  it('reads commas, spaces and Chinese commas alike', () => {
    expect(parseCalendar('2027-01-01，休，元旦；2027-01-03 班').days).toEqual([
      { day: '2027-01-01', workday: false, name: '元旦' },
      { day: '2027-01-03', workday: true, name: undefined },
    ])
  })
})

import { afterEach, describe, expect, it } from 'vitest'
import { staffingAlert } from '../../jobs/staffing-alert.ts'
import { touchRoster } from '../../storage/load-roster.ts'
import { runJob } from '../support/run-job.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'
import type { BuiltInPack } from '../support/street-data.ts'

let street: TestStreet
const open = async (pack: BuiltInPack) => {
  street = await openTestStreet({ pack, now: '2026-11-18T09:10' })
}
afterEach(() => street.dispose())
const run = (due: string) => runJob(street, staffingAlert, { due })

async function setBorn(name: string, day: string): Promise<void> {
  await street.change(async db => {
    const { id } = await db.sql.selectFrom('member').select('id').where('name', '=', name).executeTakeFirstOrThrow()
    const born = db.vault.seal(day, { table: 'member', column: 'born', id })
    await db.sql.updateTable('member').set({ born }).where('id', '=', id).execute()
    await touchRoster(db, `born ${day}`)
  })
}

describe('the monthly look at the roster', () => {
  it('S0-02: one private message to the administrator, on the first working day of the month alone', async () => {
    await open('street-team')
    const said = await run('2026-12-01T09:10')
    expect(said.map(({ to, urgency }) => `${to} ${urgency}`)).toEqual(['@曹源 normal'])
    expect(said[0]!.text).toContain('缺兼职网格员（S0-02）：桃源社区第2网格、桃源社区第3网格、锦江社区第4网格')
    expect(await run('2026-12-02T09:10')).toEqual([])
  })

  it('is silent where nothing differs', async () => {
    await open('town-visits')
    expect(await run('2026-12-01T09:10')).toEqual([])
  })

  it('S4E-01: households to a worker outside the range', async () => {
    await open('village-grid')
    expect((await run('2026-12-01T09:10'))[0]!.text).toContain(
      '桃源社区第2网格300户、1名四级网格员，应每6至10户1名（S4E-01）',
    )
  })

  it('S4D-01: a grid that has grown too large', async () => {
    await open('county-center')
    await street.change(async db => {
      await db.sql.updateTable('grid').set({ residents: 1300 }).where('grid_no', '=', 4).execute()
      await touchRoster(db, 'larger')
    })
    expect((await run('2026-12-01T09:10'))[0]!.text).toContain(
      '锦江社区第4网格常住1300人，超过1000人左右，可考虑拆分（S4D-01）',
    )
  })

  it('S4E-11: whoever turns 61 within the month is named with the day, never with the year of birth', async () => {
    await open('village-grid')
    await setBorn('李敏', '1965-12-20')
    const [said] = await run('2026-12-01T09:10')
    expect(said!.text).toContain('李敏12/20满61周岁，超过年龄上限，请安排接替（S4E-11）')
    expect(said!.text).not.toContain('1965')
  })

  it('S4E-11: sixty, to the last day, is allowed', async () => {
    await open('village-grid')
    await setBorn('李敏', '1966-12-01')
    expect((await run('2026-12-01T09:10'))[0]!.text).not.toContain('周岁')
  })

  it('S0-02: comes later where the program was down on that day', async () => {
    await open('street-team')
    const said = await runJob(street, staffingAlert, { due: '2026-12-01T09:10', now: '2026-12-02T10:00' })
    expect(said.map(({ to }) => to)).toEqual(['@曹源'])
    expect(staffingAlert.catchUp).toBe('each')
  })
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { incidentLedger } from '../../handlers/ledgers/incidents.ts'
import { type Api, openApi } from '../api/ask.ts'
import { databases } from '../support/stores.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'

describe.each(databases.map(({ name }) => name))('what the outside sees of a case on %s', database => {
  let street: TestStreet
  let api: Api
  beforeEach(async () => {
    street = await openTestStreet({ database, pack: 'county-grid', now: '2026-02-13T18:00' })
    api = await openApi(street)
    await street.say('李敏', '3号楼路灯坏了')
  })
  afterEach(async () => {
    await api.close()
    await street.dispose()
  })

  const get = async () => (await api.ask('/api/incidents/1')).body

  it('S2-28: three deadlines, each with the instant at which its day is over and the sum', async () => {
    const { deadlines, overdue, hold, tier, level } = await get()
    expect(deadlines.accept).toEqual({
      day: '2026-02-24',
      at: '2026-02-25T00:00:00+08:00',
      arithmetic: '2个工作日：2/14 上班，2/15–23 春节，2/24',
      provisional: false,
    })
    expect([deadlines.dispatch.day, deadlines.resolve.day]).toEqual(['2026-02-25', '2026-02-27'])
    expect({ overdue, hold, tier, level }).toEqual({ overdue: [], hold: null, tier: 'grid', level: null })
  })

  it('lists the stages that are overdue, and none while the case is paused', async () => {
    street.setTime('2026-02-26T10:00')
    expect((await get()).overdue).toEqual(['accept', 'dispatch'])
    await street.say('陈桂芳', '受理1号事件')
    expect((await get()).overdue).toEqual(['dispatch'])
    await street.say('陈桂芳', '暂停 #1 到3月3日 等灯具')
    await street.say('沈国华', '同意暂停 #1')
    const { hold, overdue } = await get()
    expect(overdue).toEqual([])
    expect(hold).toEqual({
      kind: 'paused',
      by: '沈国华',
      until: '2026-03-03',
      clause: expect.stringContaining('工作日'),
    })
  })

  it('S0-18, S0-10: helpers, the tier that settled it and the whole log', async () => {
    await street.say('陈桂芳', '受理1号事件')
    await street.say('陈桂芳', '#1 协助 @王强')
    await street.say('陈桂芳', '1号事件办结了')
    const { helpers, closedTier, log } = await get()
    expect({ helpers, closedTier }).toEqual({ helpers: ['王强'], closedTier: 'grid' })
    expect(log.map(({ action }: { action: string }) => action)).toEqual(['reported', 'accept', 'help', 'resolve'])
  })

  it('the ledger shows the dates and how they were counted', async () => {
    const roster = await street.roster()
    const [row] = await incidentLedger.rows({ db: street.db, roster }, { from: '2026-02-13', to: '2026-02-13' })
    expect(row).toMatchObject({
      acceptBy: '2026-02-24',
      dispatchBy: '2026-02-25',
      resolveBy: '2026-02-27',
      arithmetic: '5个工作日：2/14 上班，2/15–23 春节，2/24–27',
    })
  })
})

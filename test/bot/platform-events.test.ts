import { afterEach, describe, expect, it } from 'vitest'
import type { PlatformEvent } from '../../bot/channels/channel.ts'
import { createPlatformEvents } from '../../bot/platform-events.ts'
import { inStreet } from '../../storage/database.ts'
import { loadRoster, touchRoster } from '../../storage/load-roster.ts'
import { rolesOn } from '../../storage/roster.ts'
import { manualClock } from '../support/clock.ts'
import { databases } from '../support/stores.ts'
import { insertStreet, STREET } from '../support/street-data.ts'

const toClose: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of toClose.splice(0)) await close()
})

async function openEvents(database: (typeof databases)[number]) {
  const { store, dispose } = await database.open()
  toClose.push(dispose)
  const clock = manualClock('2026-11-18T10:00')
  await store.transact(async everywhere => {
    const db = inStreet(everywhere, STREET)
    await insertStreet(db, clock.now())
    const ids = { wecom_id: 'LiMin', dingtalk_id: 'd-limin' }
    await db.sql.updateTable('member').set(ids).where('name', '=', '李敏').execute()
    await touchRoster(db, 'with ids')
  })
  let commits = 0
  const tell = createPlatformEvents({ store, clock, onCommit: () => (commits += 1) })
  const read = inStreet(store.read, STREET)
  const audit = () =>
    store.read.sql.selectFrom('audit').select(['by', 'action', 'subject_type']).orderBy('id').execute()
  const alarms = () => store.read.sql.selectFrom('outbox').select('subject_id').where('kind', '=', 'alarm').execute()
  return { tell, roster: () => loadRoster(read), audit, alarms, commits: () => commits }
}

const left: PlatformEvent = { kind: 'left', channel: 'wecom', platformId: 'limin', at: 0 }

describe.each(databases)('an event of a platform on $name', database => {
  it('ends every role of a leaver with yesterday, with audit, once, and tells the administrator', async () => {
    const { tell, roster, audit, alarms, commits } = await openEvents(database)
    await tell(left)
    await tell(left)
    const member = (await roster()).memberByPlatform('wecom', 'LIMIN')
    expect(member).toMatchObject({ name: '李敏', status: 'left', roles: [{ to: '2026-11-17' }] })
    expect(rolesOn(member!, '2026-11-18')).toEqual([])
    expect(await audit()).toEqual([
      { by: 'wecom', action: 'ended', subject_type: 'memberRole' },
      { by: 'wecom', action: 'changed', subject_type: 'member' },
    ])
    expect(await alarms()).toHaveLength(1)
    expect(commits()).toBe(2)
  })

  it('about somebody the roster does not know, or of another platform’s id, changes nothing', async () => {
    const { tell, audit, alarms } = await openEvents(database)
    await tell({ ...left, platformId: 'nobody' })
    await tell({ ...left, channel: 'dingtalk', platformId: 'LiMin' })
    expect(await audit()).toEqual([])
    expect(await alarms()).toEqual([])
  })

  it('that warns reaches the administrators, once in ten minutes', async () => {
    const { tell, alarms } = await openEvents(database)
    const warning = { kind: 'warning', channel: 'wecom', about: 'inactive_alert', text: '应用将被停用。' } as const
    await tell(warning)
    await tell(warning)
    expect(await alarms()).toEqual([{ subject_id: 'inactive_alert' }])
  })

  it('finds one member by either platform, WeCom’s id in any case and DingTalk’s as it is', async () => {
    const { roster } = await openEvents(database)
    const found = await roster()
    const member = found.memberByPlatform('wecom', 'lImIn')
    expect(member?.name).toBe('李敏')
    expect(found.memberByPlatform('dingtalk', 'd-limin')).toBe(member)
    expect(found.memberByPlatform('dingtalk', 'D-LIMIN')).toBeUndefined()
  })
})

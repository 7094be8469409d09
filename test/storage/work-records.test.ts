import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { NO_DEADLINES } from '../../policy/incident-deadlines.ts'
import { countCheckIns, insertCheckIn, listCheckIns } from '../../storage/check-ins.ts'
import type { StreetDb } from '../../storage/database.ts'
import { countFieldRecords, insertFieldRecord, listFieldRecords } from '../../storage/field-records.ts'
import { findIncident, insertIncident, listIncidents, moveIncident, type NewIncident } from '../../storage/incidents.ts'
import { insertInfoItem, listInfoItems } from '../../storage/info-items.ts'
import { voidRecord } from '../../storage/records.ts'
import { at } from '../support/clock.ts'
import { databases } from '../support/stores.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'

describe.each(databases.map(({ name }) => name))('work records on %s', database => {
  let street: TestStreet
  let memberId: string
  let gridId: string
  let messageId: string
  beforeEach(async () => {
    street = await openTestStreet({ database, now: '2026-11-18T10:00' })
    messageId = (await street.say('李敏', '谢谢', { group: 'G01' })).messageId
    const roster = await street.roster()
    memberId = roster.membersNamed('李敏')[0]!.id
    gridId = roster.gridsNumbered(1)[0]!.id
  })
  afterEach(() => street.dispose())

  const visitAt = (db: StreetDb, told: string, claimed?: string) => {
    const claimedAt = claimed === undefined ? undefined : at(claimed)
    const visit = { kind: 'visit', memberId, gridId, at: at(told), claimedAt, person: '王奶奶', messageId } as const
    return insertFieldRecord(db, visit, at(told))
  }

  it('counts work on the day it was done, not on the day it was told', async () => {
    await street.change(async db => {
      await visitAt(db, '2026-11-18T10:00', '2026-11-17T15:00')
      await visitAt(db, '2026-11-18T10:01')
    })
    const day = (from: string, to: string) => ({ from: at(`${from}T00:00`), to: at(`${to}T00:00`) })
    expect(await countFieldRecords(street.db, day('2026-11-17', '2026-11-18'))).toBe(1)
    expect(await countFieldRecords(street.db, day('2026-11-18', '2026-11-19'))).toBe(1)
    expect(await countFieldRecords(street.db, day('2026-11-17', '2026-11-19'))).toBe(2)
  })

  it('lists by member, grid and person, page by page', async () => {
    await street.change(async db => {
      for (const minute of ['10:00', '10:01', '10:02']) await visitAt(db, `2026-11-18T${minute}`)
    })
    const [first, ...rest] = await listFieldRecords(street.db, {
      memberIds: [memberId],
      gridIds: [gridId],
      person: '王奶奶',
    })
    expect(rest).toHaveLength(2)
    const page = await listFieldRecords(street.db, { afterId: first!.id, limit: 1 })
    expect(page.map(({ id }) => id)).toEqual([rest[0]!.id])
    expect(await listFieldRecords(street.db, { memberIds: [] })).toEqual([])
    expect(await listFieldRecords(street.db, { person: '张大爷' })).toEqual([])
  })

  it('lists what was taken back only where it is asked for, and takes nothing back twice', async () => {
    const checkIn = {
      memberId,
      day: '2026-11-18',
      kind: 'on',
      at: street.now(),
      result: 'onTime',
      source: 'chat',
      messageId,
    } as const
    const { id } = await street.change(db => insertCheckIn(db, checkIn, street.now()))
    const voided = { at: street.now(), by: memberId }
    expect(await street.change(db => voidRecord(db, 'check_in', id, voided))).toBe(true)
    expect(await street.change(db => voidRecord(db, 'check_in', id, voided))).toBe(false)
    expect(await countCheckIns(street.db)).toBe(0)
    expect((await listCheckIns(street.db, { voided: true }))[0]!.voided).toEqual(voided)
  })

  it('keeps words about people sealed', async () => {
    await street.change(db =>
      insertInfoItem(
        db,
        { memberId, at: street.now(), topic: 'other', text: '王奶奶的事', place: '3幢', messageId },
        street.now(),
      ),
    )
    const [item] = await listInfoItems(street.db, { topic: 'other' })
    expect(item!.text.reveal()).toBe('王奶奶的事')
    expect(JSON.stringify(item)).not.toContain('王奶奶')
    const rows = await street.db.sql.selectFrom('info_item').selectAll().execute()
    expect(JSON.stringify(rows)).not.toMatch(/王奶奶|3幢/)
  })

  it('numbers incidents and moves each on only from where it stands', async () => {
    const report = {
      category: 'fire',
      urgent: true,
      verified: true,
      status: 'reported',
      tier: 'grid',
      deadlines: NO_DEADLINES,
      jurisdiction: [],
      description: '着火',
      reporterId: memberId,
      reportedAt: street.now(),
      messageId,
    } satisfies NewIncident
    const [one, two] = await street.change(async db => [
      await insertIncident(db, report, street.now()),
      await insertIncident(db, report, street.now()),
    ])
    expect([one!.no, two!.no]).toEqual([1, 2])
    const accept = () =>
      street.change(db => moveIncident(db, one!.id, ['reported'], { status: 'accepted', holderId: memberId }))
    expect((await accept())?.status).toBe('accepted')
    expect(await accept()).toBeUndefined()
    expect(await listIncidents(street.db, { statuses: ['reported'] })).toHaveLength(1)
    expect(await listIncidents(street.db, { holderId: memberId, urgent: true, category: 'fire' })).toHaveLength(1)
    expect(await findIncident(street.db, 3)).toBeUndefined()
  })
})

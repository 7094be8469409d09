import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Kysely, sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { insertCampaign, listCampaigns } from '../../storage/campaigns.ts'
import {
  countInfoItems,
  findInfoItemNumbered,
  insertInfoItem,
  listInfoItems,
  releaseRepeats,
} from '../../storage/info-items.ts'
import * as initial from '../../storage/migrations/001-initial.ts'
import * as information from '../../storage/migrations/008-information.ts'
import {
  insertPopulationCheck,
  insertPopulationRecord,
  listPopulationChecks,
  listPopulationRecords,
} from '../../storage/population-changes.ts'
import { voidRecord } from '../../storage/records.ts'
import { openSqliteConnection } from '../../storage/sqlite.ts'
import { createPglite, pgliteDialect } from '../support/pglite.ts'
import { databases } from '../support/stores.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'

describe.each(databases.map(({ name }) => name))('information on %s', database => {
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

  const tell = (topic: string, repeatOf?: string) =>
    street.change(db =>
      insertInfoItem(
        db,
        { memberId, gridId, at: street.now(), topic, text: '新开网吧一家', messageId, repeatOf },
        street.now(),
      ),
    )

  it('S0-09: numbers items and opinions each from 1', async () => {
    for (const topic of ['other', 'publicOpinion', 'other', 'publicOpinion']) await tell(topic)
    const all = await listInfoItems(street.db)
    expect(all.map(({ no, opinionNo }) => [no, opinionNo])).toEqual([
      [1, undefined],
      [2, 1],
      [3, undefined],
      [4, 2],
    ])
    expect((await findInfoItemNumbered(street.db, 4))?.opinionNo).toBe(2)
    expect(await findInfoItemNumbered(street.db, 5)).toBeUndefined()
  })

  it('S2-25: of an item that is gone the first repeat counts, and the others repeat that one', async () => {
    const first = await tell('other')
    const [second, third] = [await tell('other', first.id), await tell('other', first.id)]
    expect(await countInfoItems(street.db, { counted: true })).toBe(1)
    await street.change(async db => {
      await voidRecord(db, 'info_item', first.id, { at: street.now(), by: memberId })
      await releaseRepeats(db, first.id)
    })
    const left = await listInfoItems(street.db)
    expect(left.map(({ id, repeatOf }) => [id, repeatOf])).toEqual([
      [second.id, undefined],
      [third.id, second.id],
    ])
  })

  it('S1-12, S1-14: keeps the population by month, its words sealed, and who confirmed it', async () => {
    const told = { gridId, memberId, at: street.now(), messageId }
    await street.change(async db => {
      const changes = [{ kind: 'movedIn' as const, people: 3 }]
      await insertPopulationRecord(db, { ...told, month: '2026-11', changes, detail: '赵建华一家' }, street.now())
      await insertPopulationRecord(db, { ...told, month: '2026-10', changes, detail: '迁入3人' }, street.now())
      const check = { month: '2026-11', kind: 'noMore', gridId, byId: memberId, at: street.now(), messageId } as const
      const { id } = await insertPopulationCheck(db, check, street.now())
      await insertPopulationCheck(db, { ...check, month: '2026-10' }, street.now())
      await voidRecord(db, 'population_check', id, { at: street.now(), by: memberId })
    })
    const [november, ...rest] = await listPopulationRecords(street.db, '2026-11', { gridIds: [gridId] })
    expect(rest).toEqual([])
    expect(november!.detail.reveal()).toBe('赵建华一家')
    expect(await listPopulationRecords(street.db, '2026-11', { gridIds: [] })).toEqual([])
    expect(await listPopulationChecks(street.db, '2026-11', 'noMore')).toEqual([])
    expect(await listPopulationChecks(street.db, '2026-10', 'noMore')).toHaveLength(1)
    expect(await listPopulationChecks(street.db, '2026-10', 'verified')).toEqual([])
  })

  it('S2-47: finds the campaigns of some days', async () => {
    const told = { byId: memberId, at: street.now(), messageId }
    await street.change(db =>
      insertCampaign(db, { ...told, fromDay: '2026-12-01', toDay: '2026-12-15', topic: '燃气' }, street.now()),
    )
    const on = async (from: string, to = from) => (await listCampaigns(street.db, { from, to })).map(({ no }) => no)
    expect([await on('2026-11-30'), await on('2026-12-15'), await on('2026-11-01', '2026-12-01')]).toEqual([
      [],
      [1],
      [1],
    ])
  })
})

describe.each(['sqlite', 'postgres'])('items told before there were numbers, on %s', database => {
  const toClose: (() => Promise<void> | void)[] = []
  afterEach(async () => {
    for (const close of toClose.splice(0)) await close()
  })

  function connect(): Kysely<unknown> {
    if (database === 'postgres') {
      const client = createPglite()
      toClose.push(() => client.close())
      return new Kysely<unknown>({ dialect: pgliteDialect(client) })
    }
    const folder = mkdtempSync(join(tmpdir(), 'xiaoge-information-'))
    const connection = openSqliteConnection(join(folder, 'test.db'), 'migrate') as unknown as Kysely<unknown>
    toClose.push(async () => {
      await connection.destroy()
      rmSync(folder, { recursive: true, force: true })
    })
    return connection
  }

  it('S2-25: are numbered in their order, street by street, and the next goes on from there', async () => {
    const db = connect()
    await initial.up(db)
    const run = (statement: string) => sql.raw(statement).execute(db)
    for (const street of ['a', 'b']) {
      await run(`insert into subdistrict (id, name, created_at) values ('${street}', '${street}', 0)`)
      await run(
        `insert into member (id, subdistrict_id, "key", name, status, created_at) values ('m${street}', '${street}', 'm', 'm', 'active', 0)`,
      )
      await run(
        `insert into message (id, subdistrict_id, channel, robot, platform_id, chat_platform_id, chat_kind, at, received_at, text, detail, status) values ('t${street}', '${street}', 'simulator', 'r', 't${street}', 'c', 'direct', 0, 0, '', '', 'handled')`,
      )
    }
    for (const [id, street, topic] of [
      ['1', 'a', 'other'],
      ['2', 'b', 'publicOpinion'],
      ['3', 'a', 'publicOpinion'],
    ]) {
      await run(
        `insert into info_item (id, subdistrict_id, member_id, at, topic, text, message_id) values ('${id}', '${street}', 'm${street}', 0, '${topic}', '', 't${street}')`,
      )
    }
    await information.up(db)
    const items = await sql`select id, no, opinion_no from info_item order by id`.execute(db)
    expect(items.rows.map(row => JSON.parse(JSON.stringify(row)))).toMatchObject([
      { id: '1', no: 1, opinion_no: null },
      { id: '2', no: 1, opinion_no: 1 },
      { id: '3', no: 2, opinion_no: 1 },
    ])
    const counters = await sql<{ name: string; value: number }>`
      select subdistrict_id, name, value from counter order by name, subdistrict_id`.execute(db)
    expect(counters.rows.map(({ name, value }) => [name, Number(value)])).toEqual([
      ['infoItem', 2],
      ['infoItem', 1],
      ['opinion', 1],
      ['opinion', 1],
    ])
  })
})

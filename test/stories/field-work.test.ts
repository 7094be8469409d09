import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { visit as visitHandler } from '../../handlers/visit.ts'
import { listFieldRecords } from '../../storage/field-records.ts'
import { listInfoItems } from '../../storage/info-items.ts'
import { asPrivate } from '../support/ctx.ts'
import { toldTo } from '../support/replies.ts'
import { databases } from '../support/stores.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'

describe.each(databases.map(({ name }) => name))('work in the grid on %s', database => {
  let street: TestStreet
  beforeEach(async () => {
    street = await openTestStreet({ database, now: '2026-11-18T10:00' })
  })
  afterEach(() => street.dispose())

  const gridNoOf = async (gridId: string | undefined) => (await street.roster()).gridById(gridId)?.no

  it('records a visit from one sentence, in the grid of the worker', async () => {
    const { messageId, replies } = await street.say('李敏', '走访了3幢王奶奶，20分钟')
    const [visit] = await listFieldRecords(street.db, { kind: 'visit' })
    expect(visit).toMatchObject({ minutes: 20, messageId })
    expect(visit!.person?.reveal()).toBe('王奶奶')
    expect(visit!.place?.reveal()).toBe('3幢')
    expect(await gridNoOf(visit!.gridId)).toBe(1)
    expect(replies.map(({ text }) => text)).toEqual(['已记走访：王奶奶（3幢），20分钟，第1网格。'])
  })

  it('finds visits by person without reading their names', async () => {
    await street.say('李敏', '走访了王奶奶')
    await street.say('李敏', '走访了张大爷')
    expect(await listFieldRecords(street.db, { person: '王奶奶' })).toHaveLength(1)
    const [row] = await street.db.sql.selectFrom('field_record').selectAll().execute()
    expect(JSON.stringify(row)).not.toContain('王奶奶')
  })

  it('masks person and door in a group', async () => {
    const text = toldTo(await street.say('李敏', '走访了3幢2单元302王奶奶', { group: 'G01' }), 'G01')
    expect(text).toContain('王**')
    expect(text).not.toMatch(/王奶奶|302/)
  })

  it('asks once whom and takes the answer', async () => {
    expect(toldTo(await street.say('李敏', '走访了一户，20分钟'), '李敏')).toContain('走访了谁')
    expect(await listFieldRecords(street.db)).toEqual([])
    expect(toldTo(await street.say('李敏', '5幢老李'), '李敏')).toContain('老李（5幢）')
    expect(await listFieldRecords(street.db)).toHaveLength(1)
  })

  it.each([
    ['3幢302王奶奶', '3幢302', '王奶奶'],
    ['老李', undefined, '老李'],
    ['城东超市', '城东超市', undefined],
    ['3号楼东单元', '3号楼东单元', undefined],
  ])('reads the answer %s', async (said, place, person) => {
    await asPrivate(street, '李敏', said, ctx =>
      visitHandler.resume!(ctx, { slots: {}, at: ctx.at }, { intent: 'none', slots: {}, confidence: 1 }),
    )
    const [visit] = await listFieldRecords(street.db)
    expect([visit!.place?.reveal(), visit!.person?.reveal()]).toEqual([place, person])
  })

  it('keeps no visit without person or place where the question stays open', async () => {
    await street.say('李敏', '走访了一户，20分钟')
    await street.say('李敏', '3号楼路灯坏了')
    expect(await listFieldRecords(street.db)).toEqual([])
  })

  it('asks somebody with several grids which, and takes the number', async () => {
    expect(toldTo(await street.say('徐伟', '走访了王奶奶'), '徐伟')).toContain('1、2')
    expect(toldTo(await street.say('徐伟', '2'), '徐伟')).toContain('第2网格')
    const [visit] = await listFieldRecords(street.db)
    expect(await gridNoOf(visit!.gridId)).toBe(2)
  })

  it('does not ask where the words or the group name the grid', async () => {
    await street.say('徐伟', '第2网格走访了王奶奶')
    await street.say('徐伟', '走访了张大爷', { group: 'G01' })
    const found = await listFieldRecords(street.db)
    expect(await Promise.all(found.map(({ gridId }) => gridNoOf(gridId)))).toEqual([2, 1])
  })

  it('records a patrol with its kilometres, and one without any figure', async () => {
    const text = toldTo(await street.say('李敏', '巡查了沿江路一圈，2公里，没发现问题'), '李敏')
    expect(text).toBe('已记巡查：沿江路，第1网格，2公里。')
    expect(toldTo(await street.say('王强', '巡查了一圈'), '王强')).toContain('已记巡查')
    expect(await listFieldRecords(street.db, { kind: 'patrol' })).toHaveLength(2)
  })

  it('marks a visit of yesterday as told later, and counts it for yesterday', async () => {
    expect(toldTo(await street.say('李敏', '昨天走访了3幢王奶奶，20分钟'), '李敏')).toContain('补报11/17')
    const [visit] = await listFieldRecords(street.db)
    expect(visit!.claimedAt).toBeLessThan(visit!.at)
  })

  it('records information with its topic and says nothing of its content', async () => {
    const text = toldTo(await street.say('李敏', '信息：5幢新搬来一家三口，外地户籍', { group: 'G01' }), 'G01')
    expect(text).toBe('已记信息：人口，第1网格。')
    const [item] = await listInfoItems(street.db)
    expect(item).toMatchObject({ topic: 'population' })
    expect(item!.text.reveal()).toBe('信息：5幢新搬来一家三口，外地户籍')
  })

  it('sends information about key persons to a private chat', async () => {
    const text = toldTo(await street.say('李敏', '信息：重点人员刘某近期情绪平稳', { group: 'G01' }), 'G01')
    expect(text).toContain('请私聊')
    expect(text).not.toContain('刘')
  })

  it('takes a visit with a hazard as an incident', async () => {
    const { intent } = await street.say('李敏', '走访3幢王奶奶，发现她家燃气管老化漏气')
    expect(intent).toBe('reportIncident')
  })
})

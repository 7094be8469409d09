import { afterEach, describe, expect, it } from 'vitest'
import { findUnclear } from '../support/find-unclear.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'

let street: TestStreet
afterEach(async () => street.dispose())

const recordsOf = async () => ({
  visits: (await street.db.sql.selectFrom('field_record').select(['id', 'voided_at']).execute()).length,
  standing: (await street.db.sql.selectFrom('field_record').select('id').where('voided_at', 'is', null).execute())
    .length,
  incidents: (await street.db.sql.selectFrom('incident').select('id').execute()).length,
})

describe('a correction by the sender', () => {
  it('takes the last record back and files its words as what they were meant', async () => {
    street = await openTestStreet({ now: '2026-11-18T10:00' })
    await street.say('李敏', '走访了3幢王奶奶，20分钟，燃气管有点老化', { group: 'G01' })
    const said = await street.say('李敏', '不是走访，是隐患', { group: 'G01' })
    expect(said.replies.map(({ text }) => text).join('\n')).toMatch(/已撤销：走访[\s\S]*已上报：事件 #1/)
    expect(await recordsOf()).toEqual({ visits: 1, standing: 0, incidents: 1 })
    const [incident] = await street.db.sql.selectFrom('incident').selectAll().execute()
    const description = street.db.vault.open(incident!.description, {
      table: 'incident',
      column: 'description',
      id: incident!.id,
    })
    expect(description.reveal()).toContain('燃气管有点老化')
  })

  it('says that there is nothing to correct where nothing was recorded', async () => {
    street = await openTestStreet({ now: '2026-11-18T10:00' })
    const said = await street.say('李敏', '不是走访，是隐患', { group: 'G01' })
    expect(said.status).toBe('refused')
    expect(await recordsOf()).toEqual({ visits: 0, standing: 0, incidents: 0 })
  })
})

describe('several records in one message', () => {
  it('are all filed', async () => {
    street = await openTestStreet({ now: '2026-11-18T08:20' })
    const said = await street.say('李敏', '到岗了，顺便说下3号楼路灯坏了', { group: 'G01' })
    expect(said.intent).toBe('reportIncident')
    expect((await recordsOf()).incidents).toBe(1)
    expect(await street.db.sql.selectFrom('check_in').select('id').execute()).toHaveLength(1)
  })
})

describe('a message that could mean two things', () => {
  it('brings one short question with two buttons, and the choice files the first words', async () => {
    street = await openTestStreet({ now: '2026-11-18T10:00' })
    const { text } = findUnclear('worker')
    const asked = await street.say('李敏', text, { group: 'G01' })
    expect(asked.status).toBe('unclear')
    expect(asked.replies).toHaveLength(1)
    const { card, text: question } = asked.replies[0]!
    expect(card?.buttons).toHaveLength(2)
    expect([...question].length).toBeLessThan(40)
    const chosen = await street.say('李敏', '报信息', { group: 'G01' })
    expect(chosen.status).toBe('handled')
    expect(await street.db.sql.selectFrom('info_item').select('id').execute()).toHaveLength(1)
  })
})

import { afterEach, describe, expect, it } from 'vitest'
import { listFieldRecords } from '../../storage/field-records.ts'
import { openTestStreet, type Said, type TestStreet } from '../support/street.ts'

let street: TestStreet
afterEach(() => street.dispose())
const last = ({ replies }: Said) => replies.at(-1)!.text

describe('a round counted in households', () => {
  it('S2-07: a high-rise walked in floors and households counts without kilometres', async () => {
    street = await openTestStreet({ pack: 'county-grid' })
    expect(last(await street.say('李敏', '巡查 3幢1-6层 18户'))).toContain('18户')
    expect(await listFieldRecords(street.db)).toMatchObject([{ kind: 'patrol', households: 18, km: undefined }])
  })

  it.each([
    ['巡查了3幢18户，4幢20户，没发现问题', 38],
    ['巡查了3幢和4幢，共38户，其中12户没人，没发现问题', 38],
    ['巡查了十二户', 12],
    ['巡查了沿江路一圈，2公里，没发现问题', undefined],
    ['巡查了户外广告牌，没发现问题', undefined],
  ])('%s', async (words, households) => {
    street = await openTestStreet()
    await street.say('李敏', words)
    expect(await listFieldRecords(street.db)).toMatchObject([{ kind: 'patrol', households }])
  })
})

describe('S4D-09: two rounds a day', () => {
  it('are counted on the day on which they were walked', async () => {
    street = await openTestStreet({ pack: 'county-center', now: '2026-11-18T09:00' })
    expect(last(await street.say('李敏', '巡查了沿江路一圈，没发现问题'))).toContain('今天第1次，还差1次')
    expect(last(await street.say('李敏', '下午巡查了3幢1-6层，18户'))).toContain('今天第2次，够了')
    street.setTime('2026-11-19T09:00')
    expect(last(await street.say('李敏', '我本周的巡查'))).toContain('每天应2次，还差：11/16 2次、11/17 2次、11/19 2次')
  })

  it('are one where half of the day is leave', async () => {
    street = await openTestStreet({ pack: 'county-center', now: '2026-11-17T09:00' })
    await street.say('李敏', '明天上午请半天假，看病')
    await street.say('沈国华', '1号请假同意')
    street.setTime('2026-11-18T15:00')
    expect(last(await street.say('李敏', '巡查了沿江路一圈，没发现问题'))).toContain('今天第1次，够了')
  })

  it('are not counted where the document names no number', async () => {
    street = await openTestStreet()
    expect(last(await street.say('李敏', '巡查了沿江路一圈，没发现问题'))).not.toContain('第1次')
  })
})

import { afterEach, beforeEach, expect, it } from 'vitest'
import { toldTo } from '../support/replies.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'

let street: TestStreet
beforeEach(async () => {
  street = await openTestStreet({ pack: 'county-grid', now: '2026-11-25T09:00' })
})
afterEach(() => street.dispose())

const told = async (who: string, text: string) => toldTo(await street.say(who, text), who)
const begin = () => told('林静', '大会战 12月1日至12月15日 燃气信息')

it('S2-47: has dates and a topic, and asks for no more than the week does', async () => {
  expect(await begin()).toBe(
    '已定大会战 1号：12月1日（周二）至12月15日（周二），燃气信息，重复的不计，结束后不加任务。发“大会战”看进度；要布置下去请拟工作提示单。',
  )
  expect(await told('李敏', '大会战')).toBe('大会战 1号：12月1日（周二）至12月15日（周二），燃气信息，还有6天开始。')
})

it('S2-47: counts by grid what is new about its topic', async () => {
  await begin()
  await told('李敏', '信息：5幢燃气管道换新完工')
  street.setTime('2026-12-02T09:00')
  await told('李敏', '信息：3幢燃气表全部换新')
  await told('李敏', '信息：3幢燃气表全部换新')
  await told('李敏', '信息：新开网吧一家')
  expect(await told('李敏', '大会战')).toBe(
    '大会战 1号：12月1日（周二）至12月15日（周二），燃气信息，还有13天结束。\n第1网格：有效1条，重复1条不计',
  )
  const { replies } = await street.say('林静', '大会战', { group: 'S01' })
  expect(replies.map(({ to }) => to)).toEqual(['user'])
  expect(replies[0]!.text).toContain('第2网格：有效0条')
})

it('S2-47: is over when it is over: the week owes what it always owes', async () => {
  await begin()
  street.setTime('2026-12-16T09:00')
  expect(await told('李敏', '大会战')).toContain('已结束，每周应报数照旧，没有加任务')
  expect(await told('李敏', '信息进度')).toContain('应报5条')
})

it('S2-47: may run over the turn of the year, and about everything', async () => {
  expect(await told('林静', '大会战 12月20日至1月10日')).toContain('12月20日（周日）至1月10日（周日），各类信息')
})

it.each([
  ['大会战 12月15日至12月1日 燃气', '结束日期早于开始日期'],
  ['大会战 10月1日至10月15日 燃气', '已经过了'],
  ['大会战 12月', '请写起止日期'],
  ['大会战 2月30日至3月5日', '请写起止日期'],
])('S2-47: “%s” is not kept', async (text, why) => {
  expect(await told('林静', text)).toContain(why)
  expect(await street.db.sql.selectFrom('info_campaign').selectAll().execute()).toEqual([])
})

it('S2-47: a worker reads it and does not call it', async () => {
  expect(await told('李敏', '大会战 12月1日至12月15日 燃气信息')).toContain('没有改动任何记录')
  expect(await told('李敏', '大会战')).toContain('现在没有信息大会战')
})

it('S2-47: is taken back like any record', async () => {
  await begin()
  expect(await told('林静', '撤销')).toBe('已撤销：大会战 12/1—12/15。')
  expect(await told('李敏', '大会战')).toContain('现在没有信息大会战')
})

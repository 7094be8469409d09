import { describe, expect, test } from 'vitest'
import { listWhens, parseWhen } from '../../bot/understand/when.ts'

/** Wednesday. */
const AT = '2026-11-18T10:30'

test.each([
  ['周五前', '2026-11-20'],
  ['周五下班前', '2026-11-20'],
  ['下周三前', '2026-11-25'],
  ['下礼拜一上午九点半', '2026-11-23T09:30'],
  ['下下周二', '2026-12-01'],
  ['这个礼拜四晚上七点', '2026-11-19T19:00'],
  ['一下下周一上午9点', '2026-11-23T09:00'],
  ['周日晚8点', '2026-11-22T20:00'],
  ['本周内', '2026-11-22'],
  ['25号', '2026-11-25'],
  ['二十五号', '2026-11-25'],
  ['5号', '2026-12-05'],
  ['本月15号前', '2026-11-15'],
  ['下个月5号', '2026-12-05'],
  ['月底前', '2026-11-30'],
  ['12月底前', '2026-12-31'],
  ['年底前', '2026-12-31'],
  ['明后两天', '2026-11-19'],
  ['大后天', '2026-11-21'],
  ['今晚8点', '2026-11-18T20:00'],
  ['明早9点', '2026-11-19T09:00'],
  ['明天中午12点前', '2026-11-19T12:00'],
  ['明上午10时', '2026-11-19T10:00'],
  ['今天3点', '2026-11-18T15:00'],
  ['今天15:00', '2026-11-18T15:00'],
  ['12月4日(周五)17:00前', '2026-12-04T17:00'],
  ['12.3(周四)上午9点', '2026-12-03T09:00'],
  ['1/29', '2027-01-29'],
  ['11/25 15:00', '2026-11-25T15:00'],
  ['25号上午10点', '2026-11-25T10:00'],
  ['十二月三号上午九点一刻', '2026-12-03T09:15'],
  ['四月六号晚上八点前', '2027-04-06T20:00'],
  ['2027年2月3日', '2027-02-03'],
  ['一周内', '2026-11-25'],
  ['三天内', '2026-11-21'],
  ['三个工作日内', '2026-11-23'],
  ['元旦前', '2027-01-01'],
  ['春节前', '2027-02-06'],
])('%s is %s', (text, expected) => {
  expect(parseWhen(text, AT)).toBe(expected)
})

describe('what only looks like a time', () => {
  test.each([
    '反映5点建议',
    '二号路口',
    '石板巷8号',
    '3号楼',
    '后陈村六十五号',
    '1-3网格',
    '走了3.2公里',
    '3-2-402',
    '20号提示单',
    '有三点要求',
    '下班前',
    '',
  ])('%s tells none', text => {
    expect(parseWhen(text, AT)).toBeUndefined()
  })
})

test('前, 之前 and 内 make a deadline', () => {
  expect(listWhens('周五前', AT)[0]?.isDeadline).toBe(true)
  expect(listWhens('12月15号之前', AT)[0]?.isDeadline).toBe(true)
  expect(listWhens('周五下午2点半开会', AT)[0]?.isDeadline).toBe(false)
})

test('half of a day is told without an hour', () => {
  expect(listWhens('明天上午', AT)[0]).toMatchObject({ day: '2026-11-19', half: 'am' })
})

test('the first day after a holiday needs the work calendar', () => {
  const holidays = new Set(['2026-11-20', '2026-11-21', '2026-11-22', '2026-11-23'])
  expect(parseWhen('节后第一天', AT, { isWorkday: day => !holidays.has(day) })).toBe('2026-11-24')
  expect(parseWhen('节后第一天', AT)).toBeUndefined()
})

test('working days follow the calendar', () => {
  const isWorkday = (day: string) => day !== '2026-11-19' && day !== '2026-11-21' && day !== '2026-11-22'
  expect(parseWhen('两个工作日内', AT, { isWorkday })).toBe('2026-11-23')
})

test('answers alike in every time zone of the process', () => {
  const zone = process.env.TZ
  try {
    for (const TZ of ['Asia/Shanghai', 'America/New_York', 'UTC']) {
      process.env.TZ = TZ
      expect(parseWhen('下周一上午9点', '2026-11-18T23:50')).toBe('2026-11-23T09:00')
    }
  } finally {
    if (zone === undefined) delete process.env.TZ
    else process.env.TZ = zone
  }
})

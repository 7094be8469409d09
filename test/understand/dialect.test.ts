import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { levelDialect } from '../../bot/understand/dialect.ts'
import { listMinutes } from '../../bot/understand/measures.ts'
import { understand } from '../../bot/understand/understand.ts'

describe('dialects', () => {
  test.each([
    ['听日下昼请假', '明日下午请假'],
    ['搞掂咗', '搞定了'],
    ['倾咗一阵', '聊了一阵'],
    ['唔该快啲嚟', '麻烦快点来'],
  ])('reads %s as %s', (text, level) => {
    expect(levelDialect(text)).toBe(level)
  })

  test.each(['喇叭太响', '小心火烛', '树干倾斜', '耽搁了一会', '仔细看看'])('leaves %s alone', text => {
    expect(levelDialect(text)).toBe(text)
  })

  test('never changes the length, so that spans stay where they were', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'听日咗唔该𨋢喇叭搁倾火烛喺嗰睇 ,看仔') }), text => {
        expect(levelDialect(text)).toHaveLength(text.length)
      }),
    )
  })

  test('gives the words back as they were written', () => {
    const { intent, slots } = understand({
      text: '探访涌边街28号梁婆婆，倾咗一个钟',
      at: '2026-11-18T10:00',
      role: 'worker',
      hasImage: false,
      quote: null,
    })
    expect(intent).toBe('visit')
    expect(slots).toMatchObject({ person: '梁婆婆', place: '涌边街28号', minutes: 60 })
  })

  test.each([
    ['坐了三刻钟', 45],
    ['半拉钟头', 30],
    ['个半钟', 90],
    ['个零钟', 60],
    ['俩小时', 120],
    ['一个钟头一刻', 75],
  ])('%s is %i minutes', (text, minutes) => {
    expect(listMinutes(text).map(({ value }) => value)).toEqual([minutes])
  })

  test.each(['9点钟', '一分钱没见着'])('%s is no length of time', text => {
    expect(listMinutes(text)).toEqual([])
  })
})

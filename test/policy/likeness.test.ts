import { describe, expect, it } from 'vitest'
import { judgeSameMatter, listTroubles, measureLikeness } from '../../policy/likeness.ts'

const report = (text: string) => ({ text, category: 'facility' })

describe('whether two reports speak of one matter', () => {
  it.each([
    ['楼上水管漏水', '漏水漏得厉害', '都说漏水'],
    ['管道爆裂，水漫出来了', '一直在漏', '都说漏水'],
    ['路灯不亮', '灯坏了三天', '都说路灯'],
    ['下水道堵了返水', '污水溢出来了', '都说下水堵塞'],
    ['垃圾没人清', '垃圾成堆发臭', '都说垃圾'],
    ['宣传栏玻璃碎了', '宣传栏的玻璃又碎了', '说法相近'],
  ])('%s and %s: %s', (one, other, why) => {
    expect(judgeSameMatter(report(one), report(other))?.why).toBe(why)
    expect(judgeSameMatter(report(other), report(one))?.why).toBe(why)
  })

  it.each([
    ['水管漏水', '路灯坏了'],
    ['电梯困人', '垃圾成堆'],
    ['有人打架', '井盖没了'],
    ['', '漏水'],
    ['漏水', ''],
  ])('%s and %s are two matters', (one, other) => {
    expect(judgeSameMatter(report(one), report(other))).toBeUndefined()
  })

  it('measures from nothing in common to the same words, either way round', () => {
    expect(measureLikeness('玻璃碎了', '玻璃碎了')).toBe(1)
    expect(measureLikeness('玻璃碎了', '围墙倒塌')).toBe(0)
    expect(measureLikeness('栏杆松动', '栏杆松了')).toBe(measureLikeness('栏杆松了', '栏杆松动'))
  })

  it('reads ten thousand characters by their beginning', () => {
    expect(listTroubles(`路灯坏了${'，请处理'.repeat(3_000)}`)).toEqual(['路灯'])
    expect(measureLikeness('甲'.repeat(10_000), '甲'.repeat(10_000))).toBe(1)
  })
})

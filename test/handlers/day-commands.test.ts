import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findCommand } from '../../handlers/index.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'

let street: TestStreet
beforeEach(async () => {
  street = await openTestStreet({ now: '2026-11-18T10:00' })
})
afterEach(() => street.dispose())

describe('everyday sentences', () => {
  it.each([
    '交班了 打卡',
    '今天开始走访独居老人，先去了王奶奶家',
    '走访结束，王奶奶一切正常',
    '巡查结束后发现3幢路灯坏了',
    '结束走访王奶奶，她身体挺好',
    '梳理了3幢的出租房，共12户',
    '本月分析会下周三开',
    '我的一天就这样结束了',
    '轨迹球坏了',
    '接班的人还没来，3幢有人吵架',
    '重点帮扶户王奶奶今天走访了，20分钟',
    '值班表贴在门卫室',
    '电话抽查发现李敏不在岗',
  ])('“%s” is no fixed word', text => {
    expect(findCommand(text)).toBeUndefined()
  })
})

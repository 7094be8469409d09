import { expect, it } from 'vitest'
import { readFigure } from '../../handlers/information/growth-words.ts'

it.each([
  ['东门厂 平均工资 62000', { name: '东门厂', amount: 62_000 }],
  ['3号厂房项目 600万', { name: '3号厂房项目', amount: 6_000_000 }],
  ['王某某 收入 4.8万元', { name: '王某某', amount: 48_000 }],
  ['冷链仓库，总投资1.2亿', { name: '冷链仓库', amount: 120_000_000 }],
  ['冷链仓库 5,000,000元', { name: '冷链仓库', amount: 5_000_000 }],
  ['冷链仓库 600万 2网格', { name: '冷链仓库', amount: 6_000_000 }],
  ['600万', undefined],
  ['东门厂', undefined],
  ['东门厂 0元', undefined],
])('S1-28, S1-29, S1-30: reads “%s”', (text, read) => {
  expect(readFigure(text)).toEqual(read)
})

import { afterEach, beforeEach, expect, it } from 'vitest'
import { openTestStreet, type TestStreet } from '../support/street.ts'
import { type Api, openApi } from './ask.ts'

let street: TestStreet
let api: Api
beforeEach(async () => {
  street = await openTestStreet({ now: '2026-11-18T09:00' })
  api = await openApi(street)
})
afterEach(async () => {
  await api.close()
  await street.dispose()
})
const items = async (path: string) => (await api.ask(path)).body.items

it('S0-01: what was recorded before a recoding keeps the old code, what comes after bears the new one', async () => {
  await street.say('孙燕', '走访了王奶奶，20分钟')
  await street.say('孙燕', '3号楼路灯坏了')
  await street.say('曹源', '改码 3网格 为 330102-003 自12月1日')
  expect(await items('/api/grids?limit=3')).toMatchObject([{}, {}, { gridNo: 3, gridCode: 'WJ003' }])
  street.setTime('2026-12-01T09:00')
  await street.say('孙燕', '走访了李爷爷，20分钟')

  expect((await items('/api/visits')).map((visit: { gridCode: string }) => visit.gridCode)).toEqual([
    'WJ003',
    '330102-003',
  ])
  expect(await items('/api/incidents')).toMatchObject([{ gridNo: 3, gridCode: 'WJ003' }])
  const { body } = await api.ask('/api/ledgers/fieldWork?period=2026-Q4&format=json')
  expect(body.items.map((row: { gridCode: string }) => row.gridCode)).toEqual(['WJ003', '330102-003'])
  expect((await api.ask(`/api/grids/330102-003`)).body).toMatchObject({ gridNo: 3, name: '第3网格' })
})

it('S0-01: a merged grid is gone from the list, and its records still name it', async () => {
  await street.say('孙燕', '走访了王奶奶，20分钟')
  await street.say('曹源', '合并 2、3网格 为 2网格 自12月1日')
  street.setTime('2026-12-01T09:00')
  expect((await items('/api/grids')).map((grid: { gridNo: number }) => grid.gridNo)).toEqual([1, 2, 4])
  expect(await items('/api/visits')).toMatchObject([{ gridNo: 3, gridCode: 'WJ003' }])
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chooseGrid, findBareGridNo, findGridNo } from '../../handlers/grids.ts'
import { readBareNumber } from '../../handlers/numerals.ts'
import { newId } from '../../storage/ids.ts'
import { touchRoster } from '../../storage/load-roster.ts'
import { asPrivate } from '../support/ctx.ts'
import { openTestStreet, STREET, type TestStreet } from '../support/street.ts'

describe('grid numbers in a text', () => {
  it.each([
    ['第三网格', 3],
    ['3网格走访了王奶奶', 3],
    ['三号网格', 3],
    ['第十二网格', 12],
    ['二十一网格', 21],
    ['３网格', 3],
    ['3号楼', undefined],
    ['12号提示单', undefined],
    ['网格化管理', undefined],
    ['5网格长', undefined],
  ])('%s names %s', (text, no) => {
    expect(findGridNo(text)).toBe(no)
  })

  it.each([
    ['2', 2],
    ['2号', 2],
    ['第2网格', 2],
    ['二', 2],
    ['十', 10],
    ['是2网格的', 2],
    ['不知道', undefined],
  ])('the answer %s means %s', (text, no) => {
    expect(findBareGridNo(text)).toBe(no)
  })

  it.each([
    ['3', 3],
    ['#12', 12],
    ['第三件', 3],
    ['3号事件', 3],
    ['三个人', undefined],
    ['0', undefined],
  ])('the number in %s is %s', (text, no) => {
    expect(readBareNumber(text)).toBe(no)
  })
})

describe('a number that two communities use', () => {
  let street: TestStreet
  beforeAll(async () => {
    street = await openTestStreet()
    await street.change(async db => {
      const grid = {
        subdistrict_id: STREET,
        grid_no: 1,
        grid_code: 'WJ101',
        name: '第1网格',
        community: '锦江社区',
      } as const
      const rest = {
        kind: 'ordinary',
        households: null,
        residents: null,
        from_day: '2026-01-01',
        to_day: null,
      } as const
      await db.sql
        .insertInto('grid')
        .values({ id: newId(street.now()), ...grid, ...rest })
        .execute()
      await touchRoster(db, 'two first grids')
    })
  })
  afterAll(() => street.dispose())

  const choose = (who: string, text: string) => asPrivate(street, who, text, async ctx => chooseGrid(ctx))

  it.each([
    ['李敏', '第1网格', '桃源社区'],
    ['冯洁', '第1网格', '锦江社区'],
    ['林静', '锦江社区第1网格', '锦江社区'],
    ['林静', '桃源1网格', '桃源社区'],
  ])('%s saying %s means that of %s', async (who, text, community) => {
    expect(await choose(who, text)).toMatchObject({ found: { no: 1, community } })
  })

  it('is asked for where nothing decides', async () => {
    expect(await choose('林静', '第1网格')).toMatchObject({ ask: 'community', among: [{ no: 1 }, { no: 1 }] })
  })
})

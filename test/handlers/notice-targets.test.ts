import { afterEach, describe, expect, it } from 'vitest'
import { draft, draftAndReview, noticeNumbered, sign, WHOLE } from '../support/notice-steps.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'

let street: TestStreet
afterEach(() => street.dispose())
const open = async (now = '2026-11-18T09:00') => {
  street = await openTestStreet({ now })
}
const told = async (who: string, text: string) => (await street.say(who, text)).replies.at(-1)!.text

async function targetsOf(no: number): Promise<{ grids?: number[]; roles?: string[]; people?: string[] }> {
  const roster = await street.roster()
  const { gridIds, roleNames, memberIds } = await noticeNumbered(street, no)
  return {
    ...(gridIds && { grids: gridIds.map(id => roster.gridById(id)!.no) }),
    ...(roleNames && { roles: roleNames }),
    ...(memberIds && { people: memberIds.map(id => roster.memberById(id)!.name) }),
  }
}

describe('whom a notice is for', () => {
  it.each<[string, Awaited<ReturnType<typeof targetsOf>>]>([
    ['发给第3、4网格', { grids: [3, 4] }],
    ['发给三号网格', { grids: [3] }],
    ['发给1-3网格', { grids: [1, 2, 3] }],
    ['发给桃源社区', { grids: [1, 2, 3] }],
    ['发给桃源、锦江社区', { grids: [1, 2, 3, 4] }],
    ['发给网格长', { roles: ['网格长'] }],
    ['发给各网格长', { roles: ['网格长'] }],
    ['发给专职网格员', { roles: ['专职网格员'] }],
    ['发给桃源社区的网格长', { grids: [1, 2, 3], roles: ['网格长'] }],
    ['发给社区书记', { roles: ['社区书记'] }],
    ['发给李敏、王强', { grids: [1], people: ['李敏', '王强'] }],
    ['发给李敏和张丽', { grids: [1, 2], people: ['李敏', '张丽'] }],
    ['发给全部网格', {}],
    ['发给全街道', {}],
  ])('%s', async (words, targets) => {
    await open()
    const no = await draft(street, `${WHOLE}\n${words}`)
    expect((await noticeNumbered(street, no)).status).toBe('submitted')
    expect(await targetsOf(no)).toEqual(targets)
  })

  it.each([
    ['下发范围：桃源社区', { grids: [1, 2, 3] }],
    ['下发对象：网格长', { roles: ['网格长'] }],
    ['下发范围：第1网格、第3网格', { grids: [1, 3] }],
  ])('the form’s line %s', async (words, targets) => {
    await open()
    const no = await draft(street, `${WHOLE}\n${words}`)
    expect(await targetsOf(no)).toEqual(targets)
  })

  it('is read in one breath with the rest, and is no part of the content', async () => {
    await open()
    await street.say('王科', '发个提示单给桃源社区，12月4日前排查出租房，要求逐户登记，漏一户扣0.5分')
    expect(await targetsOf(1)).toEqual({ grids: [1, 2, 3] })
    const notice = await noticeNumbered(street, 1)
    expect(notice).toMatchObject({ status: 'submitted' })
    expect(notice.content).not.toContain('桃源')
  })

  it('is not what the work itself hands out', async () => {
    await open()
    const no = await draft(street, WHOLE.replace('逐户登记', '逐户登记，把防火宣传单发给居民，每户一份'))
    expect(await noticeNumbered(street, no)).toMatchObject({ status: 'submitted', gridIds: undefined })
  })

  it('names what the roster does not have, and takes the answer', async () => {
    await open()
    expect(await told('王科', `【工作提示单】\n${WHOLE}\n发给桃源社区、李冲`)).toContain('名册里没有“李冲”')
    expect(await told('王科', '桃源社区')).toContain('已报高峰审核')
    expect(await targetsOf(1)).toEqual({ grids: [1, 2, 3] })
  })

  it('asks to part people from grids', async () => {
    await open()
    expect(await told('王科', `【工作提示单】\n${WHOLE}\n下发范围：第3网格、李敏`)).toContain('分成两份')
  })

  it('does not reach people outside the grids', async () => {
    await open()
    expect(await told('王科', `【工作提示单】\n${WHOLE}\n下发范围：罗平`)).toContain('罗平不在网格和社区任职')
  })

  it('says so where nobody serves in the role', async () => {
    await open()
    expect(await told('王科', `【工作提示单】\n${WHOLE}\n下发范围：第4网格的包联人员`)).toContain('没有登记包联人员')
  })

  it('is written so that the returned text says the same again', async () => {
    await open()
    const no = await draft(street, `${WHOLE}\n下发范围：桃源社区的网格长`)
    const rejected = await street.say('高峰', `${no}号提示单退回，时间太紧`)
    const text = rejected.replies.find(({ kind }) => kind === 'notice-rejected')!.text
    expect(text).toContain('下发范围：桃源社区的网格长')
    await street.say('王科', text.slice(text.indexOf('修改')).replace('逐户登记', '逐户登记造册'))
    expect(await noticeNumbered(street, no)).toMatchObject({ status: 'submitted', requirement: '逐户登记造册' })
    expect(await targetsOf(no)).toEqual({ grids: [1, 2, 3], roles: ['网格长'] })
  })
})

describe('where it goes and who owes it', () => {
  const issue = async (words: string) => {
    await open('2026-11-18T15:50')
    const no = await draftAndReview(street, `${WHOLE}\n${words}`)
    const { replies } = await sign(street, no)
    const rows = await street.db.sql.selectFrom('notice_receiver').select('member_id').execute()
    const roster = await street.roster()
    return {
      to: replies.filter(({ kind }) => kind === 'notice-sheet').map(({ target }) => target),
      owing: rows.map(({ member_id }) => roster.memberById(member_id)!.name).sort(),
      said: replies.at(-1)!.text,
    }
  }

  it('a role in the grids: to the grid groups, owed by that role alone', async () => {
    const { to, owing } = await issue('下发范围：桃源社区的网格长')
    expect(to).toEqual(['G01', 'G02', 'G03'])
    expect(owing).toHaveLength(3)
  })

  it('a role of the communities: to the community groups', async () => {
    const { to, owing } = await issue('下发范围：社区书记')
    expect(to).toEqual(['C01', 'C02'])
    expect(owing).toEqual(['沈国华', '韩梅'].sort())
  })

  it('people: to each in private, owed by them', async () => {
    const { to, owing } = await issue('下发范围：李敏、王强')
    expect(to.sort()).toEqual(['李敏', '王强'].sort())
    expect(owing).toEqual(['李敏', '王强'].sort())
  })
})

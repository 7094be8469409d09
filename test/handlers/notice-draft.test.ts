import { afterEach, describe, expect, it } from 'vitest'
import { draft, noticeNumbered, WHOLE } from '../support/notice-steps.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'

let street: TestStreet
afterEach(() => street.dispose())
const open = async (now = '2026-11-18T09:00') => {
  street = await openTestStreet({ now })
}
const parts = WHOLE.split('\n')
const told = async (who: string, text: string) => (await street.say(who, text)).replies.at(-1)!.text

describe('the four parts (S0-22)', () => {
  it.each([
    ['工作内容', '排查出租房'],
    ['任务要求', '逐户登记'],
    ['考核规定', '漏一户扣0.5分'],
  ])('asks for a missing %s by its name and takes the bare answer', async (name, words) => {
    await open()
    const without = parts.filter(part => !part.startsWith(name)).join('\n')
    expect(await told('王科', `【工作提示单】\n${without}`)).toContain(`还缺：${name}`)
    expect(await told('王科', words)).toContain('1号提示单《排查出租房》已报高峰审核')
    expect((await noticeNumbered(street, 1)).status).toBe('submitted')
  })

  it('asks for a missing 时间节点 and takes a labelled answer', async () => {
    await open()
    const without = parts.filter(part => !part.startsWith('时间节点')).join('\n')
    expect(await told('王科', `【工作提示单】\n${without}`)).toContain('还缺：时间节点')
    expect(await told('王科', '时间节点：下周五前')).toContain('11月27日（周五）24:00前')
    expect((await noticeNumbered(street, 1)).due).toBe('2026-11-27')
  })

  it('takes a bare date for a missing 时间节点, and asks again kindly where none is told', async () => {
    await open()
    const without = parts.filter(part => !part.startsWith('时间节点')).join('\n')
    await street.say('王科', `【工作提示单】\n${without}`)
    expect(await told('王科', '看情况吧')).toContain('请给时间节点一个日期')
    expect(await told('王科', '下周五前')).toContain('已报高峰审核')
    expect((await noticeNumbered(street, 1)).due).toBe('2026-11-27')
  })

  it('does not take 尽快 for a date', async () => {
    await open()
    const vague = WHOLE.replace('12月4日前', '尽快')
    expect(await told('王科', `【工作提示单】\n${vague}`)).toContain('“尽快”不算时间节点')
    expect((await noticeNumbered(street, 1)).status).toBe('draft')
  })

  it('does not take a date that is over', async () => {
    await open()
    const past = WHOLE.replace('12月4日前', '2026年11月10日前')
    expect(await told('王科', `【工作提示单】\n${past}`)).toContain('11月10日（周二）24:00前已经过了')
    expect((await noticeNumbered(street, 1)).status).toBe('draft')
  })

  it('names all that is missing and asks one after the other', async () => {
    await open()
    expect(await told('王科', '发个提示单，月底前排查出租房')).toContain('还缺：任务要求、考核规定')
    const next = await told('王科', '逐户登记造册')
    expect(next).toContain('还缺：考核规定')
    expect(await told('王科', '漏一户扣一分')).toContain('已报高峰审核')
  })

  it('does not take 无 for a part', async () => {
    await open()
    expect(await told('王科', `【工作提示单】\n${parts.slice(0, 3).join('\n')}`)).toContain('还缺：考核规定')
    expect(await told('王科', '无')).toContain('还缺：考核规定')
  })

  it('gives the draft up when asked to', async () => {
    await open()
    await street.say('王科', `【工作提示单】\n${parts.slice(0, 3).join('\n')}`)
    expect(await told('王科', '算了，不发了')).toContain('已撤回')
    expect((await noticeNumbered(street, 1)).status).toBe('withdrawn')
  })

  it('does not take a whole other notice for the part that was asked for', async () => {
    await open()
    expect(await told('王科', '麻烦各网格这周五前把出租房摸一遍，逐户看，漏一户扣0.5分')).toContain('还缺：任务要求')
    const other = '工作内容：排查消防通道。任务要求：逐店检查。时间节点：尽快。考核规定：漏一户扣0.5分'
    expect(await told('王科', `工作提示单：${other}`)).toContain('2号提示单《排查消防通道》已起草，还缺：时间节点')
    expect(await noticeNumbered(street, 1)).toMatchObject({ status: 'draft', requirement: undefined })
    expect(await told('王科', '下周三')).toContain('2号提示单《排查消防通道》已报高峰审核')
  })

  it('takes a draft sent once more as a whole for the same one', async () => {
    await open()
    await street.say('王科', `【工作提示单】\n${parts.slice(0, 3).join('\n')}`)
    expect(await told('王科', WHOLE.replace('逐户登记', '逐户拍照'))).toContain('1号提示单《排查出租房》已报高峰审核')
    expect(await noticeNumbered(street, 1)).toMatchObject({ requirement: '逐户拍照', appraisal: '漏一户扣0.5分' })
  })

  it('asks no 时间节点 of a standing task (S0-20)', async () => {
    await open()
    const text = '新增一项常态化工作：独居老人探访。要求：每周不少于一次，有记录。考核：少一次扣0.5分'
    expect(await told('王科', text)).toContain('已报高峰审核')
    expect(await noticeNumbered(street, 1)).toMatchObject({ kind: 'standing', status: 'submitted' })
  })
})

describe('numbers and targets', () => {
  it('numbers from 1 at the first draft, however little it says', async () => {
    await open()
    await street.say('王科', '发个提示单，月底前排查出租房')
    await street.say('罗平', `【工作提示单】\n${WHOLE}`)
    expect((await noticeNumbered(street, 1)).status).toBe('draft')
    expect((await noticeNumbered(street, 2)).office).toBe('平安办')
  })

  it('aims at the grids named, at all where none is', async () => {
    await open()
    const some = await draft(street, WHOLE.replace('逐户登记', '1、3网格逐户登记'))
    const all = await draft(street)
    const roster = await street.roster()
    const nos = (await noticeNumbered(street, some)).gridIds?.map(id => roster.gridById(id)!.no)
    expect(nos).toEqual([1, 3])
    expect((await noticeNumbered(street, all)).gridIds).toBeUndefined()
  })

  it('asks again where a grid does not exist', async () => {
    await open()
    expect(await told('王科', `【工作提示单】\n${WHOLE.replace('逐户登记', '9网格逐户登记')}`)).toContain('没有9号网格')
    expect(await told('王科', '2网格')).toContain('第2网格')
    const [id] = (await noticeNumbered(street, 1)).gridIds!
    expect((await street.roster()).gridById(id)!.no).toBe(2)
  })
})

describe('the title', () => {
  it.each([
    ['麻烦各网格把出租房充电摸一遍', '出租房充电摸一遍'],
    ['请示汇报制度落实情况自查', '请示汇报制度落实情况自查'],
  ])('of %s is %s', async (content, title) => {
    await open()
    await draft(street, WHOLE.replace('排查出租房', content))
    expect((await noticeNumbered(street, 1)).title).toBe(title)
  })
})

describe('a form in one line', () => {
  it('names the grid that does not exist, and no part of the form', async () => {
    await open()
    const said = await told('王科', `起草提示单 发给99网格 ${parts.join(' ')}`)
    expect(said).toContain('没有99号网格')
    expect(said).not.toContain('“工作内容”')
  })
})

describe('who reviews (S0-21 经分管领导审核)', () => {
  it.each([
    ['王科', '高峰'],
    ['罗平', '梁栋'],
  ])('submits what %s drafts to %s, who supervises the office', async (who, reviewer) => {
    await open()
    const { replies } = await street.say(who, `【工作提示单】\n${WHOLE}`)
    const asked = replies.find(({ kind }) => kind === 'notice-review')!
    expect(asked.target).toBe(reviewer)
    expect(asked.to).toBe('user')
    expect(asked.card?.buttons.map(({ says }) => says)).toEqual(['1号提示单同意', '1号提示单退回'])
  })

  it('asks which deputy where no 分管 names the office', async () => {
    await open()
    expect(await told('林静', `【工作提示单】\n${WHOLE}`)).toContain('报哪位分管领导审核：高峰、梁栋？')
    expect(await told('林静', '梁栋')).toContain('已报梁栋审核')
  })

  it('refuses a draft from a grid worker and names who may', async () => {
    await open()
    const { replies, status } = await street.say('李敏', `【工作提示单】\n${WHOLE}`)
    expect(status).toBe('refused')
    expect(replies[0]!.text).toContain('科室、党政办')
    expect(await street.db.sql.selectFrom('notice').select('no').execute()).toEqual([])
  })
})

describe('a grid number that two communities use', () => {
  it('is asked about, and the name of the community is answer enough', async () => {
    street = await openTestStreet({
      now: '2026-11-18T09:00',
      prepare: async db => {
        await db.sql.updateTable('grid').set({ grid_no: 1 }).where('community', '=', '锦江社区').execute()
      },
    })
    const asked = await told('王科', `【工作提示单】\n${parts.join('\n')}\n下发范围：1网格`)
    expect(asked).toContain('桃源社区、锦江社区')
    expect(await told('王科', '随便')).toContain('请')
    expect(await told('王科', '锦江社区')).toContain('已报高峰审核')
    const roster = await street.roster()
    const { gridIds } = await noticeNumbered(street, 1)
    expect(gridIds?.map(id => roster.gridById(id)?.community)).toEqual(['锦江社区'])
  })
})

describe('a form behind a colon', () => {
  it('keeps each part to itself, and 常态任务 is a standing task', async () => {
    await open()
    await street.say(
      '王科',
      '提示单：内容：消防检查；要求：每户上门；时间：11月25日前；考核：纳入月度考核；范围：1网格',
    )
    expect(await noticeNumbered(street, 1)).toMatchObject({
      title: '消防检查',
      status: 'submitted',
      kind: 'campaign',
      appraisal: '纳入月度考核',
    })
    await street.say('王科', '起草常态任务：内容：巡查消防通道；要求：每周一次；考核：漏一次扣1分')
    expect(await noticeNumbered(street, 2)).toMatchObject({ kind: 'standing', status: 'submitted' })
  })
})

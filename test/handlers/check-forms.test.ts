import { afterEach, describe, expect, it } from 'vitest'
import { checkFormCommands } from '../../handlers/inspection/forms.ts'
import { listNotices } from '../../storage/notices.ts'
import { listTasks } from '../../storage/tasks.ts'
import { openTestStreet, type Said, type StreetOptions, type TestStreet } from '../support/street.ts'

let street: TestStreet
const open = async (options: StreetOptions = {}) => {
  street = await openTestStreet({ now: '2026-11-18T09:30', pack: 'grid-supervision', ...options })
}
afterEach(() => street?.dispose())
const last = ({ replies }: Said) => replies.at(-1)?.text ?? ''

describe('forms for whoever checks', () => {
  it('S3C-07: 自查表 shows a community its own grids and the month’s work, in private', async () => {
    await open()
    await street.say('陈桂芳', '走访了3幢王奶奶，20分钟，水管漏水已报修', { group: 'G01' })
    const said = await street.say('沈国华', '自查表', { group: 'C01' })
    expect(said.replies.map(({ to }) => to)).toEqual(['user'])
    expect(last(said)).toContain('1号网格（陈桂芳）：走访1次')
    expect(last(said)).not.toContain('4号网格')
    expect(last(said)).not.toContain('王奶奶')
  })

  it('S3C-09: 季检 gathers what is to be heard and read of a quarter, with the clause', async () => {
    await open()
    const text = last(await street.say('苏静', '季检 三季度'))
    expect(text).toContain('三季度检查：\n方式：听取网格长汇报、查阅民情日记')
    expect(text).toContain('4号网格（郑涛）：走访0次')
    expect(last(await street.say('苏静', '季检'))).toContain('四季度检查')
    expect((await street.say('苏静', '季检 五季度')).status).toBe('refused')
  })

  it('S3C-12: 电话抽查表 asks the four questions of the document', async () => {
    await open()
    const text = last(await street.say('苏静', '电话抽查表 陈桂芳'))
    for (const question of ['1. 身份', '2. 职责', '3. 网格内基本情况', '4. 平安创建工作'])
      expect(text).toContain(question)
    expect(text).toContain('一次没接不算问题')
    expect((await street.say('苏静', '电话抽查表 张三丰')).status).toBe('refused')
    expect((await street.say('陈桂芳', '电话抽查表 何大勇')).status).toBe('refused')
  })

  it('S3C-13: 实地检查表 adds the books that were read', async () => {
    await open()
    expect(last(await street.say('苏静', '实地检查表 陈桂芳'))).toContain('台账：看了哪些')
  })

  it('S3C-14: who does not know the duties gets a study task with a day, and no points are taken', async () => {
    await open()
    expect((await street.say('苏静', '加强学习 陈桂芳')).status).toBe('refused')
    const said = await street.say('苏静', '加强学习 陈桂芳 11月27日前')
    expect(said.replies.find(({ target }) => target === '陈桂芳')!.text).toContain('业务学习：熟悉岗位职责和任务')
    const [task] = await listTasks(street.db)
    expect(task).toMatchObject({ due: '2026-11-27', status: 'open' })
  })

  it.each(['季检怎么搞', '自查表交了', '加强学习型社区建设', '加强学习反诈知识', '电话抽查表格在哪'])(
    '“%s” is none of them',
    words => {
      expect(checkFormCommands.find(({ matches }) => matches.test(words))?.name).toBeUndefined()
    },
  )
})

it('S4C-04: the economic census is a campaign like every other: drafted as a notice to all grids', async () => {
  await open({ pack: 'village-grid' })
  const words =
    '拟一个提示单：第四次全国经济普查清查，各网格逐户登记企业和个体户，11月30日前完成，录入PAD并做好后期编码，漏登一户扣1分'
  const { replies } = await street.say('林静', words)
  expect(replies.length).toBeGreaterThan(0)
  expect(await listNotices(street.db)).toMatchObject([{ kind: 'campaign', due: '2026-11-30' }])
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDesk } from '../../handlers/desk.ts'
import { assignTask, tellAssigned } from '../../handlers/task/assign.ts'
import { taskCommands } from '../../handlers/task/commands.ts'
import { listTasks } from '../../storage/tasks.ts'
import { draftToSigned } from '../support/notice-steps.ts'
import { openTestStreet, type Said, type TestStreet } from '../support/street.ts'

let street: TestStreet
const last = ({ replies }: Said) => replies.at(-1)?.text ?? ''
const told = ({ replies }: Said, who: string) => replies.filter(({ target }) => target === who).map(({ text }) => text)

beforeEach(async () => {
  street = await openTestStreet({ now: '2026-11-18T10:00' })
})
afterEach(() => street.dispose())

async function tasks() {
  const roster = await street.roster()
  return (await listTasks(street.db)).map(({ no, memberId, giverId, giverName, content, due, status, line }) => ({
    no,
    who: roster.memberById(memberId)!.name,
    giver: giverId ? roster.memberById(giverId)!.name : giverName?.reveal(),
    content: content.reveal(),
    due,
    status,
    line,
  }))
}

describe('任务 @某人', () => {
  it.each([
    '任务 @李敏 周五前报出租房数',
    '任务@李敏 周五前报出租房数',
    '交办 @李敏 周五前报出租房数',
    '任务：李敏 周五前报出租房数',
  ])('S0-15: %s is a task with giver, due day and number, told in private with two buttons', async words => {
    const said = await street.say('徐伟', words)
    expect(await tasks()).toEqual([
      { no: 1, who: '李敏', giver: '徐伟', content: '报出租房数', due: '2026-11-20', status: 'open', line: '桃源社区' },
    ])
    expect(told(said, '李敏')).toEqual(['【交办 第1号】徐伟：报出租房数\n11月20日（周五）24:00前。'])
    expect(said.replies[0]!.card!.buttons.map(({ says }) => says)).toEqual(['收到交办1号', '交办1号完成'])
    expect(last(said)).toBe('已交办李敏：1号交办《报出租房数》，11月20日（周五）24:00前。')
  })

  it('takes the mentions of the platform, one task for each', async () => {
    await street.say('徐伟', '任务 @李敏 @王强 12月4日17:00前清点灭火器', { group: 'G01', mentions: ['李敏', '王强'] })
    expect((await tasks()).map(({ no, who, due }) => [no, who, due])).toEqual([
      [1, '李敏', '2026-12-04T17:00'],
      [2, '王强', '2026-12-04T17:00'],
    ])
  })

  it('asks once for a day that is not told', async () => {
    expect(last(await street.say('徐伟', '任务 @李敏 报出租房数'))).toBe(
      '《报出租房数》什么时候要？回一句就行，如“周五前”。',
    )
    expect(last(await street.say('徐伟', '周五前'))).toContain('已交办李敏')
  })

  it('refuses a day that is over, and takes the next one', async () => {
    const said = await street.say('徐伟', '任务 @李敏 11月10日前报出租房数')
    expect(last(said)).toContain('已经过了，没有交办')
    expect(await tasks()).toEqual([])
    expect(last(await street.say('徐伟', '下周五前'))).toContain('已交办李敏')
  })

  it('refuses somebody outside the roster, with the clause', async () => {
    const said = await street.say('徐伟', '任务 @李四 周五前报出租房数')
    expect(said.status).toBe('refused')
    expect(last(said)).toBe(
      '名册里没有“李四”，没有交办（依据：一(三)：完成上级和网格指导员、网格长交办的其他工作。）。请写名册上的姓名。',
    )
    expect(await tasks()).toEqual([])
  })

  it('is not for a worker to give to others', async () => {
    const said = await street.say('李敏', '任务 @王强 周五前报出租房数')
    expect(said.status).toBe('refused')
    expect(await tasks()).toEqual([])
  })

  it('never takes a notice’s draft or progress for an order', () => {
    const [{ matches }] = taskCommands as [(typeof taskCommands)[number]]
    for (const words of [
      '任务12号完成',
      '任务 12号完成',
      '任务完成了',
      '任务要求：逐户登记',
      '任务：工作内容：排查出租房\n考核规定：漏一户扣1分',
      '任务怎么还没发',
    ]) {
      expect(matches.test(words), words).toBe(false)
    }
  })
})

describe('an order by word of mouth that somebody writes down', () => {
  it('S0-15: is asked who said so and by when, in one question', async () => {
    expect(last(await street.say('李敏', '任务 统计空巢老人'))).toBe(
      '《统计空巢老人》谁交办的、什么时候要？回一句就行，如“徐书记，周五前”。',
    )
    expect(last(await street.say('李敏', '徐伟，周五前'))).toBe(
      '已记1号交办《统计空巢老人》，徐伟交办，11月20日（周五）24:00前；11月20日（周五）前我提醒您。',
    )
    expect((await tasks())[0]).toMatchObject({ who: '李敏', giver: '徐伟', due: '2026-11-20' })
  })

  it.each([
    ['张书记口头让我去统计独居老人', '《去统计独居老人》什么时候要？', '下周一'],
    ['口头交办 统计独居老人', '谁交办的、什么时候要？', '张书记，下周一'],
  ])('S0-15: a verbal order told in passing (%s) is asked about as well', async (words, question, reply) => {
    expect(last(await street.say('李敏', words))).toContain(question)
    expect(last(await street.say('李敏', reply))).toContain('张书记交办，11月23日（周一）24:00前')
  })

  it('needs no question where both are told, also for a giver outside the roster', async () => {
    await street.say('李敏', '交办 刘主任让我周五前统计空巢老人')
    expect((await tasks())[0]).toMatchObject({ giver: '刘主任', content: '统计空巢老人', due: '2026-11-20' })
  })

  it('is dropped by 算了', async () => {
    await street.say('李敏', '任务 统计空巢老人')
    expect(last(await street.say('李敏', '算了'))).toBe('好，没有记。')
    expect(await tasks()).toEqual([])
  })
})

describe('working a task off', () => {
  beforeEach(async () => {
    await street.say('徐伟', '任务 @李敏 周五前报出租房数')
  })

  it.each(['收到交办1号', '收到'])('%s acknowledges it', async words => {
    expect(last(await street.say('李敏', words))).toBe('已记收到：1号交办《报出租房数》。')
    const [task] = await listTasks(street.db)
    expect(task!.acknowledgedAt).toBe(street.now())
  })

  it('收到 for a newer sheet, or in a group, is not taken for a task that was acknowledged or is private', async () => {
    await street.say('李敏', '收到交办1号')
    street.setTime('2026-11-18T15:50')
    await draftToSigned(street)
    expect(last(await street.say('李敏', '收到'))).toContain('已记收到：1号提示单')
    await street.say('徐伟', '任务 @李敏 周五前补台账')
    expect((await street.say('李敏', '收到', { group: 'G01' })).replies.map(({ text }) => text)).toEqual([
      '回执：1号1/9人',
    ])
    expect((await listTasks(street.db))[1]!.acknowledgedAt).toBeUndefined()
  })

  it.each(['交办1号完成', '任务1完成', '1号交办做完了'])('%s finishes it, and the giver hears it once', async words => {
    const said = await street.say('李敏', words)
    expect(last(said)).toContain('1号交办《报出租房数》已完成')
    expect(told(said, '徐伟')).toEqual([`李敏完成了1号交办《报出租房数》：${words}`])
    expect((await tasks())[0]!.status).toBe('done')
    expect(told(await street.say('李敏', words), '徐伟')).toEqual([])
  })

  it('takes numbers', async () => {
    expect(last(await street.say('李敏', '交办1号报了18户，还差4户'))).toContain('未完成，数量18，还剩4')
  })

  it('asks for the photo that was asked for', async () => {
    await street.say('徐伟', '任务 @李敏 周五前清理楼道，要求附照片')
    expect(last(await street.say('李敏', '交办2号完成'))).toContain('交办要求带照片')
    expect(last(await street.say('李敏', '照片', { images: 1 }))).toContain('2号交办《清理楼道》已完成')
  })

  it('of somebody else is not touched', async () => {
    const said = await street.say('王强', '交办1号完成')
    expect(said.status).toBe('refused')
    expect(last(said)).toBe('1号交办不是给您的；您手上的可以回“我的任务”看。')
    expect(last(await street.say('王强', '任务1完成了'))).toBe('1号交办不是给您的；您手上的可以回“我的任务”看。')
    expect((await tasks())[0]!.status).toBe('open')
  })

  it('is cancelled by its giver alone', async () => {
    expect((await street.say('李敏', '取消交办1')).status).toBe('refused')
    const said = await street.say('徐伟', '取消交办1')
    expect(told(said, '李敏')).toEqual(['1号交办《报出租房数》已由徐伟取消，不用办了。'])
    expect((await tasks())[0]!.status).toBe('cancelled')
    expect((await street.say('徐伟', '取消交办1')).status).toBe('refused')
  })

  it('is taken back by 撤销', async () => {
    expect(last(await street.say('徐伟', '撤销'))).toContain('已撤销：1号交办')
    expect((await tasks())[0]!.status).toBe('cancelled')
  })

  it('stands in 我交办的', async () => {
    expect(last(await street.say('徐伟', '我交办的'))).toBe(
      '您交办的（在办1件）：\n1号交办《报出租房数》　李敏　11月20日（周五）24:00前　在办',
    )
  })
})

describe('我的任务', () => {
  it('S0-16: groups by 条线, with the hours we estimate', async () => {
    street.setTime('2026-11-18T15:50')
    await draftToSigned(street)
    await street.say('徐伟', '任务 @李敏 周五前报出租房数')
    expect(last(await street.say('李敏', '我的任务'))).toBe(
      [
        '手上还有2件，约0.8小时（估算）：',
        '【桃源社区】',
        '1号交办《报出租房数》，徐伟交办，11月20日（周五）24:00前',
        '【消安办】',
        '1号提示单《排查出租房》，12月4日（周五）24:00前',
      ].join('\n'),
    )
  })

  it('does not mix the number of a task with that of a notice', async () => {
    street.setTime('2026-11-18T15:50')
    await draftToSigned(street)
    await street.say('徐伟', '任务 @李敏 周五前报出租房数')
    await street.say('李敏', '1号提示单完成')
    expect((await tasks())[0]!.status).toBe('open')
    await street.say('李敏', '交办1号完成')
    expect((await tasks())[0]!.status).toBe('done')
  })
})

describe('the decision of a meeting', () => {
  it('becomes a task that names its source', async () => {
    const roster = await street.roster()
    await street.change(async db => {
      const desk = await openDesk(db, { by: 'job:test', now: street.now(), at: street.now() })
      const [member] = roster.membersNamed('李敏')
      const [giver] = roster.membersNamed('沈国华')
      const source = { type: 'meeting', id: 'm1' }
      await tellAssigned(
        desk,
        await assignTask(desk, { member: member!, giver: giver!, content: '补台账', due: '2026-11-25', source }),
      )
    })
    const [task] = await listTasks(street.db)
    expect(task).toMatchObject({ no: 1, due: '2026-11-25', source: { type: 'meeting', id: 'm1' }, line: '桃源社区' })
  })
})

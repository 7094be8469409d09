import { afterEach, describe, expect, it } from 'vitest'
import { listExamAnswers, listExams } from '../../storage/exams.ts'
import { openTestStreet, type Said, type StreetOptions, type TestStreet } from '../support/street.ts'

let street: TestStreet
const open = async (options: StreetOptions = {}) => {
  street = await openTestStreet({ now: '2026-11-18T09:30', ...options })
}
afterEach(() => street.dispose())
const last = ({ replies }: Said) => replies.at(-1)?.text ?? ''

describe('the plan of the year', () => {
  it('S0-27, S4D-13: is written in one line, shown with what was held, and taken back', async () => {
    await open({ pack: 'county-center' })
    expect(last(await street.say('王科', '培训计划 11月 消防实操；12月 短期轮训'))).toContain(
      '已列入2026年11月《消防实操》、2026年12月《短期轮训》',
    )
    await street.say('王科', '后天上午10点消防实操培训，街道党校201', { group: 'S01' })
    const shown = last(await street.say('李敏', '培训计划'))
    expect(shown).toContain('11月 消防实操　已约')
    expect(shown).toContain('12月 短期轮训　未约')
    expect((await street.say('王科', '培训计划 11月 消防实操')).status).toBe('refused')
    expect(last(await street.say('王科', '删培训计划 12月 短期轮训'))).toContain('已删去')
  })

  it('S2-36: tells how many the document asks for', async () => {
    await open({ pack: 'county-grid' })
    await street.say('王科', '培训计划 12月 业务培训')
    expect(last(await street.say('林静', '培训计划'))).toContain('每年至少1次')
  })

  it('S0-27: is not for a grid worker to change, and a month that is none is refused', async () => {
    await open()
    expect((await street.say('李敏', '培训计划 12月 消防实操')).status).toBe('refused')
    expect((await street.say('王科', '培训计划 13月 消防实操')).status).toBe('refused')
    expect(last(await street.say('王科', '培训计划'))).toContain('还没有培训计划')
  })
})

const BANK = '题库 消防\n灭火器多久查一次？ A.每月 B.每年 C.不用查 答案A\n2. 油锅起火怎么办？ A.浇水 B.盖锅盖 答案B'

describe('S2-36: an exam', () => {
  const sit = async () => {
    await open({ pack: 'county-grid' })
    await street.say('王科', BANK)
    await street.say('王科', '组织考试 消防')
  }

  it('asks one question at a time in private, takes button, word or letter, and tells the score', async () => {
    await sit()
    const first = await street.say('李敏', '考试', { group: 'G01' })
    expect(first.replies[0]).toMatchObject({ to: 'user', target: '李敏' })
    expect(last(first)).toContain('第1题（共2题）：灭火器多久查一次？\nA. 每月\nB. 每年\nC. 不用查')
    expect(first.replies[0]!.card!.buttons[0]).toMatchObject({ text: 'A', says: '答题1-1 A' })
    const second = await street.say('李敏', '答题1-1 A')
    expect(last(second)).toContain('答对了。\n第2题')
    expect(last(await street.say('李敏', 'a'))).toContain('正确答案是B（盖锅盖）。\n1号考试（消防）考完了：50分。')
    expect(last(await street.say('李敏', '考试成绩'))).toContain('您的成绩：50分')
  })

  it('answered twice counts once, and the person is told', async () => {
    await sit()
    await street.say('李敏', '答题1-1 B')
    const again = await street.say('李敏', '答题1-1 A')
    expect(again.status).toBe('refused')
    expect(last(again)).toBe('这一题您已答过B，以第一次为准。')
    await street.say('李敏', '答B')
    const over = await street.say('李敏', '考试')
    expect(over.status).toBe('refused')
    expect(last(over)).toContain('您已考过：50分')
    const [exam] = await listExams(street.db)
    expect(await listExamAnswers(street.db, [exam!.id])).toHaveLength(2)
  })

  it('refuses a letter that the question does not have, and an exam that is over', async () => {
    await sit()
    await street.say('李敏', '答A')
    expect(last(await street.say('李敏', '答D'))).toContain('没有D')
    await street.say('王科', '结束考试1')
    expect((await street.say('李敏', '答B')).status).toBe('refused')
  })

  it('goes on where it was left, also the next day', async () => {
    await sit()
    await street.say('李敏', '考试')
    await street.say('李敏', '选A')
    street.setTime('2026-11-19T09:00')
    expect(last(await street.say('李敏', '继续考试'))).toContain('第2题（共2题）')
  })

  it('names who has not sat it to whoever holds it alone, in private', async () => {
    await sit()
    await street.say('李敏', '答A')
    await street.say('李敏', '答B')
    const said = await street.say('王科', '考试成绩1', { group: 'S01' })
    expect(said.replies.map(({ to }) => to)).toEqual(['user'])
    expect(last(said)).toContain('考完1人')
    expect(last(said)).toContain('李敏　100分')
    expect(last(said)).toMatch(/未考：.*张丽/)
  })

  it('takes no question without choices or answer, and says which line', async () => {
    await open({ pack: 'county-grid' })
    const said = await street.say('王科', '题库 消防\n灭火器多久查一次？')
    expect(said.status).toBe('refused')
    expect(last(said)).toContain('灭火器多久查一次？')
    expect((await street.say('王科', '组织考试 消防')).status).toBe('refused')
    expect((await street.say('李敏', BANK)).status).toBe('refused')
  })
})

describe('the rates of the year', () => {
  const train = async () => {
    await street.say('王科', '后天上午10点业务培训，街道党校201', { group: 'S01' })
    street.setTime('2026-11-20T10:00')
    await street.say('李敏', '会议签到')
    street.setTime('2026-11-20T12:30')
  }

  it('S2-04: name those who are missing, in private; a group reads only the figures', async () => {
    await open({ pack: 'county-grid' })
    await train()
    const said = last(await street.say('林静', '培训率'))
    expect(said).toMatch(/2026年：培训\d+%（1\/\d+），考核0%/)
    expect(said).toContain('桃源社区：培训')
    expect(said).toMatch(/还没培训：.*张丽/)
    expect(said).not.toMatch(/还没培训：.*李敏/)
    const group = last(await street.say('林静', '培训率', { group: 'S01' }))
    expect(group).toContain('2026年：培训')
    expect(group).not.toContain('张丽')
  })

  it('S2-04: a worker reads of themselves alone', async () => {
    await open({ pack: 'county-grid' })
    await train()
    expect(last(await street.say('李敏', '培训率'))).toBe('今年您已参加培训，考试还没有完成。')
    expect(last(await street.say('张丽', '培训率'))).toContain('还没有培训记录')
  })

  it('S2-36: who missed the class makes up for it, as somebody else notes', async () => {
    await open({ pack: 'county-grid' })
    await train()
    expect((await street.say('张丽', '补训 1号培训 张丽')).status).toBe('refused')
    expect(last(await street.say('王科', '补训 1号培训 张丽'))).toContain('已记张丽补了1号业务培训')
    expect(last(await street.say('张丽', '培训率'))).toContain('已参加培训')
  })

  it('S2-50: a meeting whose minutes say so counts as training too', async () => {
    await open({ pack: 'county-grid' })
    await street.say('陈桂芳', '后天下午3点开周例会', { group: 'G01' })
    street.setTime('2026-11-20T15:05')
    await street.say('李敏', '会议签到', { group: 'G01' })
    street.setTime('2026-11-20T16:30')
    const said = await street.say('陈桂芳', '会议纪要：总结上周，以会代训学了反诈，部署本周', { group: 'G01' })
    expect(last(said)).toContain('同时计入：培训。')
    expect(last(await street.say('李敏', '培训率'))).toContain('已参加培训')
  })

  it('S2-50: not where the document knows nothing of it', async () => {
    await open()
    await street.say('陈桂芳', '后天下午3点开周例会', { group: 'G01' })
    street.setTime('2026-11-20T16:30')
    const said = await street.say('陈桂芳', '会议纪要：总结上周，以会代训学了反诈，部署本周', { group: 'G01' })
    expect(last(said)).not.toContain('同时计入')
  })
})

describe('training before duty', () => {
  const newcomer = {
    pack: 'county-grid',
    now: '2026-11-18T08:10',
    prepare: async db => {
      await db.sql.updateTable('member').set({ joined_on: '2026-11-18' }).where('key', '=', '李敏').execute()
    },
  } satisfies StreetOptions

  it('S2-37: is missing, the newcomer reads it, and the check-in is kept', async () => {
    await open(newcomer)
    const said = await street.say('李敏', '到岗了')
    expect(said.replies.map(({ text }) => text).join('\n')).toContain('未完成岗前培训：打卡已照常记录')
    expect(said.replies.map(({ text }) => text).join('\n')).toContain('已记上班打卡')
    expect(last(await street.say('林静', '岗前培训'))).toContain('未完成岗前培训1人：李敏')
  })

  it('S2-37: once noted it is told no more, and nobody notes their own', async () => {
    await open(newcomer)
    expect(last(await street.say('林静', '岗前培训 李敏 已完成'))).toBe('已记李敏完成岗前培训。')
    const said = await street.say('李敏', '到岗了')
    expect(said.replies.map(({ text }) => text).join('\n')).not.toContain('岗前培训')
    expect(last(await street.say('林静', '岗前培训'))).toContain('都完成了')
  })

  it('S2-37: whoever was here before the program is no newcomer, nor is anybody under another document', async () => {
    await open({ ...newcomer, prepare: async () => {} })
    expect((await street.say('李敏', '到岗了')).replies.map(({ text }) => text).join('\n')).not.toContain('岗前培训')
    await street.dispose()
    await open({ ...newcomer, pack: 'street-team' })
    expect((await street.say('李敏', '到岗了')).replies.map(({ text }) => text).join('\n')).not.toContain('岗前培训')
  })
})

it('S2-49: who can teach stands in a list, once', async () => {
  await open({ pack: 'county-grid' })
  await street.say('王科', '培训师资 张伟 消防救援大队 消防实操')
  expect((await street.say('王科', '培训师资 张伟 消防救援大队 消防实操')).status).toBe('refused')
  expect(last(await street.say('李敏', '培训师资'))).toBe('张伟　消防救援大队 消防实操')
})

describe('taking back', () => {
  it.each([
    ['S0-27', '王科', '培训计划 12月 消防实操', '培训计划 12月《消防实操》'],
    ['S2-49', '王科', '培训师资 张伟 消防救援大队 消防实操', '培训师资 张伟'],
    ['S2-37', '王科', '岗前培训 李敏 已完成', '李敏的岗前培训'],
    ['S2-36', '王科', '题库 消防\n灭火器多久查一次？ A.每月 B.每年 答案A', '1号题'],
  ])('%s: what %s noted with “%s” is undone', async (_, who, words, what) => {
    await open({ pack: 'county-grid' })
    await street.say(who, words)
    expect(last(await street.say(who, '撤销'))).toBe(`已撤销：${what}。`)
  })

  it('S2-36: an exam only while nobody has answered', async () => {
    await open({ pack: 'county-grid' })
    await street.say('王科', BANK)
    await street.say('王科', '组织考试 消防')
    await street.say('李敏', '答A')
    expect(last(await street.say('王科', '撤销'))).toContain('已经有人答题')
    expect((await listExams(street.db, { open: true })).length).toBe(1)
  })
})

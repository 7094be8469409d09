import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { toldGroups, toldTo } from '../support/replies.ts'
import { openTestStreet, type Said, type TestStreet } from '../support/street.ts'

let street: TestStreet
afterEach(() => street.dispose())
const tell = async (who: string, text: string) => toldTo(await street.say(who, text), who)
const buttonsOf = ({ replies }: Said) => replies[0]!.card!.buttons.map(({ says }) => says)

describe('应知应会', () => {
  beforeEach(async () => {
    street = await openTestStreet({ now: '2026-11-18T10:00', pack: 'grid-supervision' })
    await street.say('李敏', '底数 流动人口 210')
    await street.say('李敏', '底数 独居老人 12 3幢王奶奶')
  })

  it('S3C-03: asks one question at a time from the grid’s own numbers, in private, counts only', async () => {
    const first = await street.say('李敏', '应知应会', { group: 'G01' })
    expect(toldGroups(first)).toEqual([])
    expect(toldTo(first, '李敏')).toMatch(/^第1题（共5题）：第1网格的\S+是多少？/)
    expect(buttonsOf(first)).toEqual(['应知应会1-1 A', '应知应会1-1 B', '应知应会1-1 C'])
    const asked: string[] = []
    let said = await street.say('李敏', '应知应会')
    for (let place = 1; place <= 5; place++) {
      asked.push(toldTo(said, '李敏'))
      said = await street.say('李敏', 'A')
    }
    expect(toldTo(said, '李敏')).toMatch(/应知应会：答对\d\/5题。$/)
    expect(asked.join('\n')).toContain('第1网格的流动人口是多少？')
    expect(asked.join('\n')).not.toContain('王奶奶')
  })

  it('S2-43: tells right from wrong, and the first answer stands', async () => {
    const first = await street.say('李敏', '应知应会')
    expect(toldTo(first, '李敏')).toContain('A. 300户')
    expect(await tell('李敏', '应知应会1-1 A')).toContain('答对了。\n第2题')
    expect(await tell('李敏', '应知应会1-1 B')).toBe('这一题您已答过A，以第一次为准。')
    expect(await tell('李敏', 'A')).toMatch(/^应是B（/)
    expect(await tell('李敏', '应知应会1-9 B')).toContain('您没有1号应知应会的这一题')
    expect(await tell('王强', '应知应会1-3 B')).toContain('您没有1号应知应会的这一题')
  })

  it('stops at a word, keeps what was answered, and begins anew', async () => {
    await street.say('李敏', '应知应会')
    await street.say('李敏', 'A')
    expect(await tell('李敏', '不答了')).toBe('好，先到这里。应知应会：答对1/5题。')
    expect(await tell('李敏', '应知应会1-2 A')).toBe('1号应知应会已经结束，没有记。')
    expect(await tell('李敏', '结束应知应会')).toBe('现在没有在答的题。')
    const again = await street.say('李敏', '应知应会')
    expect(buttonsOf(again)[0]).toBe('应知应会2-1 A')
  })

  it('lets any other wish through while a question is open, and goes on where it stood', async () => {
    await street.say('李敏', '应知应会')
    expect(await tell('李敏', '走访了3幢王奶奶，20分钟')).toContain('已记走访')
    expect(await tell('李敏', '我的走访')).toContain('走访')
    expect(await tell('李敏', '应知应会')).toContain('第1题')
  })

  it('S2-43: keeps the result, for oneself and for those who lead', async () => {
    await street.say('李敏', '应知应会')
    await street.say('李敏', 'A')
    await street.say('李敏', '不答了')
    expect(await tell('李敏', '应知应会成绩')).toBe('应知应会最近一次：\n李敏 1/5题（11/18）')
    expect(await tell('陈桂芳', '应知应会成绩')).toContain('李敏 1/5题')
    expect(await tell('王强', '应知应会成绩')).toContain('还没有答过')
    expect(await tell('何大勇', '应知应会成绩')).toContain('还没有答过')
  })

  it('refuses a grid that is not one’s own', async () => {
    expect(await tell('张丽', '应知应会 1网格')).toContain('不在您负责的范围')
  })
})

it('S2-43: has nothing to ask where nothing is known', async () => {
  street = await openTestStreet({
    now: '2026-11-18T10:00',
    pack: 'county-grid',
    prepare: async db => {
      await db.sql.updateTable('grid').set({ households: null, residents: null }).execute()
      await db.sql.deleteFrom('member_role').where('role', '=', 'leader').execute()
    },
  })
  expect(await tell('李敏', '应知应会')).toBe('第1网格还没有底数可以考，先记一条，如“底数 出租房 12户”。')
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { databases } from '../support/stores.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'

describe.each(databases)('leave on $name', ({ name }) => {
  let street: TestStreet
  beforeEach(async () => {
    street = await openTestStreet({ database: name })
  })
  afterEach(() => street.dispose())
  it('is asked in the group, decided in private, and frees from being counted missing', async () => {
    street.setTime('2026-11-17T16:55')
    const say = async (who: string, text: string, group?: string) =>
      (await street.say(who, text, { group })).replies.map(reply => `${reply.target}: ${reply.text}`).join('\n')

    const asked = await say('李敏', '明天请一天假，带娃打疫苗', 'G01')
    expect(asked).toContain('沈国华: 【请假】1号，李敏，11月18日（周三）全天\n事由：带娃打疫苗')
    expect(asked).toContain('G01: 1号请假已报（11月18日（周三）全天），等沈国华审批')
    expect(await say('沈国华', '小李的假准了')).toContain('李敏: 您的1号请假（11月18日（周三）全天）沈国华已准。')

    street.setTime('2026-11-18T15:50')
    await say(
      '王科',
      '【工作提示单】\n工作内容：清点沙袋\n任务要求：1网格数清\n时间节点：下周五前\n考核规定：迟报扣0.5分',
    )
    await say('高峰', '同意')
    await say('方正', '签发')
    const missing = await street.say('陈桂芳', '1号提示单还有谁没收到', { group: 'G01' })
    expect(missing.replies[0]!.at).toEqual(['陈桂芳', '王强'])
    expect(missing.replies[0]!.text).toContain('请假1人不计')
  })

  it('of a 社区书记 is decided by the deputy, of a refused one the person hears why', async () => {
    street.setTime('2026-11-17T10:00')
    await street.say('沈国华', '周五请一天假，家里有事')
    const { replies } = await street.say('高峰', '1号请假不同意，周五迎检走不开')
    expect(replies.map(({ target }) => target)).toEqual(['沈国华', '高峰'])
    expect(replies[0]!.text).toContain('没有批准：周五迎检走不开')
  })
})

import { afterEach, describe, expect, it } from 'vitest'
import { nameRoles } from '../../policy/pack.ts'
import { builtInPackIds } from '../../policy/packs/built-in.ts'
import { draft, noticeNumbered, sign } from '../support/notice-steps.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'
import { readBuiltIn } from '../support/street-data.ts'

let street: TestStreet
afterEach(() => street.dispose())

async function hear(who: string, text: string): Promise<string> {
  const { replies } = await street.say(who, text)
  return replies.map(reply => reply.text).join('\n')
}

describe.each(builtInPackIds)('an ordinary day under %s', id => {
  const { pack } = readBuiltIn(id)

  it('takes presence, a visit, an item and a meeting', async () => {
    street = await openTestStreet({ pack: id, now: '2026-11-18T08:20' })
    for (const [who, text, expected] of [
      ['李敏', '到岗', '08:20'],
      ['李敏', '走访了王奶奶，一切正常', '王奶奶'],
      ['李敏', '信息：新开了一家网吧', '信息'],
      ['陈桂芳', '明天下午3点开例会', '15:00'],
    ] as const)
      expect(await hear(who, text)).toContain(expected)
  })

  it('carries an incident from the report to its end', async () => {
    street = await openTestStreet({ pack: id, now: '2026-11-18T08:20' })
    expect(await hear('李敏', '3号楼路灯坏了')).toContain('#1')
    expect(await hear('陈桂芳', '受理1号事件')).toContain('#1')
    expect(await hear('陈桂芳', '1号事件处理好了，灯换了')).toContain('#1')
    const row = await street.db.sql.selectFrom('incident').select('status').executeTakeFirstOrThrow()
    expect(row.status).toBe('resolved')
  })

  it('asks leave of the one the pack names', async () => {
    street = await openTestStreet({ pack: id, now: '2026-11-18T08:20' })
    await street.say('李敏', '明天上午请假，带娃看病')
    expect(await hear('沈国华', '同意')).toContain('李敏')
  })

  it(`names those who may where ${pack.admission.gate.value ? 'a matter is not admitted' : 'a notice is signed'}`, async () => {
    street = await openTestStreet({ pack: id, now: '2026-11-18T10:00' })
    if (pack.admission.gate.value) {
      const said = await hear(
        '王科',
        '【工作提示单】\n工作内容：排查出租房\n任务要求：逐户登记\n时间节点：12月4日前\n考核规定：漏一户扣0.5分',
      )
      return expect(said).toContain('未准入')
    }
    const no = await draft(street)
    await street.say('高峰', `${no}号提示单同意`)
    expect(await hear('李敏', `${no}号提示单签发`)).toContain(nameRoles(pack, ['principal']))
    await sign(street, no)
    expect((await noticeNumbered(street, no)).status).toBe('signed')
  })
})

import { afterEach, describe, expect, it } from 'vitest'
import { noticeBroadcast } from '../../jobs/notice-broadcast.ts'
import { builtInPackIds } from '../../policy/packs/built-in.ts'
import { noticeNumbered, WHOLE } from '../support/notice-steps.ts'
import { runJob } from '../support/run-job.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'
import { readBuiltIn } from '../support/street-data.ts'

let street: TestStreet
afterEach(() => street.dispose())

describe.each(builtInPackIds)('a task notice under the pack %s', pack => {
  const rules = readBuiltIn(pack).pack.notice

  it('is refused without its four parts, passed along the chain, sent in the compiled run and owed by the receivers', async () => {
    street = await openTestStreet({ pack, now: '2026-11-18T10:00' })
    const roster = await street.roster()
    const holder = (step: string) => {
      const link = rules.chain.value.find(one => one.step === step)!
      return roster.holders([link.role], '2026-11-18')[0]!.name
    }
    const drafter = roster.holders([rules.chain.value.find(({ step }) => step === 'draft')!.role], '2026-11-18')[0]!
    const last = async (who: string, text: string) => (await street.say(who, text)).replies.at(-1)!.text

    const { appraisal } = rules.parts.value
    const incomplete = WHOLE.split('\n').slice(0, 3).join('\n')
    expect(await last(drafter.name, `【工作提示单】\n${incomplete}`)).toContain(`还缺：${appraisal}`)
    await street.say(drafter.name, '漏一户扣0.5分')
    if (readBuiltIn(pack).pack.admission.gate.value) {
      expect((await noticeNumbered(street, 1)).status).toBe('draft')
      await street.say(holder('sign'), '强制准入提示单1 防汛急用')
      await street.say(drafter.name, '继续起草1号')
    }
    const submitted = await noticeNumbered(street, 1)
    expect(submitted.status).toBe('submitted')
    const reviewer = roster.memberById(submitted.reviewerId!)!.name
    expect(await last(reviewer, '1号提示单同意')).toContain('审核通过')
    expect(await last(holder('sign'), '1号提示单签发')).toContain(`今天${rules.compileAt.value}汇总下发`)

    const sheets = await runJob(street, noticeBroadcast, { due: `2026-11-18T${rules.compileAt.value}` })
    expect(sheets.map(({ to }) => to)).toEqual(['G01', 'G02', 'G03', 'G04'])
    const rows = await street.db.sql.selectFrom('notice_receiver').select('member_id').execute()
    const owing = roster.members.filter(({ id }) => rows.some(row => row.member_id === id))
    expect(owing.length).toBeGreaterThan(0)
    for (const { roles } of owing) expect(roles.some(({ role }) => rules.receivers.value.includes(role))).toBe(true)
  })
})

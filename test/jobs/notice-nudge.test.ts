import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { noticeNudge } from '../../jobs/notice-nudge.ts'
import { draft, draftAndReview, draftToSigned, WHOLE } from '../support/notice-steps.ts'
import { runJob } from '../support/run-job.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'

let street: TestStreet
beforeEach(async () => {
  street = await openTestStreet({ now: '2026-11-18T10:00' })
})
afterEach(() => street.dispose())

describe.each(['15:00', '15:30'])('the nudge at %s', time => {
  const due = `2026-11-18T${time}`

  it('goes in private to each who holds a notice up, and to 党政办', async () => {
    await draft(street)
    await draft(street, WHOLE, '罗平')
    await draftAndReview(street, WHOLE.replace('排查出租房', '清点沙袋'))
    const said = await runJob(street, noticeNudge, { due })
    expect(said.map(({ to }) => to)).toEqual(['@高峰', '@梁栋', '@方正', '@林静'])
    expect(said[0]!.text).toContain('1号提示单《排查出租房》')
    expect(said[2]!.text).toContain('3号提示单《清点沙袋》')
    expect(said[3]!.text).toContain('2号提示单《排查出租房》：待梁栋审核')
  })

  it('leaves standing tasks alone, for they go out whenever they are signed', async () => {
    await draft(street, '常态化任务\n工作内容：独居老人探访\n任务要求：每周一次\n考核规定：少一次扣0.5分')
    expect(await runJob(street, noticeNudge, { due })).toEqual([])
  })

  it('is silent where nothing waits', async () => {
    await draftToSigned(street)
    expect(await runJob(street, noticeNudge, { due })).toEqual([])
  })
})

it('is worthless after 16:00 and is dropped then', async () => {
  await draft(street)
  await runJob(street, noticeNudge, { due: '2026-11-18T15:30' })
  const rows = await street.db.sql.selectFrom('outbox').select('not_after').where('kind', '=', 'notice-nudge').execute()
  const cutoff = Date.parse('2026-11-18T16:00:00+08:00')
  expect(rows.map(({ not_after }) => not_after)).toEqual([cutoff, cutoff])
})

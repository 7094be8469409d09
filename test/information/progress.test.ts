import { afterEach, describe, expect, it } from 'vitest'
import { informationQuota } from '../../jobs/information-quota.ts'
import { toldGroups, toldTo } from '../support/replies.ts'
import { runJob } from '../support/run-job.ts'
import { openTestStreet, type StreetOptions, type TestStreet } from '../support/street.ts'

let street: TestStreet
afterEach(() => street.dispose())

const FRESH = [
  '新开网吧一家',
  '沿河步道修好通行',
  '3幢电梯维保已完成',
  '东门装了两个充电桩',
  '社区办了防诈讲座',
  '6幢外墙刷新完工',
]

async function open(now: string, pack: StreetOptions['pack'] = 'county-grid') {
  street = await openTestStreet({ pack, now })
}
async function tell(who: string, count: number, from = 0) {
  const said = []
  for (const text of FRESH.slice(from, from + count)) said.push(toldTo(await street.say(who, `信息：${text}`), who))
  return said
}
const told = async (who: string, text: string) => toldTo(await street.say(who, text), who)

describe('how far the week is', () => {
  it('S2-25: counts what is new, and says what the week owes', async () => {
    await open('2026-11-16T09:00')
    await tell('李敏', 3)
    await told('李敏', '信息：新开网吧一家')
    expect(await told('李敏', '信息进度')).toBe(
      '第1网格本周 3/5条（本周5个工作日，应报5条），还差2条。另有1条重复，不计。',
    )
  })

  it('S2-25: last week is called last week', async () => {
    await open('2026-02-24T09:00')
    expect(await told('李敏', '上周信息进度')).toBe('第1网格上周 0/5条（上周没有工作日，不用报）。')
  })

  it('S2-25: a short week owes its share', async () => {
    await open('2026-09-28T09:00')
    await tell('李敏', 3)
    expect(await told('李敏', '信息进度')).toBe('第1网格本周 3/5条（本周3个工作日，应报3条），已够。')
  })

  it('S2-25: the fifth item is answered like the first, and a sixth earns nothing', async () => {
    await open('2026-11-16T09:00')
    const said = await tell('李敏', 6)
    for (const text of said) expect(text).toMatch(/^已记信息：\S{1,2}，第1网格（WJ001）。$/)
    expect(await told('李敏', '信息进度')).toMatch(/6\/5条.*已够。够数就行，多报不加分。$/)
  })

  it('S2-19: two workers of one grid share what it owes', async () => {
    await open('2026-11-16T09:00')
    await tell('李敏', 2)
    await tell('王强', 1, 2)
    expect(await told('王强', '信息进度')).toContain('3/5条（本周5个工作日，应报5条），还差2条。其中您报的1条。')
  })

  it('S2-25: whoever leads several grids reads each, in private; nobody reads a grid of others', async () => {
    await open('2026-11-18T09:00')
    await tell('张丽', 1)
    const { replies } = await street.say('林静', '信息进度', { group: 'S01' })
    expect(replies.map(({ to }) => to)).toEqual(['user'])
    expect(replies[0]!.text).toContain('第2网格 1/5条，还差4条')
    expect(await told('何大勇', '信息进度')).not.toContain('第1网格')
  })

  it('S2-25: the week before is asked for by name', async () => {
    await open('2026-11-13T09:00')
    await tell('李敏', 1)
    street.setTime('2026-11-16T09:00')
    expect(await told('李敏', '上周信息进度')).toContain('第1网格上周 1/5条')
    expect(await told('李敏', '信息进度')).toContain('第1网格本周 0/5条')
  })

  it('S2-25: a document without a number says so', async () => {
    await open('2026-11-16T09:00', 'street-team')
    await tell('李敏', 1)
    expect(await told('李敏', '信息进度')).toBe('第1网格本周信息1条。现行文件没有规定每周条数，有新情况再说就行。')
  })
})

describe('the one reminder of the week', () => {
  const run = (due: string) => runJob(street, informationQuota, { due })

  it('S2-25: goes in private to the workers of grids that are short, on the last working day alone', async () => {
    await open('2026-11-18T09:00')
    await tell('李敏', 3)
    await tell('王强', 2, 3)
    await tell('张丽', 1)
    expect(await run('2026-11-19T15:00')).toEqual([])
    const said = await run('2026-11-20T15:00')
    expect(said.map(({ to }) => to)).toEqual(['@张丽', '@孙燕', '@冯洁'])
    expect(said[0]!.text).toContain('第2网格本周信息 1/5条（本周5个工作日，应报5条），还差4条')
    expect(said[0]!.text).toContain('确实没有，不用凑数')
  })

  it('S2-25: leaves in peace who is on leave', async () => {
    await open('2026-11-18T09:00')
    await street.say('张丽', '11月20日请一天假，看病')
    const [{ approver_id }] = (await street.db.sql.selectFrom('leave_request').select('approver_id').execute()) as [
      { approver_id: string },
    ]
    await street.say((await street.roster()).memberById(approver_id)!.key, '1号请假同意')
    const approved = await street.db.sql.selectFrom('leave_request').select('status').execute()
    expect(approved).toEqual([{ status: 'approved' }])
    expect((await run('2026-11-20T15:00')).map(({ to }) => to)).not.toContain('@张丽')
  })

  it.each([
    ['2026-10-10T15:00', '本周3个工作日，应报3条'],
    ['2026-02-14T15:00', '本周6个工作日，应报5条'],
  ])('S2-25: a make-up Saturday is the last working day: %s', async (due, sum) => {
    await open(due.replace('15:00', '09:00'))
    expect((await run(due))[0]!.text).toContain(sum)
  })

  it('S2-25: nobody is reminded in a year whose holidays are not known', async () => {
    await open('2031-03-07T09:00')
    expect(await run('2031-03-07T15:00')).toEqual([])
    expect(await told('李敏', '信息进度')).toContain('放假安排未导入，本周不计')
  })

  it('S2-25: no group hears of it, and a late run says nothing', async () => {
    await open('2026-11-20T09:00')
    expect((await run('2026-11-20T15:00')).every(({ to }) => to.startsWith('@'))).toBe(true)
    expect([informationQuota.catchUp, informationQuota.days]).toEqual(['drop', 'workdays'])
    expect(toldGroups(await street.say('李敏', '信息进度', { group: 'G01' }))).toHaveLength(1)
  })
})

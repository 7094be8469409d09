import { afterEach, beforeEach, expect, it } from 'vitest'
import { opinionDigest } from '../../jobs/opinion-digest.ts'
import { runJob } from '../support/run-job.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'

let street: TestStreet
beforeEach(async () => {
  street = await openTestStreet({ now: '2026-11-18T09:00' })
})
afterEach(() => street.dispose())
const run = (due: string) => runJob(street, opinionDigest, { due })

it('S0-09: each instructor reads the week’s opinions of their grids, in private; who has none reads nothing', async () => {
  await street.say('李敏', '民意：3幢希望加路灯')
  await street.say('张丽', '民意：希望公园多几张椅子')
  await street.say('张丽', '信息：5幢新搬来一家三口，外地户籍')
  const said = await run('2026-11-23T08:30')
  expect(said.map(({ to }) => to)).toEqual(['@徐伟'])
  expect(said[0]!.text).toBe('上周社情民意2条：\n1号 第1网格：3幢希望加路灯\n2号 第2网格：希望公园多几张椅子')
  expect(await run('2026-11-30T08:30')).toEqual([])
})

it('S0-09: what was taken back is not told', async () => {
  await street.say('李敏', '民意：3幢希望加路灯')
  await street.say('李敏', '撤销')
  expect(await run('2026-11-23T08:30')).toEqual([])
})

it('S0-09: the weeks of a long holiday come with the first digest after it', async () => {
  street.setTime('2026-02-13T09:00')
  await street.say('李敏', '民意：3幢希望加路灯')
  street.setTime('2026-02-18T09:00')
  await street.say('李敏', '民意：希望放烟花的地方远一点')
  const [said] = await run('2026-02-24T08:30')
  expect(said!.text).toContain('上周社情民意2条')
})

it('S0-09: a grid without instructor tells its leader', async () => {
  const other = await openTestStreet({ now: '2026-11-18T09:00', pack: 'street-appraisal' })
  try {
    await other.say('李敏', '民意：3幢希望加路灯')
    const [said] = await runJob(other, opinionDigest, { due: '2026-11-23T08:30' })
    expect(said!.to).toBe('@陈桂芳')
  } finally {
    await other.dispose()
  }
})

it('S0-09: what is nobody’s business is told without its words', async () => {
  await street.say('李敏', '民意：宗教活动场所希望延长开放')
  expect((await run('2026-11-23T08:30'))[0]!.text).toContain('1号 第1网格：（不公开，见台账）')
})

import { afterEach, expect, it } from 'vitest'
import { quarterlyCheck } from '../../jobs/quarterly-check.ts'
import { runJob } from '../support/run-job.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'
import type { BuiltInPack } from '../support/street-data.ts'

let street: TestStreet
const open = async (pack: BuiltInPack) => {
  street = await openTestStreet({ pack, now: '2026-11-18T09:30' })
}
afterEach(() => street.dispose())
const run = (due: string) => runJob(street, quarterlyCheck, { due })

it('S1-15: the check of the registers is asked of 社区专干 once a quarter, as a default of ours', async () => {
  await open('street-appraisal')
  const said = await run('2026-12-01T09:30')
  expect(said.map(({ to }) => to)).toEqual(['@夏兰'])
  expect(said[0]!.text).toContain('本季度的人口清理登记情况检查')
  expect(said[0]!.text).toContain('每季度至少1次，')
  expect(await run('2026-12-02T09:30')).toEqual([])
  expect(await run('2026-11-02T09:30')).toEqual([])
})

it('S3C-09: the quarterly check is asked of whoever inspects', async () => {
  await open('grid-supervision')
  expect((await run('2026-09-01T09:30')).map(({ to }) => to)).toEqual(['@苏静'])
})

it('S1-15: under a document without such a check nobody is asked', async () => {
  await open('street-team')
  expect(await run('2026-12-01T09:30')).toEqual([])
})

import type { Context } from 'koa'
import { afterEach, expect, test } from 'vitest'
import { createRateLimit } from '../../bot/h5/rate-limit.ts'
import { createSignIn } from '../../bot/h5/sign-in.ts'
import { openTestSqlite, type TestStore } from '../support/stores.ts'

let store: TestStore | undefined
afterEach(async () => {
  await store?.dispose()
  store = undefined
})

test('a bucket gives its burst, then what time fills in, and never more than the burst', () => {
  let now = 0
  const limit = createRateLimit({ burst: 3, perSecond: 2, machineNow: () => now })
  const waits = (count: number) => Array.from({ length: count }, () => limit.take('one'))
  expect(waits(4)).toEqual([0, 0, 0, 500])
  expect(limit.take('other')).toBe(0)
  now = 500
  expect(waits(2)).toEqual([0, 500])
  now = 60_000
  expect(waits(4)).toEqual([0, 0, 0, 500])
})

test('sign-ins without end are held off before the platform is asked', async () => {
  store = await openTestSqlite()
  let asked = 0
  const platform = {
    channel: 'wecom',
    isInside: () => true,
    client: { corpId: 'ww' },
    sign: () => Promise.reject(new Error('not here')),
    async identify() {
      asked += 1
      return undefined
    },
  } as const
  const signIn = createSignIn({ store: store.store, machineNow: () => 0, isHttps: false })
  const enter = () => signIn.enter({} as Context, platform, 'made-up').catch((error: { code: string }) => error.code)
  const codes = []
  for (let count = 0; count < 601; count += 1) codes.push(await enter())
  expect([codes[0], codes[599], codes[600], asked]).toEqual(['bad-code', 'bad-code', 'too-many', 600])
})

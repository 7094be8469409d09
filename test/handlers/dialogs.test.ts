import { expect, it } from 'vitest'
import { listHandlers } from '../../handlers/index.ts'
import { openTestStreet, runDialog } from '../support/street.ts'

it.each(listHandlers().map(({ intent }) => intent))('the example of %s works as it is written', async intent => {
  const street = await openTestStreet({ now: '2026-11-18T08:20' })
  try {
    expect(await runDialog(street, intent)).toEqual([])
  } finally {
    await street.dispose()
  }
})

it('has one handler an intent', () => {
  const intents = listHandlers().map(({ intent }) => intent)
  expect(new Set(intents).size).toBe(intents.length)
})

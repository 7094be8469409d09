import { setImmediate as turnOfLoop } from 'node:timers/promises'
import { pino } from 'pino'
import { expect, it } from 'vitest'
import type { Delivery } from '../../bot/delivery.ts'
import { createPump } from '../../bot/pump.ts'
import { createTurns } from '../../bot/turns.ts'
import type { Scheduler } from '../../jobs/scheduler.ts'
import { manualClock } from '../support/clock.ts'

it('runs jobs and stops though texts and pictures never come to an end', async () => {
  let jobs = 0
  let texts = 0
  let pictures = 0
  const pump = createPump({
    clock: manualClock('2026-11-18T15:59'),
    scheduler: {
      runDue: async () => {
        jobs += 1
      },
    } as Partial<Scheduler> as Scheduler,
    delivery: {
      deliverNext: async () => {
        await turnOfLoop()
        texts += 1
        return texts % 2 === 0
      },
    } as Partial<Delivery> as Delivery,
    doWork: async () => {
      await turnOfLoop()
      pictures += 1
      return true
    },
    seal: async () => {},
    turns: createTurns(),
    log: pino({ level: 'silent' }),
  })
  pump.wake()
  pump.start()
  pump.wake()
  await expect.poll(() => [jobs > 0, texts > 9, pictures > 9]).toEqual([true, true, true])
  await pump.stop()
  const before = [texts, pictures]
  await turnOfLoop()
  expect([texts, pictures]).toEqual(before)
})

import { z } from 'zod'
import { count, role, ruled, scope, text, time } from './form.ts'

const per = z.enum(['week', 'month', 'quarter'])

export const quota = z.array(ruled(z.strictObject({ of: text, atLeast: count, per, scope })))

export const visitLists = z.array(ruled(z.strictObject({ of: text, atLeast: count, per })))

/** How what is owed in a week is counted. */
export const quotaCounting = z.strictObject({
  /** A week with fewer working days owes its share, rounded up. */
  fullWeekWorkdays: ruled(count),
  /** Whether more than is owed earns anything. */
  rewardAbove: ruled(z.boolean()),
})

/** So many dated attempts count as a visit. */
export const visitAttempts = ruled(count)

export const patrol = z.strictObject({
  visitsPerWorkday: ruled(count),
  /** When whoever has not been out yet is reminded in private; absent where the document asks for no daily visit. */
  nudgeAt: ruled(time).optional(),
  roundsPerDay: ruled(count).optional(),
  roundsOnHalfDay: ruled(count).optional(),
  /** Shifts that follow each other around the clock. */
  hoursCovered: ruled(count).optional(),
})

const days = z.strictObject({ from: count, to: count })

/** All households once within these days of the month. */
export const coverage = z.strictObject({
  days: ruled(days),
  minutesPerDay: ruled(count),
  /** Whether only the working days of the window count. */
  onWorkdays: ruled(z.boolean()),
  reportDays: ruled(z.array(count)),
  reportShift: ruled(z.enum(['prev', 'next', 'none'])),
  reportTo: ruled(role),
})

/** The diary of the day. */
export const dailyLog = z.strictObject({ owner: ruled(role), draftAt: ruled(time) })

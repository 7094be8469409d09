import { z } from 'zod'
import { count, role, ruled, scope, text, time } from './form.ts'

const per = z.enum(['week', 'month', 'quarter'])

export const quota = z.array(ruled(z.strictObject({ of: text, atLeast: count, per, scope })))

export const visitLists = z.array(
  ruled(
    z.strictObject({
      of: text,
      /** 0: the list is only kept. */
      atLeast: count,
      per,
      /** What the codes of the list begin with; absent: the name without its ending. */
      short: text.optional(),
      /** The ledger to which it belongs, where that may be closed. */
      ledger: text.optional(),
    }),
  ),
)

/** How what is owed in a week is counted. */
export const quotaCounting = z.strictObject({
  /** A week with fewer working days owes its share, rounded up. */
  fullWeekWorkdays: ruled(count),
  /** Whether more than is owed earns anything. */
  rewardAbove: ruled(z.boolean()),
  /** An item alike to one of the same grid within these days repeats it and is not counted. */
  duplicateDays: ruled(count),
  /** Shorter ones say nothing yet. */
  minCharacters: ruled(count),
  /** When a grid that is short hears of it, on the last working day of the week. */
  shortNudgeAt: ruled(time),
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

/** Who reads on the first working day of a month what the grids did in the month before. */
export const monthlyDigest = z.strictObject({ to: ruled(z.array(role).min(1)), at: ruled(time) })

/** The diary of the day. */
export const dailyLog = z.strictObject({ owner: ruled(role), draftAt: ruled(time) })

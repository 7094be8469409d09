import { z } from 'zod'
import { count, ruled, text } from './form.ts'

/** 督导. Source: S0-26, S1-09, S2-42, S3C-11, S3C-12 */
export const inspection = z.strictObject({
  /** Whether somebody may inspect a grid they serve in. */
  ownGrid: ruled(z.boolean()),
  /** The ways of checking that the document names. */
  modes: ruled(z.array(text)).optional(),
  /** How many things are drawn by lot: 2 where both the inspected and the inspectors are. */
  draws: ruled(count).optional(),
  /** What somebody is asked on the phone. */
  questions: ruled(z.array(text)).optional(),
  /** Calls, so many minutes apart, before nobody answering is written down. */
  callAttempts: ruled(count).optional(),
  callMinutesApart: ruled(count).optional(),
  /** Ratings by residents are shown from so many on. */
  ratingsAtLeast: ruled(count).optional(),
})

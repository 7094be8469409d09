import { z } from 'zod'
import { count, ruled, text, time } from './form.ts'

/** Turns of duty that follow each other; one that ends at or before its beginning ends on the next day. */
export const shifts = z.strictObject({
  kinds: ruled(z.array(z.strictObject({ name: text, from: time, until: time })).min(1)),
  /** So long after a turn began without anybody taking over, whoever leads is told. */
  takeOverMinutes: ruled(count),
})

/** Looking back on a week or a month in one line. */
export const review = z.strictObject({
  /** The names under `recurring` that are such reviews. */
  of: ruled(z.array(text).min(1)),
  /** On the last working day of the span. */
  remindAt: ruled(time),
})

import { z } from 'zod'
import { ruled, text } from './form.ts'

/** What the document counts of its own place: known, and nobody's duty. */
export const figures = z.array(ruled(z.strictObject({ of: text, count: z.number().nonnegative(), unit: text })))

/** What is measured, with the target that the document sets, in `unit`. */
export const indicators = z.array(
  ruled(z.strictObject({ name: text, target: z.number().nonnegative().optional(), unit: text.optional() })),
)

/** How an indicator is computed. */
export const formulas = z.array(ruled(z.strictObject({ of: text, is: text })))

/** What must be reached to count: `atLeast` takes the bound itself in (以上), `moreThan` does not (必须超过). */
export const thresholds = z.array(
  ruled(
    z
      .strictObject({
        of: text,
        atLeast: z.number().nonnegative().optional(),
        moreThan: z.number().nonnegative().optional(),
        unit: text,
      })
      .refine(({ atLeast, moreThan }) => (atLeast === undefined) !== (moreThan === undefined), {
        message: '至少 atLeast 和超过 moreThan 应写且只写一个',
      }),
  ),
)

import { z } from 'zod'
import { period, ruled, text } from './form.ts'

/**
 * Figures of the document that today's rules on formalism forbid to compel: off unless the subdistrict turns them on,
 * and even then only shown, to nobody's disadvantage.
 */
export const advisory = z.array(
  ruled(
    z.strictObject({
      name: text,
      target: z.number().nonnegative().optional(),
      unit: text.optional(),
      per: period.optional(),
    }),
  ).extend({ enabled: z.boolean(), against: text }),
)

/** What the document asks for and this program does not do. */
export const disabled = z.array(z.strictObject({ rule: text, title: text, why: text }))

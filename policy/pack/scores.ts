import { z } from 'zod'
import { count, missing, period, ruled, scope, text } from './form.ts'

export const score = z
  .strictObject({
    total: ruled(z.number().positive()),
    items: z.array(ruled(z.strictObject({ name: text, points: z.number().positive() }))),
    gaps: z.array(missing.extend({ points: z.number().positive() })),
  })
  .superRefine(({ total, items, gaps }, context) => {
    const points = [...items.map(({ value }) => value.points), ...gaps.map(gap => gap.points)]
    const sum = points.reduce((a, b) => a + b, 0)
    const message = `各项与待补之和是 ${sum} 分，与总分 ${total.value} 分不符`
    if (sum !== total.value) context.addIssue({ code: 'custom', path: ['total', 'value'], message })
  })

export const rank = z.strictObject({
  scope: ruled(scope),
  tie: ruled(z.enum(['shared', 'byName'])),
  publish: ruled(z.enum(['private', 'top3', 'all'])),
})

export const awards = z.array(
  ruled(
    z.strictObject({
      name: text,
      /** Absent where the document says 若干. */
      count: count.optional(),
      /** To each full-time and part-time worker of the grid. */
      yuanPerWorker: count,
    }),
  ),
)

/** The contest that the awards are for. */
export const contest = z.strictObject({
  per: ruled(period),
  /** Grids that each community may name. */
  nominees: ruled(z.strictObject({ from: count, to: count })),
})

export const penalties = z.strictObject({
  needsSignature: ruled(z.boolean()),
  /** Working days in which whoever is concerned may appeal before anybody signs. */
  appealWorkdays: ruled(count).optional(),
  items: z.array(ruled(z.strictObject({ name: text, when: text }))),
})

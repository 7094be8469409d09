/** How every value of a pack is written: what it is, the rule it follows, the clause that says so, and whose word it is. */
import { z } from 'zod'
import { isDay, parseTime } from '../time.ts'
import { roleCodes } from './role-codes.ts'

export const text = z.string().trim().min(1)
export const count = z.number().int().nonnegative()
export const day = z.string().refine(isDay, '应为日期，如 "2026-01-01"')
export const time = z.string().refine(isTime, '应为时刻，如 "08:30"')
export const role = z.enum(roleCodes)
export const scope = z.enum(['grid', 'community', 'subdistrict'])
export const period = z.enum(['day', 'workday', 'week', 'month', 'quarter', 'half', 'year'])
/** `S0-21`, `S3A-09b`: the row of the rule book. */
const rule = z.string().regex(/^S\d[A-E]?-\d{2}b?$/, '应为规则编号，如 "S0-21"')

function isTime(value: string): boolean {
  try {
    return parseTime(value) >= 0
  } catch {
    return false
  }
}

/** A value that the document gives (`original`) or that we chose where it is silent (`default`). */
export function ruled<T extends z.ZodType>(value: T) {
  return z.strictObject({ value, rule, clause: text, status: z.enum(['original', 'default']) })
}

/** A value that the document announces and does not give; never invented. */
export const missing = z.strictObject({ what: text, rule, clause: text, status: z.literal('missing') })

import { z } from 'zod'
import { role, ruled, scope, text } from './form.ts'

/** What the roster calls a role, and who that is. */
const roleName = z.strictObject({
  code: role,
  scope,
  employment: z.enum(['fullTime', 'partTime']).optional(),
})

export const roles = ruled(z.record(text, roleName))

export const leave = z.strictObject({
  approver: ruled(role),
  /** Who decides where the one asking has this role. */
  approverOf: ruled(z.partialRecord(role, role)),
})

/** The steps by which somebody is appointed, in order; `posted` where it is made public and may be objected to. */
export const appointment = ruled(z.array(z.strictObject({ name: text, posted: z.boolean().optional() })).min(1))

import { z } from 'zod'
import { count, role, ruled, scope, text } from './form.ts'

const judged = z.enum(['warn', 'refuse'])
const employment = z.enum(['fullTime', 'partTime'])
/** 社情复杂 · 其他 */
const areaClass = z.enum(['intricate', 'other'])
const range = z.strictObject({ from: count, to: count })

/** Who must be there, how many, and who may be whom at once. */
export const staffing = z.strictObject({
  /** The levels of the organisation, the highest first. */
  levels: ruled(z.array(text)).optional(),
  /** Which roles stand on each level; a level without roles is the residents. */
  levelRoles: ruled(z.array(z.strictObject({ name: text, roles: z.array(role) }))).optional(),
  /** How many of a role each grid, community or the subdistrict needs. */
  posts: z.array(
    ruled(
      z.strictObject({
        role,
        per: scope,
        atLeast: count,
        employment: employment.optional(),
        /** The kind of grid; every kind where absent. */
        kind: z.enum(['ordinary', 'dedicated']).optional(),
      }),
    ),
  ),
  /** No more than so many of a role. */
  limits: z.array(ruled(z.strictObject({ role, per: scope, atMost: count, judged: judged.default('warn') }))),
  /** Who holds a role as a matter of principle: another choice is told, not refused. */
  heldBy: z.array(
    ruled(
      z.strictObject({
        role,
        by: text,
        /** One of these words stands in the 职务 of whoever is the right one. */
        titles: z.array(text).optional(),
        /** Or that person has this role too. */
        alsoRole: role.optional(),
      }),
    ),
  ),
  incompatible: z.array(ruled(z.strictObject({ roles: z.array(role), with: z.array(role), judged }))),
  size: z
    .strictObject({ residents: ruled(count), households: ruled(count), tolerancePercent: ruled(count) })
    .optional(),
  /** Households to each worker. */
  load: ruled(range).optional(),
  /** Full years of age of a 网格员, both included. */
  age: ruled(range).optional(),
  /** The kinds of communities that have shares of their own; the first where the roster tells none. */
  areaClasses: ruled(z.array(areaClass)).optional(),
  /** How much of the posts must be filled, in percent; of one kind of community where it says so. */
  shares: z
    .array(
      ruled(
        z.strictObject({
          roles: z.array(role),
          employment: employment.optional(),
          area: areaClass.optional(),
          percent: count,
        }),
      ),
    )
    .default([]),
  /** Whose work is appraised, and on whom it lays stress. */
  appraised: ruled(z.strictObject({ roles: z.array(role), above: z.array(role) })).optional(),
  gridChanges: z
    .strictObject({
      /** Who keeps the record of a change of grids. */
      filedWith: ruled(role),
      /** Two grids may not hold the same building, shop or firm. */
      noOverlap: ruled(z.literal(true)),
      /** Answers about work name the code of the grid. */
      showCode: ruled(z.literal(true)),
    })
    .optional(),
})

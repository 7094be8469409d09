import { z } from 'zod'
import { count, ruled } from './form.ts'

/** How what is known of a grid is kept true. Source: S0-08 (熟悉掌握网格基本情况), S4A-03 (比对、核实) */
export const dossier = z.strictObject({
  /** What nobody told anew for so many days is marked. */
  staleDays: ruled(count),
  /** A number that differs by more than this is asked for once more. */
  contradictPercent: ruled(count),
})

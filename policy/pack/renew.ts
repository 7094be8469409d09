import { parse, stringify } from 'yaml'
import { packSchema } from './schema.ts'

type Section = Record<string, unknown>

/**
 * A pack in today's form that keeps what the older one said: what is new comes from `today`, and so does whatever the form
 * no longer takes.
 */
export function renewPack(stored: string, today: string): string {
  const older = parse(stored) as Section
  let renewed = parse(today) as Section
  for (const [key, section] of Object.entries(older)) {
    const kept = { ...renewed, [key]: keep(section, renewed[key]) }
    if (packSchema.safeParse(kept).success) renewed = kept
  }
  return stringify(renewed, { lineWidth: 0 })
}

/** What stood there before, where it is of the same shape; a section is taken key by key. */
function keep(before: unknown, now: unknown): unknown {
  if (!isSection(before) || !isSection(now)) return before
  if (isRuled(before) && isRuled(now)) return before
  if (isRuled(before) || isRuled(now)) return now
  return Object.fromEntries(
    Object.entries(now).map(([key, value]) => [key, key in before ? keep(before[key], value) : value]),
  )
}

function isSection(value: unknown): value is Section {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** One value with its clause, which is kept or replaced as a whole. */
function isRuled(section: Section): boolean {
  return 'clause' in section
}

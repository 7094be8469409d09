import { addDays, type Day, dayOf, instantAt, parseInstant } from '../policy/time.ts'

/** A day told without a time of day counts from noon: neither morning nor evening is claimed. */
const NOON = '12:00'
/** Work told later than this after it was done is no daily record any more. */
const LONGEST_DAYS = 31

/**
 * The earlier instant that a message claims for its work; undefined where it claims none, or one that cannot be.
 *
 * @param told local, `2026-11-17` or `2026-11-17T15:00`
 */
export function readClaimedAt(told: string | undefined, at: number): number | undefined {
  if (told === undefined) return undefined
  const instant = parseInstant(told.length === 10 ? `${told}T${NOON}` : told)
  if (instant === undefined || instant >= at || instant < instantAt(addDays(dayOf(at), -LONGEST_DAYS), '00:00'))
    return undefined
  return instant
}

/** `补报11/17` where the work was done on an earlier day; empty else. */
export function markClaimed(claimedAt: number | undefined, today: Day): string {
  if (claimedAt === undefined || dayOf(claimedAt) === today) return ''
  const day = dayOf(claimedAt)
  return `补报${Number(day.slice(5, 7))}/${Number(day.slice(8))}`
}

import type { Reading } from './reading.ts'

/** The words before the first pause: a time told there says when the work was done, one told later is about something else. */
const FIRST_CLAUSE = /^[^,。;!?\n]*/u

/**
 * The earlier time at which a message says that its work was done (昨天下午3点走访了…): `2026-11-17T15:00`, or the day alone
 * where no time of day is told; undefined where none is told before now.
 */
function findClaimedAt({ input, text, whens }: Reading): string | undefined {
  const clauseEnd = FIRST_CLAUSE.exec(text)?.[0].length ?? 0
  const [told, ...others] = whens.filter(({ start, isDeadline }) => start <= clauseEnd && !isDeadline)
  if (!told) return undefined
  // 昨天上班8:10: day and time of day stand apart.
  const time = told.time ?? others.find(other => other.time !== undefined)?.time
  if (time !== undefined && `${told.day}T${time}` < input.at) return `${told.day}T${time}`
  return told.day < input.at.slice(0, 10) ? told.day : undefined
}

/** Work told later than it was done carries the time that it claims. */
export function addClaimedAt<Slots extends { claimedAt?: string }>(slots: Slots, reading: Reading): Slots {
  const claimedAt = findClaimedAt(reading)
  return claimedAt === undefined ? slots : { ...slots, claimedAt }
}

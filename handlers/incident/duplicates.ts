import { judgeSameMatter, measureLikeness } from '../../policy/likeness.ts'
import { dayMs, dayOf, daysBetween } from '../../policy/time.ts'
import { type Incident, listIncidents } from '../../storage/incidents.ts'
import type { Desk } from '../desk.ts'
import type { Reader } from '../reader.ts'
import { isSamePlace, readPlaceName, spellPlace } from './place-names.ts'
import { isSensitive } from './privacy.ts'
import { statusNames } from './words.ts'

/** An earlier incident that a new report may be about, and why. */
export interface Repeat {
  earlier: Incident
  /** `同在3幢`, or `同在第1网格` where neither tells a place. */
  place?: string
  /** `都说漏水` */
  matter: string
  days: number
}

/** Without a place only nearly the same words count. */
const ALIKE_WITHOUT_PLACE = 0.7

/**
 * The earlier incident that a report most likely repeats: the same place and matter within the pack's days, closed ones included, for
 * what was closed and not fixed comes again.
 * Source: S1-02 (首问负责), expectations.md §4 (19)
 */
export async function findRepeat(desk: Desk, incident: Incident): Promise<Repeat | undefined> {
  const { db, pack, roster } = desk
  const days = pack.incident.intake.duplicateDays.value
  const community = roster.gridById(incident.gridId)?.community
  const earlier = await listIncidents(db, {
    from: incident.reportedAt - days * dayMs,
    to: incident.reportedAt + 1,
    ...(community && { gridIds: roster.grids.filter(grid => grid.community === community).map(({ id }) => id) }),
  })
  const candidates = earlier
    .filter(({ id, no, status }) => id !== incident.id && no < incident.no && !GONE.has(status))
    .map(one => judge(one, incident))
    .filter(repeat => repeat !== undefined)
  return candidates.sort((a, b) => b.likeness - a.likeness || b.earlier.no - a.earlier.no)[0]
}

const GONE: ReadonlySet<string> = new Set(['merged', 'cancelled'])

function judge(earlier: Incident, incident: Incident): (Repeat & { likeness: number }) | undefined {
  const [one, other] = [earlier, incident].map(({ place, description, category }) => ({
    place: place && readPlaceName(place.reveal()),
    text: place ? description.reveal().replace(place.reveal(), '') : description.reveal(),
    category,
  }))
  const days = daysBetween(dayOf(earlier.reportedAt), dayOf(incident.reportedAt))
  if (one!.place && other!.place) {
    if (!isSamePlace(one!.place, other!.place)) return undefined
    const same = judgeSameMatter(one!, other!)
    return same && { earlier, place: spellPlace(other!.place), matter: same.why, days, likeness: same.likeness }
  }
  if (one!.place || other!.place || earlier.gridId !== incident.gridId) return undefined
  const likeness = measureLikeness(one!.text, other!.text)
  return likeness >= ALIKE_WITHOUT_PLACE ? { earlier, matter: '说法相近', days, likeness } : undefined
}

/** `与 #12 像：同在3幢，都说漏水，2天前（已办结）` */
export function renderRepeat(
  { roster }: Pick<Desk, 'roster'>,
  { earlier, place, matter, days }: Repeat,
  reader: Reader,
): string {
  const isHidden = isSensitive(earlier.category) && !reader.isPrivate
  const where = place && !isHidden ? reader.place(place) : roster.gridById(earlier.gridId)?.name
  const when = days === 0 ? '今天' : `${days}天前`
  const parts = [where && `同在${where}`, isHidden ? '同一类' : matter, when].filter(Boolean)
  return `与 #${earlier.no} 像：${parts.join('，')}（${statusNames[earlier.status]}）`
}

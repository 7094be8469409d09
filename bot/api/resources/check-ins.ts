import { formatInstant } from '../../../policy/time.ts'
import { type CheckInRecord, countCheckIns, findCheckIn, listCheckIns } from '../../../storage/check-ins.ts'
import { fetchPage, mapPage } from '../page.ts'
import { keyOf, memberIdsOf, type Resource, showVoided, type View } from '../view.ts'

export const checkIns: Resource = {
  path: 'check-ins',
  async list(view, query) {
    const { from, to, voided } = query
    const filter = { from, to, voided, memberIds: memberIdsOf(view, query.get('member')) }
    const page = await fetchPage(
      query,
      part => listCheckIns(view.db, { ...filter, ...part }),
      () => countCheckIns(view.db, filter),
    )
    return mapPage(page, items => items.map(checkIn => show(view, checkIn)))
  },
  async find(view, id) {
    const checkIn = await findCheckIn(view.db, id)
    return checkIn && show(view, checkIn)
  },
}

function show(view: View, checkIn: CheckInRecord) {
  const { id, memberId, day, kind, at, result, source, place, distanceM, messageId, voided } = checkIn
  return {
    id,
    member: keyOf(view, memberId),
    day,
    kind,
    at: formatInstant(at),
    result,
    source,
    place: place?.reveal(),
    distanceM,
    messageId,
    ...showVoided(view, voided),
  }
}

import { formatInstant } from '../../../policy/time.ts'
import {
  countFieldRecords,
  type FieldRecord,
  findFieldRecord,
  listFieldRecords,
} from '../../../storage/field-records.ts'
import { fetchPage, mapPage } from '../page.ts'
import { instantsOf } from '../request.ts'
import { keyOf, memberIdsOf, type Resource, showGrid, showInstant, showVoided, type View } from '../view.ts'

export const visits = ofKind('visits', 'visit')
export const patrols = ofKind('patrols', 'patrol')

function ofKind(path: string, kind: FieldRecord['kind']): Resource {
  return {
    path,
    async list(view, query) {
      const memberIds = memberIdsOf(view, query.get('member'))
      const filter = { kind, ...instantsOf(query), memberIds, voided: query.voided }
      const page = await fetchPage(
        query,
        part => listFieldRecords(view.db, { ...filter, ...part }),
        () => countFieldRecords(view.db, filter),
      )
      return mapPage(page, items => items.map(record => show(view, record)))
    },
    async find(view, id) {
      const record = await findFieldRecord(view.db, id)
      return record?.kind === kind ? show(view, record) : undefined
    },
  }
}

function show(view: View, record: FieldRecord) {
  const { id, memberId, gridId, at, claimedAt, person, place, minutes, km, findings, messageId, voided } = record
  return {
    id,
    member: keyOf(view, memberId),
    ...showGrid(view, gridId, at),
    at: formatInstant(at),
    claimedAt: showInstant(claimedAt),
    person: person?.reveal(),
    place: place?.reveal(),
    minutes,
    km,
    findings: findings?.reveal(),
    messageId,
    ...showVoided(view, voided),
  }
}

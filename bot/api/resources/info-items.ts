import { formatInstant } from '../../../policy/time.ts'
import { countInfoItems, findInfoItem, type InfoItem, listInfoItems } from '../../../storage/info-items.ts'
import { fetchPage, mapPage } from '../page.ts'
import { instantsOf } from '../request.ts'
import { keyOf, memberIdsOf, type Resource, showGrid, showVoided, type View } from '../view.ts'

export const infoItems: Resource = {
  path: 'info-items',
  async list(view, query) {
    const memberIds = memberIdsOf(view, query.get('member'))
    const filter = { ...instantsOf(query), memberIds, topic: query.get('topic'), voided: query.voided }
    const page = await fetchPage(
      query,
      part => listInfoItems(view.db, { ...filter, ...part }),
      () => countInfoItems(view.db, filter),
    )
    return mapPage(page, items => items.map(item => show(view, item)))
  },
  async find(view, id) {
    const item = await findInfoItem(view.db, id)
    return item && show(view, item)
  },
}

function show(view: View, { id, memberId, gridId, at, topic, text, place, messageId, voided }: InfoItem) {
  return {
    id,
    member: keyOf(view, memberId),
    ...showGrid(view, gridId, at),
    at: formatInstant(at),
    topic,
    text: text.reveal(),
    place: place?.reveal(),
    messageId,
    ...showVoided(view, voided),
  }
}

import { listOverdueStages } from '../../../handlers/incident/overdue.ts'
import { formatInstant } from '../../../policy/time.ts'
import { type IncidentHelper, listHelpers } from '../../../storage/incident-helpers.ts'
import {
  countIncidents,
  findIncident,
  type Incident,
  type IncidentDeadline,
  type IncidentLog,
  type IncidentStatus,
  listIncidentLogs,
  listIncidents,
} from '../../../storage/incidents.ts'
import { listPhotosOfMessages } from '../../../storage/photos.ts'
import { fetchPage, mapPage } from '../page.ts'
import { instantsOf } from '../request.ts'
import { keyOf, memberIdsOf, type Resource, readNo, showGrid, showVoided, type View } from '../view.ts'

export const incidents: Resource = {
  path: 'incidents',
  async list(view, query) {
    const status = query.get('status') as IncidentStatus | undefined
    const filter = {
      ...instantsOf(query),
      statuses: status && [status],
      category: query.get('category'),
      memberIds: memberIdsOf(view, query.get('member')),
      voided: query.voided,
    }
    const page = await fetchPage(
      query,
      part => listIncidents(view.db, { ...filter, ...part }),
      () => countIncidents(view.db, filter),
    )
    return mapPage(page, items => showAll(view, items))
  },
  async find(view, said) {
    const no = readNo(said)
    const incident = no === undefined ? undefined : await findIncident(view.db, no)
    return incident && (await showAll(view, [incident]))[0]
  },
}

async function showAll(view: View, found: readonly Incident[]): Promise<object[]> {
  const logs = await listIncidentLogs(
    view.db,
    found.map(({ id }) => id),
  )
  const messageIds = [...found.map(({ messageId }) => messageId), ...logs.flatMap(({ messageId }) => messageId ?? [])]
  const helpers = await listHelpers(
    view.db,
    found.map(({ id }) => id),
  )
  const photos = await listPhotosOfMessages(view.db, [...new Set(messageIds)])
  return found.map(incident => {
    const own = logs.filter(({ incidentId }) => incidentId === incident.id)
    const sources = new Set([incident.messageId, ...own.map(({ messageId }) => messageId)])
    return {
      ...show(view, incident),
      log: own.map(log => showLog(view, log)),
      helpers: showHelpers(view, helpers, incident.id),
      rating: incident.rating,
      photos: photos
        .filter(({ messageId }) => sources.has(messageId))
        .map(({ id, state, mime, messageId }) => ({ id, state, mime, messageId })),
      messageId: incident.messageId,
      ...showVoided(view, incident.voided),
    }
  })
}

function show(view: View, incident: Incident) {
  const { no, gridId, category, urgent, level, place, description, reporterId, reporterName, verified } = incident
  const { status, hold, tier, holderId, holderUnit, deadlines, reportedAt } = incident
  return {
    no,
    ...showGrid(view, gridId, reportedAt),
    category,
    urgent,
    level: level ?? null,
    workClass: incident.workClass,
    place: place?.reveal(),
    description: description.reveal(),
    reporter: keyOf(view, reporterId) ?? reporterName?.reveal(),
    reportedAt: formatInstant(reportedAt),
    verified,
    status,
    hold: hold ? { ...hold, by: keyOf(view, hold.by) } : null,
    tier,
    closedTier: incident.closedTier,
    holder: keyOf(view, holderId) ?? holderUnit ?? null,
    deadlines: {
      accept: showDeadline(deadlines.accept),
      dispatch: showDeadline(deadlines.dispatch),
      resolve: showDeadline(deadlines.resolve),
    },
    overdue: listOverdueStages(incident, view.now),
  }
}

/** The keys of those who lent a hand; absent where nobody did. */
function showHelpers(view: View, helpers: readonly IncidentHelper[], id: string) {
  const own = helpers.filter(({ incidentId }) => incidentId === id).map(({ memberId }) => keyOf(view, memberId))
  return own.length > 0 ? own : undefined
}

function showDeadline(deadline: IncidentDeadline | null) {
  return deadline && { ...deadline, at: formatInstant(deadline.at) }
}

function showLog(view: View, { at, byId, action, text, messageId }: IncidentLog) {
  return { at: formatInstant(at), by: keyOf(view, byId) ?? null, action, text: text.reveal(), messageId }
}

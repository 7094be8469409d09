import { dayMs } from '../../policy/time.ts'
import { listReportsOf } from '../../storage/incident-sources.ts'
import { findIncidentById, type Incident } from '../../storage/incidents.ts'
import type { StrangerCtx } from '../handler.ts'

/** Older reports are history, and asked for at the community. */
const REMEMBERED_DAYS = 90
const REMEMBERED = 20

/** What this resident reported lately, the newest first: the only incidents that are theirs to ask about. */
export async function listOwnReports({ db, now, message }: StrangerCtx): Promise<Incident[]> {
  const { channel, senderPlatformId } = message
  if (senderPlatformId === undefined) return []
  const since = now - REMEMBERED_DAYS * dayMs
  const ids = await listReportsOf(db, { channel, senderPlatformId }, { since, limit: REMEMBERED })
  const found = await Promise.all(ids.map(id => findIncidentById(db, id)))
  return found.filter(incident => incident !== undefined)
}

import type { Selectable } from 'kysely'
import type { StreetDb } from './database.ts'
import { newId } from './ids.ts'
import type { Schema } from './schema.ts'
import type { Personal } from './vault.ts'

/** One line of what happened to an incident, in the words of whoever did it. */
export interface IncidentLog {
  id: string
  incidentId: string
  at: number
  /** Member id; absent where somebody outside the roster or the time acted. */
  byId?: string
  /** A step of `policy/incident.ts`, `reported`, `remind`, or what the lists and intake add. */
  action: string
  text: Personal
  messageId?: string
}

export async function insertIncidentLog(
  db: StreetDb,
  log: Omit<IncidentLog, 'id' | 'text'> & { text: string },
): Promise<void> {
  const id = newId(log.at)
  await db.sql
    .insertInto('incident_log')
    .values({
      id,
      subdistrict_id: db.street,
      incident_id: log.incidentId,
      at: log.at,
      by_id: log.byId ?? null,
      action: log.action,
      text: db.vault.seal(log.text, { table: 'incident_log', column: 'text', id }),
      message_id: log.messageId ?? null,
    })
    .execute()
}

/** What happened to these incidents, oldest first. */
export async function listIncidentLogs(db: StreetDb, incidentIds: readonly string[]): Promise<IncidentLog[]> {
  if (incidentIds.length === 0) return []
  const rows = await db.sql
    .selectFrom('incident_log')
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('incident_id', 'in', incidentIds)
    .orderBy('id')
    .execute()
  return rows.map(row => toIncidentLog(db, row))
}

/** What one person did about incidents from `from` up to before `to` (UTC epoch ms), oldest first. */
export async function listIncidentLogsBy(
  db: StreetDb,
  byId: string,
  { from, to }: { from: number; to: number },
): Promise<IncidentLog[]> {
  const rows = await db.sql
    .selectFrom('incident_log')
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('by_id', '=', byId)
    .where('at', '>=', from)
    .where('at', '<', to)
    .orderBy('id')
    .execute()
  return rows.map(row => toIncidentLog(db, row))
}

function toIncidentLog(db: StreetDb, row: Selectable<Schema['incident_log']>): IncidentLog {
  return {
    id: row.id,
    incidentId: row.incident_id,
    at: row.at,
    byId: row.by_id ?? undefined,
    action: row.action,
    text: db.vault.open(row.text, { table: 'incident_log', column: 'text', id: row.id }),
    messageId: row.message_id ?? undefined,
  }
}

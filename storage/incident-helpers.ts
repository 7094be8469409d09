import type { StreetDb } from './database.ts'
import { newId } from './ids.ts'

/** Somebody who lent a hand with an incident and is credited for it. Source: S0-18 */
export interface IncidentHelper {
  incidentId: string
  memberId: string
  addedBy: string
  at: number
}

/** @returns false where that person was credited already */
export async function insertHelper(db: StreetDb, helper: IncidentHelper & { messageId: string }): Promise<boolean> {
  const row = await db.sql
    .insertInto('incident_helper')
    .values({
      id: newId(helper.at),
      subdistrict_id: db.street,
      incident_id: helper.incidentId,
      member_id: helper.memberId,
      added_by: helper.addedBy,
      at: helper.at,
      message_id: helper.messageId,
    })
    .onConflict(c => c.columns(['incident_id', 'member_id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** In the order in which they joined. */
export async function listHelpers(db: StreetDb, incidentIds: readonly string[]): Promise<IncidentHelper[]> {
  if (incidentIds.length === 0) return []
  const rows = await db.sql
    .selectFrom('incident_helper')
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('incident_id', 'in', incidentIds)
    .orderBy('id')
    .execute()
  return rows.map(row => ({
    incidentId: row.incident_id,
    memberId: row.member_id,
    addedBy: row.added_by,
    at: row.at,
  }))
}

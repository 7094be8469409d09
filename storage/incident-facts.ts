import type { StreetDb } from './database.ts'
import { fieldsOf } from './records.ts'

/** What was told of an incident and can turn out wrong; an absent part stays. */
export interface IncidentFacts {
  category?: string
  place?: string
  description?: string
}

/** @returns false where the incident was taken back */
export async function correctIncidentFacts(db: StreetDb, id: string, facts: IncidentFacts): Promise<boolean> {
  const { seal } = fieldsOf(db, 'incident', id)
  const row = await db.sql
    .updateTable('incident')
    .set({
      category: facts.category,
      place: facts.place === undefined ? undefined : seal('place', facts.place),
      description: facts.description === undefined ? undefined : seal('description', facts.description)!,
    })
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .where('voided_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

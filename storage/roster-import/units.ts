import { newId } from '../ids.ts'
import type { Import, UnitEntry } from './entries.ts'

/** Adds units that incidents can be dispatched to and corrects known ones (same name). @returns how many were added or changed */
export async function applyUnits({ db, now, record }: Import, units: readonly UnitEntry[]): Promise<number> {
  const rows = await db.sql.selectFrom('unit').selectAll().where('subdistrict_id', '=', db.street).execute()
  let changed = 0
  for (const { name, contact, chatPlatformId } of units) {
    const known = rows.find(row => row.name === name)
    const id = known?.id ?? newId(now)
    const place = { table: 'unit', column: 'contact', id }
    const knownContact = known?.contact ? db.vault.open(known.contact, place).reveal() : undefined
    const facts = {
      contact:
        contact === undefined || contact === knownContact ? (known?.contact ?? null) : db.vault.seal(contact, place),
      chat_platform_id: chatPlatformId ?? known?.chat_platform_id ?? null,
    }
    if (!known) {
      await db.sql
        .insertInto('unit')
        .values({ id, subdistrict_id: db.street, name, ...facts })
        .execute()
      await record('created', 'unit', id, { name, contact })
    } else if (facts.contact !== known.contact || facts.chat_platform_id !== known.chat_platform_id) {
      await db.sql.updateTable('unit').set(facts).where('id', '=', id).execute()
      await record('changed', 'unit', id, { contact, chatPlatformId })
    } else continue
    changed += 1
  }
  return changed
}

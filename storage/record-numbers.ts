import type { StreetDb } from './database.ts'

/** Records that people know by number, by the word the audit uses for them. */
const numbered = {
  incident: 'incident',
  infoItem: 'info_item',
  notice: 'notice',
  leave: 'leave_request',
  meeting: 'meeting',
  task: 'task',
  inspection: 'inspection',
  noticeExtension: 'notice_extension',
  staffRequest: 'staff_request',
  appointment: 'appointment',
} as const

type Numbered = keyof typeof numbered

function isNumbered(type: string): type is Numbered {
  return Object.hasOwn(numbered, type)
}

/** The numbers of those among the records that have one, by row id. */
export async function listRecordNumbers(
  db: StreetDb,
  records: readonly { type: string; id: string }[],
): Promise<Map<string, number>> {
  const numbers = new Map<string, number>()
  for (const type of Object.keys(numbered) as Numbered[]) {
    const ids = records.filter(record => record.type === type).map(({ id }) => id)
    if (ids.length === 0) continue
    const rows = await db.sql
      .selectFrom(numbered[type])
      .select(['id', 'no'])
      .where('subdistrict_id', '=', db.street)
      .where('id', 'in', ids)
      .execute()
    for (const { id, no } of rows) numbers.set(id, no)
  }
  return numbers
}

/** The row id of the record of a type with this number; undefined where there is none. */
export async function findRecordId(db: StreetDb, type: string, no: string): Promise<string | undefined> {
  if (!isNumbered(type) || !/^\d{1,9}$/.test(no)) return undefined
  const row = await db.sql
    .selectFrom(numbered[type])
    .select('id')
    .where('subdistrict_id', '=', db.street)
    .where('no', '=', Number(no))
    .executeTakeFirst()
  return row?.id
}

import type { StreetDb } from './database.ts'

/** What a person may switch for themselves: the draft of the diary in the evening, the line in the morning. */
export type Choice = 'diaryDraft' | 'morningLine'

/** The newest word counts. `at` is UTC epoch ms. */
export async function saveChoice(
  db: StreetDb,
  choice: { memberId: string; name: Choice; on: boolean; at: number; messageId: string },
): Promise<void> {
  const value = choice.on ? ('on' as const) : ('off' as const)
  const told = { value, at: choice.at, message_id: choice.messageId }
  await db.sql
    .insertInto('member_choice')
    .values({ subdistrict_id: db.street, member_id: choice.memberId, name: choice.name, ...told })
    .onConflict(c => c.columns(['member_id', 'name']).doUpdateSet(told))
    .execute()
}

/** Row ids of those who said `on`, or `off`; who never said anything is in neither. */
export async function listChoosers(db: StreetDb, name: Choice, value: 'on' | 'off'): Promise<Set<string>> {
  const rows = await db.sql
    .selectFrom('member_choice')
    .select('member_id')
    .where('subdistrict_id', '=', db.street)
    .where('name', '=', name)
    .where('value', '=', value)
    .execute()
  return new Set(rows.map(row => row.member_id))
}

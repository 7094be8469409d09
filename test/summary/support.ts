import { openDesk } from '../../handlers/desk.ts'
import { weeklySummary } from '../../jobs/weekly-summary.ts'
import { local, type TestStreet } from '../support/street.ts'

export interface Told {
  chat: string
  text: string
  attachment: unknown
  notBefore: number
}

/** Runs the job as the scheduler does: at its due instant, or later where `foundAt` says so. */
export async function runWeeklySummary(street: TestStreet, dueAt: string, foundAt = dueAt): Promise<Told[]> {
  const before = new Set((await listTold(street)).map(({ id }) => id))
  const [at, now] = [local(dueAt), local(foundAt)]
  await street.change(async db => {
    const desk = await openDesk(db, { by: 'job:weekly-summary', now, at: now })
    await weeklySummary.run(desk, { at, late: now - at > 60_000, subject: db.street })
  })
  return (await listTold(street)).filter(({ id }) => !before.has(id))
}

async function listTold({ db }: TestStreet): Promise<(Told & { id: string })[]> {
  const rows = await db.sql
    .selectFrom('outbox')
    .innerJoin('chat', 'chat.id', 'outbox.chat_id')
    .select(['outbox.id', 'chat.platform_id', 'outbox.text', 'outbox.attachment', 'outbox.not_before'])
    .where('outbox.kind', '=', 'weekly-summary')
    .orderBy('outbox.id')
    .execute()
  return rows.map(row => ({
    id: row.id,
    chat: row.platform_id ?? '',
    text: db.vault.open(row.text, { table: 'outbox', column: 'text', id: row.id }).reveal(),
    attachment: JSON.parse(row.attachment ?? 'null'),
    notBefore: row.not_before,
  }))
}

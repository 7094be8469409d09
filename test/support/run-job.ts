import { openDesk } from '../../handlers/desk.ts'
import type { Job } from '../../jobs/job.ts'
import { type OutboxItem, toOutboxItem } from '../../storage/outbox.ts'
import { at } from './clock.ts'
import type { TestStreet } from './street.ts'

export interface JobSaid {
  /** `@KEY` for a private message, else the chat's id. */
  to: string
  text: string
  kind: string
  at: string[]
  urgency: string
}

/** Runs a job as the scheduler does, on time or, with `now`, late; answers what it said. */
export async function runJob(
  street: TestStreet,
  job: Job,
  run: { due: string; now?: string; subject?: string },
): Promise<JobSaid[]> {
  const dueAt = at(run.due)
  const now = run.now ? at(run.now) : dueAt
  const before = await listOutbox(street)
  await street.change(async db => {
    const desk = await openDesk(db, { by: `job:${job.name}`, now, at: now })
    await job.run(desk, { at: dueAt, late: now - dueAt > 60_000, subject: run.subject ?? db.street })
  })
  const known = new Set(before.map(({ id }) => id))
  const said = (await listOutbox(street)).filter(({ id }) => !known.has(id))
  return describe(street, said)
}

/** Everything in the outbox, oldest first. */
export async function listOutbox({ db }: TestStreet): Promise<OutboxItem[]> {
  const rows = await db.sql.selectFrom('outbox').selectAll().orderBy('id').execute()
  return rows.map(row => toOutboxItem(db, row))
}

async function describe(street: TestStreet, items: readonly OutboxItem[]): Promise<JobSaid[]> {
  const roster = await street.roster()
  const chats = await street.db.sql.selectFrom('chat').select(['id', 'platform_id']).execute()
  return items.map(({ to, text, kind, mentions, urgency }) => ({
    to:
      to.kind === 'member'
        ? `@${roster.memberById(to.memberId)!.key}`
        : to.kind === 'chat'
          ? chats.find(({ id }) => id === to.chatId)!.platform_id!
          : to.platformId,
    text: text.reveal(),
    kind,
    at: mentions.map(id => roster.memberById(id)!.key),
    urgency,
  }))
}

/** What delivery does, without a platform: marks waiting sheets as sent at an instant, or as failed. */
export async function settleSheets(
  street: TestStreet,
  outcome: { chat?: string; sentAt?: string; state?: 'failed' },
): Promise<void> {
  const chats = await street.db.sql.selectFrom('chat').select(['id', 'platform_id']).execute()
  const ids = chats
    .filter(({ platform_id }) => outcome.chat === undefined || platform_id === outcome.chat)
    .map(({ id }) => id)
  await street.change(db =>
    db.sql
      .updateTable('outbox')
      .set(
        outcome.state
          ? { state: outcome.state, error: 'conversation gone' }
          : { state: 'sent', sent_at: at(outcome.sentAt!) },
      )
      .where('kind', '=', 'notice-sheet')
      .where('state', '=', 'pending')
      .where('chat_id', 'in', ids)
      .execute(),
  )
}

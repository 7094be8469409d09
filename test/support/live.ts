import { pino } from 'pino'
import { jobs } from '../../jobs/index.ts'
import { createScheduler } from '../../jobs/scheduler.ts'
import { formatInstant } from '../../policy/time.ts'
import type { OutboxItem } from '../../storage/outbox.ts'
import { listOutbox } from './run-job.ts'
import { local, type TestStreet } from './street.ts'

/** One text that nobody's own message asked for. */
export interface Unasked {
  /** `@KEY` in private, else the chat's id. */
  to: string
  kind: string
  text: string
  /** Local, `2026-11-18T16:00:00`. */
  at: string
}

export interface Life {
  /** Lives through every instant at which anything is due, up to a local time. */
  until(time: string): Promise<void>
}

/** A street whose every job runs as the program's scheduler runs it. */
export async function live(street: TestStreet): Promise<Life> {
  const log = pino({ level: process.env.LOG_LEVEL ?? 'silent' })
  const scheduler = createScheduler({ store: street.store, jobs, log })
  await scheduler.forget(street.now())
  return {
    async until(time) {
      const end = local(time)
      for (let at = street.now(); at < end; ) {
        at = (await scheduler.nextInstant(at, end)) ?? end
        street.setTime(formatInstant(at).slice(0, 19))
        await scheduler.runDue(at)
      }
    },
  }
}

/** Everything said from an instant on that was no answer to its reader, oldest first. */
export async function listUnasked(street: TestStreet, from: number): Promise<Unasked[]> {
  const roster = await street.roster()
  const chats = await street.db.sql.selectFrom('chat').select(['id', 'platform_id']).execute()
  const messages = await street.db.sql.selectFrom('message').select(['id', 'member_id', 'chat_platform_id']).execute()
  const unasked = (await listOutbox(street)).filter(item => {
    const cause = messages.find(({ id }) => id === item.messageId)
    const isAnswer = item.to.kind === 'chat' ? cause !== undefined : cause?.member_id === memberIdOf(item)
    return item.at >= from && !isAnswer
  })
  return unasked.map(item => ({
    to: nameOf(item),
    kind: item.kind,
    text: item.text.reveal(),
    at: formatInstant(item.at).slice(0, 19),
  }))

  function memberIdOf({ to }: OutboxItem): string | undefined {
    return to.kind === 'member' ? to.memberId : undefined
  }

  function nameOf({ to }: OutboxItem): string {
    if (to.kind === 'member') return `@${roster.memberById(to.memberId)!.key}`
    return to.kind === 'chat' ? (chats.find(({ id }) => id === to.chatId)?.platform_id ?? '') : to.platformId
  }
}

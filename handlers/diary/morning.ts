import { addDays, endOfDay, instantAt, isoWeekOf, periodRange } from '../../policy/time.ts'
import { listToldSince } from '../../storage/outbox.ts'
import type { Member } from '../../storage/roster.ts'
import type { Desk } from '../desk.ts'
import { renderCoverageToday } from '../households/today.ts'
import { listOwnWork, type OwnItem } from '../query/own-work.ts'
import type { TargetState } from '../visits/state.ts'

/** The word for the outbox. */
export const MORNING_LINE = 'morning-line'

/** Who has read a morning line today, and when: a reminder of the same thing on the same morning would be a second one. */
export function listToldThisMorning({ db, today }: Desk): Promise<Map<string, number>> {
  return listToldSince(db, MORNING_LINE, instantAt(today, '00:00'))
}

/** Of one kind so many are named; of the rest the count is told. */
const NAMED = 3

/**
 * What is late, what is due before the next working day, who waits for them, whom they still have to visit, and today's meetings. Nothing
 * where there is nothing. Source: expectations.md §4 (17), S3A-20 (六不让), S0-15
 */
export async function composeMorning(
  desk: Desk,
  member: Member,
  owedVisits: readonly TargetState[],
): Promise<string | undefined> {
  const items = await listOwnWork(desk, member)
  const ends = endOfDay(addDays(desk.calendar.nextWorkday(desk.today), -1))
  const isWork = ({ kind }: OwnItem) => kind === 'notice' || kind === 'task' || kind === 'incident'
  const late = items.filter(item => isWork(item) && item.dueAt <= desk.now)
  const due = items.filter(item => isWork(item) && item.dueAt > desk.now && item.dueAt <= ends)
  const decisions = items.filter(({ kind }) => kind === 'decision')
  const meetings = items.filter(({ kind }) => kind === 'meeting')
  const lines = [
    renderItems('今天到期', due),
    renderItems('已过期', late),
    renderItems('等您办', decisions),
    [renderVisits(desk, owedVisits), await renderCoverageToday(desk, member)].filter(Boolean).join('；'),
    meetings.length > 0 ? `开会：${nameAll(meetings.map(({ name }) => name))}` : '',
  ].filter(line => line !== '')
  return lines.length === 0 ? undefined : `【早报】${lines.join('\n')}`
}

function renderItems(what: string, items: readonly OwnItem[]): string {
  return items.length === 0 ? '' : `${what}${items.length}件：${nameAll(items.map(({ name }) => name))}`
}

/**
 * On the first working day of a week all that is owed, else what the running week ends: a whole month's visits every morning would
 * not be read. By code, never by name.
 */
function renderVisits({ calendar, today }: Desk, owed: readonly TargetState[]): string {
  const week = periodRange(isoWeekOf(today))
  const isFirst = calendar.firstWorkdayOfWeek(today) === today
  const told = owed.filter(({ verdict }) => isFirst || verdict.period.to <= week.to)
  if (told.length === 0) return ''
  return `还没走访${told.length}户：${nameAll(told.map(({ target }) => target.code))}`
}

function nameAll(names: readonly string[]): string {
  return `${names.slice(0, NAMED).join('、')}${names.length > NAMED ? '等' : ''}`
}

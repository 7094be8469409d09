import { type FieldMinutes, judgeFieldMinutes } from '../../policy/round.ts'
import { type Day, type DayRange, dayOf, endOfDay, instantAt, listDays } from '../../policy/time.ts'
import { listFieldRecords } from '../../storage/field-records.ts'
import { listApprovedLeaves } from '../../storage/leaves.ts'
import { loadPack } from '../../storage/packs.ts'
import type { Member } from '../../storage/roster.ts'
import { listRounds } from '../../storage/rounds.ts'
import { awayOf, leaveOf } from '../attendance.ts'
import type { Desk } from '../desk.ts'
import { joinParts, listAway } from './away.ts'

export interface FieldMinutesOfDay extends FieldMinutes {
  day: Day
}

/** How long one person was out visiting, day by day, and what the pack of that day asks. Source: S3A-37 */
export async function listFieldMinutes(
  desk: Pick<Desk, 'db' | 'calendar' | 'pack'>,
  member: Member,
  range: DayRange,
): Promise<FieldMinutesOfDay[]> {
  const { db, calendar } = desk
  const instants = { from: instantAt(range.from, '00:00'), to: endOfDay(range.to) }
  const rounds = await listRounds(db, { ...range, memberId: member.id, kind: 'visit' })
  const visits = await listFieldRecords(db, { ...instants, kind: 'visit', memberIds: [member.id] })
  const leaves = await listApprovedLeaves(db, range)
  const away = await listAway(desk, range)
  const all: FieldMinutesOfDay[] = []
  for (const day of listDays(range)) {
    const { coverage } = await loadPack(db, day)
    const told = visits.flatMap(({ at, claimedAt, minutes }) => {
      const doneAt = claimedAt ?? at
      return minutes !== undefined && dayOf(doneAt) === day ? [{ at: doneAt, minutes }] : []
    })
    const judged = judgeFieldMinutes({
      day,
      rounds: rounds.filter(round => round.day === day),
      told,
      isWorkday: calendar.isWorkday(day),
      isKnown: calendar.isKnown(day),
      leave: leaveOf(leaves, member, day),
      away: joinParts(awayOf(away, member, day).map(({ part }) => part)),
      coverage,
    })
    all.push({ day, ...judged })
  }
  return all
}

/** `2小时5分`, `2小时`, `40分钟`. */
export function renderMinutes(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  if (hours === 0) return `${rest}分钟`
  return `${hours}小时${rest > 0 ? `${rest}分` : ''}`
}

/**
 * One's own time out visiting in a span, where the document asks for some: `走访时长：够2小时的3天；今天1小时20分`. What is short is
 * simply not named: days with rain, leave or other work are not explained away here.
 */
export async function renderFieldMinutes(desk: Desk, member: Member, range: DayRange): Promise<string> {
  if (!desk.pack.coverage) return ''
  const days = await listFieldMinutes(desk, member, range)
  const enough = days.filter(({ done, owed }) => owed > 0 && done >= owed).length
  const total = days.reduce((sum, { done }) => sum + done, 0)
  if (total === 0) return ''
  const required = renderMinutes(desk.pack.coverage.minutesPerDay.value)
  return `走访共${renderMinutes(total)}（自己报的）${enough > 0 ? `，够${required}的有${enough}天` : ''}。`
}

import type { Desk } from '../handlers/desk.ts'
import { listAbsent } from '../handlers/leave/absent.ts'
import { factsOf, listDuties, type MeetingDuty } from '../handlers/meeting/duty.ts'
import { askOwner, groupByOwner, offerDay, renderMissing } from '../handlers/meeting/duty-words.ts'
import { askDaysOf, daysOfSpan, spanOf } from '../policy/meeting-rules.ts'
import { addDays, addMonths, dayOf, hourMs, isoWeekOf, monthOf } from '../policy/time.ts'
import type { Job } from './job.ts'

/**
 * On Friday of a week without its meeting, and on the last working day of a month or quarter, whoever owes the meeting hears of it, in
 * private and nobody else. On the first working day after a month or quarter 党政办 reads which communities had none.
 * Weeks without working days ask for nothing, nor does a year that is not published. Source: S0-29, S0-30, S0-31, S3A-13, S3A-28
 */
export const meetingDuty: Job = {
  name: 'meeting-duty',
  schedule: ['0 10 * * *'],
  days: 'workdays',
  catchUp: 'latest',
  graceMs: 8 * hourMs,
  async run(desk, due) {
    const day = dayOf(due.at)
    if (!desk.calendar.isKnown(day)) return
    const owed: MeetingDuty[] = []
    for (const ruled of desk.pack.meetings) {
      for (const span of spansAskedOn(desk, ruled.value, day)) {
        owed.push(
          ...(await listDuties(desk, ruled, span)).filter(({ state }) => state === 'missing' || state === 'unminuted'),
        )
      }
    }
    const absent = await listAbsent(desk)
    for (const [owner, duties] of groupByOwner(owed)) {
      if (absent.has(owner.id)) continue
      const card = offerDay(duties, factsOf(desk), day)
      await desk.say.toMember(owner, askOwner(duties), { kind: 'meeting-duty', urgency: 'normal', card })
    }
    await tellMissing(desk, day)
  },
}

/** A ruled day may lie in the month before: two months are looked at. */
function spansAskedOn(desk: Desk, rule: MeetingDuty['rule'], day: string): string[] {
  const facts = factsOf(desk)
  const next = monthOf(addMonths(`${monthOf(day)}-01`, 1))
  const spans =
    rule.period === 'week'
      ? [isoWeekOf(day)]
      : rule.period === 'month'
        ? [monthOf(day), ...(rule.onDay === undefined ? [] : [next])]
        : [spanOf(rule, day, facts)]
  return spans.filter(span => askDaysOf(rule, span, facts).includes(day))
}

async function tellMissing(desk: Desk, day: string): Promise<void> {
  const lines: string[] = []
  for (const ruled of desk.pack.meetings) {
    const { value: rule } = ruled
    if (rule.scope === 'grid' || rule.period === 'week') continue
    const facts = factsOf(desk)
    const { from } = daysOfSpan(rule, spanOf(rule, day, facts), facts)
    if (desk.calendar.workdaysBetween(from, day).length !== 1) continue
    const before = spanOf(rule, addDays(from, -1), facts)
    const duties = await listDuties(desk, ruled, before)
    if (duties.some(({ state }) => state === 'missing'))
      lines.push(renderMissing(rule.name, duties, `${nameSpan(before)}`))
  }
  if (lines.length === 0) return
  for (const member of desk.roster.holders(['generalOffice'], desk.today)) {
    await desk.say.toMember(member, lines.join('\n'), { kind: 'meeting-duty', urgency: 'normal' })
  }
}

/** `2026年11月`, `2026年4季度`, `2026年`. */
function nameSpan(span: string): string {
  const [year, part] = span.split('-')
  if (part === undefined) return `${year}年`
  return part.startsWith('Q') ? `${year}年${part.slice(1)}季度` : `${year}年${Number(part)}月`
}

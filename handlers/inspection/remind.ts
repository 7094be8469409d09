import { endOfDay, formatDayShort, instantAt } from '../../policy/time.ts'
import { type Inspection, listInspections } from '../../storage/inspections.ts'
import type { Member } from '../../storage/roster.ts'
import type { Desk } from '../desk.ts'
import { listAbsent } from '../leave/absent.ts'
import { isWithin, type Span } from '../reminded.ts'
import { inspectedOf, nameInspection } from './words.ts'

/**
 * On the last day the inspected are reminded, unless on leave; when it is over the inspector hears of it. Nothing else follows from it:
 * design decision 7. Source: S0-26
 */
export async function remindInspected(desk: Desk, span: Span): Promise<void> {
  const { db, pack, calendar } = desk
  const morning = pack.notice.remindAt.value[0]!
  const absent = await listAbsent(desk)
  const due = new Map<Member, Inspection[]>()
  const over = new Map<Member, Inspection[]>()
  for (const inspection of await listInspections(db, { statuses: ['open', 'failed'] })) {
    // A day of a year whose holidays are not known is nobody's fault: it is reminded of and never told as overdue.
    const isKnown = calendar.isKnown(inspection.feedbackDay)
    if (isWithin(span, instantAt(inspection.feedbackDay, morning))) {
      for (const member of inspectedOf(desk, inspection)) {
        if (!absent.has(member.id)) due.set(member, [...(due.get(member) ?? []), inspection])
      }
    }
    const inspector = desk.roster.memberById(inspection.inspectorId)
    if (inspector && isKnown && isWithin(span, endOfDay(inspection.feedbackDay))) {
      over.set(inspector, [...(over.get(inspector) ?? []), inspection])
    }
  }
  for (const [member, inspections] of due) {
    const names = inspections.map(one => nameInspection(desk, one)).join('、')
    const [first] = inspections
    const text = `【督导提醒】${names}今天24:00前要反馈：回“反馈督导${first!.no}”加说明，整改好了回“整改督导${first!.no}”。`
    await desk.say.toMember(member, text, {
      kind: 'inspection-reminder',
      urgency: 'normal',
      notAfter: endOfDay(first!.feedbackDay),
    })
  }
  for (const [inspector, inspections] of over) {
    const names = inspections.map(one => `${nameInspection(desk, one)}（应于${formatDayShort(one.feedbackDay)}前）`)
    await desk.say.toMember(inspector, `【督导未反馈】${names.join('、')}还没有反馈。`, {
      kind: 'inspection-overdue',
      urgency: 'normal',
    })
  }
}

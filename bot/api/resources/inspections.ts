import { formatInstant } from '../../../policy/time.ts'
import {
  type Inspection,
  type InspectionStatus,
  type InspectionStep,
  listInspectionSteps,
  listInspections,
} from '../../../storage/inspections.ts'
import { listRecordNumbers } from '../../../storage/record-numbers.ts'
import { cutPage, mapPage } from '../page.ts'
import { instantsOf } from '../request.ts'
import { keyOf, memberIdsOf, type Resource, readNo, showGrid, type View } from '../view.ts'

/** `?from&to&status&member`: 督导 with its answers and second looks. */
export const inspections: Resource = {
  path: 'inspections',
  async list(view, query) {
    const status = query.get('status') as InspectionStatus | undefined
    const members = memberIdsOf(view, query.get('member'))
    const all = await listInspections(view.db, { ...instantsOf(query), statuses: status && [status] })
    const asked = members ? all.filter(({ memberId }) => memberId !== undefined && members.includes(memberId)) : all
    return mapPage(
      cutPage(asked, query, ({ no }) => String(no)),
      items => showAll(view, items),
    )
  },
  async find(view, said) {
    const no = readNo(said)
    const found = no === undefined ? [] : await listInspections(view.db, { nos: [no] })
    return (await showAll(view, found))[0]
  },
}

async function showAll(view: View, found: readonly Inspection[]): Promise<object[]> {
  const steps = await listInspectionSteps(
    view.db,
    found.map(({ id }) => id),
  )
  const notices = found.flatMap(({ noticeId }) => (noticeId ? [{ type: 'notice', id: noticeId }] : []))
  const numbers = await listRecordNumbers(view.db, notices)
  return found.map(inspection =>
    show(
      view,
      inspection,
      numbers.get(inspection.noticeId ?? ''),
      steps.filter(({ inspectionId }) => inspectionId === inspection.id),
    ),
  )
}

function show(view: View, inspection: Inspection, notice: number | undefined, steps: readonly InspectionStep[]) {
  const { no, gridId, memberId, inspectorId, at, findings, deduct, status, messageId } = inspection
  return {
    no,
    notice,
    ...showGrid(view, gridId),
    member: keyOf(view, memberId),
    inspector: keyOf(view, inspectorId),
    at: formatInstant(at),
    findings: findings.reveal(),
    /** Nothing follows from it until a named person signs. */
    deduct: deduct === undefined ? undefined : { points: deduct, status: 'proposed' },
    status,
    feedback: { day: inspection.feedbackDay, arithmetic: inspection.feedbackSum },
    steps: steps.map(step => ({
      at: formatInstant(step.at),
      by: keyOf(view, step.byId),
      step: step.step,
      text: step.text.reveal(),
      messageId: step.messageId,
    })),
    messageId,
  }
}

import type { Desk } from '../../../handlers/desk.ts'
import { callRoll } from '../../../handlers/meeting/roll.ts'
import { listClasses } from '../../../handlers/training/classes.ts'
import { formatInstant } from '../../../policy/time.ts'
import type { Meeting } from '../../../storage/meetings.ts'
import { listAbsences } from '../../../storage/training-absences.ts'
import { listTrainingDone } from '../../../storage/trainings.ts'
import { cutPage, mapPage } from '../page.ts'
import { keyOf, type Resource, readNo, showGrid, type View } from '../view.ts'

const ALL = { from: '0001-01-01', to: '9999-12-31' }

/** Classes, under the numbers of the meetings they are. */
export const trainings: Resource = {
  path: 'trainings',
  async list(view, query) {
    const desk = await view.desk()
    const { from = ALL.from, to = ALL.to } = query
    const status = query.get('status')
    const all = (await listClasses(desk, { from, to })).filter(one => status === undefined || one.status === status)
    return mapPage(
      cutPage(all, query, ({ no }) => String(no)),
      items => Promise.all(items.map(meeting => show(view, desk, meeting))),
    )
  },
  async find(view, said) {
    const no = readNo(said)
    const desk = await view.desk()
    const meeting = (await listClasses(desk, ALL)).find(one => one.no === no)
    return meeting && show(view, desk, meeting)
  },
}

async function show(view: View, desk: Desk, meeting: Meeting) {
  const { id, no, kind, topic, startDay, startAt, place, scope, community, gridId, calledBy, status, messageId } =
    meeting
  const { present, absent, excused } = await callRoll(desk, meeting)
  const madeUp = (await listTrainingDone(view.db, { kind: 'makeUp' })).filter(one => one.meetingId === id)
  const keys = (members: typeof present) => members.map(({ key }) => key)
  const absences = await listAbsences(view.db, { meetingId: id })
  return {
    no,
    kind,
    topic: topic?.reveal(),
    start: startAt === undefined ? startDay : formatInstant(startAt),
    place,
    scope,
    community,
    ...showGrid(view, gridId),
    calledBy: keyOf(view, calledBy),
    status,
    present: keys(present),
    absent: keys(absent.filter(({ id: memberId }) => !madeUp.some(one => one.memberId === memberId))),
    excused: keys(excused),
    madeUp: madeUp.map(({ memberId }) => keyOf(view, memberId)),
    absences: absences.map(one => ({
      no: one.no,
      member: keyOf(view, one.memberId),
      status: one.status,
      toldAt: formatInstant(one.toldAt),
      appealBy: one.appealBy,
      decidedBy: keyOf(view, one.decidedBy),
    })),
    messageId,
  }
}

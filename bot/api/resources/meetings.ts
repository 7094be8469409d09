import type { Desk } from '../../../handlers/desk.ts'
import { callRoll } from '../../../handlers/meeting/roll.ts'
import { formatInstant } from '../../../policy/time.ts'
import { listMeetings, type Meeting } from '../../../storage/meetings.ts'
import { cutPage, mapPage } from '../page.ts'
import { keyOf, type Resource, readNo, showGrid, type View } from '../view.ts'

export const meetings: Resource = {
  path: 'meetings',
  async list(view, query) {
    const { from, to } = query
    const status = query.get('status') as Meeting['status'] | undefined
    const all = await listMeetings(view.db, { from, to, statuses: status && [status] })
    return mapPage(
      cutPage(all, query, ({ no }) => String(no)),
      items => showAll(view, items),
    )
  },
  async find(view, said) {
    const no = readNo(said)
    const meeting = (await listMeetings(view.db)).find(one => one.no === no)
    return meeting && (await showAll(view, [meeting]))[0]
  },
}

async function showAll(view: View, found: readonly Meeting[]): Promise<object[]> {
  const desk = await view.desk()
  const shown: object[] = []
  for (const meeting of found) shown.push(await show(view, desk, meeting))
  return shown
}

async function show(view: View, desk: Desk, meeting: Meeting) {
  const {
    no,
    kind,
    topic,
    countsFor,
    startDay,
    startAt,
    place,
    scope,
    community,
    gridId,
    calledBy,
    status,
    minutes,
    messageId,
  } = meeting
  const { present, absent, excused } = await callRoll(desk, meeting)
  const keys = (members: typeof present) => members.map(({ key }) => key)
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
    absent: keys(absent),
    excused: keys(excused),
    minutes: minutes?.reveal(),
    countsFor: countsFor.length > 0 ? countsFor : undefined,
    messageId,
  }
}

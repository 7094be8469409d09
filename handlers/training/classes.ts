import { type DayRange, dayOf, isWithin, periodRange } from '../../policy/time.ts'
import { listExamAnswers, listExams } from '../../storage/exams.ts'
import { listMeetingAttendance, listMeetings, type Meeting } from '../../storage/meetings.ts'
import type { Member } from '../../storage/roster.ts'
import { listTrainingDone } from '../../storage/trainings.ts'
import type { Desk } from '../desk.ts'

const KIND = 'training'

/** Classes, and meetings whose minutes say that they were one as well. Source: S2-50 */
export async function listClasses(desk: Desk, range: DayRange): Promise<Meeting[]> {
  const meetings = await listMeetings(desk.db, { ...range, statuses: ['planned', 'held'] })
  return meetings.filter(({ kind, countsFor }) => kind === KIND || countsFor.includes(KIND))
}

/** Whose training the document is about: those who work in the grids. */
export function listLearners({ pack, roster, today }: Desk): Member[] {
  return roster.holders(pack.notice.receivers.value, today)
}

/** Who was trained in a year (at a class or made up for one), and who answered a whole exam. Row ids of members. */
export async function listTrained(desk: Desk, year: number): Promise<{ trained: Set<string>; examined: Set<string> }> {
  const { db } = desk
  const range = periodRange(String(year))
  const classes = (await listClasses(desk, range)).filter(({ status }) => status === 'held')
  const present = await listMeetingAttendance(
    db,
    classes.map(({ id }) => id),
  )
  const madeUp = await listTrainingDone(db, { kind: 'makeUp' })
  const trained = new Set([
    ...present.filter(({ state }) => state === 'present').map(({ memberId }) => memberId),
    ...madeUp.filter(({ day }) => range.from <= day && day <= range.to).map(({ memberId }) => memberId),
  ])
  return { trained, examined: await listExamined(desk, year) }
}

async function listExamined({ db }: Desk, year: number): Promise<Set<string>> {
  const range = periodRange(String(year))
  const exams = (await listExams(db)).filter(({ openedAt }) => isWithin(dayOf(openedAt), range))
  const answers = await listExamAnswers(
    db,
    exams.map(({ id }) => id),
  )
  const examined = new Set<string>()
  for (const { id, questionIds } of exams) {
    const counts = new Map<string, number>()
    for (const { examId, memberId } of answers) {
      if (examId === id) counts.set(memberId, (counts.get(memberId) ?? 0) + 1)
    }
    for (const [memberId, count] of counts) if (count >= questionIds.length) examined.add(memberId)
  }
  return examined
}

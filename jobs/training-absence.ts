import { findAbsenceRule } from '../handlers/training/absence.ts'
import { listClasses } from '../handlers/training/classes.ts'
import { askToDecide, proposeAbsences } from '../handlers/training/propose.ts'
import { addDays, dayMs } from '../policy/time.ts'
import { listAbsences } from '../storage/training-absences.ts'
import type { Job } from './job.ts'

/** A class is looked at on the working day after it; a longer stop of the program is caught up for so many days. */
const DAYS_BACK = 14

/**
 * The working day after a class, whoever missed it without a reason hears of the proposal; when the days for an appeal are over,
 * whoever decides is asked, once. Source: S0-28
 */
export const trainingAbsence: Job = {
  name: 'training-absence',
  schedule: ['0 10 * * *'],
  days: 'workdays',
  catchUp: 'latest',
  graceMs: 3 * dayMs,
  async run(desk) {
    if (!findAbsenceRule(desk)) return
    const yesterday = addDays(desk.today, -1)
    for (const meeting of await listClasses(desk, { from: addDays(desk.today, -DAYS_BACK), to: yesterday })) {
      // A meeting that was a class as well asked nobody to a class.
      if (meeting.kind === 'training') await proposeAbsences(desk, meeting)
    }
    const silent = await listAbsences(desk.db, { statuses: ['proposed'] })
    for (const absence of silent) {
      if (desk.calendar.nextWorkday(absence.appealBy) === desk.today) await askToDecide(desk, absence)
    }
  },
}

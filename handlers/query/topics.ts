import type { Answer, Ctx } from '../handler.ts'
import type { QueryTopic, SlotsOf } from '../slots.ts'
import { attendance } from './attendance.ts'
import { gridInfo } from './grid-info.ts'
import { incident, incidents } from './incidents.ts'
import { meeting } from './meeting.ts'
import { myAttendance } from './my-attendance.ts'
import { myTasks } from './my-tasks.ts'
import { myVisits } from './my-visits.ts'
import { notice } from './notice.ts'
import { rule } from './rule.ts'
import { scheme } from './scheme.ts'
import { unacknowledged } from './unacknowledged.ts'
import { weeklySummary } from './weekly-summary.ts'

/** Answers one kind of question; changes nothing. */
export type Query = (ctx: Ctx, slots: SlotsOf['query']) => Promise<Answer>

/** Everything that can be asked. */
export const topics: Partial<Record<QueryTopic, Query>> = {
  myAttendance,
  attendance,
  myVisits,
  incident,
  incidents,
  gridInfo,
  notice,
  unacknowledged,
  myTasks,
  meeting,
  rule,
  ranking: scheme,
  myScore: scheme,
  weeklySummary,
}

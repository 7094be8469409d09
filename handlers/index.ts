import { acknowledge } from './acknowledge.ts'
import { bindGroup } from './bind-group.ts'
import { calendarCommand } from './calendar.ts'
import { checkIn } from './check-in.ts'
import { decide } from './decide.ts'
import type { Command, Handler } from './handler.ts'
import { createHelp } from './help.ts'
import { reportIncident } from './incident/report.ts'
import { updateIncident } from './incident/update.ts'
import { infoItem } from './info-item.ts'
import { requestLeave } from './leave/request.ts'
import { meetingCheckIn } from './meeting/check-in.ts'
import { meetingMinutes } from './meeting/minutes.ts'
import { scheduleMeeting } from './meeting/schedule.ts'
import { draftNotice } from './notice/draft.ts'
import { patrol } from './patrol.ts'
import { reportProgress } from './progress.ts'
import { query } from './query/index.ts'
import type { Intent } from './slots.ts'
import { undo } from './undo.ts'
import { visit } from './visit.ts'

/** Everything people can do; one file each. */
const work: readonly Handler[] = [
  checkIn,
  visit,
  patrol,
  infoItem,
  reportIncident,
  updateIncident,
  draftNotice,
  decide,
  acknowledge,
  reportProgress,
  scheduleMeeting,
  meetingCheckIn,
  meetingMinutes,
  requestLeave,
  query,
  undo,
  bindGroup,
]

const handlers: readonly Handler[] = [...work, createHelp(work)]

const commands: readonly Command[] = [calendarCommand]

const byIntent = new Map<Intent, Handler>(handlers.map(handler => [handler.intent, handler]))

export function findHandler(intent: Intent): Handler | undefined {
  return byIntent.get(intent)
}

export function listHandlers(): readonly Handler[] {
  return handlers
}

/** The fixed word a text begins with. */
export function findCommand(text: string): Command | undefined {
  return commands.find(({ matches }) => matches.test(text))
}

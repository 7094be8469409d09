import { acknowledge } from './acknowledge.ts'
import { admissionCommands } from './admission/commands.ts'
import { advisoryCommands } from './advisory/commands.ts'
import { bindGroup } from './bind-group.ts'
import { burdenCommands } from './burden/commands.ts'
import { calendarCommand } from './calendar.ts'
import { checkIn } from './check-in.ts'
import { correctionCommands } from './correct/commands.ts'
import { decide } from './decide.ts'
import { diaryCommands } from './diary/commands.ts'
import { dossierCommands } from './dossier/commands.ts'
import { exportCommands } from './export/commands.ts'
import type { Command, Handler } from './handler.ts'
import { createHelp, createHelpTopics, type HelpTopic } from './help.ts'
import { householdCommands } from './households/commands.ts'
import { incidentCommands } from './incident/commands.ts'
import { incidentListCommands } from './incident/lists/index.ts'
import { reportIncident } from './incident/report.ts'
import { updateIncident } from './incident/update.ts'
import { infoItem } from './info-item.ts'
import { informationCommands } from './information/commands.ts'
import { inspectionCommands } from './inspection/commands.ts'
import { checkFormCommands } from './inspection/forms.ts'
import { inspect } from './inspection/inspect.ts'
import { leaveCommands } from './leave/commands.ts'
import { requestLeave } from './leave/request.ts'
import { meetingCheckIn } from './meeting/check-in.ts'
import { meetingCommands } from './meeting/commands.ts'
import { meetingMinutes } from './meeting/minutes.ts'
import { scheduleMeeting } from './meeting/schedule.ts'
import { noticeCommands } from './notice/commands.ts'
import { draftNotice } from './notice/draft.ts'
import { workingCommands } from './notice/working-commands.ts'
import { organisationCommands } from './organisation/commands.ts'
import { patrol } from './patrol.ts'
import { presenceCommands } from './presence/commands.ts'
import { reportProgress } from './progress.ts'
import { ruleCommands } from './query/commands.ts'
import { query } from './query/index.ts'
import { reviewCommands } from './review/commands.ts'
import { shiftCommands } from './shift/commands.ts'
import type { Intent } from './slots.ts'
import { targetCommands } from './targets/commands.ts'
import { taskCommands } from './task/commands.ts'
import { trainingCommands } from './training/commands.ts'
import { keepRecordCommand, requestUndoCommand, undo, undoHowCommand, undoKindCommand } from './undo.ts'
import { visit } from './visit.ts'
import { visitCommands } from './visits/commands.ts'

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
  inspect,
  query,
  undo,
  bindGroup,
]

/** Fixed words, by the theme under which help lists them. */
const topics: readonly HelpTopic[] = [
  { name: '考勤', commands: [...presenceCommands, ...shiftCommands, ...reviewCommands, ...leaveCommands] },
  { name: '走访', commands: [...visitCommands, ...householdCommands] },
  { name: '事件', commands: [...incidentCommands, ...incidentListCommands] },
  { name: '提示单', commands: [...workingCommands, ...noticeCommands] },
  { name: '任务', commands: [...taskCommands, ...inspectionCommands, ...checkFormCommands] },
  { name: '会议', commands: meetingCommands },
  { name: '培训', commands: trainingCommands },
  { name: '减负', commands: [...admissionCommands, ...burdenCommands, ...advisoryCommands] },
  { name: '网格', commands: organisationCommands },
  { name: '信息', commands: informationCommands },
  { name: '台账', commands: [...dossierCommands, ...diaryCommands, ...targetCommands, ...exportCommands] },
  {
    name: '更正',
    commands: [undoKindCommand, requestUndoCommand, undoHowCommand, keepRecordCommand, ...correctionCommands],
  },
  { name: '规则', commands: [...ruleCommands, calendarCommand] },
]

const handlers: readonly Handler[] = [...work, createHelp(work, topics)]

const commands: readonly Command[] = [...topics.flatMap(topic => topic.commands), createHelpTopics(topics)]

const byIntent = new Map<Intent, Handler>(handlers.map(handler => [handler.intent, handler]))

export function findHandler(intent: Intent): Handler | undefined {
  return byIntent.get(intent)
}

export function listHandlers(): readonly Handler[] {
  return handlers
}

export function listCommands(): readonly Command[] {
  return commands
}

/** The fixed word a text begins with. */
export function findCommand(text: string): Command | undefined {
  return commands.find(({ matches }) => matches.test(text))
}

import type { Command } from '../../handler.ts'
import { informCommand } from '../inform.ts'
import { mergeCommand } from '../merge-command.ts'
import { notFixedCommand } from '../not-fixed.ts'
import { causeCommand } from './cause.ts'
import { closingRateCommand } from './closing-rate.ts'
import { followUpsCommand, mediationCommand } from './follow-ups.ts'
import { fourMetricsCommand } from './four-metrics.ts'
import { levelsCommand } from './levels.ts'
import { needCommand } from './need.ts'
import { publicationCommand } from './publication.ts'
import { repeatsCommand } from './repeats.ts'
import { serviceCommand } from './service.ts'
import { sixAlarmsCommand } from './six-alarms.ts'
import { submissionCommand } from './submission.ts'
import { supervisionCommand } from './supervision.ts'
import { timelineCommand } from './timeline.ts'
import { unitTimesCommand } from './unit-times.ts'
import { workLineCommand } from './work-line.ts'

/** What is asked about incidents, and added to them, by a fixed word. */
export const incidentListCommands: readonly Command[] = [
  notFixedCommand,
  informCommand,
  mergeCommand,
  causeCommand,
  unitTimesCommand,
  workLineCommand,
  mediationCommand,
  followUpsCommand,
  serviceCommand,
  timelineCommand,
  needCommand,
  submissionCommand,
  supervisionCommand,
  publicationCommand,
  repeatsCommand,
  levelsCommand,
  closingRateCommand,
  fourMetricsCommand,
  sixAlarmsCommand,
]

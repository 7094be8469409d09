import type { Command } from '../handler.ts'
import { attachmentCommand, documentCommand } from './documents.ts'
import { resumeDraftCommand } from './resume-draft.ts'
import { correctCommand, reviseCommand } from './revise.ts'
import { publishStandingCommand, standingCommand } from './standing.ts'
import { withdrawCommand } from './withdraw-command.ts'

/** What can be asked about notices by a fixed word. */
export const noticeCommands: readonly Command[] = [
  resumeDraftCommand,
  reviseCommand,
  correctCommand,
  withdrawCommand,
  documentCommand,
  attachmentCommand,
  standingCommand,
  publishStandingCommand,
]

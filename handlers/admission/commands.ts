import type { Command } from '../handler.ts'
import { newAppraisalCommand } from './appraisal.ts'
import { forceCommand } from './force.ts'
import { admissionListCommand, boxCommand, shiftingCommand } from './lists.ts'
import { amendCommand, registerCommand, stopCommand } from './register.ts'

export const admissionCommands: readonly Command[] = [
  registerCommand,
  amendCommand,
  stopCommand,
  admissionListCommand,
  boxCommand,
  shiftingCommand,
  forceCommand,
  newAppraisalCommand,
]

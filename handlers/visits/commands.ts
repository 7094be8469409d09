import type { Command } from '../handler.ts'
import { activityCommand } from './activity.ts'
import { closeTarget } from './close-target.ts'
import { codedVisit } from './coded-visit.ts'
import { owedCommand, targetsCommand } from './lists.ts'
import { assignTarget, moveTarget } from './move-target.ts'
import { turnIntoCase } from './offer-case.ts'
import { registerTarget } from './register.ts'
import { pauseTarget, resumeTarget } from './rest-target.ts'
import { sameAgain } from './same-again.ts'

export const visitCommands: readonly Command[] = [
  sameAgain,
  codedVisit,
  turnIntoCase,
  activityCommand,
  registerTarget,
  targetsCommand,
  owedCommand,
  closeTarget,
  pauseTarget,
  resumeTarget,
  moveTarget,
  assignTarget,
]

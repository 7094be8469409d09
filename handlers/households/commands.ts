import type { Command } from '../handler.ts'
import { assignHouseholdsCommand } from './assign.ts'
import { myHouseholdsCommand } from './my-households.ts'
import { coverageCommand } from './progress.ts'
import { householdCommand } from './register.ts'
import { reportCoverageCommand } from './report.ts'

/** Every household once a month: how far, who keeps in touch with whom, what is reported. */
export const householdCommands: readonly Command[] = [
  coverageCommand,
  myHouseholdsCommand,
  assignHouseholdsCommand,
  householdCommand,
  reportCoverageCommand,
]

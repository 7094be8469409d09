import type { Command } from '../handler.ts'
import { campaignCommand } from './campaign.ts'
import { dataQualityCommand } from './data-quality.ts'
import { fourRolesCommand } from './four-roles.ts'
import { growthCommand } from './growth.ts'
import { infoKindsCommand } from './kinds.ts'
import { notRepeatedCommand, toIncidentCommand } from './numbered.ts'
import { bareInfoCommand, opinionCommand } from './opinion.ts'
import { healthCommand, populationCommand } from './population.ts'
import { noMoreCommand, populationMonthCommand, verifyPopulationCommand } from './population-month.ts'
import { infoProgressCommand } from './progress.ts'
import { infoQualityCommand } from './quality.ts'
import { infoReportCommand } from './report.ts'

/** What is told with nothing to handle, and what the documents make of it. */
export const informationCommands: readonly Command[] = [
  opinionCommand,
  bareInfoCommand,
  infoProgressCommand,
  infoKindsCommand,
  notRepeatedCommand,
  toIncidentCommand,
  populationCommand,
  populationMonthCommand,
  noMoreCommand,
  verifyPopulationCommand,
  healthCommand,
  growthCommand,
  infoQualityCommand,
  dataQualityCommand,
  fourRolesCommand,
  campaignCommand,
  infoReportCommand,
]

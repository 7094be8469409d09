import type { Command } from '../handler.ts'
import { absenceCommands } from './absence-commands.ts'
import { beforeDutyCommand } from './before-duty.ts'
import { examCommands } from './exam.ts'
import { makeUpCommand } from './make-up.ts'
import { planCommand } from './plan.ts'
import { bankCommand, dropQuestionCommand } from './questions.ts'
import { ratesCommand } from './rates.ts'
import { trainersCommand } from './trainers.ts'

export const trainingCommands: readonly Command[] = [
  planCommand,
  ratesCommand,
  makeUpCommand,
  beforeDutyCommand,
  trainersCommand,
  bankCommand,
  dropQuestionCommand,
  ...examCommands,
  ...absenceCommands,
]

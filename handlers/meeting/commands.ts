import type { Command } from '../handler.ts'
import { dutyListCommand } from './duty-list.ts'
import { materialsCommand } from './materials.ts'
import { giveDecisionsCommand, moreMinutesCommand } from './minutes.ts'
import { templateCommand } from './minutes-parts.ts'
import { rateCommand, ratingsCommand } from './ratings.ts'
import { awayCommand, comingCommand, inviteCommand } from './reply.ts'
import { rollCommand } from './roll-call.ts'
import { ruledDayCommand } from './ruled-day.ts'

export const meetingCommands: readonly Command[] = [
  comingCommand,
  awayCommand,
  inviteCommand,
  rollCommand,
  templateCommand,
  moreMinutesCommand,
  giveDecisionsCommand,
  materialsCommand,
  rateCommand,
  ratingsCommand,
  ruledDayCommand,
  dutyListCommand,
]

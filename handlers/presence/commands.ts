import type { Command } from '../handler.ts'
import { myDayCommand } from './my-day.ts'
import { outingCommand } from './outing.ts'
import { outsideCommand } from './outside.ts'
import { roundCommands } from './round.ts'

export const presenceCommands: readonly Command[] = [outingCommand, outsideCommand, ...roundCommands, myDayCommand]

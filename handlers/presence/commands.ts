import type { Command } from '../handler.ts'
import { outingCommand } from './outing.ts'
import { outsideCommand } from './outside.ts'

export const presenceCommands: readonly Command[] = [outingCommand, outsideCommand]

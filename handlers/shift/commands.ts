import type { Command } from '../handler.ts'
import { handOverCommand } from './hand-over.ts'
import { setShiftsCommand, showShiftsCommand } from './roster.ts'
import { takeOverCommand } from './take-over.ts'

export const shiftCommands: readonly Command[] = [setShiftsCommand, showShiftsCommand, handOverCommand, takeOverCommand]

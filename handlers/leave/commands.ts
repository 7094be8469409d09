import type { Command } from '../handler.ts'
import { endLeaveCommand } from './end.ts'
import { extendLeaveCommand } from './extend.ts'
import { leaveListCommand } from './list.ts'

export const leaveCommands: readonly Command[] = [endLeaveCommand, extendLeaveCommand, leaveListCommand]

import type { Command } from '../handler.ts'
import { appealCircularCommand, decideCircularCommand } from './circular.ts'
import { advisoryCommand } from './figures.ts'
import { remindSignInCommand } from './sign-in.ts'
import { supportCommands } from './support.ts'

/** What the document asks for and today's rules keep voluntary, and help where it is hard. */
export const advisoryCommands: readonly Command[] = [
  advisoryCommand,
  remindSignInCommand,
  appealCircularCommand,
  decideCircularCommand,
  ...supportCommands,
]

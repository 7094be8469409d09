import type { Command } from '../handler.ts'
import { closeCommand } from './close-command.ts'
import { decideExtensionCommand } from './decide-extension.ts'
import { askExtensionCommand } from './extension.ts'
import { noticeStateCommand } from './state.ts'

/** What is done with a notice once it is out. */
export const workingCommands: readonly Command[] = [
  noticeStateCommand,
  askExtensionCommand,
  decideExtensionCommand,
  closeCommand,
]

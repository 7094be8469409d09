import type { Command } from '../handler.ts'
import { gridCommands } from './grid-commands.ts'
import { staffCommands } from './staff-commands.ts'

/** Grids and the people who work in them. */
export const organisationCommands: readonly Command[] = [...gridCommands, ...staffCommands]

import type { Command } from '../handler.ts'
import { cancelGridChangeCommand } from './cancel-planned.ts'
import { fileChangeCommand, gridChangesCommand } from './change-grid/changes.ts'
import { recodeCommand } from './change-grid/recode.ts'
import { mergeCommand, splitCommand } from './change-grid/split.ts'
import { gridCodeCommand, gridListCommand } from './grid-list.ts'
import { coverageCommand, noteGapCommand, settleGapCommand } from './net.ts'
import { sharesCommand } from './shares.ts'
import { stationsCommand } from './stations.ts'
import { subjectsCommand } from './subjects.ts'
import { treeCommand } from './tree.ts'
import { staffingCheckCommand, vacanciesCommand } from './vacancies.ts'

/** The register of grids: what there is, who is missing, and how it changes. */
export const gridCommands: readonly Command[] = [
  gridListCommand,
  gridCodeCommand,
  vacanciesCommand,
  sharesCommand,
  coverageCommand,
  noteGapCommand,
  settleGapCommand,
  treeCommand,
  subjectsCommand,
  stationsCommand,
  staffingCheckCommand,
  splitCommand,
  mergeCommand,
  recodeCommand,
  gridChangesCommand,
  fileChangeCommand,
  cancelGridChangeCommand,
]

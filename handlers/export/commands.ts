import type { Command } from '../handler.ts'
import { copyTextCommand } from './copy-text.ts'
import { exportLedgerCommand } from './ledger.ts'
import { noteBookCommand } from './note-book.ts'
import { whereRecordedCommand } from './where-recorded.ts'

/** What was recorded, taken elsewhere. The ledgers come last: their pattern takes every name, to say which ones there are. */
export const exportCommands: readonly Command[] = [
  whereRecordedCommand,
  noteBookCommand,
  copyTextCommand,
  exportLedgerCommand,
]

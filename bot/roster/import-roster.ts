import type { Pack } from '../../policy/pack.ts'
import type { Day } from '../../policy/time.ts'
import { inStreet, lockSender, type Store } from '../../storage/database.ts'
import type { Fault } from '../../storage/roster-import/entries.ts'
import { applyRoster, listKnownStreets, type RosterChanges, RosterConflict } from '../../storage/roster-import.ts'
import { listOpen, listRefused } from './judge-roster.ts'
import { mergeRoster } from './merge.ts'
import { type ParseOptions, parseRoster } from './parse.ts'
import { type RosterFiles, tableKinds } from './read-files.ts'

export interface ImportOptions extends ParseOptions {
  now: number
  today: Day
  pack: Pack
}

export type ImportResult =
  | { ok: true; changes: RosterChanges; streetIds: string[]; warnings: string[] }
  | { ok: false; faults: Fault[] }

/** Files that a first import cannot do without. */
const FIRST = ['grids', 'members', 'groups'] as const

/**
 * Imports a roster: everything, or, where one line is bad, nothing.
 *
 * @param files see `readRosterFiles`
 * @returns what was added or changed and what the roster leaves open, or every fault by file and line
 */
export async function importRoster(store: Store, files: RosterFiles, options: ImportOptions): Promise<ImportResult> {
  const { now, today, pack } = options
  // Reading thousands of lines must not keep messages from being committed: only what is right comes into a transaction.
  const known = await listKnownStreets(store.read)
  const lines = parseRoster(files.tables, options)
  const { streets, faults, warnings } = mergeRoster(lines, known)
  const isFirst = known.every(street => street.grids.length === 0)
  const absent = isFirst && files.faults.length === 0 ? listAbsent(files) : []
  const all = [...files.faults, ...absent, ...lines.faults, ...faults]
  if (all.length > 0) return { ok: false, faults: sortFaults(all, files) }

  try {
    const { changes, streetIds } = await store.transact(async db => {
      // Two processes that start on one fresh database: the second waits, and then finds everything there.
      await lockSender(db, 'roster-import')
      const applied = await applyRoster(db, streets, { now, today })
      const refused: Fault[] = []
      for (const [index, id] of applied.streetIds.entries())
        refused.push(...(await listRefused(inStreet(db, id), streets[index]!, pack, today)))
      if (refused.length > 0) throw new RosterConflict(refused)
      return applied
    })
    const open = await Promise.all(streetIds.map(id => listOpen(inStreet(store.read, id), pack, today)))
    return { ok: true, changes, streetIds, warnings: [...lines.warnings, ...warnings, ...open.flat()] }
  } catch (error) {
    if (error instanceof RosterConflict) return { ok: false, faults: sortFaults(error.faults, files) }
    throw error
  }
}

function listAbsent({ tables }: RosterFiles): Fault[] {
  const absent = FIRST.filter(kind => !tables.some(table => table.kind === kind))
  return absent.map(kind => ({ file: `${kind}.csv`, line: 0, reason: '第一次导入要有这个文件' }))
}

/** In the order in which somebody repairs them: file by file, from top to bottom. */
function sortFaults(faults: readonly Fault[], { tables }: RosterFiles): Fault[] {
  const order = [...tables]
    .sort((a, b) => tableKinds.indexOf(a.kind) - tableKinds.indexOf(b.kind))
    .map(({ file }) => file)
  return [...faults].sort((a, b) => order.indexOf(a.file) - order.indexOf(b.file) || a.line - b.line)
}

/** `members.csv 第3行：没有“网格经理”这个角色`. */
export function renderFault({ file, line, reason }: Fault): string {
  return line === 0 ? `${file}：${reason}` : `${file} 第${line}行：${reason}`
}

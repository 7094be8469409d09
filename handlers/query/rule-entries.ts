import type { Pack, statusNames } from '../../policy/pack.ts'
import { nameKeyPath } from '../../policy/pack-words.ts'

/** One value of the pack with what can be asked about it. */
export interface Entry {
  /** `考勤上班时间` */
  name: string
  value: unknown
  rule: string
  clause: string
  status: keyof typeof statusNames
  /** What a gap lacks. */
  what?: string
  /** Of an advisory figure: the regulation that forbids to compel it. */
  against?: string
  enabled?: boolean
}

/** Everything the pack says, with where it says so. */
export function listEntries({ actions, ...pack }: Pack): { entries: Entry[]; permissions: Entry[] } {
  // The table of who may do what cites clauses for permissions, not for what people ask about.
  return { entries: collect(pack), permissions: collect({ actions }) }
}

function collect(pack: object): Entry[] {
  const entries: Entry[] = []
  visit(pack, [])
  return entries

  function visit(node: unknown, path: (string | number)[]): void {
    if (typeof node !== 'object' || node === null) return
    if ('rule' in node && 'clause' in node) {
      entries.push({ ...(node as Omit<Entry, 'name'>), name: nameKeyPath(path) })
      return
    }
    for (const [key, child] of Object.entries(node)) visit(child, [...path, Array.isArray(node) ? Number(key) : key])
  }
}

import { type BurdenCounts, estimateMinutes } from '../../policy/burden.ts'
import type { DayRange } from '../../policy/time.ts'
import { gridsOf } from '../../storage/roster.ts'
import type { Desk } from '../desk.ts'
import { type Asked, type BurdenSources, readSources } from './sources.ts'

/** What somebody was asked for in some days; `minutes` is an estimate by the pack's minutes for each kind. */
export interface Burden extends BurdenCounts {
  /** Forms that the same office had asked for before. */
  duplicates: number
  /** Fields of the forms, and how many of them the program knows. */
  fields: number
  knownFields: number
  minutes: number
}

/** One table for each of those who ask and those who are asked, by office name, grid id and member id; nobody stands there with nothing. */
export interface BurdenTables {
  offices: Map<string, Burden>
  grids: Map<string, Burden>
  members: Map<string, Burden>
}

const NOTHING: Burden = {
  notices: 0,
  forms: 0,
  tasks: 0,
  meetings: 0,
  afterHours: 0,
  duplicates: 0,
  fields: 0,
  knownFields: 0,
  minutes: 0,
}

/** Source: S4D-26 (forms, ledgers, appraisals, messages, minutes per person), expectations.md §4 (24) */
export async function countBurden(desk: Desk, days: DayRange): Promise<BurdenTables> {
  const sources = await readSources(desk, days)
  const members = countMembers(desk, sources)
  return { members, grids: countGrids(desk, sources, members), offices: countOffices(desk, sources) }
}

function add(table: Map<string, Burden>, key: string, more: Partial<Burden>): void {
  const sum = { ...(table.get(key) ?? NOTHING) }
  for (const kind of Object.keys(more) as (keyof Burden)[]) sum[kind] += more[kind] ?? 0
  table.set(key, sum)
}

function formCounts({ form, isDuplicate }: Asked): Partial<Burden> {
  if (!form) return {}
  return { forms: 1, duplicates: isDuplicate ? 1 : 0, fields: form.fields.length, knownFields: form.known.length }
}

function countMembers({ pack }: Desk, { notices, tasks, meetings, mentions }: BurdenSources): Map<string, Burden> {
  const table = new Map<string, Burden>()
  for (const asked of notices) {
    for (const { memberId } of asked.receivers) add(table, memberId, { notices: 1, ...formCounts(asked) })
  }
  for (const asked of tasks) add(table, asked.task.memberId, { tasks: 1, ...formCounts(asked) })
  for (const { present } of meetings) for (const memberId of present) add(table, memberId, { meetings: 1 })
  for (const { memberId } of mentions) add(table, memberId, { afterHours: 1 })
  for (const [key, sum] of table) table.set(key, { ...sum, minutes: estimateMinutes(sum, pack.burden.minutes.value) })
  return table
}

/** A grid is asked once for what several of its people are asked; their minutes add up, each person's in the first grid alone. */
function countGrids(desk: Desk, sources: BurdenSources, members: ReadonlyMap<string, Burden>): Map<string, Burden> {
  const { roster, today } = desk
  const table = new Map<string, Burden>()
  const gridOf = new Map(
    roster.members.flatMap(member => {
      const [grid] = gridsOf(roster, member, today)
      return grid ? [[member.id, grid.id] as const] : []
    }),
  )
  for (const asked of sources.notices) {
    for (const gridId of new Set(asked.receivers.map(row => row.gridId))) {
      add(table, gridId, { notices: 1, ...formCounts(asked) })
    }
  }
  for (const { present } of sources.meetings) {
    for (const gridId of new Set(present.map(id => gridOf.get(id)))) if (gridId) add(table, gridId, { meetings: 1 })
  }
  for (const asked of sources.tasks) {
    const gridId = gridOf.get(asked.task.memberId)
    if (gridId) add(table, gridId, { tasks: 1, ...formCounts(asked) })
  }
  for (const [memberId, { afterHours, minutes }] of members) {
    const gridId = gridOf.get(memberId)
    if (gridId) add(table, gridId, { afterHours, minutes })
  }
  return table
}

/** What each office asks for, and the minutes that it costs all whom it asks. */
function countOffices({ pack }: Desk, { notices, tasks, meetings, mentions }: BurdenSources): Map<string, Burden> {
  const table = new Map<string, Burden>()
  const minutes = pack.burden.minutes.value
  for (const asked of notices) {
    const each = minutes.notices + (asked.form ? minutes.forms : 0)
    add(table, asked.office, { notices: 1, ...formCounts(asked), minutes: each * asked.receivers.length })
  }
  for (const asked of tasks) {
    const each = minutes.tasks + (asked.form ? minutes.forms : 0)
    add(table, asked.office, { tasks: 1, ...formCounts(asked), minutes: each })
  }
  for (const { office, present } of meetings) {
    add(table, office, { meetings: 1, minutes: minutes.meetings * present.length })
  }
  for (const { office } of mentions) if (office) add(table, office, { afterHours: 1, minutes: minutes.afterHours })
  return table
}

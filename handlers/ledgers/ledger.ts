import type { Day, DayRange } from '../../policy/time.ts'
import type { StreetDb } from '../../storage/database.ts'
import type { Grid, Member, Roster } from '../../storage/roster.ts'
import { codeOn } from '../../storage/roster-view.ts'

/** A value of one cell; instants are UTC epoch ms until a format spells them. */
export type Value = string | number | boolean | undefined

export interface Column {
  key: string
  /** As the office's form heads it. */
  title: string
  /** In characters of half width. */
  width: number
  /** `instant` is shown in Shanghai time; `number` can be summed in a sheet; absent: text. */
  kind?: 'instant' | 'number'
}

/** Composed from the records, corrected at the record, never typed twice. */
export interface Ledger {
  /** In the address: `/api/ledgers/checkIns`. */
  name: string
  title: string
  columns: readonly Column[]
  /** Whether it can be had for some grids alone: a leader reads no more than the own ones. */
  byGrid?: true
  /** One value for each column key; undone records do not appear. */
  rows(source: LedgerSource, days: DayRange): Promise<Record<string, Value>[]>
}

export interface LedgerSource {
  db: StreetDb
  roster: Roster
  /** Of these grids alone; heeded where the ledger is `byGrid`. */
  gridIds?: string[]
}

/** Columns that most ledgers begin and end with. */
export const columns = {
  name: { key: 'name', title: '姓名', width: 10 },
  post: { key: 'post', title: '岗位', width: 14 },
  community: { key: 'community', title: '社区', width: 14 },
  grid: { key: 'grid', title: '网格', width: 14 },
  gridCode: { key: 'gridCode', title: '网格编码', width: 12 },
  place: { key: 'place', title: '地点', width: 24 },
  messageId: { key: 'messageId', title: '来源消息', width: 24 },
} satisfies Record<string, Column>

/** Who, and in which post; of several posts the first. */
export function cellsOfMember(roster: Roster, memberId: string | undefined, day: string) {
  const member = memberId === undefined ? undefined : roster.memberById(memberId)
  // People who left keep their rows, so every role ever held is looked at.
  const role = member?.roles.find(({ from, to }) => from <= day && (to === undefined || day <= to)) ?? member?.roles[0]
  return { name: nameOf(member), post: role?.roleName ?? '', role }
}

/** The code is that of the record's day, whatever the grid bears today. Source: S0-01, S2-11 */
export function cellsOfGrid(grid: Grid | undefined, day?: Day) {
  const code = grid && (day === undefined ? grid.code : codeOn(grid, day))
  return { community: grid?.community ?? '', grid: grid?.name ?? '', gridCode: code ?? '' }
}

export function nameOf(member: Member | undefined): string {
  return member?.name ?? ''
}

export const yesNo = (value: boolean): string => (value ? '是' : '否')

import type { Position } from '../../policy/geo.ts'
import type { RoleCode } from '../../policy/pack.ts'
import type { Day } from '../../policy/time.ts'
import type { VisitFrequency } from '../../policy/visit-list.ts'
import type { StreetDb } from '../database.ts'
import type { GridPlace } from '../roster.ts'

/** Where something stands: the file (and sheet) as its owner calls it, the line as an editor or Excel numbers it; 0 is the file as a whole. */
export interface Origin {
  file: string
  line: number
}

/** Why nothing was imported. */
export interface Fault extends Origin {
  /** A Chinese sentence: what is wrong and what should stand there. */
  reason: string
}

/** Names a grid in its street. */
export interface GridRef {
  community: string
  no: number
}

export interface GridEntry extends GridRef {
  at: Origin
  name: string
  kind: 'ordinary' | 'dedicated'
  /** 网格编码; where the file leaves it out, a new grid gets one made of community and number. */
  code?: string
  households?: number
  residents?: number
  center?: Position
  areaClass?: 'intricate' | 'other'
  partyMode?: string
  /** The last day of a grid that is given up. */
  to?: Day
  /** The grid of the same community that takes it in. */
  into?: number
}

export interface RoleEntry {
  at: Origin
  role: RoleCode
  roleName: string
  employment?: 'fullTime' | 'partTime'
  community?: string
  grid?: GridRef
  office?: string
  supervises: string[]
  standIn?: string
  point?: string
  /** False: 离岗 ends this role. */
  active: boolean
}

export interface PersonEntry {
  at: Origin
  name: string
  dingtalkId?: string
  wecomId?: string
  /** Digits only. */
  phone?: string
  joinedOn?: Day
  titles: string[]
  bornOn?: Day
  roles: RoleEntry[]
}

export interface ChatEntry {
  at: Origin
  channel: 'dingtalk' | 'wecom' | 'simulator'
  /** Absent: 绑定 in the chat fills it. */
  platformId?: string
  webhook?: string
}

export interface GroupEntry {
  at: Origin
  name: string
  scope: 'street' | 'community' | 'grid'
  community?: string
  grid?: GridRef
  chats: ChatEntry[]
}

export interface UnitEntry {
  at: Origin
  name: string
  contact?: string
  chatPlatformId?: string
}

/** A place in a grid; on a border it has one entry for each grid. */
export interface PlaceEntry {
  at: Origin
  grid: GridRef
  name: string
  aliases: string[]
  kind: GridPlace['kind']
  position?: GridPlace['position']
}

/** Somebody or some place on a list of those to visit. */
export interface VisitTargetEntry {
  at: Origin
  grid: GridRef
  list: string
  /** What the codes of the list begin with. */
  short: string
  name: string
  address: string
  /** Its own rhythm; absent: that of the list. */
  frequency?: VisitFrequency
  /** 责任人, by name. */
  keeper?: string
  bornOn?: Day
  /** Absent: the next of the list. */
  code?: string
}

/** A household by its door. */
export interface HouseholdEntry {
  at: Origin
  grid: GridRef
  building?: string
  /** As written. */
  door: string
  /** One spelling for all ways of writing it, and the same without the entrance. */
  doorKey: string
  shortKey: string
  name?: string
  /** 责任人, by name. */
  keeper?: string
  /** Absent: the next free one of the grid. */
  code?: string
}

export interface StreetEntries {
  name: string
  grids: GridEntry[]
  people: PersonEntry[]
  groups: GroupEntry[]
  units: UnitEntry[]
  places: PlaceEntry[]
  households: HouseholdEntry[]
  visitTargets: VisitTargetEntry[]
}

export function refName({ community, no }: GridRef): string {
  return `${community}第${no}网格`
}

/** What an import works with: one street, one transaction, one instant. */
export interface Import {
  db: StreetDb
  now: number
  today: Day
  faults: Fault[]
  /** Writes the change down; the source is always the import. */
  record: (action: 'created' | 'changed' | 'ended', type: string, id: string, detail: unknown) => Promise<void>
}

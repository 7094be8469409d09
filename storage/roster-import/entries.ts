import type { Position } from '../../policy/geo.ts'
import type { RoleCode } from '../../policy/pack.ts'
import type { Day } from '../../policy/time.ts'
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

export interface StreetEntries {
  name: string
  grids: GridEntry[]
  people: PersonEntry[]
  groups: GroupEntry[]
  units: UnitEntry[]
  places: PlaceEntry[]
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

import { readDoor } from '../../handlers/households/doors.ts'
import type { Fault, HouseholdEntry, Origin } from '../../storage/roster-import/entries.ts'
import type { Atlas } from './atlas.ts'
import type { Line } from './cells.ts'

export interface HouseholdLine {
  at: Origin
  street?: string
  community: string
  gridNo: number
  building?: string
  /** Building and door as written. */
  door: string
  doorKey: string
  shortKey: string
  name?: string
  keeper?: string
  code?: string
}

/** One line of `households.csv`: `3` or `3幢` in 楼栋, `501` or `2单元501` in 门牌; in a lane the house stands in 门牌 alone. */
export function parseHousehold(line: Line): HouseholdLine | undefined {
  const community = line.required('社区')
  const gridNo = line.text('网格号') === undefined ? line.refuse('缺少“网格号”') : line.gridNo('网格号')
  const told = line.required('门牌')
  const building = line.name('楼栋')
  if (community === undefined || gridNo === undefined || told === undefined) return undefined
  const door = `${building === undefined || /\D/.test(building) ? (building ?? '') : `${building}幢`}${told}`
  const read = readDoor(door)
  if (read.key === undefined) {
    return line.refuse(`“门牌”写的是“${told}”，看不出是哪一户，应如 501、2单元501；没有楼栋的写“石板巷17号”`)
  }
  return {
    at: line.at,
    street: line.name('街道'),
    community,
    gridNo,
    building: read.building,
    door,
    doorKey: read.key,
    shortKey: read.shortKey ?? read.key,
    name: line.name('户主'),
    keeper: line.name('责任人'),
    code: line.text('编号'),
  }
}

/** A door told twice for one grid is a fault, and so is a code. */
export function mergeHouseholds(lines: readonly HouseholdLine[], atlas: Atlas, faults: Fault[]): HouseholdEntry[] {
  const doors = new Map<string, HouseholdEntry>()
  const codes = new Map<string, HouseholdLine>()
  for (const { community, gridNo, ...line } of lines) {
    const found = atlas.locate({ community, gridNo })
    const grid = found.ok ? found.grid : undefined
    if (!grid) {
      faults.push({ ...line.at, reason: found.ok ? '没有这个网格' : found.reason })
      continue
    }
    const where = `${grid.community} ${grid.no}`
    const same = doors.get(`${where} ${line.doorKey}`)
    const coded = line.code === undefined ? undefined : codes.get(`${where} ${line.code}`)
    if (same) faults.push({ ...line.at, reason: `和第${same.at.line}行是同一个门牌` })
    else if (coded) faults.push({ ...line.at, reason: `编号 ${line.code} 和第${coded.at.line}行重复` })
    else doors.set(`${where} ${line.doorKey}`, { ...line, grid })
    if (line.code !== undefined) codes.set(`${where} ${line.code}`, { community, gridNo, ...line })
  }
  return [...doors.values()]
}

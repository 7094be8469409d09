import type { Position } from '../../policy/geo.ts'
import type { Pack, RoleCode } from '../../policy/pack.ts'
import type { GridPlace } from '../../storage/roster.ts'
import type { Fault, Origin } from '../../storage/roster-import/entries.ts'
import { createLine, type Line } from './cells.ts'
import { readHeader } from './columns.ts'
import { type HouseholdLine, parseHousehold } from './households.ts'
import { judgePushUrl } from './push-url.ts'
import type { Table, TableKind } from './read-files.ts'
import { parseVisitTarget, type VisitTargetLine } from './visit-list.ts'

interface Parsed {
  at: Origin
  street?: string
}

export interface GridLine extends Parsed {
  no: number
  name: string
  community: string
  kind: 'ordinary' | 'dedicated'
  code?: string
  households?: number
  residents?: number
  center?: Position
  areaClass?: 'intricate' | 'other'
  partyMode?: string
  /** 停用日期: the last day. */
  to?: string
  /** 并入网格号, of the same community. */
  into?: number
}

export interface MemberLine extends Parsed {
  name: string
  role: RoleCode
  roleName: string
  roleScope: 'grid' | 'community' | 'subdistrict'
  employment?: 'fullTime' | 'partTime'
  community?: string
  gridNo?: number
  phone?: string
  dingtalkId?: string
  wecomId?: string
  active: boolean
  joinedOn?: string
  office?: string
  supervises: string[]
  standIn?: string
  titles: string[]
  bornOn?: string
  point?: string
}

export interface GroupLine extends Parsed {
  name: string
  channel: 'dingtalk' | 'wecom' | 'simulator'
  platformId?: string
  scope: 'street' | 'community' | 'grid'
  community?: string
  gridNo?: number
  webhook?: string
}

export interface UnitLine extends Parsed {
  name: string
  contact?: string
  chatPlatformId?: string
}

export interface PlaceLine extends Parsed {
  community: string
  gridNo: number
  name: string
  aliases: string[]
  kind: GridPlace['kind']
  position?: GridPlace['position']
}

/** Every good line of the files, typed; what was wrong with the others. */
export interface RosterLines {
  grids: GridLine[]
  members: MemberLine[]
  groups: GroupLine[]
  units: UnitLine[]
  places: PlaceLine[]
  households: HouseholdLine[]
  visitTargets: VisitTargetLine[]
  /** Grids whose line is bad but names them: nobody who refers to one is at fault. */
  namedGrids: { street?: string; community: string; no: number }[]
  faults: Fault[]
  warnings: string[]
}

export interface ParseOptions {
  pack: Pack
  /** The configured API bases: a push address may lie there too. */
  allowedBases: readonly string[]
}

/** Reads the tables of a roster line by line; a fault never hides the next one. */
export function parseRoster(tables: readonly Table[], { pack, allowedBases }: ParseOptions): RosterLines {
  const faults: Fault[] = []
  const warnings: string[] = []
  const namedGrids: RosterLines['namedGrids'] = []
  const roles = listRoles(pack)
  const parse = <T>(kind: TableKind, parseLine: (line: Line) => T | undefined): T[] =>
    tables
      .filter(table => table.kind === kind)
      .flatMap(table => readLines(table, faults, warnings))
      .flatMap(line => {
        const parsed = parseLine(line)
        return parsed !== undefined && line.isGood() ? [parsed] : []
      })

  return {
    grids: parse('grids', line => {
      const grid = parseGrid(line, pack)
      const { street, community, no } = grid
      if (community !== undefined && no !== undefined) namedGrids.push({ street, community, no })
      return grid as GridLine
    }),
    members: parse('members', line => parseMember(line, roles)),
    groups: parse('groups', line => parseGroup(line, allowedBases)),
    units: parse('units', parseUnit),
    places: parse('places', parsePlace),
    households: parse('households', parseHousehold),
    visitTargets: parse('visit-list', line => parseVisitTarget(line, pack)),
    namedGrids,
    faults,
    warnings,
  }
}

function readLines(table: Table, faults: Fault[], warnings: string[]): Line[] {
  const columns = readHeader(table, faults, warnings)
  if (!columns) return []
  const width = table.rows[0]!.cells.length
  return table.rows.slice(1).flatMap(row => {
    if (row.cells.slice(width).some(cell => cell.trim() !== '')) {
      faults.push({
        file: table.file,
        line: row.line,
        reason: `有 ${row.cells.length} 格，表头只有 ${width} 格；文字里的逗号要用引号括起来`,
      })
      return []
    }
    return [createLine(table.file, row, columns, faults)]
  })
}

const gridKinds = { 普通: 'ordinary', 普通网格: 'ordinary', 专属: 'dedicated', 专属网格: 'dedicated' } as const

const areaClasses = { 复杂: 'intricate', 社情复杂: 'intricate', 其他: 'other' } as const

function parseGrid(line: Line, pack: Pack): Partial<GridLine> {
  const [to, into] = [line.day('停用日期'), line.gridNo('并入网格号')]
  if (into !== undefined && to === undefined) line.refuse('写了“并入网格号”，还要写“停用日期”')
  return {
    at: line.at,
    street: line.name('街道'),
    no: line.text('网格号') === undefined ? line.refuse('缺少“网格号”') : line.gridNo('网格号'),
    name: line.required('网格名称'),
    community: line.required('社区'),
    kind: line.text('类型') === undefined ? 'ordinary' : line.choice('类型', gridKinds),
    code: line.text('网格编码'),
    households: line.wholeNumber('户数'),
    residents: line.wholeNumber('常住人口'),
    center: parseCenter(line),
    areaClass: line.text('社区类别') === undefined ? undefined : line.choice('社区类别', areaClasses),
    partyMode: parsePartyMode(line, pack),
    to,
    into,
  }
}

/** 党组织设置 in the document's own words, where it has a list of them. Source: S2-08 */
function parsePartyMode(line: Line, { lists }: Pack): string | undefined {
  const modes = lists.find(({ value }) => value.key === 'partyModes')?.value.names
  if (line.text('党组织设置') === undefined || modes === undefined) return line.name('党组织设置')
  return line.choice('党组织设置', Object.fromEntries(modes.map(mode => [mode, mode])))
}

/** Whoever picks a point on 高德 or 腾讯 gets GCJ-02, half a kilometre off: which one it is must be said. */
const datums = { 'GCJ-02': 'GCJ-02', GCJ02: 'GCJ-02', 'WGS-84': 'WGS-84', WGS84: 'WGS-84' } as const

function parseCenter(line: Line): Position | undefined {
  const columns = ['中心经度', '中心纬度', '坐标系']
  const told = columns.filter(column => line.text(column) !== undefined)
  if (told.length === 0) return undefined
  if (told.length < columns.length) return line.refuse(`${columns.map(name => `“${name}”`).join('')}要一起填`)
  const [lng, lat] = [line.degrees('中心经度', 180), line.degrees('中心纬度', 90)]
  const datum = line.choice('坐标系', datums)
  return lng === undefined || lat === undefined || datum === undefined ? undefined : { lat, lng, datum }
}

const states = { 在岗: true, 离岗: false } as const

function listRoles({ roles }: Pack) {
  return Object.fromEntries(Object.entries(roles.value).map(([roleName, role]) => [roleName, { ...role, roleName }]))
}

function parseMember(line: Line, roles: ReturnType<typeof listRoles>): MemberLine | undefined {
  const role = line.choice('角色', roles)
  const name = line.person('姓名')
  const member = {
    community: line.name('社区'),
    gridNo: line.gridNo('网格号'),
    phone: line.phone('手机'),
    dingtalkId: line.id('钉钉ID'),
    wecomId: line.id('企微ID'),
    active: line.text('状态') === undefined ? true : line.choice('状态', states),
    joinedOn: line.day('入职日期'),
    office: line.name('单位'),
    supervises: line.names('分管'),
    standIn: line.name('代理人'),
    titles: line.names('职务'),
    bornOn: line.day('出生日期'),
    point: line.name('点位'),
  }
  if (role === undefined || name === undefined || member.active === undefined) return undefined
  if (role.scope === 'grid' && member.gridNo === undefined && line.text('网格号') === undefined) {
    return line.refuse(`${role.roleName}要写“网格号”`)
  }
  if (role.scope === 'community' && member.community === undefined) return line.refuse(`${role.roleName}要写“社区”`)
  return {
    at: line.at,
    street: line.name('街道'),
    name,
    role: role.code,
    roleName: role.roleName,
    roleScope: role.scope,
    employment: role.employment,
    ...member,
    active: member.active,
  }
}

const platforms = { 钉钉: 'dingtalk', 企微: 'wecom', 企业微信: 'wecom', 模拟: 'simulator' } as const
const scopes = { 街道: 'street', 社区: 'community', 网格: 'grid' } as const

function parseGroup(line: Line, allowedBases: readonly string[]): GroupLine | undefined {
  const name = line.required('群名')
  const channel = line.choice('平台', platforms)
  const scope = line.choice('范围', scopes)
  const community = line.name('社区')
  const gridNo = line.gridNo('网格号')
  const webhook = line.text('推送地址')
  if (scope === 'community' && community === undefined) line.refuse('社区群要写“社区”')
  if (scope === 'grid' && line.text('网格号') === undefined) line.refuse('网格群要写“网格号”')
  if (webhook !== undefined && channel !== undefined) {
    const verdict = judgePushUrl(webhook, channel, allowedBases)
    if (!verdict.ok) line.refuse(verdict.reason)
  }
  if (name === undefined || channel === undefined || scope === undefined) return undefined
  return {
    at: line.at,
    street: line.name('街道'),
    name,
    channel,
    platformId: line.id('会话ID'),
    scope,
    community: scope === 'street' ? undefined : community,
    gridNo: scope === 'grid' ? gridNo : undefined,
    webhook,
  }
}

function parseUnit(line: Line): UnitLine | undefined {
  const name = line.required('单位')
  const street = line.name('街道')
  return name === undefined
    ? undefined
    : { at: line.at, street, name, contact: line.text('联系人'), chatPlatformId: line.id('会话ID') }
}

const placeKinds = {
  楼栋: 'building',
  楼幢: 'building',
  大门: 'gate',
  门: 'gate',
  店铺: 'shop',
  商铺: 'shop',
  单位: 'firm',
  企业: 'firm',
  驿站: 'station',
  其他: 'other',
} as const

function parsePlace(line: Line): PlaceLine | undefined {
  const community = line.required('社区')
  const gridNo = line.text('网格号') === undefined ? line.refuse('缺少“网格号”') : line.gridNo('网格号')
  const name = line.required('名称')
  const kind = line.text('类型') === undefined ? 'other' : line.choice('类型', placeKinds)
  const [lat, lng] = [line.degrees('纬度', 90), line.degrees('经度', 180)]
  if ((lat === undefined) !== (lng === undefined)) line.refuse('“纬度”和“经度”要么都写，要么都不写')
  if (community === undefined || gridNo === undefined || name === undefined || kind === undefined) return undefined
  const position = lat === undefined || lng === undefined ? undefined : { lat, lng }
  return {
    at: line.at,
    street: line.name('街道'),
    community,
    gridNo,
    name,
    aliases: line.names('别名'),
    kind,
    position,
  }
}

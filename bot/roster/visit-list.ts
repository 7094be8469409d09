import type { Pack } from '../../policy/pack.ts'
import { findVisitList, type VisitFrequency, type VisitList } from '../../policy/visit-list.ts'
import type { Fault, Origin, VisitTargetEntry } from '../../storage/roster-import/entries.ts'
import { parseNumeral } from '../understand/numerals.ts'
import type { Atlas } from './atlas.ts'
import type { Line } from './cells.ts'

export interface VisitTargetLine {
  at: Origin
  street?: string
  community: string
  gridNo: number
  name: string
  list: VisitList
  address: string
  frequency?: VisitFrequency
  keeper?: string
  bornOn?: string
  code?: string
}

const EVERY = { 周: 'week', 月: 'month', 季度: 'quarter', 季: 'quarter' } as const
const FREQUENCY = /^每(周|月|季度|季)(?:([\d一二三四五六七八九十]{1,2})[次回])?$/u
const CODE = /^[\p{Script=Han}A-Za-z]{1,8}-\d{1,4}$/u

/** One line of `visit-list.csv`: 类别 is a list of the pack or the office's own, 频次 its own rhythm (`每月`, `每季度2次`). Source: S1-16, S2-24, S4D-36 */
export function parseVisitTarget(line: Line, pack: Pack): VisitTargetLine | undefined {
  const community = line.required('社区')
  const gridNo = line.text('网格号') === undefined ? line.refuse('缺少“网格号”') : line.gridNo('网格号')
  const name = line.required('姓名')
  const kind = line.required('类别')
  const address = line.required('住址')
  const frequency = parseFrequency(line)
  const bornOn = line.day('出生日期')
  const code = line.text('编号')?.normalize('NFKC')
  if (code !== undefined && !CODE.test(code)) line.refuse(`“编号”应如“低保-03”，现在是“${code}”`)
  const list = kind === undefined ? undefined : findVisitList(pack, kind)
  if (kind !== undefined && !list)
    line.refuse(`“类别”写的是“${kind}”，看不出是哪类人或场所，应如“低保户”“独居老人”“重点场所”`)
  if (community === undefined || gridNo === undefined || name === undefined || !list || address === undefined)
    return undefined
  return {
    at: line.at,
    street: line.name('街道'),
    community,
    gridNo,
    name,
    list,
    address,
    frequency,
    keeper: line.name('责任人'),
    bornOn,
    code,
  }
}

function parseFrequency(line: Line): VisitFrequency | undefined {
  const told = line.text('频次')?.normalize('NFKC').replace(/\s/g, '')
  if (told === undefined) return undefined
  const [, per, times] = FREQUENCY.exec(told) ?? []
  const atLeast = times === undefined ? 1 : parseNumeral(times)
  return per && atLeast && Number.isInteger(atLeast)
    ? { per: EVERY[per as keyof typeof EVERY], atLeast }
    : line.refuse(`“频次”应如“每月”“每季度2次”，现在是“${told}”`)
}

/** Somebody told twice on one list is a fault, unless codes tell two of one name apart; a code told twice is one too. */
export function mergeVisitTargets(
  lines: readonly VisitTargetLine[],
  atlas: Atlas,
  faults: Fault[],
): VisitTargetEntry[] {
  const entries: VisitTargetEntry[] = []
  for (const { community, gridNo, list, ...line } of lines) {
    const found = atlas.locate({ community, gridNo })
    const grid = found.ok ? found.grid : undefined
    if (!grid) {
      faults.push({ ...line.at, reason: found.ok ? '没有这个网格' : found.reason })
      continue
    }
    const entry = { ...line, grid, list: list.name, short: list.short }
    const coded = entries.find(({ code }) => code !== undefined && code === entry.code)
    const same = entries.find(one => isSame(one, entry))
    if (coded) faults.push({ ...line.at, reason: `编号 ${line.code} 和第${coded.at.line}行重复` })
    else if (same) faults.push({ ...line.at, reason: `和第${same.at.line}行是同一个人；真的同名请给两行都写上“编号”` })
    else entries.push(entry)
  }
  return entries
}

function isSame(a: VisitTargetEntry, b: VisitTargetEntry): boolean {
  const isAlike = a.list === b.list && a.name === b.name && a.grid.community === b.grid.community
  return isAlike && (a.code === undefined || b.code === undefined)
}

import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Fault } from '../../storage/roster-import/entries.ts'
import { readSheets, SpreadsheetError } from '../spreadsheet.ts'
import { CsvError, type CsvRow, parseCsv } from './csv.ts'

const sheetNames = {
  grids: ['grids', '网格'],
  members: ['members', '人员'],
  groups: ['groups', '群'],
  units: ['units', '单位'],
  places: ['places', '地点'],
  households: ['households', '住户'],
  'visit-list': ['visit-list', '走访对象', '走访名单'],
} as const

export type TableKind = keyof typeof sheetNames
export const tableKinds = Object.keys(sheetNames) as TableKind[]

/** One file or sheet of a roster: its lines that are not blank, the header first. */
export interface Table {
  kind: TableKind
  /** `members.csv`, or `名册.xlsx › members`. */
  file: string
  rows: CsvRow[]
}

/** What a folder or workbook holds, and what of it could not be read. */
export interface RosterFiles {
  tables: Table[]
  faults: Fault[]
}

/**
 * Reads `grids.csv`, `members.csv`, `groups.csv`, `units.csv`, `places.csv`, `households.csv`, `visit-list.csv` of a folder, or the sheets of these names in its one `.xlsx`
 * (also given directly). What cannot be read is a fault, never an exception.
 */
export async function readRosterFiles(path: string): Promise<RosterFiles> {
  const kind = await stat(path).catch(() => undefined)
  if (!kind) return refuse(path, '没有这个文件夹或文件')
  if (!kind.isDirectory())
    return path.toLowerCase().endsWith('.xlsx') ? readWorkbook(path) : refuse(path, '应是文件夹或 .xlsx 文件')

  // Excel leaves `~$…` beside a workbook that is open.
  const files = (await readdir(path)).filter(file => !/^[.~]/.test(file)).sort()
  const tables = files.filter(file => kindOf(file.replace(/\.csv$/i, '')) && /\.csv$/i.test(file))
  const workbooks = files.filter(file => /\.xlsx$/i.test(file))
  if (tables.length > 0 && workbooks.length > 0) {
    return refuse(path, `既有 ${tables.join('、')} 又有 ${workbooks.join('、')}，请只留一种`)
  }
  if (workbooks.length > 1) return refuse(path, `有几个 .xlsx（${workbooks.join('、')}），请只留一个`)
  if (workbooks[0]) return readWorkbook(join(path, workbooks[0]))
  if (tables.length === 0) return refuse(path, '没有找到 grids.csv、members.csv、groups.csv，也没有 .xlsx')

  const found = await Promise.all(tables.map(async file => readTable(file, await readFile(join(path, file)))))
  return { tables: found.flatMap(one => one.tables), faults: found.flatMap(one => one.faults) }
}

async function readWorkbook(path: string): Promise<RosterFiles> {
  const file = basename(path)
  try {
    const tables = (await readSheets(await readFile(path))).flatMap(({ name, rows }): Table[] => {
      const kind = kindOf(name)
      if (!kind) return []
      const lines = rows.map((cells, index) => ({ line: index + 1, cells }))
      return [{ kind, file: `${file} › ${name}`, rows: lines.filter(isWritten) }]
    })
    return tables.length > 0 ? { tables, faults: [] } : refuse(file, '没有名为 grids、members、groups 的工作表')
  } catch (error) {
    if (!(error instanceof SpreadsheetError)) throw error
    return refuse(file, '不是能读的 .xlsx 文件，请在 Excel 里另存为“Excel 工作簿”')
  }
}

/** The table in the bytes of one CSV file. */
export function readTable(file: string, bytes: Uint8Array): RosterFiles {
  const kind = kindOf(file.replace(/\.csv$/i, ''))
  if (!kind) return refuse(file, `文件名应为 ${tableKinds.map(name => `${name}.csv`).join('、')}`)
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return refuse(file, '不是 UTF-8 编码（可能是 GBK），请在 Excel 里另存为“CSV UTF-8（逗号分隔）”再导入')
  }
  try {
    return { tables: [{ kind, file, rows: parseCsv(text).filter(isWritten) }], faults: [] }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    return { tables: [], faults: [{ file, line: error.line, reason: error.message }] }
  }
}

function kindOf(name: string): TableKind | undefined {
  const plain = name.trim().toLowerCase()
  return tableKinds.find(kind => (sheetNames[kind] as readonly string[]).includes(plain))
}

function isWritten({ cells }: CsvRow): boolean {
  return cells.some(cell => cell.trim() !== '')
}

function refuse(file: string, reason: string): RosterFiles {
  return { tables: [], faults: [{ file, line: 0, reason }] }
}

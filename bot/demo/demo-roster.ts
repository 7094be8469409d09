import { fileURLToPath } from 'node:url'
import { type Pack, parsePack } from '../../policy/pack.ts'
import { readPack } from '../pack-file.ts'
import { PROGRAM_ROOT } from '../program-root.ts'
import { type RosterFiles, readRosterFiles, type Table } from '../roster/read-files.ts'

/** The pack in whose role names the demo roster is written. */
const WRITTEN_FOR = 'street-team'

/** The demo street's people under the role names of a pack; whose role the document does not know stays out. */
export async function readDemoRoster(pack: Pack): Promise<RosterFiles> {
  const files = await readRosterFiles(fileURLToPath(new URL('bot/demo/roster/', PROGRAM_ROOT)))
  if (pack.id === WRITTEN_FOR) return files
  const { name, yaml } = readPack(WRITTEN_FOR)
  const rename = nameRolesOf(parsePack(yaml, name), pack)
  return { ...files, tables: files.tables.map(table => (table.kind === 'members' ? recast(table, rename) : table)) }
}

function recast(table: Table, rename: (roleName: string) => string | undefined): Table {
  const [header, ...people] = table.rows
  if (!header) return table
  const column = header.cells.indexOf('角色')
  const rows = people.flatMap(row => {
    const roleName = rename(row.cells[column] ?? '')
    return roleName === undefined ? [] : [{ ...row, cells: row.cells.with(column, roleName) }]
  })
  return { ...table, rows: [header, ...rows] }
}

/** From a role's name in one document to its name in another. */
function nameRolesOf(from: Pack, to: Pack): (roleName: string) => string | undefined {
  const names = Object.entries(to.roles.value)
  return roleName => {
    const role = from.roles.value[roleName]
    const same = names.filter(([, { code }]) => code === role?.code)
    return (same.find(([, { employment }]) => employment === role?.employment) ?? same[0])?.[0]
  }
}

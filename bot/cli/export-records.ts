import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { sql } from 'kysely'
import { formatInstant } from '../../policy/time.ts'
import { recordAudit } from '../../storage/audit.ts'
import { type Db, inStreet, type Store } from '../../storage/database.ts'
import { listStreets } from '../../storage/load-roster.ts'
import type { Schema } from '../../storage/schema.ts'
import { type SealedTable, sealedColumns } from '../../storage/sealed-columns.ts'
import { encodeCsv, encodeRows } from '../ledgers/csv.ts'
import type { Progress } from './progress.ts'

/** What only the program itself needs: its bookkeeping, what is open for a moment, the ways of platforms. Every other table is a record. */
const internal: ReadonlySet<string> = new Set<keyof Schema>([
  'setting',
  'counter',
  'lease',
  'timer',
  'job_run',
  'open_question',
  'work',
  'proof_seen',
  'usage',
  'card_copy',
  'reply_ref',
  'platform_alias',
  'h5_session',
])

/** Bearer secrets of a platform: of no use outside, and dangerous there. */
const secrets: readonly string[] = ['chat.webhook', 'chat.session', 'photo.ref', 'message_file.ref']

/** What only finds rows again stays out as well. */
const isWritten = (table: string, column: string) =>
  !secrets.includes(`${table}.${column}`) && !column.endsWith('_index')

const PAGE = 500

export interface ExportOrder {
  folder: string
  format: 'json' | 'csv'
  nowMs: number
  progress: Progress
}

/**
 * Writes every record into one file per table, personal data in plain text and instants in Shanghai time; the files are readable by their
 * owner only, and the export leaves an audit row in each street.
 *
 * @returns the files with the number of rows in each
 */
export async function exportRecords(store: Store, order: ExportOrder): Promise<{ file: string; rows: number }[]> {
  const { folder, format, nowMs, progress } = order
  await mkdir(folder, { recursive: true, mode: 0o700 })
  for (const { id } of await listStreets(store.read)) {
    await store.transact(db =>
      recordAudit(inStreet(db, id), {
        at: nowMs,
        by: 'cli',
        action: 'exported',
        subject: { type: 'street', id },
        detail: { format },
      }),
    )
  }
  const tables = await listTables(store.read)
  const written: { file: string; rows: number }[] = []
  for (const [index, table] of tables.entries()) {
    const file = join(folder, `${table.name}.${format}`)
    const counted = { rows: 0 }
    const rows = readRows(store.read, table, counted)
    const lines =
      format === 'json'
        ? toJson(rows)
        : toCsv(
            table.columns.filter(column => isWritten(table.name, column)),
            rows,
          )
    await pipeline(Readable.from(lines), createWriteStream(file, { mode: 0o600 }))
    written.push({ file, rows: counted.rows })
    progress.show(index + 1, tables.length)
  }
  progress.end()
  return written
}

interface Table {
  name: string
  columns: string[]
}

/** By name, as the database knows them: what a new capability stores is exported without being listed here. */
async function listTables(db: Db): Promise<Table[]> {
  const found = await db.sql.introspection.getTables()
  return found
    .filter(({ name, isView }) => !isView && !internal.has(name))
    .map(({ name, columns }) => ({ name, columns: columns.map(column => column.name) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

type Plain = Record<string, string | number | null>

/** Page by page: by id where there is one, else in the order of all columns. */
async function* readRows(db: Db, { name, columns }: Table, counted: { rows: number }): AsyncIterable<Plain> {
  const hasId = columns.includes('id')
  const order = sql.join((hasId ? ['id'] : columns).map(column => sql.ref(column)))
  for (let after = ''; ; ) {
    const from = hasId ? sql`where id > ${after}` : sql``
    const skipped = hasId ? 0 : counted.rows
    const { rows } = await sql<Plain>`
      select * from ${sql.table(name)} ${from} order by ${order} limit ${sql.lit(PAGE)} offset ${sql.lit(skipped)}
    `.execute(db.sql)
    for (const row of rows) yield toPlain(db, name, row)
    counted.rows += rows.length
    if (rows.length < PAGE) return
    after = String(rows.at(-1)!.id)
  }
}

function toPlain(db: Db, table: string, row: Plain): Plain {
  const sealed: readonly string[] = table in sealedColumns ? sealedColumns[table as SealedTable] : []
  const id = String(row.id)
  const kept = Object.entries(row).filter(([column]) => isWritten(table, column))
  return Object.fromEntries(
    kept.map(([column, value]) => {
      if (value === null) return [column, null]
      if (sealed.includes(column)) return [column, db.vault.open(String(value), { table, column, id }).reveal()]
      return [column, isInstant(column) ? formatInstant(Number(value)) : value]
    }),
  )
}

function isInstant(column: string): boolean {
  return (
    column === 'at' ||
    column.endsWith('_at') ||
    column === 'not_before' ||
    column === 'not_after' ||
    column === 'lease_until'
  )
}

async function* toJson(rows: AsyncIterable<Plain>): AsyncIterable<string> {
  yield '['
  let separator = '\n'
  for await (const row of rows) {
    yield separator + JSON.stringify(row)
    separator = ',\n'
  }
  yield '\n]\n'
}

async function* toCsv(columns: readonly string[], rows: AsyncIterable<Plain>): AsyncIterable<string> {
  yield encodeCsv([columns])
  for await (const row of rows) yield encodeRows([columns.map(column => row[column] ?? null)])
}

/** A new folder for an export made now: `exports/2026-11-18_082000`. */
export function nameExport(dataDir: string, nowMs: number): string {
  return join(dataDir, 'exports', formatInstant(nowMs).slice(0, 19).replace('T', '_').replaceAll(':', ''))
}

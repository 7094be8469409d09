import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { sql } from 'kysely'
import { formatInstant } from '../../policy/time.ts'
import { recordAudit } from '../../storage/audit.ts'
import { type Db, inStreet, type Store } from '../../storage/database.ts'
import { listStreets } from '../../storage/roster.ts'
import type { Schema } from '../../storage/schema.ts'
import { type SealedTable, sealedColumns } from '../../storage/sealed-columns.ts'
import { encodeCsv, encodeRows } from '../ledgers/csv.ts'
import type { Progress } from './progress.ts'

/** Every record of the work; not what only the program itself needs (leases, timers, counters, open questions). */
const tables = [
  'subdistrict',
  'grid',
  'member',
  'member_role',
  'chat_group',
  'chat',
  'unit',
  'message',
  'photo',
  'check_in',
  'field_record',
  'info_item',
  'incident',
  'incident_log',
  'notice',
  'notice_approval',
  'notice_receiver',
  'notice_progress',
  'leave_request',
  'meeting',
  'meeting_attendance',
  'outbox',
  'sent_message',
  'audit',
  'pack_version',
] as const satisfies readonly (keyof Schema)[]

type Table = (typeof tables)[number]

/** Bearer secrets of a platform, and what only finds rows again: of no use outside, and dangerous there. */
const leftOut: readonly string[] = [
  'chat.webhook',
  'chat.session',
  'photo.ref',
  'member.phone_index',
  'field_record.person_index',
]

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
  const columns = await listColumns(store.read)
  const written: { file: string; rows: number }[] = []
  for (const [index, table] of tables.entries()) {
    const file = join(folder, `${table}.${format}`)
    const counted = { rows: 0 }
    const rows = readRows(store.read, table, counted)
    const lines = format === 'json' ? toJson(rows) : toCsv(columns.get(table) ?? [], rows)
    await pipeline(Readable.from(lines), createWriteStream(file, { mode: 0o600 }))
    written.push({ file, rows: counted.rows })
    progress.show(index + 1, tables.length)
  }
  progress.end()
  return written
}

/** The columns of each table that are written, in their order. */
async function listColumns(db: Db): Promise<Map<string, string[]>> {
  const found = await db.sql.introspection.getTables()
  return new Map(
    found.map(({ name, columns }) => [
      name,
      columns.map(column => column.name).filter(column => !leftOut.includes(`${name}.${column}`)),
    ]),
  )
}

type Plain = Record<string, string | number | null>

async function* readRows(db: Db, table: Table, counted: { rows: number }): AsyncIterable<Plain> {
  for (let after = ''; ; ) {
    const { rows } = await sql<Plain>`
      select * from ${sql.table(table)} where id > ${after} order by id limit ${sql.lit(PAGE)}
    `.execute(db.sql)
    for (const row of rows) yield toPlain(db, table, row)
    counted.rows += rows.length
    if (rows.length < PAGE) return
    after = String(rows.at(-1)!.id)
  }
}

function toPlain(db: Db, table: Table, row: Plain): Plain {
  const sealed: readonly string[] = table in sealedColumns ? sealedColumns[table as SealedTable] : []
  const id = String(row.id)
  const kept = Object.entries(row).filter(([column]) => !leftOut.includes(`${table}.${column}`))
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

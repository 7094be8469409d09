import { type Kysely, sql } from 'kysely'
import type { Schema } from '../../storage/schema.ts'

/** The schema as text, the same for the same tables whenever and however they were made. */
export async function dumpSchema(connection: Kysely<Schema>, dialect: 'sqlite' | 'postgres'): Promise<string> {
  return dialect === 'sqlite' ? dumpSqlite(connection) : dumpPostgres(connection)
}

async function dumpSqlite(connection: Kysely<Schema>): Promise<string> {
  const { rows } = await sql<{ sql: string }>`
    select sql from sqlite_master where sql is not null and name not like 'kysely%' order by type desc, name`.execute(
    connection,
  )
  return `${rows.map(row => row.sql.replace(/^create (table|(?:unique )?index)/i, all => all.toUpperCase())).join(';\n\n')};\n`
}

async function dumpPostgres(connection: Kysely<Schema>): Promise<string> {
  const columns = await sql<{ table_name: string; line: string }>`
    select table_name, '  ' || column_name || ' ' || data_type || case is_nullable when 'NO' then ' not null' else '' end as line
    from information_schema.columns where table_schema = 'public' and table_name not like 'kysely%'
    order by table_name, ordinal_position`.execute(connection)
  const constraints = await sql<{ table_name: string; line: string }>`
    select conrelid::regclass::text as table_name, '  ' || conname || ' ' || pg_get_constraintdef(oid) as line
    from pg_constraint where connamespace = 'public'::regnamespace and contype in ('p', 'f', 'u')
      and conrelid::regclass::text not like 'kysely%'
    order by 1, conname`.execute(connection)
  const indexes = await sql<{ indexdef: string }>`
    select indexdef from pg_indexes where schemaname = 'public' and tablename not like 'kysely%' order by indexname`.execute(
    connection,
  )
  const tables = [...new Set(columns.rows.map(({ table_name }) => table_name))]
  const lines = tables.map(table => {
    const own = [...columns.rows, ...constraints.rows].filter(row => row.table_name === table).map(({ line }) => line)
    return `table ${table}\n${own.join('\n')}\n`
  })
  return `${lines.join('\n')}\n${indexes.rows.map(({ indexdef }) => `${indexdef};`).join('\n')}\n`
}

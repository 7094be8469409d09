import { type Kysely, sql } from 'kysely'

/** Runs plain SQL that SQLite and PostgreSQL read alike, statement by statement; `;` ends one. */
export async function applyStatements(db: Kysely<unknown>, statements: string): Promise<void> {
  for (const statement of statements.split(';')) {
    if (statement.trim()) await sql.raw(statement).execute(db)
  }
}

import Database from 'better-sqlite3'

/** How far a copy is: pages done of all. */
export type OnPages = (done: number, all: number) => void

/** Enough for a smooth bar, few enough steps that a large file is not slowed down. */
const PAGES_PER_STEP = 2_000

/**
 * Copies a database file while others write to it. The read transaction holds one moment of it still, so the copy is of that moment
 * and never starts over, however busy the server is.
 */
export async function copySqliteFile(file: string, destination: string, onPages: OnPages = () => {}): Promise<void> {
  const source = new Database(file, { readonly: true, fileMustExist: true, timeout: 30_000 })
  try {
    source.exec('begin')
    source.prepare('select count(*) from sqlite_master').get()
    await source.backup(destination, {
      progress: ({ totalPages, remainingPages }) => {
        onPages(totalPages - remainingPages, totalPages)
        return PAGES_PER_STEP
      },
    })
  } finally {
    source.close()
  }
  // A copy in WAL mode would leave two files beside it wherever it is looked at.
  const copy = new Database(destination)
  copy.pragma('journal_mode = DELETE')
  copy.close()
}

/** What SQLite itself finds wrong with a file: damaged pages, indexes that disagree, rows that point nowhere. Empty where nothing. */
export function inspectSqliteFile(file: string): string[] {
  let database: Database.Database | undefined
  try {
    database = new Database(file, { readonly: true, fileMustExist: true, timeout: 30_000 })
    const integrity = database.pragma('integrity_check') as { integrity_check: string }[]
    const dangling = database.pragma('foreign_key_check') as { table: string; rowid: number; parent: string }[]
    return [
      ...integrity.map(row => row.integrity_check).filter(found => found !== 'ok'),
      ...dangling.map(({ table, rowid, parent }) => `${table} row ${rowid}: no such row in ${parent}`),
    ]
  } catch (error) {
    // Damage can be such that the check itself cannot run.
    if (error instanceof Database.SqliteError) return [`${error.code}: ${error.message}`]
    throw error
  } finally {
    database?.close()
  }
}

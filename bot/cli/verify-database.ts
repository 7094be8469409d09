import { sql } from 'kysely'
import { findAuditHash, verifyAudit } from '../../storage/audit.ts'
import { type Db, inStreet, type Store } from '../../storage/database.ts'
import { listStreets } from '../../storage/load-roster.ts'
import { type SealedTable, sealedColumns } from '../../storage/sealed-columns.ts'
import { inspectSqliteFile } from '../../storage/sqlite-file.ts'
import type { Finding } from '../channels/channel.ts'
import type { Progress } from './progress.ts'

/** The newest rows of each table, where not all are asked for. */
const SAMPLE = 200

export interface VerifyOptions {
  /** Absent for PostgreSQL, which watches over its own pages and keys. */
  databaseFile?: string
  /** Opens every sealed field instead of a sample. */
  all: boolean
  /** A head noted down earlier: number and hash of the chain's newest link at that time. */
  knownHead?: { seq: number; hash: string }
  progress: Progress
}

/** What a check of the data finds, each in words; `ok` false where something was changed, lost or cannot be opened. */
export async function verifyDatabase(store: Store, options: VerifyOptions): Promise<Finding[]> {
  const { databaseFile, knownHead, all, progress } = options
  const findings: Finding[] = []
  if (databaseFile !== undefined) findings.push(judgeFile(inspectSqliteFile(databaseFile)))
  for (const { id, name } of await listStreets(store.read)) {
    findings.push(...(await judgeChain(store.read, id, name, knownHead)))
  }
  findings.push(await openFields(store.read, all, progress))
  return findings
}

function judgeFile(damage: readonly string[]): Finding {
  if (damage.length === 0) return { ok: true, text: '数据库文件完好，没有悬空的引用。' }
  return { ok: false, text: `数据库文件有 ${damage.length} 处损坏：${damage[0]}。请停止小格，用最近的备份恢复。` }
}

async function judgeChain(
  db: Db,
  street: string,
  name: string,
  knownHead: VerifyOptions['knownHead'],
): Promise<Finding[]> {
  const here = inStreet(db, street)
  const { sealed, unsealed, brokenAt, head } = await verifyAudit(here)
  if (brokenAt !== undefined) {
    return [
      { ok: false, text: `${name}：审计链在第 ${brokenAt} 条断开，这一条被改动、删除或插入过。前 ${sealed} 条完好。` },
    ]
  }
  const tail = unsealed > 0 ? `，另有 ${unsealed} 条尚未封存` : ''
  const whole = head
    ? `${name}：审计链 ${sealed} 条完好${tail}。链头 ${head.seq}:${head.hash}（请另存，日后用 --head 可证明末尾没有被截掉）`
    : `${name}：审计链还没有已封存的记录${tail}。`
  if (!knownHead) return [{ ok: true, text: whole }]
  const isThere = (await findAuditHash(here, knownHead.seq)) === knownHead.hash
  const compared = isThere
    ? { ok: true, text: `${name}：与先前记下的链头 ${knownHead.seq} 相符。` }
    : { ok: false, text: `${name}：先前记下的链头 ${knownHead.seq} 不在链上，审计记录被截断或整条替换过。` }
  return [{ ok: true, text: whole }, compared]
}

async function openFields(db: Db, all: boolean, progress: Progress): Promise<Finding> {
  const tables = Object.keys(sealedColumns) as SealedTable[]
  let opened = 0
  const failed: string[] = []
  for (const [index, table] of tables.entries()) {
    const columns: readonly string[] = sealedColumns[table]
    const limit = all ? sql`` : sql`limit ${sql.lit(SAMPLE)}`
    const { rows } = await sql<Record<string, string | null>>`
      select id, ${sql.join(columns.map(column => sql.ref(column)))} from ${sql.table(table)} order by id desc ${limit}
    `.execute(db.sql)
    for (const row of rows) {
      for (const column of columns) {
        const value = row[column]
        if (value === null || value === undefined) continue
        try {
          db.vault.open(value, { table, column, id: row.id! })
          opened += 1
        } catch {
          failed.push(`${table}.${column}（${row.id}）`)
        }
      }
    }
    progress.show(index + 1, tables.length)
  }
  progress.end()
  const what = all ? '全部' : '抽查'
  if (failed.length === 0) return { ok: true, text: `${what}加密字段 ${opened} 个，都能打开。` }
  const why = opened === 0 ? '一个也打不开，多半是 DATA_KEY 不对' : '内容被改动过，或换过 DATA_KEY'
  return {
    ok: false,
    text: `${what}加密字段，${failed.length} 个打不开（${why}），例如 ${failed.slice(0, 3).join('、')}。`,
  }
}

import Router from '@koa/router'
import { findLedger, ledgers } from '../../handlers/ledgers/index.ts'
import { type DayRange, dayOf, monthOf, periodRange } from '../../policy/time.ts'
import { recordAudit } from '../../storage/audit.ts'
import { inStreet, type Store } from '../../storage/database.ts'
import { loadRoster } from '../../storage/load-roster.ts'
import { badRequest, notFound } from '../api/api-error.ts'
import type { Clock } from '../clock.ts'
import { formats, isFormat } from './formats.ts'

export interface LedgerRouteParts {
  store: Store
  clock: Clock
  /** The street whose ledgers are asked for; the admin API knows it from the request. */
  streetOf: (request: { query: URLSearchParams }) => Promise<string>
}

/**
 * `GET /api/ledgers` and `/api/ledgers/NAME?period=2026-11&format=xlsx|docx|csv|json`, mounted behind the admin API's own check of the
 * caller. Without a period: this month. A ledger holds personal data in plain text, so each one given out leaves an audit row.
 */
export function ledgerRoutes({ store, clock, streetOf }: LedgerRouteParts): Router {
  const router = new Router({ prefix: '/api/ledgers' })

  router.get('/', ctx => {
    const items = ledgers.map(({ name, title, columns }) => ({
      name,
      title,
      columns: columns.map(({ key, title: heading }) => ({ key, title: heading })),
      formats: Object.keys(formats),
    }))
    ctx.body = { items, total: items.length, next: null }
  })

  router.get('/:name', async ctx => {
    const query = ctx.URL.searchParams
    const ledger = findLedger(ctx.params.name ?? '')
    if (!ledger)
      throw notFound(`没有这个台账；有：${ledgers.map(({ name, title }) => `${name}（${title}）`).join('、')}。`)
    const format = readFormat(query.get('format'))
    const madeAt = clock.now()
    const days = readPeriod(query.get('period'), madeAt)
    const street = await streetOf({ query })
    const db = inStreet(store.read, street)
    const roster = await loadRoster(db)
    const rows = await ledger.rows({ db, roster }, days)
    await store.transact(everywhere =>
      recordAudit(inStreet(everywhere, street), {
        at: madeAt,
        by: 'admin',
        action: 'exported',
        subject: { type: 'ledger', id: ledger.name },
        detail: { format, ...days, rows: rows.length },
      }),
    )
    const file = await formats[format]({ ledger, street: roster.street.name, days, madeAt, rows })
    const readable = encodeURIComponent(file.fileName)
    ctx.set('Content-Disposition', `attachment; filename="${ledger.name}.${format}"; filename*=UTF-8''${readable}`)
    ctx.type = file.type
    ctx.body = typeof file.body === 'string' ? file.body : Buffer.from(file.body)
  })
  return router
}

function readFormat(said: string | null): keyof typeof formats {
  const format = said || 'xlsx'
  if (isFormat(format)) return format
  throw badRequest(`没有 ${format} 格式，现在可用：${Object.keys(formats).join('、')}。`)
}

function readPeriod(said: string | null, now: number): DayRange {
  try {
    return periodRange(said || monthOf(dayOf(now)))
  } catch {
    throw badRequest('period 应为年 2026、半年 2026-H2、季度 2026-Q4、月 2026-11、周 2026-W47 或日 2026-11-18。')
  }
}

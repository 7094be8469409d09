import { type Burden, countBurden } from '../../../handlers/burden/count.ts'
import { monthOf, periodRange } from '../../../policy/time.ts'
import { badRequest } from '../api-error.ts'
import { cutPage } from '../page.ts'
import type { ListQuery } from '../request.ts'
import { keyOf, type Resource, showGrid } from '../view.ts'

const KINDS = ['office', 'grid', 'member'] as const

/** `?period=2026-11&by=office|grid|member`: who asks for how much, and whom it costs how much; the present month and all three where not told. */
export const burden: Resource = {
  path: 'burden',
  async list(view, query) {
    const days = readPeriod(query, monthOf(view.today))
    const by = query.get('by')
    if (by !== undefined && !KINDS.some(kind => kind === by)) throw badRequest(`by 应为 ${KINDS.join('、')}。`)
    const { offices, grids, members } = await countBurden(await view.desk(), days)
    const rows = [
      ...[...offices].map(([office, counts]) => ({ kind: 'office', key: office, head: { office }, counts })),
      ...[...grids].map(([id, counts]) => ({ kind: 'grid', key: id, head: showGrid(view, id), counts })),
      ...[...members].map(([id, counts]) => ({ kind: 'member', key: id, head: { member: keyOf(view, id) }, counts })),
    ].filter(({ kind }) => by === undefined || kind === by)
    const page = cutPage(rows, query, ({ kind, key }) => `${kind} ${key}`)
    return { ...page, items: page.items.map(({ head, counts }) => ({ ...head, ...show(counts) })) }
  },
}

function readPeriod(query: ListQuery, present: string) {
  const said = query.get('period') ?? present
  try {
    return periodRange(said)
  } catch {
    throw badRequest('period 应为 2026-11、2026-W47、2026-Q4、2026 或日期。')
  }
}

function show(counts: Burden) {
  const { notices, forms, duplicates, fields, knownFields, tasks, meetings, afterHours, minutes } = counts
  return { notices, forms, duplicates, fields, knownFields, tasks, meetings, afterHours, minutes }
}

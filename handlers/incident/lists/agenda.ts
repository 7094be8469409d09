import { dayMs } from '../../../policy/time.ts'
import { listIncidents } from '../../../storage/incidents.ts'
import type { Meeting } from '../../../storage/meetings.ts'
import type { Ctx } from '../../handler.ts'
import { listRepeatedPlaces } from './repeats.ts'
import { nameCases } from './scope.ts'

/** Meetings at which the work is talked over. */
const ABOUT_WORK: ReadonlySet<string> = new Set(['weekly', 'monthly', 'quarterly', 'analysis'])
const LOOKS_BACK_DAYS = 31
const SUGGESTED = 3

/**
 * Whoever calls a work meeting reads in private which places come up again and again, as matter for it.
 * Source: S3A-40 (带有普遍性又难以解决的问题…在工作例会中进行反映)
 */
export async function suggestAgenda(ctx: Ctx, { id, kind, gridId, community }: Meeting): Promise<void> {
  if (!ABOUT_WORK.has(kind)) return
  const { actor, db, now, pack, roster, say } = ctx
  const grids = roster.grids.filter(grid => (gridId ? grid.id === gridId : !community || grid.community === community))
  const cases = await listIncidents(db, {
    from: now - LOOKS_BACK_DAYS * dayMs,
    to: now + 1,
    gridIds: grids.map(grid => grid.id),
  })
  const counted = cases.filter(({ status }) => status !== 'merged' && status !== 'cancelled')
  const repeated = listRepeatedPlaces(counted, pack.incident.intake.repeatsAtLeast.value).slice(0, SUGGESTED)
  if (repeated.length === 0) return
  const lines = repeated.map(
    ({ place, gridId: where, incidents, matter }) =>
      `${roster.gridById(where)?.name ?? ''}${place} ${incidents.length} 件，${matter}：${nameCases(incidents)}`,
  )
  await say.toMember(actor, ['议题建议（近一个月反复出现的点位）：', ...lines].join('\n'), {
    kind: 'meeting-agenda',
    urgency: 'answer',
    subject: { type: 'meeting', id },
  })
}

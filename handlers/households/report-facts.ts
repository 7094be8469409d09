import { type DayRange, endOfDay, instantAt, monthRange } from '../../policy/time.ts'
import { type Incident, listIncidents, OPEN_STATUSES } from '../../storage/incidents.ts'
import { countInfoItems } from '../../storage/info-items.ts'
import type { Grid } from '../../storage/roster.ts'
import type { Desk } from '../desk.ts'
import { type GridCoverage, measureCoverage } from './measure.ts'

/** What the visits of a month brought in a grid: the same figures for the report, its paper and the digest. */
export interface ReportFacts {
  grid: Grid
  days: DayRange
  coverage: GridCoverage
  /** How many items of information were told. */
  infoItems: number
  /** What residents asked for: told by them, taken in hand for them, or found on a visit. Source: S3A-02 */
  needs: Incident[]
  /** All of the month. */
  reported: Incident[]
  /** Still open, of this month or before. */
  unsolved: Incident[]
}

type FactsDesk = Pick<Desk, 'db' | 'roster' | 'pack' | 'today'>

/** @param month `2026-10`, as far as it has gone */
export async function gatherReports(desk: FactsDesk, grids: readonly Grid[], month: string): Promise<ReportFacts[]> {
  const { db, today } = desk
  const whole = monthRange(month)
  const days = { from: whole.from, to: whole.to < today ? whole.to : today }
  const span = { from: instantAt(days.from, '00:00'), to: endOfDay(days.to) }
  const coverages = await measureCoverage(desk, grids, month)
  const facts: ReportFacts[] = []
  for (const coverage of coverages) {
    const { grid, visits } = coverage
    const cases = (await listIncidents(db, { gridIds: [grid.id], to: span.to })).filter(
      ({ status }) => status !== 'merged' && status !== 'cancelled',
    )
    const reported = cases.filter(({ reportedAt }) => reportedAt >= span.from)
    const found = new Set(visits.flatMap(({ incidentId }) => incidentId ?? []))
    const told = new Set(visits.map(({ messageId }) => messageId))
    facts.push({
      grid,
      days,
      coverage,
      infoItems: await countInfoItems(db, { ...span, gridIds: [grid.id] }),
      needs: reported.filter(
        ({ id, origin, matter, messageId }) =>
          origin === 'resident' || matter === 'service' || found.has(id) || told.has(messageId),
      ),
      reported,
      unsolved: cases.filter(({ status }) => OPEN_STATUSES.includes(status)),
    })
  }
  return facts
}

/** `走访 132/180户，收集需求3条，未解决1件`: for a line that everybody may read. */
export function renderFigures({ coverage: { done, total }, needs, unsolved }: ReportFacts): string {
  return `走访 ${total > 0 ? `${done}/${total}` : done}户，收集需求${needs.length}条，未解决${unsolved.length}件`
}

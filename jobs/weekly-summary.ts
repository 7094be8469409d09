import { renderCorrectionsBefore } from '../handlers/correct/since-summary.ts'
import type { Desk } from '../handlers/desk.ts'
import { type SummaryScope, summarise } from '../handlers/summary.ts'
import { chartSummary } from '../handlers/summary-chart.ts'
import { renderSummary } from '../handlers/summary-text.ts'
import { addDays, type Day, dayOf, daysBetween, hourMs, instantAt, mondayOf } from '../policy/time.ts'
import type { ChatGroup } from '../storage/roster.ts'
import { findFirstDay, findSummarisedThrough, saveSummarisedThrough } from '../storage/summaries.ts'
import type { Due, Job } from './job.ts'
import { renderLate } from './late.ts'

/**
 * On the first working day of the week: each community's group reads its own figures, the street's group the totals.
 *
 * Covered is every full week since the last summary, so a week without working days, or one that no program was there to sum up,
 * is told together with the next. Source: contract (Missed jobs)
 */
export const weeklySummary: Job = {
  name: 'weekly-summary',
  schedule: ['30 8 * * *'],
  days: 'firstWorkdays',
  catchUp: 'latest',
  graceMs: 48 * hourMs,
  async run(desk, due) {
    const to = addDays(mondayOf(dayOf(due.at)), -1)
    const from = await findStart(desk)
    if (from > to) return
    for (const { group, scope } of listReaders(desk)) await tell(desk, due, group, { from, to, scope })
    await saveSummarisedThrough(desk.db, to)
  },
}

/** The Monday after the last summary; at first, of the week in which the street began. */
async function findStart({ db }: Desk): Promise<Day> {
  const through = await findSummarisedThrough(db)
  return through === undefined ? mondayOf(await findFirstDay(db)) : addDays(through, 1)
}

function listReaders({ roster }: Desk): { group: ChatGroup; scope: SummaryScope }[] {
  return roster.groups
    .filter(({ scope }) => scope !== 'grid')
    .map(group => ({ group, scope: group.scope === 'community' ? { community: group.community } : {} }))
}

async function tell(
  desk: Desk,
  due: Due,
  group: ChatGroup,
  { from, to, scope }: { from: Day; to: Day; scope: SummaryScope },
): Promise<void> {
  const summary = await summarise(desk, { from, to, scope })
  const weeks = (daysBetween(from, to) + 1) / 7
  const figures = renderSummary(summary, weeks === 1 ? '上周小结' : `近${weeks}周小结`)
  const corrected = await renderCorrectionsBefore(desk, { from, community: scope.community })
  const text = corrected ? `${figures}\n${corrected}` : figures
  const at = instantAt(dayOf(due.at), desk.pack.summary.at.value)
  await desk.say.toGroup(group, `${text}${renderLate(due)}`, {
    kind: 'weekly-summary',
    urgency: 'normal',
    attachment: { kind: 'weekly-chart', data: chartSummary(summary) },
    notBefore: Math.max(at, desk.now),
  })
}

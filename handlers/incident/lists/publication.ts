import { dayOf, daysBetween, formatDayCompact } from '../../../policy/time.ts'
import { type Incident, listIncidentLogs } from '../../../storage/incidents.ts'
import type { Roster } from '../../../storage/roster.ts'
import { answer, type Command } from '../../handler.ts'
import { findPlaces } from '../locate.ts'
import { readPlaceName } from '../place-names.ts'
import { isSensitive } from '../privacy.ts'
import { nameCategory } from '../words.ts'
import { monthly, readMonth } from './month.ts'
import { chooseListScope, listCases } from './scope.ts'

const SETTLED: ReadonlySet<string> = new Set(['resolved', 'rechecked', 'closed'])

/**
 * The draft of the notice to residents about what was settled in a month: what, where and when, in the program's own words alone, so
 * that no name, no door and no sentence of a report can stand in it. Cases about people are counted and not shown.
 * Source: S3B-10 (所有问题处置办理结果应当向群众公示)
 */
export const publicationCommand: Command = {
  name: 'publication',
  matches: monthly('公示(?:稿|草稿)?'),
  who: 'queryGrid',
  dialog: { as: 'leader', turns: [['公示 10月', '公示']] },
  async run(ctx) {
    const scope = await chooseListScope(ctx)
    if ('refused' in scope) return scope.refused
    const month = readMonth(ctx.text, ctx.today)
    const settled = (await listCases(ctx, scope, month)).filter(({ status }) => SETTLED.has(status))
    if (settled.length === 0) return answer(`${scope.name}${month.name}没有办结的事件，不用公示。`)
    const shown = settled.filter(({ category }) => !isSensitive(category))
    const logs = await listIncidentLogs(
      ctx.db,
      shown.map(({ id }) => id),
    )
    const lines = shown.map((incident, index) => {
      const resolved = logs.findLast(log => log.incidentId === incident.id && log.action === 'resolve')
      const from = dayOf(incident.reportedAt)
      const to = resolved ? dayOf(resolved.at) : from
      const days = daysBetween(from, to)
      const dates = `${formatDayCompact(from, ctx.today)} 上报，${formatDayCompact(to, ctx.today)} 办结（${days === 0 ? '当天' : `${days}天`}）`
      return `${index + 1}. ${nameCategory(incident.category)}，${namePublicPlace(ctx.roster, incident)}，${dates}`
    })
    const hidden = settled.length - shown.length
    return answer(
      [
        `${scope.name}${month.name}办理结果公示（草稿，张贴前请核对）`,
        ...lines,
        ...(hidden > 0 ? [`另有 ${hidden} 件涉及个人，依规定不公示。`] : []),
        '以上结果请大家监督。',
      ].join('\n'),
    )
  },
}

/** A place that everybody knows, or the building; never the words of the report, which may be somebody's home. */
export function namePublicPlace(roster: Roster, { place, gridId }: Incident): string {
  const grid = roster.gridById(gridId)
  const where = grid?.name ?? roster.street.name
  if (!place) return where
  const known = findPlaces(roster, place.reveal()).find(one => one.gridId === gridId)
  const { building } = readPlaceName(place.reveal())
  const spot = known?.name ?? (building === undefined ? '' : `${building}幢`)
  return `${where}${spot}`
}

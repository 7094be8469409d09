import { type Incident, type IncidentFilter, listIncidents } from '../../../storage/incidents.ts'
import { communitiesOf, gridsOf } from '../../../storage/roster.ts'
import { type Answer, type Ctx, refuse } from '../../handler.ts'
import type { ListMonth } from './month.ts'

/** Whose cases a list may show: the grid's, the community's or the street's. */
export interface ListScope {
  name: string
  /** Absent: every grid, and what belongs to none. */
  gridIds?: string[]
}

/**
 * What the asker may see, at most what the group is about: the street by `queryStreet`, the own communities by `queryCommunity`, else the
 * own grids. A refusal is written down.
 */
export async function chooseListScope(ctx: Ctx): Promise<ListScope | { refused: Answer }> {
  const { actor, chat, roster, today } = ctx
  const widest = widestScope(ctx)
  const here = roster.gridById(chat.group?.gridId)
  const communities = chat.group?.community ? [chat.group.community] : []
  const inGroup = here
    ? { name: here.name, gridIds: [here.id] }
    : communities.length > 0
      ? { name: communities[0]!, gridIds: gridIdsOf(ctx, communities) }
      : undefined
  if (!widest) {
    await ctx.record('refused', { type: 'incidentList', id: actor.id }, { text: ctx.text, day: today })
    return { refused: refuse('not-allowed', '这份清单由网格、社区和街道的工作人员查看，没有您负责的范围。') }
  }
  if (!inGroup) return widest
  if (!widest.gridIds) return inGroup
  const gridIds = inGroup.gridIds.filter(id => widest.gridIds?.includes(id))
  return gridIds.length > 0 ? { name: inGroup.name, gridIds } : widest
}

function widestScope(ctx: Ctx): ListScope | undefined {
  const { actor, roster, today } = ctx
  if (ctx.may('queryStreet')) return { name: roster.street.name }
  const communities = communitiesOf(roster, actor, today)
  if (ctx.may('queryCommunity') && communities.length > 0) {
    return { name: communities.join('、'), gridIds: gridIdsOf(ctx, communities) }
  }
  const grids = gridsOf(roster, actor, today)
  return grids.length > 0
    ? { name: grids.map(({ name }) => name).join('、'), gridIds: grids.map(({ id }) => id) }
    : undefined
}

function gridIdsOf({ roster }: Ctx, communities: readonly string[]): string[] {
  return roster.grids.filter(({ community }) => communities.includes(community)).map(({ id }) => id)
}

/** What was reported in a month within a scope, without what was merged or cancelled. */
export async function listCases(
  { db }: Pick<Ctx, 'db'>,
  { gridIds }: ListScope,
  { from, to }: Pick<ListMonth, 'from' | 'to'>,
  filter: IncidentFilter = {},
): Promise<Incident[]> {
  const found = await listIncidents(db, { from, to, gridIds, ...filter })
  return found.filter(({ status }) => status !== 'merged' && status !== 'cancelled')
}

/** `#3、#5、#8…共12件`: which cases stand behind a figure. */
export function nameCases(incidents: readonly Pick<Incident, 'no'>[]): string {
  if (incidents.length === 0) return '无'
  const shown = incidents.slice(0, NAMED).map(({ no }) => `#${no}`)
  return incidents.length > NAMED ? `${shown.join('、')}…共${incidents.length}件` : shown.join('、')
}

const NAMED = 12

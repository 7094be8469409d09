import type { Action } from '../../policy/pack.ts'
import { communitiesOf, type Grid, gridsOf, hasRole, type Member } from '../../storage/roster.ts'
import { type AttendanceOfDay, listAttendanceOver } from '../attendance.ts'
import { type Answer, answer, type Ctx, refuse } from '../handler.ts'
import { refuseRole } from '../not-allowed.ts'
import type { SlotsOf } from '../slots.ts'
import { renderDay, renderDays } from './attendance-words.ts'
import { findNamedGrid } from './named-grid.ts'
import { readPeriod } from './period.ts'

/** Leaders of a grid ask for its people, leaders of a community for theirs; names go to the asker alone. */
const LEADERS = [
  'leader',
  'instructor',
  'communityLead',
  'communityGroupHead',
  'office',
  'generalOffice',
  'deputy',
  'principal',
  'admin',
] as const

/** Somebody else's attendance, or a grid's or community's. */
export async function attendance(ctx: Ctx, { period = 'today', gridNo, whose }: SlotsOf['query']): Promise<Answer> {
  const range = readPeriod(period, ctx.today)
  if (whose !== undefined) {
    const [member] = ctx.roster.membersNamed(whose)
    if (!member) return refuse('unknown-person', `名册里没有“${whose}”。`, { private: true })
    const denied = refuseUnlessLeads(
      ctx,
      gridsOf(ctx.roster, member, ctx.today),
      communitiesOf(ctx.roster, member, ctx.today),
    )
    if (denied) return denied
    const days = await listAttendanceOver(ctx, range, [member])
    const text = days.length === 1 && days[0] ? renderDay(days[0]) : renderDays(days, ctx.today)
    return answer(`${member.name}${range.name}考勤：${text}。`, { private: true })
  }
  const scope = chooseScope(ctx, gridNo)
  if ('refused' in scope) return scope.refused
  const members = ctx.roster.holders(ctx.pack.attendance.due.value, ctx.today, scope.where)
  const days = await listAttendanceOver(ctx, range, members)
  return answer(`${scope.name}${range.name}考勤：${renderGroup(days)}`, { private: true })
}

type Scope = { name: string; where: { gridId?: string; community?: string } } | { refused: Answer }

/** The grid that is named, else what the asker leads: their grid, their community, the street. */
export function chooseScope(ctx: Ctx, gridNo: number | undefined): Scope {
  const named = findNamedGrid(ctx, gridNo)
  if ('refused' in named) return named
  const own = gridsOf(ctx.roster, ctx.actor, ctx.today)
  const grid = named.grid ?? ctx.roster.gridById(ctx.chat.group?.gridId) ?? (own.length === 1 ? own[0] : undefined)
  if (grid) {
    const denied = refuseUnlessLeads(ctx, [grid], [grid.community])
    return denied ? { refused: denied } : { name: grid.name, where: { gridId: grid.id } }
  }
  const [community] = communitiesOf(ctx.roster, ctx.actor, ctx.today)
  if (community !== undefined) {
    const denied = refuseUnlessLeads(ctx, [], [community])
    return denied ? { refused: denied } : { name: community, where: { community } }
  }
  return ctx.may('queryStreet')
    ? { name: ctx.roster.street.name, where: {} }
    : { refused: refuseRole(ctx, 'queryStreet') }
}

/** Workers ask for their own only; a grid's leaders for the grid, a community's for the community, the street's offices for all. */
function refuseUnlessLeads(ctx: Ctx, grids: readonly Grid[], communities: readonly string[]): Answer | undefined {
  const { actor, roster, today } = ctx
  const action: Action = grids.length > 0 ? 'queryGrid' : 'queryCommunity'
  if (ctx.may('queryStreet')) return undefined
  if (!hasRole(actor, LEADERS, today))
    return refuse('not-allowed', '只能查自己的考勤，请说“我的考勤”；别人的由网格长及以上查询。')
  if (!ctx.may(action)) return refuseRole(ctx, action)
  const ownGrids = gridsOf(roster, actor, today)
  const leadsGrid = grids.some(grid => ownGrids.includes(grid))
  const leadsCommunity =
    ctx.may('queryCommunity') && communities.some(name => communitiesOf(roster, actor, today).includes(name))
  return leadsGrid || leadsCommunity ? undefined : refuse('not-yours', '只能查自己负责的网格或社区。')
}

/** Counts first, then who is missing or late. */
function renderGroup(days: readonly AttendanceOfDay[]): string {
  const due = days.filter(({ due, on }) => due && on !== 'leave')
  const named = (test: (day: AttendanceOfDay) => boolean) => nameAll(due.filter(test).map(({ member }) => member))
  const here = due.filter(({ on }) => on === 'onTime' || on === 'late' || on === 'makeup').length
  const lines = [
    ['未打', named(({ on }) => on === 'missing' || on === 'pending')],
    ['迟到', named(({ on }) => on === 'late')],
    ['早退', named(({ off }) => off === 'early')],
    ['请假', nameAll(days.filter(({ on, off }) => on === 'leave' || off === 'leave').map(({ member }) => member))],
  ]
  const faults = lines.filter(([, names]) => names !== '').map(([what, names]) => `${what}：${names}`)
  return [`上班应到 ${due.length} 人次，已到 ${here}。`, ...faults].join('\n')
}

function nameAll(members: readonly Member[]): string {
  const counts = new Map<string, number>()
  for (const { name } of members) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].map(([name, count]) => (count > 1 ? `${name}×${count}` : name)).join('、')
}

import { nameRoles, type RoleCode } from '../../policy/pack.ts'
import { countFieldRecords } from '../../storage/field-records.ts'
import { countIncidents, OPEN_STATUSES } from '../../storage/incidents.ts'
import { countInfoItems } from '../../storage/info-items.ts'
import { type Grid, type Member, rolesOn } from '../../storage/roster.ts'
import { chooseGrid } from '../grids.ts'
import { type Answer, answer, type Ctx, refuse } from '../handler.ts'
import { refuseRole } from '../not-allowed.ts'
import type { SlotsOf } from '../slots.ts'
import { findNamedGrid } from './named-grid.ts'
import { instantsOf, readPeriod } from './period.ts'

/** A grid on one card: size, people, and what was done there. Counts only, no residents. Source: S0-08, S0-02 */
export async function gridInfo(ctx: Ctx, { gridNo, period = 'thisWeek' }: SlotsOf['query']): Promise<Answer> {
  if (!ctx.may('queryGrid')) return refuseRole(ctx, 'queryGrid')
  const named = findNamedGrid(ctx, gridNo)
  if ('refused' in named) return named.refused
  const choice = named.grid ? { found: named.grid } : chooseGrid(ctx)
  if (!('found' in choice)) return refuse('which-grid', '请写明第几网格，如“第3网格情况”。')
  const grid = choice.found
  const range = readPeriod(period, ctx.today)
  const filter = { ...instantsOf(range), gridIds: [grid.id] }
  const visits = await countFieldRecords(ctx.db, { ...filter, kind: 'visit' })
  const patrols = await countFieldRecords(ctx.db, { ...filter, kind: 'patrol' })
  const infoItems = await countInfoItems(ctx.db, { ...filter, counted: true })
  const open = await countIncidents(ctx.db, { gridIds: [grid.id], statuses: OPEN_STATUSES })
  return answer(
    [
      `${grid.community}${grid.name}（${grid.code}）${renderSize(grid)}${grid.partyMode ? `；党组织：${grid.partyMode}` : ''}`,
      renderPosts(ctx, grid),
      `${range.name}：走访 ${visits}，巡查 ${patrols}，信息 ${infoItems}；在办事件 ${open}`,
    ].join('\n'),
  )
}

function renderSize({ households, residents }: Grid): string {
  const parts = [households !== undefined && `${households}户`, residents !== undefined && `常住${residents}人`].filter(
    Boolean,
  )
  return parts.length > 0 ? `：${parts.join('，')}` : ''
}

const SHORT = { leader: '网格长', instructor: '指导员', worker: '网格员' } as const

/** The posts that the document asks for, and whoever else leads or works there, with their names; a vacant one is said. */
function renderPosts({ roster, today, pack }: Ctx, grid: Grid): string {
  const wanted = pack.staffing.posts.flatMap(({ value }) => (value.per === 'grid' ? [value.role] : []))
  const roles = [...new Set<RoleCode>(['leader', 'instructor', 'worker', ...wanted])]
  return roles
    .flatMap(role => {
      const holders = roster.holders([role], today, { gridId: grid.id })
      if (holders.length === 0 && !wanted.includes(role)) return []
      const name =
        pack.staffing.levels || !(role in SHORT) ? nameRoles(pack, [role]) : SHORT[role as keyof typeof SHORT]
      return [`${name}：${nameHolders(holders, grid, today)}`]
    })
    .join('；')
}

function nameHolders(holders: readonly Member[], grid: Grid, today: string): string {
  const name = (member: Member) => {
    const employment = rolesOn(member, today).find(
      ({ gridId, role }) => gridId === grid.id && role === 'worker',
    )?.employment
    return `${member.name}${employment === 'partTime' ? '（兼）' : ''}`
  }
  return holders.length > 0 ? holders.map(name).join('、') : '空缺'
}

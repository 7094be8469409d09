import { judgeWeekQuota, type WeekQuota } from '../../policy/quota.ts'
import { type Day, endOfDay, instantAt } from '../../policy/time.ts'
import { listInfoItems } from '../../storage/info-items.ts'
import type { Grid } from '../../storage/roster.ts'
import type { Desk } from '../desk.ts'

/** How far a grid is with its week; all who work in it share what it owes. Source: S2-25, S2-19 */
export interface GridWeek {
  grid: Grid
  counted: number
  repeated: number
  /** What counts, by who told it: member id to number. */
  byMember: Map<string, number>
}

export interface Week {
  quota: WeekQuota
  grids: GridWeek[]
}

/** @returns undefined where the document asks for no number */
export async function countWeek(desk: Desk, day: Day, grids: readonly Grid[]): Promise<Week | undefined> {
  const quota = judgeWeekQuota(desk.pack, desk.calendar, day)
  if (!quota) return undefined
  const items = await listInfoItems(desk.db, {
    from: instantAt(quota.week.from, '00:00'),
    to: endOfDay(quota.week.to),
    gridIds: grids.map(({ id }) => id),
  })
  return {
    quota,
    grids: grids.map(grid => {
      const own = items.filter(({ gridId }) => gridId === grid.id)
      const counted = own.filter(({ repeatOf }) => !repeatOf)
      const byMember = new Map<string, number>()
      for (const { memberId } of counted) byMember.set(memberId, (byMember.get(memberId) ?? 0) + 1)
      return { grid, counted: counted.length, repeated: own.length - counted.length, byMember }
    }),
  }
}

/** `3/5条（本周3个工作日，应报3条），已够` */
export function renderWeek({ counted }: Pick<GridWeek, 'counted'>, quota: WeekQuota, withSum = true): string {
  const { atLeast, owed, arithmetic } = quota
  const state = owed === 0 ? '' : counted >= owed ? '，已够' : `，还差${owed - counted}条`
  return `${counted}/${atLeast}条${withSum ? `（${arithmetic}）` : ''}${state}`
}

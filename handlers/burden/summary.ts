import type { DayRange } from '../../policy/time.ts'
import type { Desk } from '../desk.ts'
import { countBurden } from './count.ts'
import { sumUp } from './words.ts'

/** The load in one line of the weekly summary: counts, and the estimate for each of those who were asked. */
export interface BurdenFigures {
  forms: number
  afterHours: number
  /** Whole minutes a person; 0 where nobody was asked for anything. */
  minutesEach: number
}

/** Of the grids given, of the whole street where none are. Source: S4D-26 */
export async function countBurdenFigures(
  desk: Desk,
  days: DayRange,
  gridIds: readonly string[] | undefined,
): Promise<BurdenFigures> {
  const { roster } = desk
  const { grids, offices, members } = await countBurden(desk, days)
  const asked = [...members].filter(([id]) => isIn(roster.memberById(id)?.roles ?? [], gridIds))
  const sum = gridIds
    ? sumUp([...grids].filter(([id]) => gridIds.includes(id)).map(([, burden]) => burden))
    : sumUp(offices.values())
  const minutes = sumUp(asked.map(([, burden]) => burden)).minutes
  return {
    forms: sum.forms,
    afterHours: sumUp(asked.map(([, burden]) => burden)).afterHours,
    minutesEach: asked.length > 0 ? Math.round(minutes / asked.length) : 0,
  }
}

function isIn(roles: readonly { gridId?: string }[], gridIds: readonly string[] | undefined): boolean {
  return !gridIds || roles.some(({ gridId }) => gridId !== undefined && gridIds.includes(gridId))
}

/** One line, or none where nobody was asked for anything. */
export function renderBurdenLine({ forms, afterHours, minutesEach }: BurdenFigures): string {
  if (minutesEach === 0) return ''
  return `负担：报表${forms}，下班@${afterHours}，人均${minutesEach}分`
}

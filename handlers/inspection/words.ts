import type { Inspection, InspectionStatus } from '../../storage/inspections.ts'
import { gridsOf, type Member } from '../../storage/roster.ts'
import type { Desk } from '../desk.ts'
import { type Answer, refuse } from '../handler.ts'

export const inspectionStates: Record<InspectionStatus, string> = {
  open: '待反馈',
  answered: '已反馈',
  corrected: '已整改，待复查',
  passed: '已通过',
  failed: '复查未通过，待整改',
  withdrawn: '已撤销',
}

/** `3号督导（第3网格，孙燕）`. */
export function nameInspection(
  { roster }: Pick<Desk, 'roster'>,
  inspection: Pick<Inspection, 'no' | 'gridId' | 'memberId'>,
): string {
  const grid = roster.gridById(inspection.gridId)?.name
  const person = inspection.memberId && roster.memberById(inspection.memberId)?.name
  return `${inspection.no}号督导（${[grid, person].filter(Boolean).join('，')}）`
}

/** Who is to answer: the person, else those who carry out the work of the grid. */
export function inspectedOf(desk: Desk, { memberId, gridId }: Pick<Inspection, 'memberId' | 'gridId'>): Member[] {
  const { roster, pack, today } = desk
  if (memberId !== undefined) return [roster.memberById(memberId)].filter(member => member !== undefined)
  return gridId === undefined ? [] : roster.holders(pack.notice.receivers.value, today, { gridId })
}

/** Whether it is a grid that somebody serves in and therefore may not inspect; never where the pack lets them. Source: S1-08, S1-09 */
export function isOwnGrid(
  { pack, roster, today, actor }: Pick<Desk, 'pack' | 'roster' | 'today'> & { actor: Member },
  gridId: string | undefined,
): boolean {
  return !pack.inspection.ownGrid.value && gridsOf(roster, actor, today).some(({ id }) => id === gridId)
}

/**
 * Nobody inspects themselves or a grid they serve in, unless the pack lets them. Source: S0-26 (inspector = own grid → refuse), S1-09
 */
export function refuseOwnGrid(
  { pack, roster, today, actor }: Desk & { actor: Member },
  { gridId, memberId }: Pick<Inspection, 'gridId' | 'memberId'>,
): Answer | undefined {
  const { clause } = pack.inspection.ownGrid
  const isSelf = memberId === actor.id
  if (!isSelf && !isOwnGrid({ pack, roster, today, actor }, gridId)) return undefined
  const whose = isSelf ? '您自己' : `您所在的${roster.gridById(gridId)?.name ?? '网格'}`
  return refuse('own-grid', `督导要由别人来做，不能督导${whose}（依据：${clause}），没有记录。`, { private: true })
}

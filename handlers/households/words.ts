import { planCoverage } from '../../policy/coverage.ts'
import { formatDayShort } from '../../policy/time.ts'
import type { Desk } from '../desk.ts'
import { type Answer, refuse } from '../handler.ts'
import type { GridCoverage } from './measure.ts'

const NAMED_BUILDINGS = 8

/** `132/180户，剩3个楼栋：5幢、6幢、9幢`; in a group without the names of buildings. Source: S3A-09 */
export function renderCoverage({ total, done, attempted, buildings, left }: GridCoverage, isPrivate: boolean): string {
  if (total === 0) return `已走访${done}户，名册里没有户数，算不出还剩多少`
  const tried = attempted > 0 ? `（其中${attempted}户多次未遇）` : ''
  if (left === 0) return `${done}/${total}户${tried}，已走完一遍`
  return `${done}/${total}户${tried}，剩${renderBuildings(buildings, left, isPrivate)}`
}

function renderBuildings(buildings: GridCoverage['buildings'], left: number, isPrivate: boolean): string {
  if (buildings.length === 0) return `${left}户`
  if (!isPrivate) return `${buildings.length}个楼栋`
  const shown = buildings.slice(0, NAMED_BUILDINGS).map(({ building }) => nameBuilding(building))
  return `${buildings.length}个楼栋：${shown.join('、')}${buildings.length > shown.length ? '…' : ''}`
}

/** `5幢`; a building with a name of its own keeps it. */
export function nameBuilding(building: string): string {
  return /^(?:\d{1,3}|[A-Z])$/.test(building) ? `${building}幢` : building
}

/** What the days that are left ask for: `还有5个工作日，每天约10户`; empty outside the window or where nothing is left. */
export function renderPace(desk: Pick<Desk, 'pack' | 'calendar' | 'today'>, month: string, of: GridCoverage): string {
  const { coverage } = desk.pack
  if (!coverage || of.left === 0 || of.total === 0) return ''
  const plan = planCoverage(month, of.total, desk.today, { rules: coverage, calendar: desk.calendar })
  if (desk.today > plan.window.to) return `集中走访到${formatDayShort(plan.window.to)}为止，之后走访照样算数`
  if (plan.daysLeft === 0) return ''
  const caveat = desk.calendar.caveatOf(plan.window.to)
  const unit = coverage.onWorkdays.value ? '个工作日' : '天'
  return `到${formatDayShort(plan.window.to)}还有${plan.daysLeft}${unit}，每天约${Math.ceil(of.left / plan.daysLeft)}户${caveat ? `（${caveat}）` : ''}`
}

/** For streets whose document does not ask every household to be visited once a month. */
export function refuseWithoutDuty({ pack }: Pick<Desk, 'pack'>): Answer {
  return refuse(
    'no-duty',
    `${pack.title}没有规定每月把住户走访一遍，也没有规定报送（原文未载），没有要算的。自己的走访请说“我的走访”。`,
    { private: true },
  )
}

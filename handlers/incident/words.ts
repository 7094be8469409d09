import type { Incident, IncidentStatus } from '../../storage/incidents.ts'
import type { Roster } from '../../storage/roster.ts'
import { type Reader, shortenText } from '../reader.ts'
import type { IncidentCategory } from '../slots.ts'
import { isSensitive } from './privacy.ts'

export const categoryNames: Record<IncidentCategory, string> = {
  fire: '火情火险',
  safety: '安全隐患',
  disaster: '自然灾害',
  massEvent: '群体性事件',
  security: '治安',
  dispute: '矛盾纠纷',
  petition: '信访苗头',
  environment: '市容环境',
  facility: '公共设施',
  population: '人口管理',
  livelihood: '民生诉求',
  other: '其他',
}

export const statusNames: Record<IncidentStatus, string> = {
  reported: '待受理',
  accepted: '已受理',
  dispatched: '已流转',
  returned: '已退回',
  resolved: '已办结',
  rechecked: '已核查',
  closed: '已结案',
  merged: '已并案',
  cancelled: '已撤销',
}

export const tierNames: Record<Incident['tier'], string> = {
  grid: '网格',
  community: '社区',
  subdistrict: '街道',
  county: '县级',
}

const TITLE_GRAPHEMES = 16

/** `公共设施，3号楼，第1网格`: what it is about, with nobody's name in it. */
export function describeIncident({ category, place, gridId }: Incident, roster: Roster, reader: Reader): string {
  const isHidden = isSensitive(category) && !reader.isPrivate
  const where = isHidden ? undefined : place && reader.place(place.reveal())
  const grid = roster.gridById(gridId)?.name
  return [nameCategory(category), where, grid].filter(Boolean).join('，')
}

/** `#3 公共设施：3号楼路灯坏了` in private; in a group without the words of the report. */
export function titleIncident(
  incident: Incident,
  roster: Roster,
  { isPrivate, reader }: { isPrivate: boolean; reader: Reader },
): string {
  if (!isPrivate) return `#${incident.no} ${describeIncident(incident, roster, reader)}`
  return `#${incident.no} ${nameCategory(incident.category)}：${shortenText(incident.description.reveal(), TITLE_GRAPHEMES)}`
}

export function nameCategory(category: string): string {
  return categoryNames[category as IncidentCategory] ?? categoryNames.other
}

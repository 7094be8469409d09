import type { Incident } from '../../storage/incidents.ts'
import type { Member } from '../../storage/roster.ts'
import type { Desk } from '../desk.ts'
import type { StrangerCtx } from '../handler.ts'
import { privateReader } from '../reader.ts'
import { describeIncident } from './words.ts'

/** `事件 #3（公共设施，3号楼，第1网格）` for a private text. */
export function nameInPrivate({ roster }: Pick<Desk, 'roster'>, incident: Incident): string {
  return `事件 #${incident.no}（${describeIncident(incident, roster, privateReader)}）`
}

/** Whoever has it in hand, a person or a unit. */
export function nameHolder({ roster }: Pick<Desk, 'roster'>, { holderId, holderUnit }: Incident): string {
  return roster.memberById(holderId ?? '')?.name ?? holderUnit ?? '还没有人'
}

/** How a resident's report is signed for those who act on it. */
export function nameResident({ stranger }: Pick<StrangerCtx, 'stranger'>): string {
  return `居民${stranger.name ?? ''}`
}

export function nameAll(members: readonly Member[]): string {
  return members.map(({ name }) => name).join('、')
}

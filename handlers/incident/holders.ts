import type { IncidentTier } from '../../policy/incident.ts'
import type { RoleCode } from '../../policy/pack.ts'
import type { Incident } from '../../storage/incidents.ts'
import { type Member, rolesOn } from '../../storage/roster.ts'
import type { Desk } from '../desk.ts'
import { listAbsent } from '../leave/absent.ts'
import { listNear } from './near.ts'
import { listFallback } from './urgent-receivers.ts'

/** What of a case decides who answers for it. */
export type Held = Pick<Incident, 'gridId' | 'tier' | 'holderId' | 'holderUnit'>

/**
 * Whoever must act on a case now: who has it in hand, else those of its office, else whoever holds on its tier. Never nobody: where
 * the tier is empty the next one up is asked, at last the general office. Whoever is on leave is replaced by their stand-in.
 * Source: S0-05 (deputy while on leave), S0-07, S4D-32
 */
export async function listResponsible(desk: Desk, incident: Held): Promise<Member[]> {
  const { roster, today } = desk
  const holder = roster.memberById(incident.holderId ?? '')
  if (holder && rolesOn(holder, today).length > 0) return replaceAbsent(desk, [holder], incident)
  const office = roster.members.filter(member =>
    rolesOn(member, today).some(role => role.office !== undefined && role.office === incident.holderUnit),
  )
  return office.length > 0 ? replaceAbsent(desk, office, incident) : listTierHolders(desk, incident, incident.tier)
}

/** Who holds on a tier or, where nobody does, on the next above. */
export async function listTierHolders(desk: Desk, incident: Held, tier: IncidentTier): Promise<Member[]> {
  const { tiers } = desk.pack.incident.flow
  const from = tiers.value.findIndex(one => one.tier === tier)
  for (const { holders } of tiers.value.slice(Math.max(0, from))) {
    const found = await findFirst(desk, holders, incident)
    if (found.length > 0) return found
  }
  return desk.roster.holders(['generalOffice', 'principal', 'admin'], desk.today).slice(0, 1)
}

/** Who stands above whoever has it in hand: the next tier, at the top the overseers. Nobody twice. */
export async function listSuperiors(desk: Desk, incident: Held): Promise<Member[]> {
  const next = nextTier(desk, incident.tier)
  const found = next ? await listTierHolders(desk, incident, next.tier) : []
  const responsible = new Set((await listResponsible(desk, incident)).map(({ id }) => id))
  const above = found.filter(({ id }) => !responsible.has(id))
  if (above.length > 0) return above
  const { overseers } = desk.pack.incident.flow
  return (await findFirst(desk, [...overseers.value, 'principal'], incident)).filter(({ id }) => !responsible.has(id))
}

/** The tier above; undefined at the top. */
export function nextTier({ pack }: Desk, tier: IncidentTier): { tier: IncidentTier; name: string } | undefined {
  const { value } = pack.incident.flow.tiers
  return value[value.findIndex(one => one.tier === tier) + 1]
}

/** What the document calls a tier. */
export function nameTier({ pack }: Pick<Desk, 'pack'>, tier: IncidentTier): string {
  const { value } = pack.incident.flow.tiers
  return value.find(one => one.tier === tier)?.name ?? OTHER_NAMES[tier]
}

const OTHER_NAMES: Record<IncidentTier, string> = {
  grid: '网格',
  community: '社区',
  subdistrict: '街道',
  county: '县',
}

/** The holders of the first of these roles that anybody has where the case lies. */
export async function findFirst(desk: Desk, roles: readonly RoleCode[], incident: Held): Promise<Member[]> {
  for (const role of roles) {
    const found = await replaceAbsent(desk, listNear(desk, role, incident.gridId), incident)
    if (found.length > 0) return found
  }
  return []
}

/** Those on leave give way to their 代理人; without one they stay, for nobody else is named. */
async function replaceAbsent(desk: Desk, members: readonly Member[], { gridId }: Held): Promise<Member[]> {
  if (members.length === 0) return []
  const { roster, today } = desk
  const away = await listAbsent(desk)
  if (away.size === 0) return [...members]
  const present = members.filter(({ id }) => !away.has(id))
  const standIns = members
    .filter(({ id }) => away.has(id))
    .flatMap(member => rolesOn(member, today))
    .flatMap(({ standIn }) => (standIn ? roster.membersNamed(standIn) : []))
  const found = [...new Set([...present, ...standIns])]
  return found.length > 0 ? found : listFallback(desk, roster.gridById(gridId)?.community)
}

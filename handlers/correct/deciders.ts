import type { RoleCode } from '../../policy/pack.ts'
import { type Correction, listCorrections } from '../../storage/corrections.ts'
import { communitiesOf, gridsOf, type Member, rolesOn } from '../../storage/roster.ts'
import type { Desk } from '../desk.ts'
import { listAbsent } from '../leave/absent.ts'
import { findApprover } from '../leave/approver.ts'

const GRID_STAFF: readonly RoleCode[] = ['leader', 'worker', 'liaison', 'partyGroupHead', 'laneHead', 'informant']

/**
 * Who decides about a record of `owner` today: the first of the pack's roles that somebody else holds for its grid and is there to
 * decide; for one on leave the 代理人. Nobody decides for themselves, and a stand-in who is concerned does not either; where all of
 * them are concerned or away, whoever decides the owner's leave.
 * Source: S1-08 (member is also subject → recuse); the roles are defaults of the pack
 */
export async function listDeciders(desk: Desk, owner: Member, gridId: string | undefined): Promise<Member[]> {
  return choose(desk, owner, gridId, await listAbsent(desk))
}

function choose(desk: Desk, owner: Member, gridId: string | undefined, absent: ReadonlySet<string>): Member[] {
  const isFree = ({ id }: Member) => id !== owner.id && !absent.has(id)
  const isOfGrid = rolesOn(owner, desk.today).every(({ role }) => GRID_STAFF.includes(role))
  for (const role of desk.pack.undo.approvers.value) {
    // Whoever guides or leads a grid's leader is not decided about by that leader.
    if (role === 'leader' && !isOfGrid) continue
    const holders = holdersNear(desk, role, owner, gridId).filter(({ id }) => id !== owner.id)
    const here = holders.flatMap(holder => (isFree(holder) ? [holder] : standInsOf(desk, holder, role).filter(isFree)))
    if (here.length > 0) return [...new Set(here)]
  }
  const above = findApprover(desk, owner)
  return above ? [above] : []
}

/** The requests that wait for this person's word, in the order in which they were asked. */
export async function listWaitingCorrections(desk: Desk, member: Member): Promise<Correction[]> {
  const pending = await listCorrections(desk.db, { statuses: ['pending'] })
  if (pending.length === 0) return []
  const absent = await listAbsent(desk)
  return pending.filter(({ memberId, gridId }) => {
    const owner = desk.roster.memberById(memberId)
    return owner !== undefined && choose(desk, owner, gridId, absent).some(({ id }) => id === member.id)
  })
}

function holdersNear(desk: Desk, role: RoleCode, owner: Member, gridId: string | undefined): Member[] {
  const { pack, roster, today } = desk
  const own = roster.gridById(gridId)
  const grids = own ? [own] : gridsOf(roster, owner, today)
  const isOfGrid = Object.values(pack.roles.value).some(({ code, scope }) => code === role && scope === 'grid')
  if (isOfGrid) return grids.flatMap(({ id }) => roster.holders([role], today, { gridId: id }))
  const communities = own ? [own.community] : communitiesOf(roster, owner, today)
  return communities.flatMap(community => roster.holders([role], today, { community }))
}

/** 代理人 is told by name; two people of that name leave it open who is meant. */
function standInsOf({ roster, today }: Desk, holder: Member, role: RoleCode): Member[] {
  const name = rolesOn(holder, today).find(held => held.role === role && held.standIn)?.standIn
  const named = name === undefined ? [] : roster.membersNamed(name)
  return named.length === 1 ? named : []
}

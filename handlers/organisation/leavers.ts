import { addDays, formatDayShort } from '../../policy/time.ts'
import { insertHandOver, listHandOvers } from '../../storage/hand-overs.ts'
import { isIdle, listOpenWork } from '../../storage/open-work.ts'
import { hasRole, type Member } from '../../storage/roster.ts'
import type { Desk } from '../desk.ts'
import { leadersOf } from '../presence/leaders.ts'
import { countWork } from './carry-out.ts'

/** Who left longer ago than this and was never asked about left before the program began to. */
const ASKED_WITHIN_DAYS = 31

/** Somebody's last role ended, by the roster or the platform, and work is open: the leader is asked once who takes over. Source: issue 6 part 1 */
export async function askWhoTakesOver(desk: Desk): Promise<void> {
  const { db, roster, now, today } = desk
  for (const member of roster.members) {
    const lastDay = lastDayOf(member)
    if (lastDay === undefined || lastDay >= today || lastDay < addDays(today, -ASKED_WITHIN_DAYS)) continue
    const known = await listHandOvers(db, member.id)
    if (known.some(({ fromDay }) => fromDay > lastDay)) continue
    const work = await listOpenWork(db, member.id, today)
    if (isIdle(work)) continue
    const asked = { memberId: member.id, fromDay: today, ended: [], given: [], at: now }
    const { id } = await insertHandOver(db, { ...asked, status: 'asked' })
    await desk.record('asked', { type: 'handOver', id })
    const text = `${member.name}${formatDayShort(lastDay)}后离岗，还有${countWork(work)}没人接手。由谁接手？请回“离岗 ${member.name} 接手 某某”。`
    for (const leader of listAsked(desk, member, lastDay)) {
      await desk.say.toMember(leader, text, { kind: 'hand-over', urgency: 'normal' })
    }
  }
}

/** The last day of the last role; undefined while one goes on. */
function lastDayOf({ roles }: Member): string | undefined {
  if (roles.some(({ to }) => to === undefined)) return undefined
  return roles
    .flatMap(({ to }) => to ?? [])
    .sort()
    .at(-1)
}

/** 网格长 of the grids where they served, else 社区书记, else the administrators. */
function listAsked(desk: Desk, member: Member, lastDay: string): Member[] {
  const { roster, today } = desk
  const served: Member = { ...member, status: 'active' }
  const leaders = leadersOf(desk, served, lastDay).filter(leader => hasRole(leader, ['leader'], today))
  if (leaders.length > 0) return leaders
  const leads = member.roles.flatMap(({ community, gridId }) => {
    const place = community ?? roster.gridById(gridId)?.community
    return place === undefined ? [] : roster.holders(['communityLead'], today, { community: place })
  })
  const found = [...new Set(leads)].filter(({ id }) => id !== member.id)
  return found.length > 0 ? found : roster.holders(['admin'], today)
}

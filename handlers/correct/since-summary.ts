import { type Day, instantAt } from '../../policy/time.ts'
import { listCorrections } from '../../storage/corrections.ts'
import { communitiesOf } from '../../storage/roster.ts'
import type { Desk } from '../desk.ts'
import { findCorrectable } from './correctables.ts'

/**
 * `此前记录更正3条（走访2，打卡1），以现在的数为准`: what was put right, since a summary went out, of the days that it had told. No names.
 *
 * @param from the first day that no summary has told yet
 * @returns undefined where nothing was
 */
export async function renderCorrectionsBefore(
  desk: Desk,
  { from, community }: { from: Day; community?: string },
): Promise<string | undefined> {
  const { db, now, pack, roster, today } = desk
  const settled = { from: instantAt(from, pack.summary.at.value), before: now }
  const all = await listCorrections(db, { statuses: ['direct', 'approved'], settled })
  const old = all.filter(({ day, gridId, memberId }) => {
    const owner = roster.memberById(memberId)
    const own = roster.gridById(gridId)?.community
    const communities = own ? [own] : owner ? communitiesOf(roster, owner, today) : []
    return day < from && (community === undefined || communities.includes(community))
  })
  if (old.length === 0) return undefined
  const counts = new Map<string, number>()
  for (const { subject } of old) {
    const name = findCorrectable(subject.type)?.name ?? ''
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  const parts = [...counts].map(([name, count]) => `${name}${count}`).join('，')
  return `此前记录更正${old.length}条（${parts}），以现在的数为准`
}

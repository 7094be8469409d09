import { judgeStaffing, type StaffingFacts, type StaffingFinding } from '../../policy/staffing.ts'
import { judgeAges } from '../../policy/staffing-age.ts'
import { formatDayCompact } from '../../policy/time.ts'
import { listBirthdays } from '../../storage/members.ts'
import { rolesOn } from '../../storage/roster.ts'
import type { Desk } from '../desk.ts'
import { renderFinding, renderVacancies } from './words.ts'

type StaffDesk = Pick<Desk, 'db' | 'roster' | 'pack' | 'today'>

/** Who serves where today, as the checks of the policy want it. */
export async function readStaffing({ db, roster, today }: StaffDesk): Promise<StaffingFacts> {
  const born = await listBirthdays(db)
  return {
    day: today,
    grids: roster.grids.map(({ id, community, kind, households, residents }) => ({
      id,
      community,
      kind,
      households,
      residents,
    })),
    people: roster.members
      .map(member => ({
        id: member.id,
        titles: member.titles,
        bornOn: born.get(member.id),
        posts: rolesOn(member, today).map(({ role, employment, gridId, community, point }) => ({
          role,
          employment,
          gridId,
          community: community ?? roster.gridById(gridId)?.community,
          point,
        })),
      }))
      .filter(({ posts }) => posts.length > 0),
  }
}

export async function checkStaffing(desk: StaffDesk): Promise<StaffingFinding[]> {
  return judgeStaffing(desk.pack, await readStaffing(desk))
}

/**
 * 网格员 whom the document calls too young or too old, now or within `aheadDays`; the day alone, never the date of birth's year.
 * Source: S4E-11
 */
export async function listAgeLines(desk: StaffDesk, aheadDays: number): Promise<string[]> {
  const { roster, pack, today } = desk
  return judgeAges(pack.staffing, await readStaffing(desk), aheadDays).map(({ memberId, years, from, rule }) => {
    const name = roster.memberById(memberId)?.name ?? memberId
    if (from === undefined) return `${name}不满${years}周岁，不符合网格员条件（${rule}）`
    const when = from <= today ? `已满${years}周岁` : `${formatDayCompact(from, today)}满${years}周岁`
    return `${name}${when}，超过年龄上限，请安排接替（${rule}）`
  })
}

/** Everything the checks found, in lines: the vacancies by post, the rest one each with its rule. */
export function renderFindings(desk: StaffDesk, findings: readonly StaffingFinding[]): string[] {
  const vacancies = findings.filter(finding => finding.kind === 'vacant')
  const rest = findings.filter(finding => finding.kind !== 'vacant')
  return [
    ...renderVacancies(desk, vacancies),
    ...rest.map(finding => `${renderFinding(desk, finding)}（${finding.rule}）`),
  ]
}

import type { Pack } from '../../policy/pack.ts'
import type { Place, PostRef, StaffingFinding } from '../../policy/staffing.ts'
import type { Roster } from '../../storage/roster.ts'

type Names = { pack: Pack; roster: Roster }

/** A post as the document calls it: 专职网格员; the kinds of one role together where none is meant. */
export function namePost({ roles }: Pack, { role, employment }: PostRef): string {
  const names = Object.entries(roles.value).filter(
    ([, { code, employment: form }]) => code === role && (employment === undefined || form === employment),
  )
  return names.map(([name]) => name).join('、')
}

/** `桃源社区第3网格`, a community, or 全街道. */
export function namePlace({ roster }: Pick<Names, 'roster'>, { gridId, community }: Place): string {
  const grid = roster.gridById(gridId)
  return grid ? `${grid.community}第${grid.no}网格` : (community ?? roster.street.name)
}

const measures = { residents: ['常住', '人'], households: ['', '户'] } as const

/** One finding that is no vacancy, in a sentence without its clause. */
export function renderFinding(names: Names, finding: StaffingFinding): string {
  const { pack, roster } = names
  const person = (id: string) => roster.memberById(id)?.name ?? id
  switch (finding.kind) {
    case 'vacant':
      return `${namePlace(names, finding.place)}缺${namePost(pack, finding.post)}`
    case 'excess': {
      const who = finding.memberIds.map(person).join('、')
      return `${namePlace(names, finding.place)}有${finding.memberIds.length}名${namePost(pack, finding.post)}（${who}），只设${finding.atMost}名`
    }
    case 'notHeldBy':
      return `${namePlace(names, finding.place)}的${namePost(pack, finding.post)}${person(finding.memberId)}：原文为${finding.by}，请核对职务`
    case 'incompatible':
      return `${person(finding.memberId)}同时任${finding.roles.map(role => namePost(pack, { role })).join('和')}，不宜兼任`
    case 'oversize': {
      const [before, unit] = measures[finding.measure]
      return `${namePlace(names, finding.place)}${before}${finding.value}${unit}，超过${finding.about}${unit}左右，可考虑拆分`
    }
    case 'load':
      return finding.workers === 0
        ? `${namePlace(names, finding.place)}${finding.households}户，还没有${namePost(pack, { role: 'worker' })}`
        : `${namePlace(names, finding.place)}${finding.households}户、${finding.workers}名${namePost(pack, { role: 'worker' })}，应每${finding.from}至${finding.to}户1名`
    case 'points':
      return `${namePlace(names, finding.place)}还没有人负责：${finding.absent.join('、')}`
  }
}

/** `缺网格长（S0-02）：锦江社区第1网格、桃源社区第2网格`, one line a post. */
export function renderVacancies(
  names: Names,
  vacancies: readonly Extract<StaffingFinding, { kind: 'vacant' }>[],
  describe: (vacancy: Extract<StaffingFinding, { kind: 'vacant' }>) => string = () => '',
): string[] {
  const byPost = new Map<string, typeof vacancies>()
  for (const vacancy of vacancies) {
    const key = `缺${namePost(names.pack, vacancy.post)}（${vacancy.rule}）`
    byPost.set(key, [...(byPost.get(key) ?? []), vacancy])
  }
  const place = (vacancy: (typeof vacancies)[number]) => {
    const short = vacancy.atLeast > 1 ? `（应${vacancy.atLeast}名，现${vacancy.have}名）` : ''
    return `${namePlace(names, vacancy.place)}${short}${describe(vacancy)}`
  }
  return [...byPost].map(([head, found]) => `${head}：${found.map(place).join('、')}`)
}

import { describe, expect, it } from 'vitest'
import { findOverlaps } from '../../policy/grid-overlap.ts'
import { judgeStaffing, type StaffedGrid, type StaffedPerson, type StaffingFacts } from '../../policy/staffing.ts'
import { judgeAges } from '../../policy/staffing-age.ts'
import { judgeShares } from '../../policy/staffing-shares.ts'
import { type BuiltInPack, readBuiltIn } from '../support/street-data.ts'

const DAY = '2026-11-18'

function grid(id: string, more: Partial<StaffedGrid> = {}): StaffedGrid {
  return { id, community: '甲村', kind: 'ordinary', ...more }
}

type Post = [role: string, gridId?: string, more?: Partial<StaffedPerson['posts'][number]>]

/** Somebody with posts; those in a grid lie in 甲村. */
function person(id: string, posts: Post[], more: Partial<StaffedPerson> = {}): StaffedPerson {
  return {
    id,
    titles: [],
    posts: posts.map(([role, gridId, other]) => ({
      role: role as StaffedPerson['posts'][number]['role'],
      gridId,
      community: gridId ? '甲村' : undefined,
      ...other,
    })),
    ...more,
  }
}

function judge(pack: BuiltInPack, people: StaffedPerson[], grids: StaffedGrid[] = [grid('g1')]) {
  const facts: StaffingFacts = { day: DAY, grids, people }
  return judgeStaffing(readBuiltIn(pack).pack, facts)
}

/** `kind` of every finding under a rule. */
const kindsOf = (found: ReturnType<typeof judge>, rule: string) =>
  found.filter(one => one.rule === rule).map(({ kind, judged }) => `${kind} ${judged}`)

const fullTime = { employment: 'fullTime' } as const
const partTime = { employment: 'partTime' } as const
const team: StaffedPerson[] = [
  person('书记', [['leader', 'g1']]),
  person('专', [['worker', 'g1', fullTime]]),
  person('兼', [['worker', 'g1', partTime]]),
  person('指', [['instructor', 'g1']]),
]

describe('what the document asks for and the roster lacks', () => {
  it('S0-02: a full 1+3 lacks nothing, and each post that is open is named', () => {
    expect(judge('street-team', team)).toEqual([])
    const found = judge('street-team', team.slice(0, 2))
    expect(found.map(one => one.kind === 'vacant' && [one.rule, one.post.role, one.post.employment])).toEqual([
      ['S0-02', 'worker', 'partTime'],
      ['S0-05', 'instructor', undefined],
    ])
  })

  it('S0-02: one person in two grids fills the post in both', () => {
    const both = person('书记', [
      ['leader', 'g1'],
      ['leader', 'g2'],
    ])
    const found = judge('street-team', [both], [grid('g1'), grid('g2')])
    expect(found.some(one => one.kind === 'vacant' && one.post.role === 'leader')).toBe(false)
  })

  it.each<[rule: string, pack: BuiltInPack, people: StaffedPerson[], kinds: string[]]>([
    ['S0-03', 'street-team', [person('组长', [['leader', 'g1']], { titles: ['村民小组长'] })], ['notHeldBy warn']],
    ['S0-03', 'street-team', [person('书记', [['leader', 'g1']], { titles: ['经合社党支部书记'] })], []],
    ['S0-03', 'street-team', [person('不知道', [['leader', 'g1']])], []],
    [
      'S0-04',
      'street-team',
      [person('临时', [['worker', 'g1', fullTime]], { titles: ['临时工'] })],
      ['notHeldBy warn'],
    ],
    ['S0-04', 'street-team', [person('社工', [['worker', 'g1', fullTime]], { titles: ['社工'] })], []],
    [
      'S0-17',
      'street-team',
      [person('主任', [['communityLead', undefined, { community: '甲村' }]], { titles: ['社区主任'] })],
      ['notHeldBy warn'],
    ],
    ['S1-09', 'street-appraisal', [person('又查又干', [['inspector'], ['leader', 'g1']])], ['incompatible warn']],
    ['S4D-04', 'county-center', [], ['vacant warn']],
    ['S4D-07', 'county-center', [person('旁人', [['leader', 'g1']])], ['notHeldBy warn']],
    [
      'S4D-07',
      'county-center',
      [
        person('书记', [
          ['leader', 'g1'],
          ['communityLead', undefined, { community: '甲村' }],
        ]),
      ],
      [],
    ],
    ['S4E-03', 'village-grid', [], ['vacant warn', 'vacant warn', 'vacant warn']],
    ['S4E-05', 'village-grid', [person('镇长', [['principal']], { titles: ['镇长'] })], ['notHeldBy warn']],
    ['S4E-05', 'village-grid', [person('书记', [['principal']], { titles: ['乡镇党委书记'] })], []],
    [
      'S4E-06',
      'village-grid',
      [person('干部', [['communityGroupHead', undefined, { community: '甲村' }]], { titles: ['包村领导'] })],
      [],
    ],
    [
      'S4E-09',
      'village-grid',
      [
        person('两头', [
          ['leader', 'g1'],
          ['worker', 'g1'],
        ]),
      ],
      ['incompatible warn'],
    ],
  ])('%s on %s: %o', (rule, pack, people, kinds) => {
    expect(kindsOf(judge(pack, people), rule)).toEqual(kinds)
  })

  it('S4E-03: a second 一级 or 二级 is refused, a second 三级 only told', () => {
    const two = (role: string, more?: Partial<StaffedPerson['posts'][number]>) =>
      [1, 2].map(no => person(`${role}${no}`, [[role, more ? undefined : role === 'leader' ? 'g1' : undefined, more]]))
    const excess = (people: StaffedPerson[]) =>
      kindsOf(judge('village-grid', people), 'S4E-03').filter(kind => kind.startsWith('excess'))
    expect(excess(two('chief'))).toEqual(['excess refuse'])
    expect(excess(two('communityLead', { community: '甲村' }))).toEqual(['excess refuse'])
    expect(excess(two('leader'))).toEqual(['excess warn'])
    expect(excess([person('一', [['chief']])])).toEqual([])
  })

  it('S4E-04: six instructors a village, and which of the six points are open', () => {
    const points = readBuiltIn('village-grid').pack.lists.find(({ value }) => value.key === 'servicePoints')!.value
      .names
    const six = points.map((point, index) => person(`指${index}`, [['instructor', 'g1', { point }]]))
    expect(kindsOf(judge('village-grid', six), 'S4E-04')).toEqual([])
    const five = judge('village-grid', six.slice(1))
    expect(kindsOf(five, 'S4E-04')).toEqual(['vacant warn', 'points warn'])
    expect(five.find(one => one.kind === 'points')).toMatchObject({ absent: ['社情民意收集点'] })
  })

  it('S2-18: 二长三员, five posts a grid', () => {
    const wanted = judge('county-grid', []).map(
      one => one.kind === 'vacant' && `${one.post.role} ${one.post.employment ?? ''}`,
    )
    expect(wanted).toEqual(['partyGroupHead ', 'leader ', 'worker fullTime', 'worker partTime', 'instructor '])
  })

  it('S2-19: several 专职网格员 in one grid are one post filled and nobody too many', () => {
    const several = [1, 2, 3].map(no => person(`专${no}`, [['worker', 'g1', fullTime]]))
    const found = judge('county-grid', several)
    expect(found.some(one => one.kind === 'vacant' && one.post.employment === 'fullTime')).toBe(false)
    expect(found.some(one => one.kind === 'excess')).toBe(false)
  })

  it.each([
    [1200, 360, []],
    [1201, 300, ['oversize warn']],
    [1000, 361, ['oversize warn']],
    [undefined, undefined, []],
  ])('S4D-01: %s people in %s households', (residents, households, kinds) => {
    expect(kindsOf(judge('county-center', [], [grid('g1', { residents, households })]), 'S4D-01')).toEqual(kinds)
  })

  it('S4D-02: a 专属 grid is not measured by the size of a 基础 one', () => {
    const large = grid('g1', { kind: 'dedicated', residents: 5000, households: 2000 })
    expect(kindsOf(judge('county-center', [], [large]), 'S4D-01')).toEqual([])
  })

  it.each([
    [5, ['load warn']],
    [6, []],
    [10, []],
    [11, ['load warn']],
  ])('S4E-01: %i households to one worker', (households, kinds) => {
    const people = [person('员', [['worker', 'g1']])]
    expect(kindsOf(judge('village-grid', people, [grid('g1', { households })]), 'S4E-01')).toEqual(kinds)
  })

  it('S4D-03: judges 644 workers and 156 of 专属 grids in one go, and finds the one grid without any', () => {
    const grids = Array.from({ length: 800 }, (_, no) => grid(`g${no}`, { kind: no < 644 ? 'ordinary' : 'dedicated' }))
    const people = grids.slice(0, 799).map(({ id }) => person(id, [['worker', id, fullTime]]))
    const vacant = judge('county-center', people, grids).filter(one => one.rule === 'S4D-04')
    expect(vacant.map(one => one.kind === 'vacant' && one.place.gridId)).toEqual(['g799'])
  })
})

describe('S4E-11: the age of a 网格员', () => {
  const ages = (bornOn: string, day: string, ahead = 0, role = 'worker') =>
    judgeAges(
      readBuiltIn('village-grid').pack.staffing,
      { day, grids: [], people: [person('员', [[role, 'g1']], { bornOn })] },
      ahead,
    ).map(({ years, from }) => [years, from])

  it.each([
    ['1966-11-18', '2026-11-18', 0, []],
    ['1965-11-19', '2026-11-18', 0, []],
    ['1965-11-18', '2026-11-18', 0, [[61, '2026-11-18']]],
    ['1965-12-03', '2026-11-18', 31, [[61, '2026-12-03']]],
    ['2008-11-18', '2026-11-18', 0, []],
    ['2008-11-19', '2026-11-18', 0, [[18, undefined]]],
    ['1964-02-29', '2025-02-28', 0, []],
    ['1964-02-29', '2025-03-01', 0, [[61, '2025-03-01']]],
  ])('born %s, on %s, %i days ahead', (bornOn, day, ahead, found) => {
    expect(ages(bornOn, day, ahead)).toEqual(found)
  })

  it('is asked of 网格员 alone', () => {
    expect(ages('1950-01-01', DAY, 0, 'leader')).toEqual([])
  })
})

describe('how much of each post is filled', () => {
  const { staffing } = readBuiltIn('county-grid').pack
  const shares = (people: StaffedPerson[], areas: Record<string, 'intricate' | 'other'>, ids: string[]) =>
    judgeShares(staffing, { day: DAY, grids: ids.map(id => grid(id)), people }, ({ id }) => areas[id])

  it('S2-02: every grid needs 党小组长, 网格长, 指导员 and 兼职', () => {
    const found = shares([person('长', [['leader', 'a']])], {}, ['a', 'b']).filter(({ rule }) => rule === 'S2-02')
    expect(found.map(({ post, filled, grids, percent, ok }) => [post.role, filled, grids, percent, ok])).toEqual([
      ['partyGroupHead', 0, 2, 100, false],
      ['leader', 1, 2, 100, false],
      ['instructor', 0, 2, 100, false],
      ['worker', 0, 2, 100, false],
    ])
  })

  it('S2-03: half of the other communities is enough, all of the intricate; where the class is unknown the stricter counts', () => {
    const people = ['a', 'c'].map(id => person(id, [['worker', id, fullTime]]))
    const found = shares(people, { a: 'other', b: 'other' }, ['a', 'b', 'c', 'd']).filter(
      ({ rule }) => rule === 'S2-03',
    )
    expect(found.map(({ area, filled, grids, ok }) => [area, filled, grids, ok])).toEqual([
      ['intricate', 1, 2, false],
      ['other', 1, 2, true],
    ])
  })
})

describe('S2-10: two grids with one building', () => {
  const at = (gridId: string, name: string, kind: string, community = '甲村') => ({ gridId, name, kind, community })
  it.each([
    ['a building', [at('a', '翠苑3幢', 'building'), at('b', '翠苑3幢', 'building')], ['翠苑3幢']],
    ['a lane on the border', [at('a', '沿河巷', 'other'), at('b', '沿河巷', 'other')], []],
    ['an east gate each', [at('a', '东门', 'gate'), at('b', '东门', 'gate')], []],
    ['the same name in two communities', [at('a', '3幢', 'building'), at('b', '3幢', 'building', '乙村')], []],
    ['told twice for one grid', [at('a', '3幢', 'building'), at('a', '3幢', 'building')], []],
  ])('%s', (_, places, names) => {
    expect(findOverlaps(places).map(({ name }) => name)).toEqual(names)
  })
})

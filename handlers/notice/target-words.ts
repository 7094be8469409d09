import { type MemberRole, rolesOn } from '../../storage/roster.ts'
import type { Ctx } from '../handler.ts'
import { readNumeral } from '../numerals.ts'

/** Who a notice is for, as far as words tell: `null` in each place means no narrowing there. */
export interface Targets {
  gridIds: string[] | null
  /** Roles as the pack names them. */
  roleNames: string[] | null
  /** These people alone. */
  memberIds: string[] | null
}

/** What the words name before grid numbers are settled; `unknown` are words that name nothing in the roster. */
export interface TargetWords {
  every: boolean
  nos: number[]
  gridIds: string[]
  communities: string[]
  roleNames: string[]
  memberIds: string[]
  /** Names that several people bear. */
  ambiguous: string[]
  unknown: string[]
}

const HEADING =
  /(?<=^|[\n\s，,。；;、【])(?:下发范围|下发对象|责任网格|接收对象|接收网格|适用范围|范围|对象)\s*[:：]\s*([^\n；;。]+)/
/** Ends at a pause, and at a space behind which the next part of the form begins: 发给3网格 工作内容：…. */
const GIVEN =
  /(?:下?发(?:送)?(?:给|到|至)|派给|单给|任务给)\s*([^\n，,。；;：:！!]+?)(?=\s+[\p{Script=Han}]{2,6}\s*[：:]|[\n，,。；;：:！!]|$)/gu
/** A phrase this near to the beginning says who it is for, whatever it names. */
const BEGINNING = 20

/**
 * The words that say who a notice is for: `下发范围：…`, `发给桃源社区`.
 *
 * @returns `certain` where they can mean nothing else; `宣传单发给居民` in the middle of a sentence may be the work itself
 */
export function findTargetPhrase(text: string): { words: string; phrase: string; certain: boolean }[] {
  const heading = HEADING.exec(text)
  if (heading) return [{ words: heading[1]!.trim(), phrase: heading[0], certain: true }]
  return [...text.matchAll(GIVEN)].map(match => ({
    words: match[1]!.trim(),
    phrase: match[0],
    certain:
      match.index <= BEGINNING && !/[\p{Script=Han}](?<![单给务张份个下请帮我])$/u.test(text.slice(0, match.index)),
  }))
}

const NUMBER = '(?:\\d{1,3}|[一二三四五六七八九十]{1,3})'
const RANGE = `第?${NUMBER}(?:\\s*[-~—–至到]\\s*第?${NUMBER})?`
const NUMBERED = new RegExp(`${RANGE}(?:(?:号)?(?:网格)?[、和及与]\\s*${RANGE})*\\s*号?(?:网格)`, 'g')
const MOST_AT_ONCE = 200
const EVERY = /全部网格|所有网格|各网格(?![长员指])|各个网格(?![长员指])|全街道|全体网格(?![长员指])|^全部$|^所有$/g
const JOINTS = /[、,和及与的各个全体所有们\s/的]+/

/** What the words name, each taken from the roster. */
export function readTargetWords(
  { roster, pack, today }: Pick<Ctx, 'roster' | 'pack' | 'today'>,
  words: string,
): TargetWords {
  let rest = words.normalize('NFKC').trim()
  const take = (name: string) => {
    const part = name.normalize('NFKC')
    if (!rest.includes(part)) return false
    rest = rest.replaceAll(part, '、')
    return true
  }
  const every = rest.search(EVERY) >= 0
  rest = rest.replace(EVERY, '、')

  const nameCount = new Map<string, number>()
  for (const { name } of roster.grids) nameCount.set(name, (nameCount.get(name) ?? 0) + 1)
  const named = [...roster.grids].sort((a, b) => b.name.length - a.name.length)
  const gridIds = named.filter(({ name }) => nameCount.get(name) === 1 && take(name)).map(({ id }) => id)

  const numbered = rest.match(NUMBERED) ?? []
  rest = rest.replace(NUMBERED, '、')
  const nos = numbered.flatMap(numbersIn)

  const communities = [...new Set(roster.grids.map(({ community }) => community))].filter(
    community => take(community) || (community.length > 3 && take(community.replace(/社区$/, ''))),
  )
  const roleNames: string[] = []
  for (const { word, names } of roleWords(pack.roles.value)) if (take(word)) roleNames.push(...names)

  const memberIds: string[] = []
  const ambiguous: string[] = []
  const people = roster.members.filter(member => rolesOn(member, today).length > 0)
  for (const name of new Set(people.map(member => member.name))) {
    const bearers = people.filter(member => member.name === name)
    if (!take(name)) continue
    if (bearers.length > 1) ambiguous.push(name)
    else memberIds.push(bearers[0]!.id)
  }
  const unknown = rest
    .split(JOINTS)
    .filter(word => word !== '' && !/^(?:办理|落实|执行|知悉|网格|社区|一下)$/.test(word))
  return { every, nos, gridIds, communities, roleNames: [...new Set(roleNames)], memberIds, ambiguous, unknown }
}

/** The words for roles in the grids, the longest first; 网格员 means full-time and part-time alike. */
function roleWords(roles: Record<string, { code: string; scope: string }>): { word: string; names: string[] }[] {
  const names = Object.keys(roles).filter(name => roles[name]!.scope !== 'subdistrict')
  const generic = ['网格员', '指导员', '书记'].map(word => ({
    word,
    names: names.filter(name => name.endsWith(word)),
  }))
  const exact = names.map(name => ({ word: name, names: [name] }))
  return [...exact, ...generic].filter(one => one.names.length > 0).sort((a, b) => b.word.length - a.word.length)
}

/** `1-3、5网格` is 1, 2, 3, 5. */
export function numbersIn(words: string): number[] {
  const nos: number[] = []
  const pattern = new RegExp(`(${NUMBER})(?:\\s*[-~—–至到]\\s*第?(${NUMBER}))?`, 'g')
  for (const [, from, to] of words.normalize('NFKC').matchAll(pattern)) {
    const first = readNumeral(from) ?? 0
    const last = readNumeral(to ?? from) ?? 0
    for (let no = first; no <= Math.min(last, first + MOST_AT_ONCE); no++) nos.push(no)
  }
  return nos
}

/** Whether a role serves where grids are: somebody without one cannot be reached by a notice for the grids. */
export function servesInGrids({ gridId, community }: MemberRole): boolean {
  return gridId !== undefined || community !== undefined
}

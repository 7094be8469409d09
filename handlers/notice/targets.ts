import { communitiesOf, type Grid, rolesOn } from '../../storage/roster.ts'
import type { Ctx } from '../handler.ts'
import {
  findTargetPhrase,
  numbersIn,
  readTargetWords,
  servesInGrids,
  type Targets,
  type TargetWords,
} from './target-words.ts'

export type { Targets }

/** What is unclear about who it is for, as a question. */
export interface Unclear {
  question: string
}

const EXAMPLE = '请说清发给谁，如“1-3网格”“桃源社区”“网格长”或姓名；全部就回“全部网格”。'

/**
 * Who a notice is for: the grids, communities, roles or people that its words name; undefined where they name none, which means
 * every grid. `nos` are the grid numbers understood from the whole text.
 */
export function chooseTargets(
  ctx: Ctx,
  nos: readonly number[] | undefined,
  text: string = ctx.text,
): Targets | Unclear | undefined {
  for (const { words, certain } of findTargetPhrase(text)) {
    const told = readTargetWords(ctx, words)
    if (certain || namesAny(told)) return settle(ctx, told, text)
  }
  return nos && nos.length > 0 ? settle(ctx, { ...NOTHING, nos: [...nos] }, text) : undefined
}

/** The answer to that question; where it names communities alone it is about the numbers `asked` for. */
export function readTargets(ctx: Ctx, words: string, asked: readonly number[] = []): Targets | Unclear {
  const told = readTargetWords(ctx, words.replace(/^(?:下发范围\s*[:：]|发给)/, ''))
  if (told.every) return { gridIds: null, roleNames: null, memberIds: null }
  // A bare `2` or `1、3` answers as well as `2网格`.
  const bare = /^[\d、,，\s第号\-~至到]+$/.test(words.normalize('NFKC')) ? numbersIn(words) : []
  if (bare.length > 0) return settle(ctx, { ...NOTHING, nos: bare }, words)
  const nos = told.nos.length > 0 ? told.nos : told.communities.length > 0 ? [...asked] : []
  const whole = { ...told, nos }
  return namesAny(whole) ? settle(ctx, whole, words) : { question: EXAMPLE }
}

const NOTHING: TargetWords = {
  every: false,
  nos: [],
  gridIds: [],
  communities: [],
  roleNames: [],
  memberIds: [],
  ambiguous: [],
  unknown: [],
}

function namesAny({ every, nos, gridIds, communities, roleNames, memberIds, ambiguous }: TargetWords): boolean {
  return every || [nos, gridIds, communities, roleNames, memberIds, ambiguous].some(list => list.length > 0)
}

function settle(ctx: Ctx, told: TargetWords, text: string): Targets | Unclear {
  const { unknown, ambiguous, memberIds, roleNames } = told
  if (unknown.length > 0) return { question: `名册里没有“${unknown.join('”“')}”。${EXAMPLE}` }
  if (ambiguous.length > 0) return { question: `有几位叫${ambiguous.join('、')}，请改按网格或角色下发。` }
  if (memberIds.length > 0) return settlePeople(ctx, told)
  const grids = settleGrids(ctx, told, text)
  if ('question' in grids) return grids
  const found = { ...grids, roleNames: roleNames.length > 0 ? roleNames : null, memberIds: null }
  return roleNames.length > 0 && !hasHolder(ctx, found)
    ? { question: `这些网格没有登记${roleNames.join('、')}。${EXAMPLE}` }
    : found
}

function settlePeople({ roster, today }: Ctx, { memberIds, ...other }: TargetWords): Targets | Unclear {
  if (namesAny({ ...other, memberIds: [] })) return { question: '按人发和按网格发请分成两份提示单。先发给谁？' }
  const people = memberIds.flatMap(id => roster.memberById(id) ?? [])
  const outside = people.filter(member => !rolesOn(member, today).some(servesInGrids))
  if (outside.length > 0) {
    return {
      question: `${outside.map(({ name }) => name).join('、')}不在网格和社区任职，提示单只发给网格里的人。${EXAMPLE}`,
    }
  }
  const gridIds = people.flatMap(member => firstGrid(roster.grids, rolesOn(member, today))?.id ?? [])
  return { gridIds: [...new Set(gridIds)], roleNames: null, memberIds }
}

/** The grid in which somebody's work counts: their own, else the first of their community. */
export function firstGrid(grids: readonly Grid[], roles: ReturnType<typeof rolesOn>): Grid | undefined {
  return (
    grids.find(({ id }) => roles.some(({ gridId }) => gridId === id)) ??
    grids.find(({ community }) => roles.some(role => role.community === community))
  )
}

/** A number that several communities use is settled by a community in the text, else by the drafter's own, else asked. */
function settleGrids(ctx: Ctx, told: TargetWords, text: string): { gridIds: string[] | null } | Unclear {
  const { roster } = ctx
  const chosen: Grid[] = roster.grids.filter(({ id }) => told.gridIds.includes(id))
  for (const no of told.nos) {
    const all = roster.gridsNumbered(no)
    if (all.length === 0) return { question: `没有${no}号网格。${EXAMPLE}` }
    const named = all.filter(({ community }) => text.includes(community.replace(/社区$/, '')))
    const own = all.filter(({ community }) => communitiesOf(roster, ctx.actor, ctx.today).includes(community))
    const fitting = all.length === 1 ? all : named.length > 0 ? named : own
    if (fitting.length === 0) {
      const communities = all.map(({ community }) => community).join('、')
      const example = `${all[0]!.community}${no}网格`
      return { question: `${no}号网格有${all.length}个（${communities}），请说清是哪个社区的，如“${example}”。` }
    }
    chosen.push(...fitting)
  }
  if (told.nos.length === 0) {
    chosen.push(...roster.grids.filter(({ community }) => told.communities.includes(community)))
  }
  const ids = roster.grids.filter(grid => chosen.includes(grid)).map(({ id }) => id)
  return { gridIds: ids.length === 0 ? null : ids }
}

function hasHolder({ roster, today }: Ctx, { gridIds, roleNames }: Targets): boolean {
  const grids = roster.grids.filter(({ id }) => gridIds === null || gridIds.includes(id))
  const serves = (role: ReturnType<typeof rolesOn>[number]) =>
    roleNames!.includes(role.roleName) &&
    grids.some(({ id, community }) => role.gridId === id || (role.gridId === undefined && role.community === community))
  return roster.members.some(member => rolesOn(member, today).some(serves))
}

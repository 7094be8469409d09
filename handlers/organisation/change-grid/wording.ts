import type { Day } from '../../../policy/time.ts'
import { communitiesOf, type Grid } from '../../../storage/roster.ts'
import { type Answer, type Ctx, refuse } from '../../handler.ts'

/** `自12月1日`, `从12月1日起`. */
const FROM = '(?:[\\s,，]*[自从]\\s*(\\S[^为成]*?)\\s*起?)?'
const PLACE = '(?:([\\p{Script=Han}]+?(?:社区|村))\\s*)?'
const LIST = '第?\\d{1,6}号?(?:网格)?(?:\\s*[、,，和与]\\s*第?\\d{1,6}号?(?:网格)?)*'

/** 拆分 3网格 为 3网格、22网格 自12月1日 · 合并 4、5网格 为 4网格 · 改码 3网格 为 330102-003 自12月1日 */
export const SPLIT = new RegExp(
  `^\\s*拆分\\s*${PLACE}(第?\\d{1,6}号?网格)\\s*[为成]\\s*(${LIST})${FROM}\\s*[。.]?\\s*$`,
  'u',
)
export const MERGE = new RegExp(
  `^\\s*合并\\s*${PLACE}(${LIST})\\s*[为成]\\s*(第?\\d{1,6}号?网格)${FROM}\\s*[。.]?\\s*$`,
  'u',
)
export const RECODE = new RegExp(
  `^\\s*改码\\s*${PLACE}(第?\\d{1,6}号?网格)\\s*[为成]\\s*([\\w-]{2,30})${FROM}\\s*[。.]?\\s*$`,
  'u',
)

/** What a change names: its grids by number, what they become, and the first day. */
export interface Wanted {
  grids: Grid[]
  becomes: string
  from: Day
}

/** Reads the numbers of `4、5网格`; each once. */
export function readNumbers(text: string): number[] {
  return [...new Set([...text.matchAll(/\d{1,6}/g)].map(([no]) => Number(no)))]
}

/** The grids that a change speaks of and its first day; a refusal says what is missing. */
export function readWanted(ctx: Ctx, pattern: RegExp, when: string | undefined): Wanted | { refused: Answer } {
  const [, community, named, becomes, day] = pattern.exec(ctx.text.normalize('NFKC')) ?? []
  const from = day === undefined ? ctx.today : when?.slice(0, 10)
  if (from === undefined || (day !== undefined && !/\d/.test(day) && !/[今明后]天|[周月]/.test(day)))
    return { refused: refuse('no-day', `没看懂“${day}”是哪一天，请写如“自12月1日”，没有改动。`, { private: true }) }
  if (from < ctx.today)
    return {
      refused: refuse('past-day', '网格只能从今天或以后的日子起调整，以前的记录保持原样；没有改动。', {
        private: true,
      }),
    }
  const grids: Grid[] = []
  for (const no of readNumbers(named!)) {
    const grid = findGrid(ctx, no, community)
    if ('refused' in grid) return grid
    grids.push(grid)
  }
  return { grids, becomes: becomes!, from }
}

function findGrid(ctx: Ctx, no: number, community: string | undefined): Grid | { refused: Answer } {
  const all = ctx.roster.gridsNumbered(no, community)
  const own = communitiesOf(ctx.roster, ctx.actor, ctx.today)
  const near = all.length > 1 ? all.filter(grid => own.includes(grid.community)) : all
  const [grid] = near
  if (grid && near.length === 1) return grid
  if (all.length > 1) {
    const communities = all.map(one => one.community).join('、')
    return {
      refused: refuse('which-grid', `${communities}都有${no}号网格，请在前面写社区，没有改动。`, { private: true }),
    }
  }
  return {
    refused: refuse('unknown-grid', `${community ?? ''}没有第${no}网格，没有改动；发“网格列表”可看有哪些。`, {
      private: true,
    }),
  }
}

/** The rest of a change that is already planned for one of the grids: two at once would tear its history. */
export function findPlanned({ roster, today }: Ctx, grids: readonly Grid[]): Answer | undefined {
  const planned = grids.find(
    ({ to, formerCodes }) => to !== undefined || formerCodes.some(({ until }) => until >= today),
  )
  if (!planned || !roster.gridById(planned.id)) return undefined
  return refuse(
    'already-planned',
    `第${planned.no}网格已有一项还没到日子的调整，要改请先发“网格变更”看是几号，再回“取消网格变更”加编号；没有改动。`,
    {
      private: true,
    },
  )
}

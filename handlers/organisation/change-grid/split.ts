import type { TouchedRows } from '../../../storage/grid-changes.ts'
import { endGrid, formGrid } from '../../../storage/grid-forming.ts'
import { type MovedRegisters, moveRegisters } from '../../../storage/grid-registers.ts'
import { loadRoster } from '../../../storage/load-roster.ts'
import type { Grid, Roster } from '../../../storage/roster.ts'
import { type Answer, type Command, type Ctx, refuse } from '../../handler.ts'
import { movePosts } from './posts.ts'
import { settleChange } from './settle.ts'
import { findPlanned, MERGE, readNumbers, readWanted, SPLIT } from './wording.ts'

/** One grid becomes several, from a day on; whichever keeps the number keeps its people. Source: S0-01, S2-12 */
export const splitCommand: Command = {
  name: 'splitGrid',
  matches: SPLIT,
  who: 'changeGrids',
  dialog: {
    as: 'admin',
    turns: [['拆分 3网格 为 3网格、22网格 自12月1日', '已记网格变更1号：桃源社区第3网格拆分为第3、22网格，从12/1起']],
  },
  async run(ctx, { when }) {
    const wanted = readWanted(ctx, SPLIT, when)
    if ('refused' in wanted) return wanted.refused
    const [grid] = wanted.grids
    const numbers = readNumbers(wanted.becomes)
    const { from } = wanted
    if (numbers.length < 2)
      return refuse('one-grid', '拆分后至少要有两个网格，如“拆分 3网格 为 3网格、22网格”，没有改动。', {
        private: true,
      })
    const denied = findPlanned(ctx, [grid!]) ?? (await findTaken(ctx, grid!, numbers))
    if (denied) return denied
    const touched = nothing()
    const formed = numbers.filter(no => no !== grid!.no)
    for (const no of formed) {
      const code = makeCode(await loadRoster(ctx.db), grid!, no)
      touched.formed.push(await formGrid(ctx.db, grid!, { no, code, from }, ctx.now))
    }
    const more = [`${nameNumbers(formed)}还没有人，请在 members.csv 里写好后导入；户数和楼栋也按新网格填。`]
    if (!numbers.includes(grid!.no)) {
      touched.ended.push(await endGrid(ctx.db, grid!, { from }))
      const { left, ...roles } = await movePosts(ctx, [grid!], { from })
      Object.assign(touched, roles)
      if (left.length > 0) more.push(`原网格${nameEach(left)}的岗位到前一天为止，请重新安排。`)
    }
    const words = `${grid!.community}第${grid!.no}网格拆分为${nameNumbers(numbers)}`
    return settleChange(ctx, { kind: 'split', day: from, words, touched }, more)
  },
}

/** Several grids become one, from a day on; their people go along as far as the posts allow. Source: S0-01, S2-12 */
export const mergeCommand: Command = {
  name: 'mergeGrids',
  matches: MERGE,
  who: 'changeGrids',
  dialog: {
    as: 'admin',
    turns: [['合并 2、3网格 为 2网格 自12月1日', '已记网格变更1号：桃源社区第2、3网格合并为第2网格，从12/1起']],
  },
  async run(ctx, { when }) {
    const wanted = readWanted(ctx, MERGE, when)
    if ('refused' in wanted) return wanted.refused
    const { grids, from } = wanted
    const [first] = grids
    const [no] = readNumbers(wanted.becomes)
    if (grids.length < 2)
      return refuse('one-grid', '合并要写两个以上的网格，如“合并 4、5网格 为 4网格”，没有改动。', { private: true })
    if (grids.some(({ community }) => community !== first!.community))
      return refuse('several-communities', '这些网格不在同一个社区，不能合并，没有改动。', { private: true })
    const kept = grids.find(grid => grid.no === no)
    const denied = findPlanned(ctx, grids) ?? (kept ? undefined : await findTaken(ctx, first!, [no!]))
    if (denied) return denied
    const touched = nothing()
    const into =
      kept?.id ??
      (await formGrid(
        ctx.db,
        first!,
        { no: no!, code: makeCode(await loadRoster(ctx.db), first!, no!), from },
        ctx.now,
      ))
    if (!kept) touched.formed.push(into)
    const given = grids.filter(({ id }) => id !== into)
    const { left, ...roles } = await movePosts(ctx, given, { from, into })
    Object.assign(touched, roles)
    for (const grid of given) touched.ended.push(await endGrid(ctx.db, grid, { from, into }))
    if (from === ctx.today) touched.moved = await moveAll(ctx, given, { id: into, no: no! })
    const more = ['地点、群、联系户和走访名单一并归过去；户数、人口请按新网格填进 grids.csv。']
    if (left.length > 0) more.push(`${nameEach(left)}的岗位满额没有跟过去，到前一天为止，请另行安排。`)
    const words = `${first!.community}${nameNumbers(grids.map(grid => grid.no))}合并为第${no}网格`
    return settleChange(ctx, { kind: 'merge', day: from, words, touched }, more)
  },
}

async function moveAll(
  { db }: Ctx,
  grids: readonly Grid[],
  into: { id: string; no: number },
): Promise<MovedRegisters[]> {
  const moved: MovedRegisters[] = []
  for (const { id } of grids) moved.push(await moveRegisters(db, id, into))
  return moved
}

export function nothing(): TouchedRows {
  return { formed: [], ended: [], recoded: [], endedRoles: [], givenRoles: [] }
}

/** A number that another grid of the community bears, or is to bear, is not given twice. Source: S2-10 */
async function findTaken(
  { db, today }: Ctx,
  { no, community }: Grid,
  numbers: readonly number[],
): Promise<Answer | undefined> {
  const { grids } = await loadRoster(db)
  const taken = grids.find(
    grid =>
      grid.community === community &&
      grid.no !== no &&
      numbers.includes(grid.no) &&
      (grid.to === undefined || (grid.to >= today && grid.to >= grid.from)),
  )
  return taken && refuse('number-taken', `${community}已有第${taken.no}网格，请换一个号，没有改动。`, { private: true })
}

/** In the form of the old code where that ends with the number (`WJ003` → `WJ022`); nobody else's, now or before. */
function makeCode({ grids }: Roster, { code, no, community }: Grid, becomes: number): string {
  const digits = String(no).padStart(3, '0')
  const wanted = code.endsWith(digits)
    ? `${code.slice(0, -digits.length)}${String(becomes).padStart(3, '0')}`
    : `${community}-${String(becomes).padStart(2, '0')}`
  const used = new Set(grids.flatMap(grid => [grid.code, ...grid.formerCodes.map(one => one.code)]))
  for (let count = 1; ; count += 1) {
    const candidate = count === 1 ? wanted : `${wanted}-${count}`
    if (!used.has(candidate)) return candidate
  }
}

function nameNumbers(numbers: readonly number[]): string {
  return `第${numbers.join('、')}网格`
}

function nameEach(members: readonly { name: string }[]): string {
  return [...new Set(members.map(({ name }) => name))].join('、')
}

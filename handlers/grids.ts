import type { Pack } from '../policy/pack.ts'
import { communitiesOf, type Grid, gridsOf } from '../storage/roster.ts'
import type { Ctx, StrangerCtx } from './handler.ts'
import { NUMERAL, readNumeral } from './numerals.ts'
import { plainWords } from './plain-words.ts'

const NAMED = new RegExp(`第?${NUMERAL}号?网格(?![化员长])`, 'u')
const BARE = new RegExp(`^第?${NUMERAL}(?:号|号?网格)?[。.!！]?$`, 'u')

/** How an answer about work names its grid: with the code where the document wants one on everything. Source: S2-11 */
export function nameWorkGrid({ staffing }: Pack, grid: Grid | undefined): string | undefined {
  return grid && staffing.gridChanges?.showCode.value ? `${grid.name}（${grid.code}）` : grid?.name
}

/** The grid number that a text names (第三网格, 3号网格); not the number of a house or a notice. */
export function findGridNo(text: string): number | undefined {
  return readNumeral(NAMED.exec(text.normalize('NFKC'))?.[1])
}

const TOLD_TOGETHER = new RegExp(
  `第?${NUMERAL}号?(?:网格)?\\s*[、,，和与跟及]\\s*第?${NUMERAL}号?网格(?![化员长])`,
  'gu',
)

/** Every grid number that a text names; of two told together (1、2网格; 一网格和二网格) both. */
export function listGridNos(text: string): number[] {
  const told = text.normalize('NFKC')
  const pairs = [...told.matchAll(TOLD_TOGETHER)].flatMap(([, one, other]) => [readNumeral(one), readNumeral(other)])
  const numbers = [...pairs, ...[...told.matchAll(new RegExp(NAMED, 'gu'))].map(([, no]) => readNumeral(no))]
  return [...new Set(numbers.filter(no => no !== undefined))]
}

/** The same for an answer to the question which grid: there a bare number will do. */
export function findBareGridNo(text: string): number | undefined {
  return readNumeral(BARE.exec(text.normalize('NFKC').trim())?.[1]) ?? findGridNo(text)
}

/** `community` where several communities have a grid of this number and nothing decides between them. */
export type GridChoice = { found: Grid } | { unknown: true } | { ask: 'grid' | 'community'; among: Grid[] }

/** The grid with this number: the only one of the street, else that of a community named in the text, else of the sender's own. */
export function chooseNumbered(ctx: Ctx | StrangerCtx, no: number): GridChoice {
  const among = ctx.roster.gridsNumbered(no)
  if (among.length === 0) return { unknown: true }
  const named = among.filter(({ community }) => ctx.text.includes(community) || ctx.text.includes(shorten(community)))
  const communities = 'actor' in ctx ? communitiesOf(ctx.roster, ctx.actor, ctx.today) : []
  const own = among.filter(
    ({ community }) => communities.includes(community) || ctx.chat.group?.community === community,
  )
  const found = [among, named, own].find(grids => grids.length === 1)?.[0]
  return found ? { found } : { ask: 'community', among }
}

/** People say 桃源 for 桃源社区. */
function shorten(community: string): string {
  return community.replace(/社区$/, '')
}

/**
 * Which grid a piece of work belongs to: the one the text names, else the sender's only one, else the one whose group it was told in.
 * Whoever serves in no grid leaves it open (`unknown`), whoever serves in several is asked once.
 */
export function chooseGrid(ctx: Ctx): GridChoice {
  const no = findGridNo(ctx.text)
  if (no !== undefined) {
    const named = chooseNumbered(ctx, no)
    if (!('unknown' in named)) return named
  }
  const own = gridsOf(ctx.roster, ctx.actor, ctx.today)
  const here = ctx.roster.gridById(ctx.chat.group?.gridId)
  if (here && (own.length !== 1 || own.includes(here))) return { found: here }
  if (own.length === 1) return { found: own[0]! }
  return own.length === 0 ? { unknown: true } : { ask: 'grid', among: own }
}

/** `请问是哪个网格：1 还是 2？回数字就行。` */
export function askWhichGrid({ ask, among }: { ask: 'grid' | 'community'; among: readonly Grid[] }): string {
  if (ask === 'grid') return `请问是哪个网格：${among.map(({ no }) => no).join('、')}？回数字就行。`
  return `${among[0]!.no}号网格不止一个，请问是哪个社区的：${among.map(({ community }) => community).join('、')}？`
}

/** Takes the answer to that question; undefined where it is none. */
export function resumeGrid(ctx: Ctx, among: readonly string[]): Grid | undefined {
  const grids = among.map(id => ctx.roster.gridById(id)).filter(grid => grid !== undefined)
  const no = findBareGridNo(plainWords(ctx.text))
  const numbered = grids.filter(grid => grid.no === no)
  if (numbered.length === 1) return numbered[0]
  return grids.find(({ community }) => ctx.text.includes(shorten(community)))
}

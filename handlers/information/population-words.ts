import { type PopulationChange, type PopulationKind, populationKindNames } from '../../policy/information.ts'
import { type Day, monthOf } from '../../policy/time.ts'
import { readNumeral } from '../numerals.ts'

const KINDS: readonly [kind: PopulationKind, words: string][] = [
  ['arrived', '流动人口(?:新增|增加|流入|进入|登记)|新增流动人口|流入'],
  ['left', '流动人口(?:减少|流出|离开|注销)|流出'],
  ['movedIn', '新?(?:迁入|搬入|搬来|迁来|入住)'],
  ['movedOut', '迁出|搬走|搬出|迁走'],
  ['born', '出生|新生儿'],
  ['died', '死亡|去世|病故|过世|离世'],
]
const ANY = new RegExp(KINDS.map(([, words]) => `(${words})`).join('|'), 'gu')
const NUMBER = '(\\d{1,4}|[一二两三四五六七八九十]{1,3})'
const HOUSEHOLDS = new RegExp(`${NUMBER}\\s*(?:户|家)`, 'u')
const PEOPLE = new RegExp(`${NUMBER}\\s*(?:人|口|名|个|位)`, 'u')
/** Health is nobody's business here. Source: S1-13, S1-13b */
export const HEALTH = /怀孕|孕妇|孕情|避孕|节育|流产|引产|政策外|计划外/u

/** What a message tells of people who came and went; nothing where a number or the kind is missing. */
export function readPopulation(text: string): PopulationChange[] {
  const changes: PopulationChange[] = []
  for (const part of text.normalize('NFKC').split(/[,;、。\n]/u)) {
    const found = [...part.matchAll(ANY)]
    // `迁入2户，5人`: what follows without a kind belongs to the one before.
    if (found.length === 0) complete(changes.at(-1), part)
    for (const [index, match] of found.entries()) {
      const kind = KINDS[match.slice(1).findIndex(word => word !== undefined)]![0]
      const words = part.slice(index === 0 ? 0 : match.index, found[index + 1]?.index)
      const change = { kind, ...readFigures(words) }
      if (change.households === undefined && change.people === undefined && isOnePerson(kind)) change.people = 1
      changes.push(change)
    }
  }
  return changes.filter(({ households, people }) => households !== undefined || people !== undefined)
}

function readFigures(words: string): Pick<PopulationChange, 'households' | 'people'> {
  const [households, people] = [HOUSEHOLDS, PEOPLE].map(form => readNumeral(form.exec(words)?.[1]))
  return { households, people }
}

function complete(change: PopulationChange | undefined, words: string): void {
  if (!change) return
  const { households, people } = readFigures(words)
  change.households ??= households
  change.people ??= people
}

/** 出生 and 死亡 without a number speak of one. */
const isOnePerson = (kind: PopulationKind): boolean => kind === 'born' || kind === 'died'

/** `迁入2户5人，迁出1人`, or `没有变动`. */
export function renderPopulation(changes: readonly PopulationChange[]): string {
  const parts = changes.map(({ kind, households, people }) => {
    const figures = [households !== undefined && `${households}户`, people !== undefined && `${people}人`].filter(
      Boolean,
    )
    return `${populationKindNames[kind]}${figures.join('')}`
  })
  return parts.join('，') || '没有变动'
}

/** Whether more than counts was told: names and papers belong into a private chat. */
export function tellsMoreThanCounts(text: string): boolean {
  const rest = text
    .normalize('NFKC')
    .replace(ANY, '')
    .replace(new RegExp(`第?${NUMBER}\\s*(?:号?网格|户|家|人|口|名|个|位|幢|号楼|号|单元)`, 'gu'), '')
    .replace(/人口变动|今天|昨天|本月|上月|新增|[\s\p{P}\p{S}]/gu, '')
  return Array.from(rest).length >= 2
}

/** `11月`; with the year where it is not that of `today`. */
export function nameMonth(month: string, today: Day = `${month}-01`): string {
  const year = month.slice(0, 4) === monthOf(today).slice(0, 4) ? '' : `${month.slice(0, 4)}年`
  return `${year}${Number(month.slice(5))}月`
}

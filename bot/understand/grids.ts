import type { Found } from './measures.ts'
import { parseNumeral } from './numerals.ts'

const NO = '(?:\\d{1,3}|[一二三四五六七八九十]{1,4})'
const ITEM = `第?${NO}号?(?:网格)?(?:\\s*(?:-|~|—|–|至|到)\\s*第?${NO}号?)?`
const GRIDS = new RegExp(
  `(?<![\\d.楼幢栋路]|\\d[号#]?[-])(${ITEM}(?:\\s*[、,和与跟及]\\s*${ITEM}){0,20})\\s*(?:号|#)?\\s*(?:个(?=网格))?(网格(?!化|长|员|站|群里|通)|网格(?=[长员])|网(?=[^上红络友格点吧线购课]|$))`,
  'g',
)
const NAMED = new RegExp(
  `网格(?:号|编号)?[:\\s]*第?(${NO})(?![\\d一二三四五六七八九十号个名位户人家次分点月日年周天时栋幢楼条项件份\\-/.])`,
  'g',
)

/** 一二三网格 and 一、二网格 name grids one by one; 三个网格 counts them. */
function parseItem(item: string): number[] {
  const range = new RegExp(`(${NO})号?(?:网格)?\\s*(?:-|~|—|–|至|到)\\s*第?(${NO})`).exec(item)
  if (range) {
    const [from, to] = [parseNumeral(range[1]!), parseNumeral(range[2]!)]
    if (from === undefined || to === undefined || to < from || to - from > 200) return []
    return Array.from({ length: to - from + 1 }, (_, index) => from + index)
  }
  const single = new RegExp(NO).exec(item)?.[0]
  if (!single) return []
  if (/^[一二三四五六七八九]{2,4}$/.test(single)) return Array.from(single, character => parseNumeral(character)!)
  const no = parseNumeral(single)
  return no === undefined ? [] : [no]
}

/** Finds grids by their number (第三网格, 3网格, 三号网格, 1-3网格, 2、4网格), each place in the text with its numbers in order. */
export function listGrids(text: string): Found<number[]>[] {
  if (!text.includes('网')) return []
  const found: Found<number[]>[] = []
  for (const match of text.matchAll(GRIDS)) {
    // 抽3个网格 counts grids, it names none.
    if (/个\s*$/.test(match[0].slice(0, match[0].length - 2)) || /个网格$/.test(match[0])) continue
    const value = parseGridNos(match[1]!)
    if (value.length > 0) found.push({ value, start: match.index, end: match.index + match[0].length })
  }
  if (found.length === 0) {
    for (const match of text.matchAll(NAMED)) {
      const value = parseItem(match[1]!)
      if (value.length > 0) found.push({ value, start: match.index, end: match.index + match[0].length })
    }
  }
  return found
}

/** Reads a list of grid numbers without the word 网格, as in a bare answer (`1-3、5`); empty where there is none. */
export function parseGridNos(text: string): number[] {
  const numbers = new Set<number>()
  for (const item of text.split(/[、,和与跟及\s]+/)) for (const no of parseItem(item)) numbers.add(no)
  return [...numbers].sort((a, b) => a - b)
}

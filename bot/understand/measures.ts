import { NUMERAL, parseNumeral, WHOLE } from './numerals.ts'

/** A value with the place in the text where it stands, end exclusive. */
export interface Found<T> {
  value: T
  start: number
  end: number
}

/** 个钟 and 粒钟 are the Cantonese hour, 点儿 the northern one where half of it is told. */
const HOUR = '(?:小时|钟头|钟点|(?<=[个粒][多来]?)钟(?![头点表楼])|h(?:ours?)?(?![a-z]))'
const MINUTE =
  '(?:分钟|分种|分(?!之|钱|店|局|院|公司|管|类|拣|队|包|户|支|发|析|歧|布|配|给|开|别|手)|mins?(?![a-z])|′)'
const ROUGH = '[多来几余]?'

const DURATIONS: readonly [RegExp, (groups: string[]) => number | undefined][] = [
  [
    new RegExp(`(${NUMERAL})个半(?:${HOUR}|钟(?![头点表楼]))|(${NUMERAL})个?${HOUR}半`, 'g'),
    ([a, b]) => (parseNumeral((a ?? b)!) ?? Number.NaN) * 60 + 30,
  ],
  [
    new RegExp(`(${NUMERAL})个?${HOUR}(?:零|又)?(${NUMERAL})${MINUTE}`, 'g'),
    ([hours, minutes]) => (parseNumeral(hours!) ?? Number.NaN) * 60 + (parseNumeral(minutes!) ?? Number.NaN),
  ],
  [
    new RegExp(`(${NUMERAL})个?${HOUR}(${WHOLE})刻钟?`, 'g'),
    ([hours, quarters]) => (parseNumeral(hours!) ?? Number.NaN) * 60 + (parseNumeral(quarters!) ?? Number.NaN) * 15,
  ],
  [new RegExp(`(?<!一)个半(?:${HOUR}|钟(?![头点表楼]))`, 'g'), () => 90],
  [new RegExp(`半(?:拉|个)?[多来]?(?:${HOUR}|点儿?(?=[\\s,。]|$))|半点钟`, 'g'), () => 30],
  [new RegExp(`[个成][把零个](?:${HOUR}|钟(?![头点表楼]))`, 'g'), () => 60],
  [
    new RegExp(`(${NUMERAL})${ROUGH}[个粒]?${ROUGH}${HOUR}`, 'g'),
    ([hours]) => (parseNumeral(hours!) ?? Number.NaN) * 60,
  ],
  [/([一两二三123])刻钟?/g, ([quarters]) => (parseNumeral(quarters!) ?? Number.NaN) * 15],
  [new RegExp(`(${NUMERAL})${ROUGH}个?${ROUGH}${MINUTE}`, 'g'), ([minutes]) => parseNumeral(minutes!)],
]

/**
 * Finds lengths of time, in whole minutes, rounded figures down to the figure told (一个多小时 is 60, 20多分钟 is 20).
 * A figure that is part of a longer one is given once; in the order of the text.
 */
export function listMinutes(text: string): Found<number>[] {
  const found: Found<number>[] = []
  if (!/[时头点分刻钟hm′]/.test(text)) return found
  for (const [pattern, read] of DURATIONS) {
    for (const match of text.matchAll(pattern)) {
      const [start, end] = [match.index, match.index + match[0].length]
      if (found.some(other => start < other.end && end > other.start)) continue
      if (isScore(text, start)) continue
      const value = read(match.slice(1))
      if (value !== undefined && Number.isFinite(value)) found.push({ value: Math.floor(value), start, end })
    }
  }
  return found.sort((a, b) => a.start - b.start)
}

/** 扣2分 and 考了90分 are points, not minutes; 9点20分 is a time of day. */
function isScore(text: string, start: number): boolean {
  return /[扣加减得打考罚满]了?$|点\s*$|\d时\s*$/.test(text.slice(Math.max(0, start - 2), start))
}

const DISTANCES: readonly [RegExp, (groups: string[]) => number | undefined][] = [
  [
    /(\d{1,4}(?:\.\d{1,2})?|[一二两三四五六七八九十]{1,4})(?:公里|千米)半/g,
    ([km]) => (parseNumeral(km!) ?? Number.NaN) + 0.5,
  ],
  [/半公里/g, () => 0.5],
  [
    /([一二两三四五六七八九])点([一二三四五六七八九])(?:公里|千米)/g,
    ([whole, tenth]) => Number(`${parseNumeral(whole!)}.${parseNumeral(tenth!)}`),
  ],
  [new RegExp(`(${NUMERAL})${ROUGH}个?(?:公里|千米|km|㎞)`, 'gi'), ([km]) => parseNumeral(km!)],
  [/([一二两三四五六七八九十\d]{1,3})里半[地路]?/g, ([li]) => ((parseNumeral(li!) ?? Number.NaN) + 0.5) / 2],
  [
    new RegExp(`(${NUMERAL})${ROUGH}里(?:多?[地路]|(?![\\u4e00-\\u9fff]))`, 'g'),
    ([li]) => (parseNumeral(li!) ?? Number.NaN) / 2,
  ],
  [/(\d{3,5})来?米(?![饭面粉])/g, ([metres]) => Number(metres) / 1000],
]

/** Finds the first distance walked, in kilometres (6里地 is 3, 四公里半 is 4.5). */
export function findKm(text: string): Found<number> | undefined {
  if (!/[里米kK]/.test(text)) return undefined
  for (const [pattern, read] of DISTANCES) {
    for (const match of text.matchAll(pattern)) {
      const value = read(match.slice(1))
      if (value !== undefined && Number.isFinite(value))
        return { value, start: match.index, end: match.index + match[0].length }
    }
  }
  return undefined
}

const COUNTED =
  '(?:户|家|间|人次|人|处|个|只|条|套|份|张|幢|栋|件|场|次|台|辆|名|位|项|盏|本|块|面|袋|箱|批|对|座|店|单元|瓶|把|根|组|册|封|桶|头|口)'
const COUNT = new RegExp(
  `(${WHOLE})[多来余几]?(${COUNTED})(?!半?(?:小时|钟头|月|星期|礼拜|工作日|多月|网格|人)|网)`,
  'g',
)

/**
 * Finds how many were done: the figure nearest after a word of doing or summing (查了58间, 共46家), else the first one
 * that is not told as what is left (还剩3户).
 */
export function parseCount(text: string): number | undefined {
  let first: number | undefined
  for (const match of text.matchAll(COUNT)) {
    const before = text.slice(Math.max(0, match.index - 5), match.index)
    const value = parseNumeral(match[1]!)
    if (value === undefined || /(?:剩下?|差|还有|漏了?|缺|余下?|未完成|没做的?|有|第|另外)$/.test(before.trimEnd()))
      continue
    if (/(?:共|了|完|好|计|一共|总共|合计|累计|已经?|到)$/.test(before.trimEnd())) return value
    first ??= value
  }
  return first
}

/** Chinese and Arabic numerals as people type them: 12, 3.2, 十二, 两百零五, 廿三, 一百二. */

const DIGITS: Record<string, number> = {
  零: 0,
  〇: 0,
  '○': 0,
  一: 1,
  壹: 1,
  幺: 1,
  二: 2,
  两: 2,
  俩: 2,
  贰: 2,
  三: 3,
  仨: 3,
  叁: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
}
const UNITS: Record<string, number> = { 十: 10, 拾: 10, 百: 100, 佰: 100, 千: 1000 }

/** Source of a pattern that matches one numeral; digits stay within six places, Chinese within ten characters. */
export const NUMERAL = '(?:\\d{1,6}(?:\\.\\d{1,2})?|[零〇一二两俩三仨四五六七八九十百千万廿卅]{1,10})'
/** Like `NUMERAL`, whole numbers only. */
export const WHOLE = '(?:\\d{1,6}|[零〇一二两俩三仨四五六七八九十百千万廿卅]{1,10})'

function parseBelowTenThousand(text: string): number | undefined {
  const expanded = text.replace('廿', '二十').replace('卅', '三十')
  if (!/[十拾百佰千]/.test(expanded)) {
    const digits = Array.from(expanded, character => DIGITS[character])
    if (digits.length === 0 || digits.some(digit => digit === undefined)) return undefined
    return Number(digits.join(''))
  }
  let total = 0
  let digit: number | undefined
  let lastUnit = 1
  for (const character of expanded) {
    const unit = UNITS[character]
    if (unit !== undefined) {
      total += (digit ?? 1) * unit
      digit = undefined
      lastUnit = unit
    } else if (DIGITS[character] !== undefined) {
      if (digit !== undefined && digit !== 0) return undefined
      digit = DIGITS[character]
      if (digit === 0) lastUnit = 10
    } else {
      return undefined
    }
  }
  // 一百二 is 120, but 一百零二 is 102 and 十二 is 12.
  if (digit !== undefined) total += lastUnit >= 100 ? digit * (lastUnit / 10) : digit
  return total
}

/** @returns the value of a whole text that is one numeral (`3.2`, `二十二`, `一万两千`); undefined where it is none. */
export function parseNumeral(text: string): number | undefined {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text)
  const [high, low, ...rest] = text.split('万')
  if (rest.length > 0 || high === undefined) return undefined
  if (low === undefined) return parseBelowTenThousand(high)
  const thousands = parseBelowTenThousand(high)
  if (thousands === undefined) return undefined
  if (low === '') return thousands * 10_000
  const remainder = parseBelowTenThousand(low)
  return remainder === undefined ? undefined : thousands * 10_000 + remainder * (low.length === 1 ? 1000 : 1)
}

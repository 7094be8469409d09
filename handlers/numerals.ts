/** One group: a small number as people write it, 12 or 十二. */
export const NUMERAL = '(\\d{1,6}|[一二两三四五六七八九十]{1,3})'

const DIGITS = '零一二三四五六七八九'
const BARE = new RegExp(`^(?:#|第|编号)?${NUMERAL}(?:号|件|个)?(?:事件|提示单)?[。.!！]?$`, 'u')

/** Whole numbers from 1; Chinese ones up to 99. */
export function readNumeral(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (/^\d+$/.test(text)) return Number(text) || undefined
  const [tens = '', ones = ''] = text.includes('十') ? text.split('十') : ['零', text.replace('两', '二')]
  const value = (tens === '' ? 1 : DIGITS.indexOf(tens)) * 10 + (ones === '' ? 0 : DIGITS.indexOf(ones))
  return value > 0 ? value : undefined
}

/** The number that is the whole answer to a question: `3`, `#3`, `第三号`. */
export function readBareNumber(text: string): number | undefined {
  return readNumeral(BARE.exec(text.normalize('NFKC').replace(/\s/g, ''))?.[1])
}

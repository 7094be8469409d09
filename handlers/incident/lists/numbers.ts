import { NUMERAL } from '../../numerals.ts'

/** The number of a case as people write it: `#12`, `12号`, `12号事件`, `12`. One group. */
export const NUMBER = `#?\\s*第?${NUMERAL}\\s*号?(?:事件|案件)?`

/** A fixed word and the number behind it, and nothing else: `进度 #12`, `进度12号`. */
export function numberAfter(words: string): RegExp {
  return new RegExp(`^\\s*${words}[\\s,，:：]*(?:事件)?\\s*${NUMBER}\\s*[。.!！?？]*\\s*$`, 'u')
}

/** 回访 3 户居民 counts, it numbers no case. */
const NO_COUNT = '(?![户个人次件家楼幢栋天点分年月日元名位条间岁层])'

/** A fixed word, a number and what is said behind them: `原因 #12 管道老化`. Groups: the number, the words. */
export function numberAndWords(words: string): RegExp {
  return new RegExp(`^\\s*${words}[\\s,，:：]*(?:事件)?\\s*${NUMBER}[\\s,，:：]+(${NO_COUNT}\\S[\\s\\S]*)$`, 'u')
}

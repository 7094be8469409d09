import { SURNAMES } from './data/surnames.ts'
import { listPersons } from './persons.ts'

/** A text whose personal data stand behind placeholders, and the way back. */
export interface Masked {
  text: string
  /** Puts the words back wherever a placeholder stands. */
  restore(text: string): string
}

const ID = /(?<!\d)\d{17}[\dXx](?!\d)|(?<!\d)\d{15}(?!\d)/g
const PHONE = /(?<!\d)(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d){8}(?!\d)|(?<!\d)0\d{2,3}[- ]?\d{7,8}(?!\d)/g
const PLATE = /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][·\s]?[A-Z0-9]{5,6}(?![A-Z0-9])/g
/** A full name before a form of address, wherever it stands: what is hidden here may well be too much, never too little. */
const TITLED = new RegExp(
  `[${SURNAMES}][\\u4e00-\\u9fff]{0,2}(?=奶奶|爷爷|婆婆|阿婆|阿公|阿姨|大爷|大妈|大娘|大伯|大叔|叔叔|伯伯|师傅|老人|先生|女士)`,
  'g',
)
/** House numbers down to the door; the street or estate before them names no household. */
const HOUSE =
  /(?:第?[\dA-Za-z一二三四五六七八九十百]{1,5}\s*(?:号楼|号|幢|栋|座)(?!提示单|通知|单子|任务|事件|网格|案|隐患|假条))(?:[\dA-Za-z一二三四五六七八九十]{1,4}(?:单元|楼|层|室|号|-)?){0,3}|(?<![\d:])\d{1,3}-\d{1,3}-\d{2,4}(?![\d:])/g

/**
 * Puts placeholders (〔人1〕, 〔电话1〕, 〔证件1〕, 〔车牌1〕, 〔门牌1〕) for names, phones, identity numbers, plates and house numbers.
 *
 * @param names the street's roster, hidden besides what looks like a name
 */
export function maskPersonal(text: string, names: readonly string[] = []): Masked {
  const words = new Map<string, string>()
  const byWord = new Map<string, string>()
  const counts = new Map<string, number>()
  const hide = (kind: string, word: string): string => {
    const known = byWord.get(word)
    if (known) return known
    const count = (counts.get(kind) ?? 0) + 1
    counts.set(kind, count)
    const placeholder = `〔${kind}${count}〕`
    words.set(placeholder, word)
    byWord.set(word, placeholder)
    return placeholder
  }
  // A text that already holds our brackets could be mistaken for a placeholder on the way back.
  let masked = text.replace(/[〔〕]/g, ' ')
  masked = masked
    .replace(ID, word => hide('证件', word))
    .replace(PHONE, word => hide('电话', word))
    .replace(PLATE, word => hide('车牌', word))
  for (const span of listPersons(masked, names).reverse()) {
    masked = masked.slice(0, span.start) + hide('人', masked.slice(span.start, span.end)) + masked.slice(span.end)
  }
  masked = masked.replace(TITLED, word => hide('人', word)).replace(HOUSE, word => hide('门牌', word))
  return {
    text: masked,
    restore: answer => answer.replace(/〔[^〔〕]{1,6}〕/g, placeholder => words.get(placeholder) ?? placeholder),
  }
}

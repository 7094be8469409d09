/** How personal data looks where not everybody may read it. Used by every log line, JSON answer and group message. */

const ID_NUMBER = /(?<!\d)(\d{6})\d{8}(\d{3}[\dXx])(?!\d)/g
const MOBILE = /(?<!\d)(1[3-9]\d)[\s-]?\d{4}[\s-]?(\d{4})(?!\d)/g
const LANDLINE = /(?<!\d)(0\d{2,3})-?\d{4}(\d{3,4})(?!\d)/g

/** Masks identity numbers and telephone numbers wherever they stand in a text. */
export function maskNumbers(text: string): string {
  return text
    .replace(ID_NUMBER, (_all, head: string, tail: string) => `${head}********${tail.replace(/\d/g, '*')}`)
    .replace(MOBILE, '$1****$2')
    .replace(LANDLINE, '$1-****$2')
}

/** True where a sender posted an identity or telephone number: the bot then warns. */
export function hasPrivateNumber(text: string): boolean {
  return maskNumbers(text) !== text
}

/** `王奶奶` → `王**`; a one-character name becomes `*`. */
export function maskName(name: string): string {
  const [first = '', ...rest] = Array.from(name)
  return rest.length === 0 ? '*' : first + '*'.repeat(Math.min(rest.length, 2))
}

/** Three or four digits behind a building, a floor or a hyphen, and whatever is called a 室: `302`, `5室`, `501A室`, `三零二室`. */
const DOOR = /(?<=[幢栋座号楼元室\-—–])\s*\d{3,4}(?!\d)室?|[\dA-Za-z零〇一二三四五六七八九十]{1,6}室/g

/** Somebody's name with a form of address: people say whose door it is in the words of the place. */
const SOMEBODY =
  /([\u4e00-\u9fff])[\u4e00-\u9fff]{0,2}?(?:奶奶|爷爷|婆婆|阿婆|阿公|阿姨|大爷|大妈|大娘|大伯|大叔|叔叔|伯伯|师傅|老人|先生|女士)/g

/** The surnames of nine people in ten, one character each. */
export const COMMON_SURNAMES =
  '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文'

/** Surname, given name and 家 (张伟家楼下), not the names of villages, estates and firms (石家庄, 金色家园, 农家乐). */
const HOME = new RegExp(
  `(?<![\\u4e00-\\u9fff])([${COMMON_SURNAMES}])[\\u4e00-\\u9fff]{1,2}家(?![园庄乐具电政属村桥湾弄里坳埭])`,
  'g',
)

/** Leaves street and building, hides the door and whose it is: `石板巷17号3单元302` → `石板巷17号3单元***`. */
export function maskPlace(place: string): string {
  return maskNumbers(place).replace(DOOR, '***').replace(SOMEBODY, '$1**').replace(HOME, '$1**家')
}

/** For texts of unknown content: numbers masked, the rest cut to its first and last character. */
export function maskText(text: string): string {
  const chars = Array.from(maskNumbers(text))
  if (chars.length <= 2) return '*'.repeat(chars.length)
  return `${chars[0]}${'*'.repeat(Math.min(chars.length - 2, 6))}${chars.at(-1)}`
}

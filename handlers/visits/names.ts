import { COMMON_SURNAMES } from '../../storage/masking.ts'

const TITLE =
  '奶奶|爷爷|外婆|外公|阿姨|阿婆|阿公|大伯|大爷|大妈|大娘|大婶|大叔|大嫂|大姐|大哥|老太太|老太|老伯|老人|婆婆|公公|伯伯|叔叔|婶婶|嫂子|师傅|老师|女士|先生|婶|叔|伯|嫂|姐|哥|姨|爷|奶|婆'

/** One group-free part each of a pattern with the flag u. */
export const SURNAME = `(?:欧阳|诸葛|司徒|上官|[${COMMON_SURNAMES}])`
/** 王奶奶, 张桂英阿姨, 老李, 小陈. */
export const CALLED = `(?:${SURNAME}\\p{Script=Han}{0,2}?(?:${TITLE})|[老小阿]${SURNAME})`

const NAME = new RegExp(`^(?:${CALLED}|${SURNAME}\\p{Script=Han}{1,2})$`, 'u')

/** Whether a word reads as somebody's name: 王奶奶, 老李, 王秀英. */
export function isName(word: string): boolean {
  return NAME.test(word)
}

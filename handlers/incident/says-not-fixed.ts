import { plainWords } from '../plain-words.ts'

const TROUBLE = '漏|坏|堵|脏|堆|吵|闹|停|灭|不亮|冒|积水|掉|裂|断|乱|响|臭'
/** 又漏了, 还在堵, 没修好, 修得不好, 老样子. */
export const NOT_FIXED = `(?:(?:又|还在?|还是|仍然?|依然|再次)(?:开始)?(?:${TROUBLE})|没有?(?:修|解决|处理|清)(?:好|掉|干净|理)?|(?:修|处理|办|弄)得?不(?:好|行|彻底)|老样子|(?:问题|情况)(?:还在|依旧|没变))`
const SAYS = new RegExp(NOT_FIXED, 'u')

/** Whether the words say that what was settled is not. */
export function saysNotFixed(text: string): boolean {
  return SAYS.test(plainWords(text))
}

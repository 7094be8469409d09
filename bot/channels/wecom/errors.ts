/**
 * What an `errcode` means for a send (path 90313; every answer is JSON with `errcode`, 0 being success). The words that come with it
 * change and are not read. Wherever a code names a setting, the words say where it is.
 */
import { SendError, type SendFault } from '../channel.ts'
import type { Answer } from '../http.ts'
import { asObject, type JsonObject } from '../json.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND

export interface PlatformFault {
  code: number
  /** `token`: the access token is bad; fetched anew once and the call repeated. */
  fault: SendFault | 'token'
  /** Chinese, for the administrator. */
  words: string
  retryAfterMs?: number
}

type Rule = Omit<PlatformFault, 'code'> & { codes: number[] }

/** First match wins. */
const RULES: Rule[] = [
  { codes: [40014, 41001, 42001], fault: 'token', words: '访问凭证失效' },
  { codes: [-1, 6000, 301022], fault: 'retry', words: '企业微信系统繁忙' },
  {
    codes: [40001],
    fault: 'credentials',
    words: '应用 Secret 不对或应用已停用，请核对 WECOM_SECRET',
  },
  { codes: [40013], fault: 'credentials', words: '企业 ID 不对，请核对 WECOM_CORP_ID' },
  { codes: [40056, 301002, 50003], fault: 'credentials', words: '应用不对或已停用，请核对 WECOM_AGENT_ID' },
  { codes: [60020], fault: 'credentials', words: '出口 IP 不在应用的“企业可信IP”里，请在应用详情页添加' },
  { codes: [48002], fault: 'credentials', words: '应用没有这个接口的权限' },
  { codes: [48004, 48005, 48006], fault: 'credentials', words: '应用的授权已失效，或因长期不用被停用' },
  { codes: [853000], fault: 'credentials', words: '智能机器人的 Secret 不对' },
  { codes: [45009], fault: 'throttled', words: '调用过于频繁', retryAfterMs: MINUTE },
  { codes: [45033], fault: 'throttled', words: '同时调用过多', retryAfterMs: SECOND },
  { codes: [93000, 93004, 93006, 93008], fault: 'routeGone', words: '群里的推送地址或机器人已失效' },
  { codes: [846605, 846608], fault: 'routeGone', words: '回复的时限已过' },
  { codes: [86001, 86003, 86007, 86008], fault: 'routeGone', words: '群不存在，或不是这个应用建的' },
  { codes: [81013, 60111, 46004, 40003], fault: 'refused', words: '收信人不在企业里，或不在应用的可见范围内' },
  { codes: [60011, 50002, 60123], fault: 'refused', words: '收信人不在应用的可见范围内' },
  { codes: [40004, 40005, 40006, 40007, 40009, 45001, 45007], fault: 'refused', words: '图片或文件不被接受' },
  { codes: [40029], fault: 'refused', words: '登录码已用过或过期' },
  { codes: [40093, 42012], fault: 'refused', words: '页面签名不对' },
  { codes: [50001], fault: 'credentials', words: '页面域名不在应用的可信域名里' },
  { codes: [40008, 40035, 40058, 40063, 44004, 45002], fault: 'refused', words: '消息格式或长度不被接受' },
  { codes: [82001, 82002, 82003], fault: 'refused', words: '没有收信人，或收信人过多' },
  { codes: [301021, 301023, 301024], fault: 'refused', words: '打卡数据的人员或时间范围不被接受' },
]

/** @returns undefined where the call succeeded */
export function findFault({ status, body, retryAfterMs }: Answer): PlatformFault | undefined {
  const code = asObject(body)?.errcode
  if (code === 0) return undefined
  if (typeof code !== 'number') return judgeStatus(status, retryAfterMs)
  const rule = RULES.find(({ codes }) => codes.includes(code))
  // The outbox counts the tries: what no document names ends as given up, not as an endless loop.
  if (!rule) return { code, fault: 'retry', words: '未知的错误' }
  const { fault, words } = rule
  const waits = [rule.retryAfterMs, retryAfterMs].filter(wait => wait !== undefined)
  return { code, fault, words, ...(waits.length > 0 ? { retryAfterMs: Math.max(...waits) } : {}) }
}

/** Refused for its token even with a fresh one, a call is tried again later. */
export function toPlatformError({ code, fault, words, retryAfterMs }: PlatformFault): SendError {
  return new SendError(fault === 'token' ? 'retry' : fault, `${words}（${code}）`, { retryAfterMs })
}

/** @throws {SendError} */
export function readSuccess(answer: Answer): JsonObject {
  const fault = findFault(answer)
  if (fault) throw toPlatformError(fault)
  return asObject(answer.body) ?? {}
}

/** An answer that is none of the platform's: a proxy's page, or one cut short. */
function judgeStatus(status: number, retryAfterMs: number | undefined): PlatformFault {
  if (status === 429)
    return { code: status, fault: 'throttled', words: '调用过快', retryAfterMs: retryAfterMs ?? MINUTE }
  if (status >= 500 || status < 300)
    return { code: status, fault: 'ambiguous', words: '企业微信没有给出结果，可能已经送达' }
  return { code: status, fault: 'retry', words: '企业微信没有受理' }
}

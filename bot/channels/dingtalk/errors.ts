/**
 * What an answer of the platform means for a send (open.dingtalk.com: 全局错误码, 机器人发送消息, 调用限制).
 * The new API speaks by HTTP status and `code`, the old one answers 200 with a numeric `errcode`, sometimes as text,
 * sometimes wrapped as 88 with `sub_code`. Messages change, so only codes are read.
 */
import { SendError, type SendFault } from '../channel.ts'
import type { Answer } from '../http.ts'
import { asObject } from '../json.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND

export interface PlatformFault {
  code: string
  /** `token`: the access token is bad; fetched anew once and the call repeated. */
  fault: SendFault | 'token'
  /** Chinese, for the administrator. */
  words: string
  retryAfterMs?: number
}

interface Rule {
  codes: (string | RegExp)[]
  fault: SendFault | 'token'
  words: string
  retryAfterMs?: number
}

/** First match wins. */
const RULES: Rule[] = [
  { codes: ['InvalidAuthentication', '40014', '42001'], fault: 'token', words: '访问凭证失效' },
  {
    codes: ['authFailed', 'invalidClientIdOrSecret', '40089'],
    fault: 'credentials',
    words: '应用凭证不对，请核对 DINGTALK_CLIENT_ID 与 DINGTALK_CLIENT_SECRET',
  },
  {
    codes: [/AccessTokenPermissionDenied$/, '60011'],
    fault: 'credentials',
    words: '应用缺少接口权限，请在开发者后台开通“企业内机器人发送消息权限”',
  },
  { codes: [/IpNotInWhiteList$/, '60020'], fault: 'credentials', words: '出口 IP 不在应用的白名单里' },
  { codes: ['invalidParameter.robotCode.auth'], fault: 'credentials', words: '机器人编码不属于这个应用' },
  { codes: [/ApiCountLimitForOrg$/, '90020'], fault: 'quota', words: '本月接口调用额度已用完' },
  { codes: [/QpmLimit/, '45009'], fault: 'throttled', words: '调用过于频繁', retryAfterMs: MINUTE },
  { codes: [/QpsLimit/, '90018', '90002', 'systemBusy'], fault: 'throttled', words: '调用过快', retryAfterMs: SECOND },
  { codes: ['130101', '410100'], fault: 'throttled', words: '群机器人发送过快，被停十分钟', retryAfterMs: 10 * MINUTE },
  {
    codes: ['send.too.fast', 'send.byToken.tooFast', /^too\.many\./],
    fault: 'throttled',
    words: '消息发送过快',
    retryAfterMs: MINUTE,
  },
  { codes: ['15', '-1', 'system.error', 'system.busy'], fault: 'ambiguous', words: '钉钉内部错误，可能已经送达' },
  { codes: ['300001'], fault: 'routeGone', words: '推送地址或会话已失效' },
  { codes: ['310000'], fault: 'routeGone', words: '群机器人的安全设置拒收，请检查关键词、加签或 IP 设置' },
  {
    codes: ['invalid.openConversationId', 'miss.openConversationId', 'group.disbanded', '400013'],
    fault: 'routeGone',
    words: '群不存在或已解散',
  },
  {
    codes: [
      /^invalidParameter\.robotCode\.(notExsit|notExist|invalid|empty)$/,
      'resource.not.found',
      'chatbotNotInstall',
      '400106',
    ],
    fault: 'refused',
    words: '机器人不存在或不在群里，请群管理员添加机器人',
  },
  {
    codes: ['bot.stopped', 'template.stopped', '400102', 'chatbotId.notAllow.sendOTO'],
    fault: 'refused',
    words: '机器人已停用或未开通单聊',
  },
  { codes: ['conversation.org.dismatch'], fault: 'refused', words: '群属于别的组织' },
  {
    codes: ['staffId.notExisted', 'invalidStaffIdList', '33012', '60121'],
    fault: 'refused',
    words: '收信人不在组织里',
  },
  { codes: [/^param\./], fault: 'refused', words: '互动卡片的模板或参数不被接受' },
  { codes: ['40078'], fault: 'refused', words: '登录码已用过或过期' },
  {
    codes: ['robot.oto.notExist', 'bot.forbidden.sendMessage', 'send.forbidden'],
    fault: 'refused',
    words: '与机器人没有单聊，或已被禁言',
  },
  {
    codes: [/^contain\./, /^43010[1-4]$/],
    fault: 'refused',
    words: '内容未通过平台审核',
  },
  {
    codes: [
      /^invalidParameter\.(msgKey|msgParam)/,
      /^msgParam\./,
      /^miss\./,
      '40004',
      '40035',
      '43004',
      '400105',
      '460101',
      '101002',
    ],
    fault: 'refused',
    words: '消息格式不被接受',
  },
  {
    codes: ['invalidParameter.robotCode.downloadCode'],
    fault: 'refused',
    words: '下载码不对或已过期',
  },
]

/** undefined: the platform took it. */
export function findFault(answer: Answer): PlatformFault | undefined {
  const body = asObject(answer.body)
  if (isPunishPage(answer)) {
    return { code: 'punish', fault: 'throttled', words: '出口 IP 被钉钉暂时拦截', retryAfterMs: 5 * MINUTE }
  }
  const isGood = answer.status >= 200 && answer.status < 300
  if (isGood && body === undefined) {
    return { code: 'unreadable', fault: 'ambiguous', words: '钉钉的答复读不懂，可能已经送达' }
  }
  const code = readCode(body ?? {})
  if (isGood && code === undefined) return undefined
  // The same word stands for "slow down" with 429 and for a broken server with 500.
  const rule = answer.status === 429 ? undefined : RULES.find(each => each.codes.some(known => matches(known, code)))
  const found = rule ?? judgeStatus(answer.status)
  return { code: code ?? `HTTP ${answer.status}`, ...pick(found), ...longestWait(found, answer) }
}

/** For callers that have already spent their one fresh token. */
export function toPlatformError(found: PlatformFault): SendError {
  const fault = found.fault === 'token' ? 'retry' : found.fault
  return new SendError(fault, `${found.words}（${found.code}）`, { retryAfterMs: found.retryAfterMs })
}

/** `errcode` of the old API (0 is success, 88 is a wrapper), else `code` of the new one; cleaned, as it ends up in logs. */
function readCode(body: Record<string, unknown>): string | undefined {
  const errcode = toCode(body.errcode)
  if (errcode === '88') return toCode(body.sub_code) ?? '15'
  if (errcode !== undefined) return errcode === '0' ? undefined : errcode
  return toCode(body.code)
}

function toCode(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  const code = String(value)
    .replace(/[^\w.-]/g, '')
    .slice(0, 80)
  return code === '' ? undefined : code
}

/** For codes that no document names. The outbox counts the tries, so an unknown refusal ends as given up, not as an endless loop. */
function judgeStatus(status: number): Pick<Rule, 'fault' | 'words' | 'retryAfterMs'> {
  if (status === 429) return { fault: 'throttled', words: '调用过快', retryAfterMs: SECOND }
  if (status === 503) return { fault: 'retry', words: '钉钉暂时不可用' }
  if (status >= 500) return { fault: 'ambiguous', words: '钉钉内部错误，可能已经送达' }
  if (status === 413) return { fault: 'refused', words: '消息过长' }
  return { fault: 'retry', words: '未知的错误' }
}

/** The firewall's answer to an address that called too often: a page, or an object of its own shape. */
function isPunishPage(answer: Answer): boolean {
  const body = asObject(answer.body)
  return body === undefined ? /punish|x5sec/i.test(answer.head) : body.status === 1111 || 'punish' in body
}

function matches(known: string | RegExp, code: string | undefined): boolean {
  return code !== undefined && (typeof known === 'string' ? known === code : known.test(code))
}

function pick({ fault, words }: Pick<Rule, 'fault' | 'words'>): Pick<PlatformFault, 'fault' | 'words'> {
  return { fault, words }
}

function longestWait(rule: Pick<Rule, 'retryAfterMs'>, answer: Answer): Pick<PlatformFault, 'retryAfterMs'> {
  const waits = [rule.retryAfterMs, answer.retryAfterMs].filter(wait => wait !== undefined)
  return waits.length === 0 ? {} : { retryAfterMs: Math.max(...waits) }
}

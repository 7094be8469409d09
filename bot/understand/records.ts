import type { Intent, Meaning } from '../../handlers/slots.ts'

/** Intents that leave a lasting record: only these are filed beside the main one. */
export const LASTING: ReadonlySet<Intent> = new Set<Intent>([
  'checkIn',
  'visit',
  'patrol',
  'reportIncident',
  'submitInfo',
  'reportProgress',
  'updateIncident',
  'inspect',
  'meetingCheckIn',
  'acknowledge',
])

/** A piece of a message and where it ends a record: a line, a sentence, or 顺便, 另外, 还有. */
const SEAM =
  /[\n。;；!]+|\s+(?=下午|上午|晚上|又|接着|随后|后来)|[,，\s]+(?=[她他]说|发现(?!没)|看到(?!没)|顺便|顺带|另外|还有(?![\d几一二三四五六七八九十])|对了|再报|再记|同时|然后(?:又|去|到))|(?<=(?:到岗|上班|在岗|打卡|下班|签到)(?:了|啦|打卡)?)[,，\s]+/
const MAX_PIECES = 8

/**
 * Splits a message where a further record may begin. Forms (对象:…, 工作内容:…) and short messages stay whole.
 *
 * @returns the pieces in order; fewer than two where there is nothing to split
 */
export function splitRecords(text: string): string[] {
  if (/(?:对象|内容|要求|时长|纪要|考核|区域|里程|用时|路线|姓名|户主)[:：]|^【|https?:/.test(text)) return []
  const pieces = text
    .split(SEAM)
    .map(piece => piece.trim())
    .filter(piece => piece.length >= 2)
  return pieces.length >= 2 ? pieces.slice(0, MAX_PIECES) : []
}

/** @returns true where both tell the same record: the same intent with no slot that contradicts. */
export function tellsSame(a: Meaning, b: Meaning): boolean {
  if (a.intent !== b.intent) return false
  const [left, right] = [a.slots as Record<string, unknown>, b.slots as Record<string, unknown>]
  const names = (
    a.intent === 'reportIncident' ? ['place'] : ['person', 'place', 'no', 'gridNo', 'kind', 'topic']
  ).filter(name => isTold(left[name]) && isTold(right[name]))
  const contradicts = names.some(name => !holds(String(left[name]), String(right[name])))
  return !contradicts
}

/** 电梯 or 门口 alone is a spot of any place, not a place of its own. */
const isTold = (value: unknown): boolean =>
  value !== undefined &&
  !(typeof value === 'string' && value.length <= 2 && !/[\dA-Za-z]/.test(value) && /[梯口道楼下上里边]$/.test(value))

const holds = (a: string, b: string): boolean => a.includes(b) || b.includes(a)

const KINDS: readonly [Intent, RegExp][] = [
  ['reportIncident', /隐患|事件|问题|上报/],
  ['visit', /走访|入户|慰问/],
  ['patrol', /巡查|巡逻/],
  ['submitInfo', /信息|民情|舆情/],
  ['checkIn', /打卡|到岗|上班|下班/],
  ['requestLeave', /请假|调休/],
  ['inspect', /督导|督查/],
  ['reportProgress', /进度|任务/],
  ['meetingCheckIn', /会议签到/],
  ['meetingMinutes', /纪要/],
]
const CORRECTION =
  /^(?:刚才|刚刚|上一条|上条|上面|前面|那条|这条|那个|这个|你)?(?:的)?(?:那|这)?(?:条|个)?(?:记录)?(?:记?错了?[,，\s]*)?(?:不是|不算|别记成|不要记成)\s*(?<from>[^,，。\s是]{2,6}?)\s*[,，\s]*(?:而)?(?:是|算|应该是|要记成|记成|改成|改为)\s*(?<to>[^,，。\s]{2,8})$|^(?:把)?(?:刚才|刚刚|上一条|上条|上面|前面|那条|这条|那个|这个)(?:的)?(?:那|这)?(?:条|个)?(?:记录)?(?:应该是|改成|改为|算|记成|要记成|其实是|换成)\s*(?<kind>[^,，。\s]{2,8})$/

/** Reads 不是走访，是隐患: what the sender's last record should have been; undefined where nothing is corrected. */
export function findCorrection(text: string): Intent | undefined {
  if (text.length > 40) return undefined
  const groups = CORRECTION.exec(text)?.groups
  const to = groups?.to ?? groups?.kind
  if (to === undefined) return undefined
  const from = groups?.from
  if (from !== undefined && !KINDS.some(([, words]) => words.test(from))) return undefined
  return KINDS.find(([, words]) => words.test(to))?.[0]
}

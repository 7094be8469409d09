import { normalize } from './normalize.ts'
import { parseNumeral } from './numerals.ts'

export type ThingKind = 'notice' | 'incident' | 'leave'

/** A number that names a notice, an incident or a leave request; `kind` only where the words say it. */
export interface Reference {
  no: number
  kind?: ThingKind
  /** False for a bare 15号, which could be a date or a house: only words of deciding and reporting make it a number. */
  isCertain: boolean
  start: number
  end: number
}

/** The message being replied to. */
export interface Quote {
  text: string
  kind: ThingKind | 'correction' | 'meeting' | 'record' | 'reminder' | undefined
  no: number | undefined
}

const NO = '(\\d{1,6}|[一二三四五六七八九十百零〇廿]{1,6})'
const NOTICE = '(?:工作)?(?:提示单|任务单|通知单|工作单|通知|任务|单子|单|提示)'
const INCIDENT = '(?:事件|案子|案件|隐患|工单|问题|事情?(?!项))'
const LEAVE = '(?:请?假条|请假单|请假申请|请假|假单|假)'
const THING = `(${NOTICE}|${INCIDENT}|${LEAVE})`
const MARK = '(?:第|#|No\\.?\\s*|NO\\.?\\s*|no\\.?\\s*|编号:?\\s*)'

const kindOf = (word: string): ThingKind =>
  /假/.test(word) ? 'leave' : /事|案|隐患|工单|问题/.test(word) ? 'incident' : 'notice'

/** 15号提示单, 第二十二号通知, #18提示单, 23#单子, 16号的单子. */
const BEFORE_WORD = new RegExp(`${MARK}?\\s*${NO}\\s*(?:号|#)?\\s*(?:的|那[个张条]|这[个张条])?\\s*${THING}`, 'g')
/** 提示单17号, 事件#33, 提示单第20号, 事件65. */
const AFTER_WORD = new RegExp(
  `${THING}\\s*[:：]?\\s*(?:(?:${MARK})?\\s*${NO}\\s*(?:号|#)|${MARK}\\s*${NO}|(\\d{1,6}))(?![\\d幢楼栋单室月年.个户人分条件家间]|:\\d|网格)`,
  'g',
)
/** #15, No.33, 第38号, 15#. */
const MARKED = new RegExp(
  `(?:#|No\\.?\\s*|NO\\.?\\s*|no\\.?\\s*|编号:?\\s*)${NO}号?|第${NO}号|(?<![\\d号幢栋路巷街弄村])(\\d{1,5})#(?!楼)`,
  'g',
)
/** 15号, not a house, a date with its month, a grid or a road. */
const BARE = new RegExp(
  `(?<![\\d月路街巷弄村道区苑园里第.\\-/幢一二三四五六七八九十百零〇廿])${NO}号(?!楼|幢|栋|门|院|线|网格|房|桥|井|路|馆|仓|上午|下午|早|晚|中午|凌晨|[前到至-]|之前|以前|\\d|开|请|调休|休|那天|当天)`,
  'g',
)
/** 30签批, 15 同意: a plain figure right before the word of deciding. */
const BEFORE_VERB =
  /(?<![\d.:年月\-/幢号楼])(\d{1,5})(?=\s*(?:签发|签批|签(?=$|[\s,。!了])|同意|不同意|审核通过|下发|立即下发|驳回|退回|受理|办结|批准))/g
/** 审核通过 78, 签发30: the figure right after it, with nothing to follow. */
const AFTER_VERB = /(?:签发|签批|同意|审核通过|审批通过|下发|驳回|退回|批准)\s*(\d{1,5})(?=$|[\s,。!])/g
const NOT_COUNTED = /^(?:一|两|几|每|百|千)$/

/** Finds the numbers that name things, the surest reading of each place once, in the order of the text. */
export function listReferences(text: string): Reference[] {
  const found: Reference[] = []
  const add = (
    match: RegExpMatchArray,
    numeral: string | undefined,
    word: string | undefined,
    isCertain: boolean,
  ): void => {
    const [start, end] = [match.index!, match.index! + match[0].length]
    const no = numeral === undefined ? undefined : parseNumeral(numeral)
    if (no === undefined || no < 1 || found.some(other => start < other.end && end > other.start)) return
    const reference: Reference = { no, isCertain, start, end }
    if (word) reference.kind = kindOf(word)
    found.push(reference)
  }
  if (!/[\d一二三四五六七八九十百]/.test(text)) return found
  for (const match of text.matchAll(BEFORE_WORD)) {
    const isMarked = /[#号]|第|[Nn][Oo]|编号/.test(match[0])
    // 3任务, 两单 and 一事 count things; without 号 only a plain figure before 提示单 or 事件 names one.
    if (
      !isMarked &&
      !(
        /^\d+\s*(?:工作)?(?:提示单|通知|事件|任务|隐患)/.test(match[0]) && !/[年月日]$/.test(text.slice(0, match.index))
      )
    )
      continue
    if (NOT_COUNTED.test(match[1]!) && !/第|#/.test(match[0])) continue
    // 塘下弄14号事情 is a house; 12月3号通知 a date.
    if (/[月路街巷弄村幢栋]$/.test(text.slice(0, match.index)) && !/提示单|事件|通知单/.test(match[2]!)) continue
    add(match, match[1], match[2], true)
  }
  if (/[单通知任务提示事案隐患工问假]/.test(text))
    for (const match of text.matchAll(AFTER_WORD)) add(match, match[2] ?? match[3] ?? match[4], match[1], true)
  if (/[#第oO编]/.test(text))
    for (const match of text.matchAll(MARKED)) add(match, match[1] ?? match[2] ?? match[3], undefined, true)
  if (text.includes('号')) for (const match of text.matchAll(BARE)) add(match, match[1], undefined, false)
  if (/[签同不审下立驳退受办批]/.test(text))
    for (const pattern of [BEFORE_VERB, AFTER_VERB])
      for (const match of text.matchAll(pattern)) add(match, match[1], undefined, false)
  return found.sort((a, b) => a.start - b.start)
}

function quoteKindOf(text: string): Quote['kind'] {
  if (/^\s*(?:小格)?(?:已记|已上报|已录)/.test(text)) return 'record'
  // A request of one's own people for a change; what it is about, a visit or a meeting, is not what is answered.
  if (/^\s*【更正】\d/.test(text)) return 'correction'
  if (
    /会议提醒|会议通知|请准时参(?:加|会)|签到/.test(text) ||
    /(?:例会|月会|季度会|研判会|培训|会议|动员会|部署会|座谈会|党课|讲座|大会).{0,20}(?:召开|举行|举办|开始|参加|地点|会议室)/.test(
      text,
    )
  ) {
    if (!/提示单/.test(text.slice(0, 16))) return 'meeting'
  }
  if (/提示单|任务单|待签发|待审核|待下发|任务要求|时间节点|常态化任务/.test(text)) return 'notice'
  if (/事件|隐患|工单|案件/.test(text)) return 'incident'
  if (/请.{0,8}假|休假|调休|年假|病假|事假/.test(text)) return 'leave'
  if (/提醒/.test(text)) return 'reminder'
  if (/通知|任务/.test(text)) return 'notice'
  return undefined
}

/** Reads the quoted message: what kind of thing it shows and the number that it carries. */
export function readQuote(quote: string, botName?: string): Quote {
  const { text } = normalize(quote, botName)
  const kind = quoteKindOf(text)
  const references = listReferences(text.slice(0, 200))
  const certain =
    references.find(reference => reference.kind !== undefined && reference.kind === kind) ??
    references.find(reference => reference.isCertain)
  const no =
    certain?.no ?? (kind === 'leave' || kind === 'meeting' || kind === undefined ? undefined : references[0]?.no)
  return { text, kind, no }
}

import type { SlotsOf } from '../../../handlers/slots.ts'
import type { Evidence } from '../cues/cue.ts'
import { addDays, countDays, makeDay, weekdayOf } from '../days.ts'
import { parseNumeral, WHOLE } from '../numerals.ts'
import { listWhens, type When } from '../when.ts'
import { compact, trimWords } from './common.ts'

const MEETING =
  /例会|月会|会议|培训|研判会|季度会|动员会|部署会|座谈会|开会|党课|讲座|周会|碰头会|[\u4e00-\u9fff]会(?=请|我|[\s,])/
const KIND = /(年休假|年假|调休|补休|轮休|婚假|产假|陪产假|丧假|探亲假|育儿假|公休假?|护理假)/
/** 三天, 3个工作日, 请假三日; but 27日 is a date and 11月27日 no span. */
const SPAN_DAYS = new RegExp(
  `(${WHOLE}|几)(?:个?(?:工作)?天|个?工作日)(?!内|前|后|之)|(?:共(${WHOLE})|假([一两二三四五六七]))日(?!内|前|后|之)`,
)
const TO = /^\s*(?:[(（][^()（）]{1,6}[)）])?\s*(?:[到至\-~—–]+|开始到|一直到)\s*/

/** What is left of a message when the asking itself is taken out is the reason. */
const ASKING: readonly RegExp[] = [
  /(?:各位)?(?:领导|书记|主任|站长|组长|指导员|老大|[\u4e00-\u9fff](?:书记|主任|站长|组长|科|科长|指导员|队|队长|所|所长|姐|哥))(?:好|您好|你好)?[\s,。:：!]*(?=[^\u4e00-\u9fff]|我|想|明|今|后|下|请|能|因|家|这|周|\d|十|昨)|^(?:你好|您好|早上好|早|那个|嗯)[\s,。!]*/g,
  /(?:我)?(?:想要?|要|需要?|申请|打算|特|可能要|得|准备)?(?:要)?(?:跟您|向您|跟领导|向领导|跟你|给您)?(?:请|告|休|用|续|申请)(?:个|一下|下|一个|了)?(?:(?:[一二两三四五六七八九十半几\d]+(?:个)?(?:半)?(?:天|日|周|星期|礼拜|上午|下午)(?:半)?)(?:的)?|半天(?:的)?|上午|下午)?(?:个)?(?:事|病|年休|年|婚|产|丧|探亲|陪产|护理|育儿|公休)?假(?:申请)?(?:[一二两三四五六七八九十半\d]+(?:个)?(?:半)?(?:天|日|周|个上午|个下午)|半天|一下)?/g,
  /(?:我)?(?:想要?|要|申请|打算|准备)?(?:请|休|调休|补休|轮休)(?:[一二两三四五六七八九十半\d]+(?:个)?(?:半)?(?:天|日)|半天|上午|下午)/g,
  /(?:我)?(?:想要?|要|需要|申请|打算|准备|得)(?=$|[\s,，])/g,
  /(?:今天|明天|后天|周.|下周.)?.{0,3}(?:来不了|去不了|到不了|[来去]不成|上不了班|不能(?:来|去|到|参加)(?:了|上班|开会)?|参加不了|没法(?:来|去|参加)|无法(?:来|到|参加|出席)|不来了|不去了|赶不回来)(?:了)?/g,
  /(?:的)?(?:网格)?(?:周例会|例会|月会|会议|培训会?|研判会|季度会|动员会|部署会|座谈会|周会|碰头会)(?:我)?/g,
  /(?:工作|手上(?:的)?(?:事|活)|网格(?:里)?(?:的)?事情?|班)(?:我)?(?:已经?)?(?:跟|和|由|让|请|托|都).{1,8}(?:交接|代|顶|帮).{0,6}|(?:交接|代班|顶班).{0,10}$/g,
  /(?:工作|活儿?|手上的?(?:事|活)?|这边|网格(?:里)?|事情?)(?:我)?(?:已经?|都|先)?(?:托付?|交|拜托|转|让|请)(?:给)?[\u4e00-\u9fff]{1,4}(?:了|看着|顶着?|代|盯着?|管)?[\s,。]*$/g,
  /(?:想|要|打算|准备)?歇(?:个|上)?(?:[一二两三四五半\d]+(?:个)?(?:天|日|上午|下午)|一下)?|(?:请|告|休)[一二两三半]?[天日](?:的)?假?/g,
  /(?:请|望|求)?(?:领导|书记)?(?:批准|同意|准假|知悉|批一下|批示)|(?:麻烦)?(?:给)?(?:批|准)(?:一下|个)|(?:跟|向)(?:您|你|领导)(?:说|报告|报备)(?:一?声|一下)?|报备(?:一下)?|特此|下周?(?:恢复|再来).{0,4}$/g,
]
const EDGE_WORDS =
  /^(?:(?:上午|下午|早上|晚上|今晚|傍晚|夜里)(?=\S|$)|我|想|要|的|是|在|那天|共|一共|开始|和|从|期间|全天|一天|两天|三天|半天|整天|请|休|不|一|,|，|、|因为|由于|因|有点事情?,|有事,|到|至|号|请假|时间|原因|理由|事由|起|止|连续|左右|前后|本人|我想|我要|能不能|可以|可不可以|能否|\s|[:：()（）【】\-~—\d])+|(?:的|我|想|要|请|了的|,|，|、|需|需要|请假|休|所以|因此|故|准备|打算|那天|今天|明天|后天|上午|下午|\s|[()（）【】\-~—:：])+$/g

function findReason({ reading, text }: Evidence, whens: readonly When[]): string | undefined {
  const kind = KIND.exec(text)
  // Whatever is taken out leaves a mark, so that what stood apart stays apart.
  const kept = reading.surface.split('')
  const drop = (start: number, end: number): void => {
    for (let index = start; index < end; index++) kept[index] = '\uFFFC'
  }
  for (const when of whens) drop(when.start, when.end)
  for (const pattern of ASKING)
    for (const match of text.matchAll(pattern)) drop(match.index, match.index + match[0].length)
  for (const match of text.matchAll(
    /\d{1,2}[日号]?\s*[-~到至]\s*\d{1,2}[日号]|[一二两三四五六七八九十\d]+(?:个)?(?:半)?(?:天|日)(?=[\s,。]|$|假|\()/g,
  ))
    drop(match.index, match.index + match[0].length)
  const pieces = kept
    .join('')
    .split(/\uFFFC+|[\s,。;；!?\n]+/)
    .map(piece => trimWords(piece.replace(EDGE_WORDS, '')))
    .filter(
      piece =>
        piece.length >= 2 &&
        !/^(?:谢谢|辛苦|请假|同意|一天|两天|半天|上午|下午|晚上|今晚|小格|书记|主任|领导|好|收到|麻烦|打卡|记一下|记下|帮我|申请|假|说一声|说下)+$/.test(
          piece,
        ) &&
        !/(?:交接|代班|顶班|顶一下)/.test(piece),
    )
  if (pieces.length === 0) return kind?.[1]
  if (kind && !pieces.some(piece => /[去回看带陪接送照办参结生医院家孩老病痛]/.test(piece))) return kind[1]
  const [first, second] = pieces
  return joined(reading.surface, first!, second)
}

/** Two neighbouring pieces that were written together are one reason. */
function joined(surface: string, first: string, second: string | undefined): string {
  if (!second) return first
  const start = surface.indexOf(first)
  const end = surface.indexOf(second, start + first.length)
  const whole = end > 0 ? surface.slice(start, end + second.length) : first
  return whole.length <= first.length + second.length + 2 && !/请|假/.test(whole) ? whole : first
}

/** @returns the first and last day asked for. */
function findSpan({ text }: Evidence, whens: readonly When[]): { from: string; to: string } | undefined {
  const first = whens[0]
  if (!first) return undefined
  const from = first.day
  const second = whens[1]
  if (second && TO.test(text.slice(first.end, second.start) || ' ') && second.day >= from)
    return { from, to: second.day }
  const rest = text.slice(first.end)
  // 22到24号 and 12.28-30: the month stands only once.
  const open =
    /^\s*(?:[(（][^()（）]{1,6}[)）])?\s*[到至\-~—–]+\s*(\d{1,2}|[一二三四五六七八九十廿]{1,4})(?:[日号]|(?=[\s,。请休)）]|$))/.exec(
      rest,
    )
  if (open) {
    const to = makeDay(Number(from.slice(0, 4)), Number(from.slice(5, 7)), parseNumeral(open[1]!) ?? 0)
    if (to && to >= from) return { from, to }
  }
  const weekday = /^\s*[到至\-~、和]?\s*(?:这|下)?(?:周|星期|礼拜)?([一二三四五六日天])(?![天个点号月年户\d])/.exec(
    rest,
  )
  if (weekday && /周|星期|礼拜/.test(text.slice(first.start, first.end))) {
    const target = '一二三四五六日'.indexOf(weekday[1]!.replace('天', '日')) + 1
    const to = addDays(from, target - weekdayOf(from))
    if (to > from) return { from, to }
  }
  if (
    /^\s*[、和跟]?\s*后(?:天|两天|[二两]天)|明后/.test(text.slice(Math.max(0, first.end - 2), first.end + 4)) &&
    /明/.test(text.slice(first.start, first.end + 1))
  ) {
    return { from, to: addDays(from, 1) }
  }
  const earlier = /(\d{1,2}|[一二三四五六七八九十廿]{1,4})[号日]?\s*[到至\-~—、和]\s*$/.exec(text.slice(0, first.start))
  if (earlier) {
    const start = makeDay(Number(from.slice(0, 4)), Number(from.slice(5, 7)), parseNumeral(earlier[1]!) ?? 0)
    if (start && start < from && countDays(start, from) < 31) return { from: start, to: from }
  }
  if (second && second.day > from && /^[\s、,和跟及]*$/.test(text.slice(first.end, second.start)))
    return { from, to: whens.at(-1)!.day }
  const days = SPAN_DAYS.exec(text)
  const count = days ? parseNumeral((days[1] ?? days[2] ?? days[3])!) : undefined
  const weeks = /(?:请|休)\S{0,2}(一|两|1|2)个?(?:周|星期|礼拜)/.exec(text)
  if (weeks) return { from, to: addDays(from, 7 * (parseNumeral(weeks[1]!) ?? 1) - 1) }
  if (count !== undefined && count > 1 && count <= 60) return { from, to: addDays(from, count - 1) }
  return { from, to: from }
}

export function readRequestLeave(evidence: Evidence): SlotsOf['requestLeave'] {
  const { reading, text } = evidence
  const options = reading.input.isWorkday ? { isWorkday: reading.input.isWorkday } : {}
  let whens = reading.whens.filter(
    when =>
      !/(?:孩子|老婆|家里|昨晚|从)$/.test(text.slice(Math.max(0, when.start - 2), when.start)) ||
      when.day >= reading.input.at.slice(0, 10),
  )
  const today = reading.input.at.slice(0, 10)
  // What happened yesterday explains; what is asked for lies ahead, unless only the past is told.
  const ahead = whens.filter(when => when.day >= today)
  if (ahead.length > 0) whens = ahead
  const fromMeeting = MEETING.test(text) || reading.quote?.kind === 'meeting'
  if (whens.length === 0 && reading.quote?.kind === 'meeting') {
    const quoted = listWhens(reading.quote.text, reading.input.at, options)[0]
    if (quoted)
      return compact({ from: quoted.day, to: quoted.day, reason: findReason(evidence, []), fromMeeting: true as const })
  }
  // 下午拔牙, 请半天 means today's afternoon.
  if (whens.length === 0 && /(?:上午|下午|早上).{0,12}(?:请|半天)/.test(text) && !fromMeeting)
    whens = [{ day: today, isDeadline: false, start: 0, end: 0 }]
  const asksHalf =
    /半天|半日|(?:上午|下午|早上)\S{0,3}(?:告|歇)|(?:请|休|告|歇)\S{0,3}(?:上午|下午)|(?:上午|下午|早上)\S{0,4}(?:请|休)|(?:上午|下午|早上)(?:来不了|到不了|不能来)|(?:个|一)(?:上午|下午)/.test(
      text,
    )
  const span = findSpan(evidence, whens)
  const half = !fromMeeting && asksHalf && span && span.from === span.to ? findHalf(text, whens) : undefined
  return compact({ ...span, half, reason: findReason(evidence, reading.whens), fromMeeting: fromMeeting || undefined })
}

function findHalf(text: string, whens: readonly When[]): 'am' | 'pm' | undefined {
  const told = whens.find(when => when.half)?.half
  if (told) return told
  if (/上午|早上|上半天/.test(text)) return 'am'
  return /下午|下半天|午后/.test(text) ? 'pm' : undefined
}

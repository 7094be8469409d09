import type { MeetingKind, SlotsOf } from '../../../handlers/slots.ts'
import type { Evidence } from '../cues/cue.ts'
import { DOUBLE_SURNAMES, SURNAMES } from '../data/surnames.ts'
import { NUMERAL, parseNumeral, WHOLE } from '../numerals.ts'
import { renderWhen, type When } from '../when.ts'
import { compact, cut, trimWords } from './common.ts'

const KINDS: readonly [MeetingKind, RegExp][] = [
  ['analysis', /研判会|民情分析|分析研判|分析会|民情会/],
  ['quarterly', /季度(?:会|例会|工作会|总结会)|季会|[一二三四1-4]季度.{0,6}会/],
  ['monthly', /月会|月例会|月度(?:例)?会|月度工作会|[\d一二三四五六七八九十]月份?(?:的)?(?:社区)?(?:月)?例?会/],
  ['weekly', /周例会|例会|周会|每周会/],
  ['training', /培训|讲座|授课|练兵|实操|演练|业务学习|轮训|上课/],
]

/** The first time told that has a clock, else the first day that has not passed. */
function pickStart(whens: readonly When[], today: string, text: string): Pick<When, 'day' | 'time'> | undefined {
  const day = whens.find(when => when.time === undefined && when.day >= today && !when.isDeadline)
  const clock = whens.find(when => when.time !== undefined)
  // 周六社区月会照常，9点半: words stand between the day and its time of day.
  if (day && clock && clock.start > day.end && !NAMES_DAY.test(text.slice(clock.start, clock.end)))
    return { day: day.day, time: clock.time! }
  return (
    whens.find(when => when.time !== undefined && when.day >= today && !when.isDeadline) ??
    whens.find(when => when.day >= today && !when.isDeadline) ??
    whens.find(when => when.day >= today)
  )
}

const NAMES_DAY = /[天日周月号期拜今明后昨/-]|\d\.\d/
const PLACE_WORDS = /(?:地点|地址|会场|场地|在哪)\s*(?:[:：]|在|是|设在|定在|为)?\s*([^\n,。;；!]{2,20})/
const IN_PLACE =
  /(?:在|到|去|来|至)(?!(?:\d|[一二三四五六七八九十]+[点号月]|会|时|位|岗))([\u4e00-\u9fffA-Za-z\d]{2,16}?)(?:召开|举行|举办|开|集合|碰头|参加|进行|组织|碰个头|学习|集中|,|，|\s|。|$)/

export function readScheduleMeeting({ reading, text, places }: Evidence): SlotsOf['scheduleMeeting'] {
  const start = pickStart(reading.whens, reading.input.at.slice(0, 10), text)
  return compact({
    meetingKind: KINDS.find(([, pattern]) => pattern.test(text))?.[0] ?? 'other',
    start: start && renderWhen(start),
    place: findPlace({ reading, text, places }),
  })
}

function findPlace({ reading, text, places }: Pick<Evidence, 'reading' | 'text' | 'places'>): string | undefined {
  const told = PLACE_WORDS.exec(text)
  if (told && !/不变|照旧|同上|另行|待定|再定|再说|老地方$/.test(told[1]!)) {
    const start = told.index + told[0].lastIndexOf(told[1]!)
    return trimWords(reading.surface.slice(start, start + told[1]!.length)) || undefined
  }
  // 社区月会 and 街道培训 say whose meeting it is, not where.
  if (/(?:地点|地方|会场)\S{0,2}(?:不变|照旧|同上|另行|再定)/.test(text)) return undefined
  const real = places.filter(
    place =>
      place.strength >= 2 &&
      !(WHOSE.test(text.slice(place.start, place.end)) && OF_MEETING.test(text.slice(place.end))),
  )
  const best = [...real].sort((a, b) => rankRoom(text, b) - rankRoom(text, a) || a.start - b.start)[0]
  if (best) return cut(reading, best)
  const room = findRoom(reading)
  if (room) return cut(reading, room)
  const bare = IN_PLACE.exec(text)
  if (!bare || /会$|今天|明天|上午|下午|大家|准时|时候|现在|一起|通知/.test(bare[1]!)) return undefined
  const start = bare.index + bare[0].indexOf(bare[1]!)
  return trimWords(reading.surface.slice(start, start + bare[1]!.length)) || undefined
}

const ROOM =
  /(?:室|厅|堂|站|中心|所|房|馆|院|园|场|部|校|基地|广场|食堂|驿站|社区|居委会?|村委会?|街道|[一二三四五六七八九十\d][楼层]|门口|大门)$/

/** A piece between pauses that is nothing but the name of a room: …碰头会，网格驿站; 培训 街道机房 带好账号. */
function findRoom({ text, whens }: Evidence['reading']): { start: number; end: number } | undefined {
  for (const piece of text.matchAll(/[\u4e00-\u9fffA-Za-z\d]{2,14}/g)) {
    const [start, end] = [piece.index, piece.index + piece[0].length]
    if (!ROOM.test(piece[0]) || /会(?!议室|堂)|培训|请|参加|通知|网格员|网格长|各/.test(piece[0].replace(/委会/g, '')))
      continue
    if (!whens.some(when => start < when.end && end > when.start)) return { start, end }
  }
  return undefined
}

const WHOSE = /^(?:社区|街道|小区|村|园区)$/
const OF_MEETING = /^的?(?:\d{0,2}月份?)?(?:周|月|季|民情|例|业务|网格|培训|党员|会议|工作例|动员|部署)/

const rankRoom = (text: string, span: { start: number; end: number }): number => {
  const words = text.slice(span.start, span.end)
  return (
    (/会议室|礼堂|厅|教室|室|楼|中心|站|校|所|大厅|学校/.test(words) ? 2 : 0) +
    (/[在到]$/.test(text.slice(0, span.start)) ? 2 : 0) +
    (/^(?:召开|举行|举办|开|集合|碰|参加)/.test(text.slice(span.end)) ? 1 : 0)
  )
}

const DEDUCT = new RegExp(
  `扣(?:分|除|了|掉|\\s|[:：]|他|她|考核|该网格|网格)*(${NUMERAL}|半|[零一二]点[一二三四五六七八九])\\s*(?:分|(?=[\\s,。;]|$))|(?:-|减)\\s*(\\d+(?:\\.\\d+)?)\\s*分?(?=[\\s,。]|$)`,
)

const INSPECTED = new RegExp(
  `(?:网格(?:员|长)?|对象|姓名|被(?:查|督导|检查)人)[:\\s]*((?:${DOUBLE_SURNAMES}|[${SURNAMES}])[\\u4e00-\\u9fff]{1,2}?)(?=$|[^\\u4e00-\\u9fff]|督导|督查|检查|在岗|不在|脱岗|离岗|入户|台账|应知|走访|巡查|履职|记录|底数|未|没|迟到|扣)`,
)

/** Whoever is named right after the grid in an inspection is the one inspected, also where the name is a common word elsewhere. */
function findInspected(text: string): { start: number; end: number } | undefined {
  const match = INSPECTED.exec(text)
  if (!match || /^(?:应|边|台|记录|督|全|时|党|公|安全|管理|任务|项|路|巡|通|古|周|方|水|单)/.test(match[1]!))
    return undefined
  const end = match.index + match[0].length
  return { start: end - match[1]!.length, end }
}

export function readInspect({ reading, text, persons }: Evidence): SlotsOf['inspect'] {
  const match = DEDUCT.exec(text)
  const figure = match?.[1] ?? match?.[2]
  const deduct =
    figure === undefined
      ? undefined
      : figure === '半'
        ? 0.5
        : figure.includes('点')
          ? Number(`${parseNumeral(figure[0]!)}.${parseNumeral(figure.at(-1)!)}`)
          : parseNumeral(figure)
  const candidates = persons.filter(person => !person.isCompanion && person.form !== 'anonymous')
  const person =
    candidates.find(span =>
      /(?:网格员|网格长|网格|组长|对|抽查|督导|督查|暗访)了?\s*$/.test(text.slice(0, span.start)),
    ) ?? candidates.find(span => !/(?:奶奶|爷爷|阿姨|大爷|大妈|居民|老人|户)/.test(text.slice(span.start, span.end)))
  const named = person ?? findInspected(text)
  return compact({
    gridNo: reading.grids[0]?.value[0],
    person: named && cut(reading, named),
    deduct: deduct !== undefined && deduct > 0 ? deduct : undefined,
  })
}

const DRAW_COUNT = new RegExp(
  `(${WHOLE}|俩|仨)\\s*(?:个|名|位|组|支)?\\s*(?:人|网格|督导|检查|工作人员|同志|专职|兼职|社区|出来|组|$|[\\s,。])|抽(?:取|选|出|查|个|点)?\\s*(${WHOLE}|俩|仨)\\s*(?:个|名|位|组)?`,
)

export function readDraw({ text, reading }: Evidence): SlotsOf['draw'] {
  const dated = reading.whens.reduce(
    (rest, when) => rest.slice(0, when.start) + ' '.repeat(when.end - when.start) + rest.slice(when.end),
    text,
  )
  const match = DRAW_COUNT.exec(dated.replace('双随机', '   '))
  const count = match ? parseNumeral((match[1] ?? match[2])!.replace('俩', '两').replace('仨', '三')) : undefined
  const of =
    /督导员|督导组|督查员|督查组|检查员|检查组|检查人员|督导人员|督查人员|(?<!个网格.{0,8})谁(?:去|来|下去)(?:查|检查|督)|哪(?:几)?个(?:人)?去(?:查|检查)|督导(?!\S{0,4}网格)|谁去/.test(
      text.replace(/(?:个|名)网格(?!员|长).*$/, '个网格'),
    )
      ? ('inspectors' as const)
      : /网格员|专职|兼职|工作人员/.test(text)
        ? ('workers' as const)
        : /网格/.test(text)
          ? ('grids' as const)
          : undefined
  return compact({ count, of })
}

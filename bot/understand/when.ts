import { FESTIVALS, LUNAR } from './data/festivals.ts'
import { addDays, countDays, endOfMonth, isDay, makeDay, weekdayOf } from './days.ts'
import { NUMERAL, parseNumeral } from './numerals.ts'

/** A time told in a text: the day, the time of day where one is told, and where it stands (end exclusive). */
export interface When {
  /** `2026-11-20` */
  day: string
  /** `15:00`; absent where no time of day is told. */
  time?: string
  /** The half of the day that is named without an hour (`上午`, `下午`). */
  half?: 'am' | 'pm'
  /** True where 前, 之前, 内 or 截止 makes it a deadline. */
  isDeadline: boolean
  start: number
  end: number
}

export interface WhenOptions {
  /** The work calendar; Monday to Friday where it is not given. */
  isWorkday?: (day: string) => boolean
}

const WEEKDAYS: Record<string, number> = { 一: 1, 二: 2, 三: 3, 四: 4, 五: 5, 六: 6, 日: 7, 天: 7, 末: 6, 七: 7 }
for (let digit = 1; digit <= 7; digit++) WEEKDAYS[String(digit)] = digit

const N = NUMERAL
const NUM2 = '(?:\\d{1,2}|[一二三四五六七八九十廿卅]{1,4})'
const yearOf = (day: string): number => Number(day.slice(0, 4))
const monthOf = (day: string): number => Number(day.slice(5, 7))

/** The year that makes a told month and date nearest: up to two months back, else ahead. */
function nearestYear(today: string, month: number, date: number): string | undefined {
  for (const year of [yearOf(today) - 1, yearOf(today), yearOf(today) + 1]) {
    const day = makeDay(year, month, date)
    if (day && countDays(day, today) <= 60) return day
  }
  return undefined
}

function ofMonth(today: string, offset: number, date: number): string | undefined {
  const month = monthOf(today) - 1 + offset
  return makeDay(yearOf(today) + Math.floor(month / 12), (((month % 12) + 12) % 12) + 1, date)
}

type DayReader = (groups: (string | undefined)[], today: string, options: WhenOptions) => string | undefined

/** The first working day after the next run of three or more days off; undefined without a calendar. */
function findAfterHoliday(today: string, options: WhenOptions): string | undefined {
  const { isWorkday } = options
  if (!isWorkday) return undefined
  let off = 0
  for (let ahead = 0; ahead <= 60; ahead++) {
    const day = addDays(today, ahead)
    if (!isWorkday(day)) off++
    else if (off >= 3) return day
    else off = 0
  }
  return undefined
}

function findFestival(name: string, today: string): string | undefined {
  const lunar = LUNAR[name]
  if (lunar) return lunar.find(day => day >= today)
  const fixed = FESTIVALS[name]
  if (!fixed) return undefined
  const day = makeDay(yearOf(today), fixed[0], fixed[1])
  return day && day >= today ? day : makeDay(yearOf(today) + 1, fixed[0], fixed[1])
}

const asNumber = (text: string | undefined): number =>
  text === undefined ? Number.NaN : (parseNumeral(text) ?? Number.NaN)
const within = (days: number, today: string): string | undefined =>
  days >= 0 && days <= 400 ? addDays(today, days) : undefined

/** Each way to name a day, the more exact before the shorter; one of the characters of `hint` must stand in the text for it. */
const DAYS: readonly [hint: string, pattern: RegExp, read: DayReader][] = [
  [
    '年-/.',
    /(20\d\d|二[零〇][二三][零〇一二三四五六七八九])[年\-/.](\d{1,2}|[一二三四五六七八九十]{1,3})[月\-/.](\d{1,2}|[一二三四五六七八九十廿]{1,4})[日号]?/g,
    ([year, month, date]) => makeDay(asNumber(year), asNumber(month), asNumber(date)),
  ],
  [
    '月',
    new RegExp(`(明年|今年)?(${NUM2})月份?(?:的)?(${NUM2})(?:[日号]|(?![\\d日号月年个户人家]))`, 'g'),
    ([year, month, date], today) =>
      year === undefined
        ? nearestYear(today, asNumber(month), asNumber(date))
        : makeDay(yearOf(today) + (year === '明年' ? 1 : 0), asNumber(month), asNumber(date)),
  ],
  [
    '月',
    new RegExp(`(本月|这个月|当月|下个?月|上个?月)(?:的)?(${NUM2})[日号]?(?![\\d户家人个])`, 'g'),
    ([which, date], today) =>
      ofMonth(today, which!.startsWith('下') ? 1 : which!.startsWith('上') ? -1 : 0, asNumber(date)),
  ],
  [
    '/.',
    /(?<![\d.#/-])(1[0-2]|0?[1-9])[/.](3[01]|[12]\d|0?[1-9])(?![\d.]|公里|千米|km|小时|个|元|万|分|米|里|%|号?楼|幢)/gi,
    ([month, date], today) => nearestYear(today, Number(month), Number(date)),
  ],
  [
    '-',
    /(?<![\d.#/-])(1[0-2]|0?[1-9])-(3[01]|[12]\d|0?[1-9])(?=[日号前到至(（]|\s|之前|上午|下午|$)(?!\s*网格)/g,
    ([month, date], today) => nearestYear(today, Number(month), Number(date)),
  ],
  [
    '周期拜',
    /((?<!一)下+|(?<=一下)下|本|这个?|上|)个?(?:周|星期|礼拜)([一二三四五六日天末]|[1-7](?!\d))(?![户人个次遍圈里公家小年级期])/g,
    readWeekday,
  ],
  ['明', /明后[两二]?天|明后/g, (_, today) => addDays(today, 1)],
  ['后', /大后[天日]/g, (_, today) => addDays(today, 3)],
  ['后', /后[天日](?!井)/g, (_, today) => addDays(today, 2)],
  ['明二翌', /明[天日儿]|明(?=[早晚上下中])|第二天|翌日|明朝(?!代)/g, (_, today) => addDays(today, 1)],
  ['今当即', /今[天日儿朝]|今(?=[早晚])|当[天日]|即日/g, (_, today) => today],
  ['前', /前[天日](?!井)/g, (_, today) => addDays(today, -2)],
  ['昨', /昨[天日儿]|昨(?=[晚夜])/g, (_, today) => addDays(today, -1)],
  [
    '月',
    new RegExp(`(${NUM2})月(?:份)?(?:底|末)`, 'g'),
    ([month], today) => {
      const first = nearestYear(today, asNumber(month), 28)
      return first && endOfMonth(first)
    },
  ],
  [
    '底末',
    /(下个?月|本月|这个月|当月|月|下下?个?月)底|月末/g,
    ([which], today) => endOfMonth(today, which?.startsWith('下') ? 1 : 0),
  ],
  ['中', /(下个?月|本月|这个月|月)中旬?/g, ([which], today) => ofMonth(today, which!.startsWith('下') ? 1 : 0, 15)],
  [
    '年岁',
    /(今年|本年|明年)?年底|岁末/g,
    ([which], today) => makeDay(yearOf(today) + (which === '明年' ? 1 : 0), 12, 31),
  ],
  ['内', /(?:本|这个?)(?:周|星期|礼拜)(?:内|之内|以内)/g, (_, today) => addDays(today, 7 - weekdayOf(today))],
  ['内', /下个?(?:周|星期|礼拜)(?:内|之内|以内)/g, (_, today) => addDays(today, 14 - weekdayOf(today))],
  ['内', /(?:本|这个?)月(?:内|之内|以内)/g, (_, today) => endOfMonth(today)],
  [
    '内',
    new RegExp(`(${N})个?(?:周|星期|礼拜)(?:之|以)?内`, 'g'),
    ([weeks], today) => within(asNumber(weeks) * 7, today),
  ],
  [
    '内',
    new RegExp(`(${N})个?工作日(?:之|以)?内`, 'g'),
    ([count], today, options) => addWorkdays(today, asNumber(count), options),
  ],
  ['内', new RegExp(`(${N})[天日](?:之|以)?内`, 'g'), ([days], today) => within(asNumber(days), today)],
  [
    '后',
    /(?:节|假期?|收假)后(?:上班)?第一(?:个工作日|天)|节后(?:一?上班|开工)/g,
    (_, today, options) => findAfterHoliday(today, options),
  ],
  [
    '前当那上下',
    new RegExp(
      `(?:今年|明年)?(${[...Object.keys(FESTIVALS), ...Object.keys(LUNAR)].join('|')})(?:节)?(?:当天)?(?=之?前|当天|那天|上午|下午)`,
      'g',
    ),
    ([name], today) => findFestival(name!, today),
  ],
  [
    '日号',
    new RegExp(
      `(?<![\\d#第月.\\-路街巷弄村区园苑一二三四五六七八九十])(${NUM2})[日号](?!楼|幢|栋|门|院|提示|单|通知|任务|事件|网格|[案隐假]|井|桥|厂|路|口|馆|仓|线|车|机|泵)`,
      'g',
    ),
    ([date], today) => {
      const value = asNumber(date)
      const day = ofMonth(today, 0, value)
      return day && day >= today ? day : (ofMonth(today, 1, value) ?? ofMonth(today, 2, value))
    },
  ],
]

function readWeekday([which, name]: (string | undefined)[], today: string): string {
  const target = WEEKDAYS[name!]! - weekdayOf(today)
  if (which === '上') return addDays(today, target - 7)
  if (which?.startsWith('下')) return addDays(today, target + 7 * which.length)
  if (which === '') return addDays(today, target < 0 ? target + 7 : target)
  return addDays(today, target)
}

function addWorkdays(today: string, count: number, { isWorkday }: WhenOptions): string | undefined {
  if (!(count > 0 && count <= 60)) return undefined
  const works = isWorkday ?? (day => weekdayOf(day) <= 5)
  let day = today
  for (let left = count, steps = 0; left > 0 && steps < 400; steps++) {
    day = addDays(day, 1)
    if (works(day)) left--
  }
  return day
}

const PART =
  '(凌晨|清早|大清早|一大早|早上|早晨|上午|中午|正午|下午|午后|傍晚|晚上|晚间|夜里|夜间|今晚|今早|明早|明晚|早|晚|上|下)?'
const CLOCK = new RegExp(
  `${PART}\\s*的?(?:(\\d{1,2}|[一二三四五六七八九十两]{1,3})(?:点钟?|时(?!间|候|长|段))(?:(半)|([一三1-3])刻|零?(\\d{1,2}|[一二三四五]?十[一二三四五六七八九]?|[一二三四五六七八九])分?)?(?!建议|意见|[多来几]?[建想要求])|(\\d{1,2})[:：](\\d{2})(?::\\d{2})?(?!\\d))`,
  'g',
)

interface Clock {
  time: string
  nextDay: boolean
  start: number
  end: number
}

function readClock(match: RegExpMatchArray): Clock | undefined {
  const [whole, part, hourText, half, quarter, minuteText, digitalHour, digitalMinute] = match
  let hour = asNumber(hourText ?? digitalHour)
  const minute = half
    ? 30
    : quarter
      ? asNumber(quarter) * 15
      : minuteText
        ? asNumber(minuteText)
        : asNumber(digitalMinute ?? '0')
  if (!(hour >= 0 && hour <= 24 && minute >= 0 && minute < 60)) return undefined
  const isMorning = part !== undefined && /[早晨]|上午|^上$/.test(part)
  const isLate = part !== undefined && /[下晚傍夜]|午后/.test(part)
  let nextDay = false
  if (isLate && hour === 12 && /[晚夜]/.test(part)) {
    hour = 0
    nextDay = true
  } else if ((isLate && hour < 12) || (part !== undefined && /[中正]午/.test(part) && hour < 11)) hour += 12
  // A bare hour between 1 and 6 at work is the afternoon; written 06:30 it is the morning.
  else if (!isMorning && part === undefined && hour >= 1 && hour <= 6 && !digitalHour?.startsWith('0')) hour += 12
  if (hour === 24) {
    hour = 0
    nextDay = true
  }
  const start = match.index!
  return {
    time: `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`,
    nextDay,
    start,
    end: start + whole.length,
  }
}

function listClocks(text: string): Clock[] {
  if (!/[点时:：]/.test(text)) return []
  const clocks: Clock[] = []
  for (const match of text.matchAll(CLOCK)) {
    const before = text.slice(Math.max(0, match.index - 2), match.index)
    const after = text.slice(match.index + match[0].length, match.index + match[0].length + 2)
    // 反映5点建议 and 有三点要求 count things; 1点5公里 is a decimal.
    if (/[反提出有讲说共]$/.test(before) && !match[1]) continue
    if (/^(?:公里|千米|建|意|要|问|内|希)/.test(after)) continue
    const clock = readClock(match)
    if (clock) clocks.push(clock)
  }
  return clocks
}

interface DayFound {
  day: string
  start: number
  end: number
}

/** Without one of these characters no day is told. */
const DAY_HINT = /[天日月周期拜号内底末节今明后昨翌岁/.-]|年|元旦|清明|五一|六一|国庆|春节|端午|中秋/

function listDays(text: string, today: string, options: WhenOptions): DayFound[] {
  const found: DayFound[] = []
  if (!DAY_HINT.test(text)) return found
  for (const [hint, pattern, read] of DAYS) {
    if (!includesAny(text, hint)) continue
    for (const match of text.matchAll(pattern)) {
      const [start, end] = [match.index, match.index + match[0].length]
      if (found.some(other => start < other.end && end > other.start)) continue
      const day = read(match.slice(1), today, options)
      if (day) found.push({ day, start, end })
    }
  }
  found.sort((a, b) => a.start - b.start)
  // The weekday in 12月4日(周五) repeats the date before it; it is no day of its own.
  return joinBracketedDates(text, found).filter((day, index, days) => {
    const previous = days[index - 1]
    if (!previous) return true
    const between = text.slice(previous.end, day.end)
    return !(
      BRACKETED_WEEKDAY.test(between) ||
      (WEEKDAY_NOTE.test(between) && !/周|星期|礼拜/.test(text.slice(previous.start, previous.end)))
    )
  })
}

/** In 本周五(3月26日) the date in brackets is exact and the weekday repeats it: one day, told by both. */
function joinBracketedDates(text: string, days: readonly DayFound[]): DayFound[] {
  const joined: DayFound[] = []
  for (const day of days) {
    const previous = joined.at(-1)
    const close = BRACKET_CLOSES.exec(text.slice(day.end))
    if (
      previous &&
      close &&
      BRACKET_OPENS.test(text.slice(previous.end, day.start)) &&
      !WEEKDAY_ALONE.test(text.slice(day.start, day.end))
    )
      joined[joined.length - 1] = { day: day.day, start: previous.start, end: day.end + close[0].length }
    else joined.push(day)
  }
  return joined
}

const BRACKET_OPENS = /^\s*[(（]\s*$/
const BRACKET_CLOSES = /^\s*(?:[,，、]?\s*(?:周|星期|礼拜)[一二三四五六日天])?\s*[)）]/
const WEEKDAY_ALONE = /^(?:周|星期|礼拜)/
const BRACKETED_WEEKDAY = /^\s*[(（]\s*(?:周|星期|礼拜)[一二三四五六日天]$/
function includesAny(text: string, characters: string): boolean {
  for (const character of characters) if (text.includes(character)) return true
  return false
}

const WEEKDAY_NOTE = /^\s*(?:周|星期|礼拜)[一二三四五六日天]$/

/** What may stand between a day and its time of day: brackets with the weekday, particles, spaces. */
const BETWEEN = /^[\s,、的]*(?:[(（][^()（）]{1,6}[)）])?[\s,、的]*(?:(?:周|星期|礼拜)[一二三四五六日天])?[\s,、的]*$/
const HALF = /^[\s的]*(?:[(（][^()（）]{1,6}[)）])?[\s的]*(上午|早上|上半天|下午|下半天|午后)/
const DEADLINE =
  /^\s*(?:[(（][^()（）]{1,6}[)）])?\s*(?:(?:下班|晚上|中午|上午|下午|收工|天黑|当天)\s*(?=之?前))?(?:之前|以前|前(?!台|往|去|面|期|门|村|街|进)|为止|截止|截至|止(?!损)|内)/

/**
 * Finds the times told in `text`, in order. A time of day belongs to the day before it; one without a day is today's,
 * or tomorrow's where 明早, 明晚 say so.
 *
 * @param at local wall time `2026-11-18T08:21` of the message; nothing is found where it is none
 */
export function listWhens(text: string, at: string, options: WhenOptions = {}): When[] {
  const today = at.slice(0, 10)
  if (!isDay(today)) return []
  const days = listDays(text, today, options)
  const clocks = listClocks(text)
  const used = new Set<Clock>()
  const whens: When[] = days.map((day, index) => {
    const next = days[index + 1]?.start ?? text.length
    const clock = clocks.find(
      candidate =>
        candidate.start >= day.end - 1 &&
        candidate.start < next &&
        BETWEEN.test(text.slice(day.end, Math.max(day.end, candidate.start))),
    )
    if (clock) used.add(clock)
    const half = clock ? undefined : HALF.exec(text.slice(day.end))
    const end = clock?.end ?? day.end + (half?.[0].length ?? 0)
    const when: When = {
      day: clock?.nextDay ? addDays(day.day, 1) : day.day,
      isDeadline:
        DEADLINE.test(text.slice(end)) ||
        DEADLINE.test(text.slice(day.end)) ||
        /内$/.test(text.slice(day.start, day.end)),
      start: day.start,
      end,
    }
    if (clock) when.time = clock.time
    if (half) when.half = /[早上]/.test(half[1]!) ? 'am' : 'pm'
    return when
  })
  for (const clock of clocks) {
    if (used.has(clock)) continue
    const word = text.slice(clock.start, clock.end)
    const day = addDays(today, (/^明/.test(word) ? 1 : 0) + (clock.nextDay ? 1 : 0))
    whens.push({
      day,
      time: clock.time,
      isDeadline: DEADLINE.test(text.slice(clock.end)),
      start: clock.start,
      end: clock.end,
    })
  }
  return whens.sort((a, b) => a.start - b.start)
}

/** A time as a slot: `2026-11-20T15:00`, or the day alone. */
export function renderWhen({ day, time }: Pick<When, 'day' | 'time'>): string {
  return time === undefined ? day : `${day}T${time}`
}

/**
 * Reads the answer to an open question about a time (时间节点: 下周三前).
 *
 * @returns the slot form, or undefined where the text tells no time
 */
export function parseWhen(text: string, at: string, options: WhenOptions = {}): string | undefined {
  const whens = listWhens(text, at, options)
  const when = whens.find(candidate => candidate.isDeadline) ?? whens[0]
  return when && renderWhen(when)
}

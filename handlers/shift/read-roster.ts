import type { Pack } from '../../policy/pack.ts'
import { addDays, addMonths, type Day, isDay, listDays, mondayOf, yearOf } from '../../policy/time.ts'
import type { Member, Roster } from '../../storage/roster.ts'

/** One line of a duty roster: on these days this turn is theirs. */
export interface RosterLine {
  days: Day[]
  shift: string
  members: Member[]
}

/** A line that cannot be read, with the reason in words. */
export interface RosterFault {
  line: string
  why: string
}

const DAY = String.raw`(?:昨天|今天|明天|后天|(?:本|这|下)?(?:周|星期)[一二三四五六日天]|(?:\d{4}年)?\d{1,2}月\d{1,2}[日号]?|\d{1,2}[/.]\d{1,2}|\d{1,2}[日号])`
const DAYS = new RegExp(`^(${DAY})(?:\\s*(?:至|到|-|—|~|～)\\s*(${DAY}))?`, 'u')
const WEEKDAYS = '一二三四五六日'
/** A roster is written for the days to come; a month and day that far back belong to the next year. */
const PAST_MONTHS = 6
const LONGEST_SPAN_DAYS = 62

/** Reads `11月20日 夜班 @张三 @李四`, one line a turn; every fault at once. */
export function readRosterLines(
  text: string,
  facts: { roster: Roster; shifts: NonNullable<Pack['shifts']>; today: Day },
): { lines: RosterLine[]; faults: RosterFault[] } {
  const lines: RosterLine[] = []
  const faults: RosterFault[] = []
  for (const line of text.split(/[\n；;]/u).map(part => part.trim())) {
    if (line === '') continue
    const read = readLine(line, facts)
    if ('why' in read) faults.push({ line, why: read.why })
    else lines.push(read)
  }
  return { lines, faults }
}

function readLine(
  line: string,
  { roster, shifts, today }: { roster: Roster; shifts: NonNullable<Pack['shifts']>; today: Day },
): RosterLine | { why: string } {
  const [told, from, to] = DAYS.exec(line) ?? []
  const first = from && readDay(from, today)
  const last = to ? readDay(to, today) : first
  if (told === undefined || !first || !last) return { why: '没看懂日期' }
  if (last < first) return { why: '止日在起日之前' }
  const days = listDays({ from: first, to: last })
  if (days.length > LONGEST_SPAN_DAYS) return { why: '一次最多排两个月' }
  if (first < today) return { why: '日期已经过了' }
  const rest = line.slice(told.length).replace(/^[\s,，:：]+/u, '')
  const kind = shifts.kinds.value.find(({ name }) => rest.startsWith(name))
  if (!kind) return { why: `班次应是${shifts.kinds.value.map(({ name }) => name).join('、')}之一` }
  const names = rest
    .slice(kind.name.length)
    .split(/[\s,，、:：@＠和]+/u)
    .filter(name => name !== '')
  if (names.length === 0) return { why: '没写是谁' }
  const members: Member[] = []
  for (const name of names) {
    const [member, other] = roster.membersNamed(name)
    if (!member) return { why: `名册里没有“${name}”` }
    if (other) return { why: `叫“${name}”的不止一个` }
    if (!members.includes(member)) members.push(member)
  }
  return { days, shift: kind.name, members }
}

/** The next day of this name; undefined where there is no such day. */
export function readDay(told: string, today: Day): Day | undefined {
  const place = ['昨天', '今天', '明天', '后天'].indexOf(told)
  if (place >= 0) return addDays(today, place - 1)
  const [, week, weekday] = /^(本|这|下)?(?:周|星期)([一二三四五六日天])$/u.exec(told) ?? []
  if (weekday) {
    const offset = WEEKDAYS.indexOf(weekday === '天' ? '日' : weekday) + (week === '下' ? 7 : 0)
    const day = addDays(mondayOf(today), offset)
    return week === undefined && day < today ? addDays(day, 7) : day
  }
  const [, year, month, date] = /^(?:(\d{4})年)?(?:(\d{1,2})[月/.])?(\d{1,2})[日号]?$/u.exec(told) ?? []
  if (date === undefined) return undefined
  const pad = (part: string) => part.padStart(2, '0')
  if (month === undefined) {
    const here = `${today.slice(0, 8)}${pad(date)}`
    return here >= today && isDay(here)
      ? here
      : findDay(`${addMonths(`${today.slice(0, 7)}-01`, 1).slice(0, 8)}${pad(date)}`)
  }
  const inYear = (of: number) => findDay(`${of}-${pad(month)}-${pad(date)}`)
  if (year) return inYear(Number(year))
  const day = inYear(yearOf(today))
  return day && day < addMonths(today, -PAST_MONTHS) ? inYear(yearOf(today) + 1) : day
}

function findDay(text: string): Day | undefined {
  return isDay(text) ? text : undefined
}

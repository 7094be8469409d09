import type { WorkCalendar } from './calendar.ts'
import type { Pack } from './pack.ts'
import { addDays, type Day, type DayRange, isoWeekOf, isWithin, monthOf, periodRange, quarterOf } from './time.ts'

/** How often somebody is to be visited. */
export interface VisitFrequency {
  atLeast: number
  per: 'week' | 'month' | 'quarter'
}

/** A list of people or places to visit. */
export interface VisitList {
  /** As the document calls it: 低保户. */
  name: string
  /** What its codes begin with: 低保. */
  short: string
  /** Absent: the list is only kept. */
  frequency?: VisitFrequency
  /** Counts alone for everybody but those who answer for it; nothing of it in a group. Source: S1-24, S4D-36 */
  isClosed: boolean
  /** Absent where no document asks for the list. */
  clause?: string
}

/** Lists that no office may show around, whichever pack is in force. */
const SENSITIVE = /矫正|帮教|刑释|刑满|吸毒|戒毒|精神|精障|肇事|邪教|涉稳|信访|上访|重点人员|艾滋|应征/u
/** Whether a kind of visit or list, told beside somebody's name, says what must not be known of them. Source: S1-24, S4D-36 */
export function isSensitiveKind(kind: string | undefined): boolean {
  return kind !== undefined && SENSITIVE.test(kind)
}

/** What kinds of people and places end with: what is written before it is the short name. */
const KIND_END = /(?:家庭|对象|人员|人口|患者|场所|儿童|老人|党员|民兵|青年|军人|企业|户|属|者|人)$/u
const LONGEST_SHORT = 4

/** Every list of the pack. */
export function listVisitLists(pack: Pick<Pack, 'visitLists' | 'privacy'>): VisitList[] {
  const closed = new Set(pack.privacy.closedLedgers.value)
  return pack.visitLists.map(({ value, clause }) => ({
    name: value.of,
    short: value.short ?? shorten(value.of),
    frequency: value.atLeast > 0 ? { atLeast: value.atLeast, per: value.per } : undefined,
    isClosed: isSensitiveKind(value.of) || (value.ledger !== undefined && closed.has(value.ledger)),
    clause,
  }))
}

/**
 * The list that people mean: one of the pack by its name, its short name or part of it (低保, 残疾人), else one of the office's own, whose
 * name says what kind of people or places stand on it.
 *
 * @returns undefined where the words name no kind of people or places
 */
export function findVisitList(pack: Pick<Pack, 'visitLists' | 'privacy'>, told: string): VisitList | undefined {
  const name = told.normalize('NFKC').trim()
  const lists = listVisitLists(pack)
  const same = lists.find(list => listVariants(list.name).includes(plain(name)) || list.short === name)
  if (same) return same
  const stem = stemOf(name)
  const alike = lists.filter(
    list => stemOf(list.name) === stem || (stem.length >= 2 && plain(list.name).includes(stem)),
  )
  if (alike.length === 1) return alike[0]
  if (!/^[\p{Script=Han}、]{2,12}$/u.test(name) || !KIND_END.test(name)) return undefined
  return { name, short: shorten(name), isClosed: isSensitiveKind(name) }
}

function plain(name: string): string {
  return name.replace(/[、\s]/g, '')
}

/** Without what kind of people or places it is, where that leaves something to go by: 低保, 独居; 党员 and 军属 stay whole. */
function stemOf(name: string): string {
  const bare = plain(name)
  const stem = bare.replace(KIND_END, '')
  return stem.length >= 2 ? stem : bare
}

/** 军、烈属 are 军属 and 烈属. */
function listVariants(name: string): string[] {
  const [, first, second, end] = /^(\p{Script=Han})、(\p{Script=Han})(\p{Script=Han}+)$/u.exec(name) ?? []
  return [plain(name), ...(end ? [`${first}${end}`, `${second}${end}`] : [])]
}

function shorten(name: string): string {
  return stemOf(name).slice(0, LONGEST_SHORT)
}

/** When somebody was called on; `seen` is false for a dated attempt. */
export interface VisitDay {
  day: Day
  seen: boolean
}

export interface VisitFacts {
  frequency?: VisitFrequency
  /** Since when the person stands on the list. */
  from: Day
  /** The last day of a pause. */
  pausedUntil?: Day
  closedOn?: Day
  /** In any order; undone ones left out. */
  visits: readonly VisitDay[]
  /** So many attempts on different days count as a visit; absent: none do. Source: S2-24 */
  attempts?: number
  calendar: Pick<WorkCalendar, 'workdaysBetween'>
}

export interface VisitVerdict {
  /** `attempted`: done by dated attempts alone, which lists flag. */
  state: 'done' | 'attempted' | 'owed' | 'paused' | 'free'
  /** The span in which it is owed. */
  period: DayRange
  /** Visits still missing in the span. */
  left: number
  /** Attempts in the span on different days. */
  attempts: number
  /** Whether the span before passed without it, and nobody has been there since. */
  overdue: boolean
}

/** Whoever comes onto a list later than so many working days before its span ends owes nothing in that span. */
const SETTLING_WORKDAYS = 5

/**
 * How the visits to one person or place stand on a day. Nothing is owed before they came onto the list, while they are away, and after
 * they left it.
 * Source: S1-16, S1-20, S2-24
 */
export function judgeVisits(facts: VisitFacts, day: Day): VisitVerdict {
  const { frequency } = facts
  if (!frequency || facts.closedOn !== undefined) {
    return { state: 'free', period: { from: day, to: day }, left: 0, attempts: 0, overdue: false }
  }
  const period = spanOf(frequency, day)
  const now = countIn(facts, frequency, period)
  const isPaused = facts.pausedUntil !== undefined && day <= facts.pausedUntil
  const overdue = !isPaused && now.visits === 0 && isMissed(facts, frequency, addDays(period.from, -1))
  if (now.left === 0) return { ...now, state: now.byAttempts ? 'attempted' : 'done', period, overdue: false }
  const state = isPaused ? 'paused' : isDueIn(facts, period) ? 'owed' : 'free'
  return { ...now, state, period, overdue }
}

function isMissed(facts: VisitFacts, frequency: VisitFrequency, lastDay: Day): boolean {
  const before = spanOf(frequency, lastDay)
  const wasPaused = facts.pausedUntil !== undefined && facts.pausedUntil >= before.to
  return !wasPaused && isDueIn(facts, before) && countIn(facts, frequency, before).left > 0
}

function countIn(
  { visits, attempts = Number.POSITIVE_INFINITY }: VisitFacts,
  { atLeast }: VisitFrequency,
  span: DayRange,
) {
  const inSpan = visits.filter(({ day }) => isWithin(day, span))
  const seen = inSpan.filter(one => one.seen).length
  const tried = new Set(inSpan.filter(one => !one.seen).map(({ day }) => day)).size
  const counted = seen + Math.floor(tried / attempts)
  return {
    visits: counted,
    attempts: tried,
    left: Math.max(0, atLeast - counted),
    byAttempts: seen < atLeast,
  }
}

function isDueIn({ from, calendar }: VisitFacts, span: DayRange): boolean {
  const workdays = calendar.workdaysBetween(from < span.from ? span.from : from, span.to).length
  return from <= span.from ? workdays > 0 : workdays > SETTLING_WORKDAYS
}

function spanOf({ per }: VisitFrequency, day: Day): DayRange {
  const name = { week: isoWeekOf, month: monthOf, quarter: quarterOf }[per](day)
  return periodRange(name)
}

/** The day on which somebody reaches an age; born on 29 February: 1 March in a short year. */
export function birthdayAt(bornOn: Day, age: number): Day {
  const year = Number(bornOn.slice(0, 4)) + age
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return bornOn.endsWith('-02-29') && !isLeap ? `${year}-03-01` : `${year}${bornOn.slice(4)}`
}

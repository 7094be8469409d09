import type { WorkCalendar } from './calendar.ts'
import type { NoticePart, NoticeRules } from './pack.ts'
import { dayOf, instantAt, parseInstant } from './time.ts'
import type { Verdict } from './verdict.ts'

export interface BroadcastVerdict {
  /** Now · in the compiled run of the day · first thing on a later working day. */
  when: 'atOnce' | 'compiled' | 'deferred'
  /** The instant at which the notice goes out. */
  at: number
  /** 顺延: not on the day of the signature. */
  deferred: boolean
  /** The day it goes out lies in a year whose holidays are not known. */
  provisional: boolean
  clause: string
}

export interface IssuingFacts {
  kind: 'campaign' | 'standing'
  /** The instant of the principal's signature decides, not the handling. */
  signedAt: number
  now: number
  /** 加急: the principal's reason for sending at once; without one nothing is expedited. */
  expediteReason?: string
  rules: NoticeRules
  calendar: WorkCalendar
}

/**
 * When a signed notice goes out.
 *
 * Before 15:45:00 of a working day: in the compiled run at 15:45 · up to 15:59:59.999: at once · from 16:00:00 or on a
 * non-working day: at 08:30 of the next working day, unless expedited. A standing task goes out on signature.
 * Source: S0-21 (当日16:00前), S0-20; contract "Task notices"
 */
export function judgeIssuing({ kind, signedAt, now, expediteReason, rules, calendar }: IssuingFacts): BroadcastVerdict {
  const day = dayOf(signedAt)
  const clause = rules.cutoff.clause
  const atOnce = { when: 'atOnce', at: now, deferred: false, provisional: false, clause } as const
  if (kind === 'standing' || expediteReason?.trim()) return atOnce

  const provisional = !calendar.isKnown(day)
  if (isInTime(signedAt, rules, calendar)) {
    const compiledAt = instantAt(day, rules.compileAt.value)
    if (signedAt >= compiledAt) return { ...atOnce, provisional }
    return { when: 'compiled', at: compiledAt, deferred: false, provisional, clause }
  }
  const next = calendar.nextWorkday(day)
  const at = instantAt(next, rules.deferredAt.value)
  return { when: 'deferred', at, deferred: true, provisional: provisional || !calendar.isKnown(next), clause }
}

/** On a working day before the cutoff. */
function isInTime(at: number, rules: NoticeRules, calendar: WorkCalendar): boolean {
  const day = dayOf(at)
  return calendar.isWorkday(day) && at < instantAt(day, rules.cutoff.value)
}

/**
 * Whether 党政办 may send a signed notice at once: on a working day before the cutoff. Afterwards only the principal
 * can, by 加急: `reason` is `after-cutoff` or `not-a-workday`, `dueAt` the cutoff. Source: S0-21
 */
export function judgeDirectIssue(now: number, rules: NoticeRules, calendar: WorkCalendar): Verdict {
  const day = dayOf(now)
  const dueAt = instantAt(day, rules.cutoff.value)
  const verdict = { clause: rules.cutoff.clause, day, dueAt, provisional: !calendar.isKnown(day) }
  if (!calendar.isWorkday(day)) return { ok: false, reason: 'not-a-workday', ...verdict }
  return now < dueAt ? { ok: true, ...verdict } : { ok: false, reason: 'after-cutoff', ...verdict }
}

export interface MissedBroadcastVerdict extends BroadcastVerdict {
  /** 迟发: signed in time, sent at or after the cutoff of that day. */
  late: boolean
  /** Its day is lost: 党政办 must hear of it, once. */
  alarm: boolean
}

export interface MissedBroadcastFacts {
  signedAt: number
  /** The instant of the run that the program slept through. */
  dueAt: number
  now: number
  rules: NoticeRules
  calendar: WorkCalendar
}

/**
 * What becomes of a broadcast that fell due while the program was down: at once until 18:00 of that day, after that at
 * 08:30 of the next working day. That run can be missed in its turn; then the same holds on its day.
 * Source: S0-21; contract "Missed jobs"
 */
export function judgeMissedBroadcast(facts: MissedBroadcastFacts): MissedBroadcastVerdict {
  const { signedAt, dueAt, now, rules, calendar } = facts
  const clause = rules.cutoff.clause
  let day = dayOf(dueAt)
  let runAt = dueAt
  while (now >= instantAt(day, rules.lateUntil.value)) {
    day = calendar.nextWorkday(day)
    runAt = instantAt(day, rules.deferredAt.value)
  }
  const at = Math.max(now, runAt)
  return {
    when: at > now ? 'deferred' : 'atOnce',
    at,
    deferred: day !== dayOf(signedAt),
    late: isReachedLate(signedAt, at, rules, calendar),
    alarm: runAt !== dueAt,
    provisional: !calendar.isKnown(day),
    clause,
  }
}

/** 迟发: signed in time, but a group got it at or after the cutoff of that day, or on a later one. Source: S0-21 */
export function isReachedLate(
  signedAt: number,
  reachedAt: number,
  rules: NoticeRules,
  calendar: WorkCalendar,
): boolean {
  return isInTime(signedAt, rules, calendar) && reachedAt >= instantAt(dayOf(signedAt), rules.cutoff.value)
}

export interface MissingPart {
  part: NoticePart
  /** As the document calls it: `考核规定`. */
  name: string
  /** Not there · there, but names no date (`尽快`). */
  why: 'absent' | 'vague'
}

/** Words that fill a part without saying anything. */
const emptyWords = /^(无|没有|略|待定|暂无|同上|见附件)?$/u
const noise = /[\s\p{P}\p{S}]/gu

/**
 * Which of the four parts of a notice are missing, in the order of the document; none means complete.
 *
 * @param draft `due` is a day or local time (`2026-11-20`, `2026-11-20T15:00`); other words there count as vague
 * Source: S0-22 (应当明确工作内容、任务要求、时间节点和考核规定)
 */
export function missingParts(draft: Partial<Record<NoticePart, string>>, rules: NoticeRules): MissingPart[] {
  const names = rules.parts.value
  const order: NoticePart[] = ['content', 'requirement', 'due', 'appraisal']
  return order.flatMap(part => {
    const why = judgePart(part, draft[part] ?? '')
    return why ? [{ part, name: names[part], why }] : []
  })
}

function judgePart(part: NoticePart, words: string): MissingPart['why'] | undefined {
  if (emptyWords.test(words.replace(noise, ''))) return 'absent'
  return part === 'due' && parseInstant(words) === undefined ? 'vague' : undefined
}

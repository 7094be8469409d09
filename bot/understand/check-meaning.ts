import type { Meaning } from '../../handlers/slots.ts'
import { CATEGORIES, INTENTS, TOPICS } from './classes.ts'
import { isDay } from './days.ts'

type Check = (value: unknown) => boolean

const oneOf =
  (...words: string[]): Check =>
  value =>
    typeof value === 'string' && words.includes(value)
const isWords: Check = value => typeof value === 'string' && value.trim() !== '' && value.length <= 500
const isNumber: Check = value =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 1_000_000
const isMinutes: Check = value => isNumber(value) && (value as number) <= 24 * 60
const isAmount: Check = value => typeof value === 'number' && Number.isFinite(value) && value > 0 && value <= 1000
const isDate: Check = value => typeof value === 'string' && isDay(value)
const isWhen: Check = value =>
  typeof value === 'string' && isDay(value.slice(0, 10)) && /^(?:T(?:[01]\d|2[0-3]):[0-5]\d)?$/.test(value.slice(10))
const isGrids: Check = value => Array.isArray(value) && value.length > 0 && value.length <= 200 && value.every(isNumber)
const isBoolean: Check = value => typeof value === 'boolean'
const isTrue: Check = value => value === true

/** The slots of every intent with what their values may be, as the annotation guide says. */
const SLOTS: Record<Meaning['intent'], Record<string, Check>> = {
  checkIn: { kind: oneOf('on', 'off') },
  visit: { person: isWords, place: isWords, minutes: isMinutes },
  patrol: { place: isWords, minutes: isMinutes, km: isAmount },
  reportIncident: { category: oneOf(...CATEGORIES), urgent: isTrue, place: isWords },
  submitInfo: { topic: oneOf(...TOPICS), place: isWords },
  acknowledge: { no: isNumber },
  reportProgress: { no: isNumber, done: isBoolean, count: isNumber },
  draftNotice: { due: isWhen, gridNos: isGrids, content: isWords, requirement: isWords, appraisal: isWords },
  decide: {
    target: oneOf('notice', 'leave', 'incident'),
    no: isNumber,
    decision: oneOf('approve', 'sign', 'reject', 'issue'),
    reason: isWords,
  },
  scheduleMeeting: {
    meetingKind: oneOf('weekly', 'monthly', 'quarterly', 'analysis', 'training', 'other'),
    start: isWhen,
    place: isWords,
  },
  meetingCheckIn: {},
  meetingMinutes: {},
  requestLeave: { from: isDate, to: isDate, half: oneOf('am', 'pm'), reason: isWords },
  updateIncident: {
    no: isNumber,
    action: oneOf('accept', 'dispatch', 'resolve', 'return', 'escalate', 'supervise', 'rate', 'note'),
    to: isWords,
  },
  inspect: { gridNo: isNumber, person: isWords, deduct: isAmount },
  draw: { count: isNumber, of: oneOf('grids', 'workers', 'inspectors') },
  query: {
    what: oneOf(
      'myAttendance',
      'myTasks',
      'myScore',
      'myVisits',
      'ranking',
      'weeklySummary',
      'incident',
      'notice',
      'unacknowledged',
      'gridInfo',
      'attendance',
      'incidents',
      'meeting',
      'rule',
    ),
    period: oneOf('today', 'yesterday', 'thisWeek', 'lastWeek', 'thisMonth', 'lastMonth', 'thisQuarter', 'thisYear'),
    no: isNumber,
    gridNo: isNumber,
  },
  undo: {},
  bindGroup: { gridNo: isNumber, community: isWords },
  help: {},
  none: {},
}

/**
 * Checks a meaning that came from outside against the guide.
 *
 * @returns the meaning; undefined where the intent is unknown, a slot is not the intent's, or a value is not one it may have
 */
export function checkMeaning(value: unknown): Meaning | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { intent, slots = {} } = value as { intent?: unknown; slots?: unknown }
  if (
    !INTENTS.includes(intent as Meaning['intent']) ||
    typeof slots !== 'object' ||
    slots === null ||
    Array.isArray(slots)
  )
    return undefined
  const checks = SLOTS[intent as Meaning['intent']]
  for (const [name, slot] of Object.entries(slots)) {
    if (!Object.hasOwn(checks, name) || !checks[name]!(slot)) return undefined
  }
  return { intent, slots } as Meaning
}

/** The names of the slots of every intent, for the one who is asked. */
export function describeIntents(): string {
  return Object.entries(SLOTS)
    .map(([intent, slots]) => `${intent}(${Object.keys(slots).join(', ')})`)
    .join('; ')
}

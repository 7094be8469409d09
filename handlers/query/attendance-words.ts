import { covers } from '../../policy/attendance.ts'
import { type Day, dayOf, formatDayCompact, timeOf } from '../../policy/time.ts'
import type { AttendanceOfDay } from '../attendance.ts'

const ON_NAMES: Record<AttendanceOfDay['on'], string> = {
  onTime: '按时',
  late: '迟到',
  makeup: '补卡',
  missing: '缺卡',
  pending: '还没打',
  leave: '请假',
  off: '未打',
}
const OFF_NAMES: Record<AttendanceOfDay['off'], string> = { ...ON_NAMES, ok: '按时', early: '早退' }

const AWAY_NAMES = { outing: '公出', training: '培训' } as const

/** `上班 08:21 按时，下班 还没打`; `公出` or `培训` where the person worked elsewhere. */
export function renderDay({ day, on, off, onAt, offAt, away, provisional }: Omit<AttendanceOfDay, 'member'>): string {
  const half = (kind: 'on' | 'off', at: number | undefined, state: string) => {
    const elsewhere = away.find(({ part }) => covers(part, kind))
    const time = at !== undefined && (dayOf(at) === day ? timeOf(at) : `次日${timeOf(at)}`)
    const words =
      elsewhere && state === ON_NAMES.onTime
        ? AWAY_NAMES[elsewhere.why]
        : provisional && state === ON_NAMES.pending
          ? '未打，暂不算缺卡'
          : state
    return [kind === 'on' ? '上班' : '下班', time, words].filter(Boolean).join(' ')
  }
  return `${half('on', onAt, ON_NAMES[on])}，${half('off', offAt, OFF_NAMES[off])}`
}

/** One line a day by the table of `judgeAttendanceDay`; days in a row without anything to tell share one. */
export function renderDayLines(days: readonly AttendanceOfDay[], today: Day): string[] {
  const shown = days.filter(
    ({ due, onAt, offAt, away }) => due || onAt !== undefined || offAt !== undefined || away.length > 0,
  )
  const runs: AttendanceOfDay[][] = []
  for (const day of shown) {
    const last = runs.at(-1)
    if (last && isPlain(day) && last.every(isPlain)) last.push(day)
    else runs.push([day])
  }
  return runs.map(run => {
    const [first, last] = [run[0]!, run.at(-1)!]
    const from = formatDayCompact(first.day, today)
    if (first === last) return `${from} ${renderDay(first)}`
    return `${from}至${formatDayCompact(last.day, today)} ${run.length}天都按时`
  })
}

function isPlain({ on, off, away }: AttendanceOfDay): boolean {
  return on === 'onTime' && off === 'ok' && away.length === 0
}

/** `应到 12 天，按时 10 天；迟到 1（11/5）、缺卡 1（11/9下班）`: what went wrong with its days, for one person. */
export function renderDays(days: readonly AttendanceOfDay[], today: Day): string {
  const due = days.filter(day => day.due && !(day.on === 'leave' && day.off === 'leave'))
  const list = (name: string, found: { day: Day; half: string }[]) =>
    found.length > 0
      ? `${name} ${found.length}（${found.map(({ day, half }) => `${formatDayCompact(day, today)}${half}`).join('、')}）`
      : ''
  const where = (test: (day: AttendanceOfDay) => boolean, half = '') =>
    due.filter(test).map(({ day }) => ({ day, half }))
  const faults = [
    list(
      '迟到',
      where(({ on }) => on === 'late'),
    ),
    list(
      '早退',
      where(({ off }) => off === 'early'),
    ),
    list('缺卡', [...where(({ on }) => on === 'missing', '上班'), ...where(({ off }) => off === 'missing', '下班')]),
    list(
      '补卡',
      where(({ on, off }) => on === 'makeup' || off === 'makeup'),
    ),
    list(
      '请假',
      days.filter(({ on, off }) => on === 'leave' || off === 'leave').map(({ day }) => ({ day, half: '' })),
    ),
    list(
      '公出',
      where(({ away }) => away.some(({ why }) => why === 'outing')),
    ),
  ].filter(Boolean)
  const good = due.filter(({ on, off }) => on === 'onTime' && (off === 'ok' || off === 'pending')).length
  return `应到 ${due.length} 天，按时 ${good} 天${faults.length > 0 ? `；${faults.join('、')}` : ''}`
}

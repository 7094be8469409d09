import { type Day, formatDayCompact, timeOf } from '../../policy/time.ts'
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

/** `上班 08:21 按时，下班 还没打`. */
export function renderDay({ on, off, onAt, offAt }: AttendanceOfDay): string {
  const half = (name: string, at: number | undefined, state: string) =>
    [name, at !== undefined && timeOf(at), state].filter(Boolean).join(' ')
  return `${half('上班', onAt, ON_NAMES[on])}，${half('下班', offAt, OFF_NAMES[off])}`
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
  ].filter(Boolean)
  const good = due.filter(({ on, off }) => on === 'onTime' && (off === 'ok' || off === 'pending')).length
  return `应到 ${due.length} 天，按时 ${good} 天${faults.length > 0 ? `；${faults.join('、')}` : ''}`
}

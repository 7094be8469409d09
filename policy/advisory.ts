import type { Pack } from './pack.ts'
import { minuteMs } from './time.ts'

export type AdvisoryRule = Pack['advisory'][number]

/** Heard of within so many minutes is online; ours, for the document does not say. */
export const ONLINE_WITHIN_MINUTES = 60

/**
 * Whether a figure that today's rules on formalism forbid to compel is shown at all: where the subdistrict turned it on, or in the
 * emergency mode that those rules except. Source: 国办函〔2026〕12号（二）
 */
export function isShown({ enabled }: AdvisoryRule, pack: Pick<Pack, 'emergencyMode'>): boolean {
  return enabled || pack.emergencyMode.value
}

/** 此刻在线人数÷此刻在岗人数, in whole percent; undefined where nobody is on duty. Who is on leave or off duty is in neither. Source: S2-05 */
export function judgeOnlineShare(onDuty: readonly string[], active: ReadonlySet<string>): number | undefined {
  if (onDuty.length === 0) return undefined
  return Math.round((onDuty.filter(id => active.has(id)).length * 100) / onDuty.length)
}

/**
 * 当月在线时长÷当月在岗天数, in minutes, over the days that have both a coming and a going; a half day counts as half, and a day with one
 * of them alone, for a device may fail, not at all. Source: S2-06
 */
export function judgeMeanOnline(
  days: readonly { onAt?: number; offAt?: number; isHalf: boolean }[],
): number | undefined {
  const whole = days.filter(({ onAt, offAt }) => onAt !== undefined && offAt !== undefined && offAt > onAt)
  const count = whole.reduce((sum, { isHalf }) => sum + (isHalf ? 0.5 : 1), 0)
  if (count === 0) return undefined
  return Math.round(whole.reduce((sum, { onAt, offAt }) => sum + (offAt! - onAt!) / minuteMs, 0) / count)
}

/**
 * 当月里程÷当月在岗天数: the mean over the days on which kilometres were told; a day walked in floors and households, without any, is
 * credited whole and kept apart. Source: S2-07
 */
export function judgeMeanKm(days: readonly { km: number; households: number }[]): {
  km: number | undefined
  daysInBuildings: number
} {
  const walked = days.filter(({ km }) => km > 0)
  const mean = walked.reduce((sum, { km }) => sum + km, 0) / walked.length
  return {
    km: walked.length > 0 ? Math.round(mean * 10) / 10 : undefined,
    daysInBuildings: days.filter(({ km, households }) => km === 0 && households > 0).length,
  }
}

import { dayOf, formatDayShort, timeOf } from '../../policy/time.ts'
import type { Shift } from '../../storage/shifts.ts'
import type { Ctx } from '../handler.ts'
import { type Answer, refuse } from '../handler.ts'

/** `11月20日（周五）夜班（20:00–次日08:00）`. */
export function nameShift({
  day,
  name,
  startsAt,
  endsAt,
}: Pick<Shift, 'day' | 'name' | 'startsAt' | 'endsAt'>): string {
  return `${formatDayShort(day)}${name}（${timeOf(startsAt)}–${dayOf(endsAt) === dayOf(startsAt) ? '' : '次日'}${timeOf(endsAt)}）`
}

/** For streets whose document knows no turns of duty. */
export function refuseWithoutShifts({ pack }: Ctx): Answer | undefined {
  return pack.shifts
    ? undefined
    : refuse('no-rule', '所用的文件没有规定轮班（原文未载），没有记录。', { private: true })
}

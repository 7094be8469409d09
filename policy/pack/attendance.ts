import { z } from 'zod'
import { count, role, ruled, time } from './form.ts'

export const attendance = z.strictObject({
  /** Who owes two check-ins on each working day. */
  due: ruled(z.array(role)),
  /** Who is told `您无需打卡`. */
  exempt: ruled(z.array(role)),
  /** The last second that is still on time. */
  onBy: ruled(time),
  /** The first second that is not early. */
  offFrom: ruled(time),
  graceMinutes: ruled(count),
  /** A bare 打卡 before it means on, from then on off. */
  splitAt: ruled(time),
  /** Going off duty before it ends the shift of the day before. */
  dayTurnsAt: ruled(time),
  /** A bare 打卡 this soon after an on repeats it. */
  repeatMinutes: ruled(count),
  /** Check-ins that follow the first of a window this long share one line. */
  mergeMinutes: ruled(count),
  /** Whether a make-up waits for whoever decides corrections: one told on a later day than it is for, every one, or none. */
  makeupApproval: ruled(z.enum(['never', 'earlierDays', 'always'])),
  sources: ruled(z.array(z.enum(['chat', 'h5', 'dingtalk', 'wecom']))),
})

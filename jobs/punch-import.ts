import type { PunchChannel } from '../handlers/punch.ts'
import { addDays, timeOf } from '../policy/time.ts'
import { insertWork } from '../storage/work.ts'
import type { Job } from './job.ts'

/** The work row that reads a platform's punches of some days. */
export const PUNCH_WORK = 'punches'

export interface PunchWork {
  channel: PunchChannel
  /** Local days, both included. */
  from: string
  to: string
}

/** Results change for days afterwards, by approvals and corrections (open.dingtalk.com, 获取打卡结果). */
const RE_READ_DAYS = 6
/** Deep in the night the whole week is read once more; by day only what is new, for every call counts against the month. */
const NIGHT = '01:50'

/**
 * Reads the official clocks after the morning, at noon, after the evening, and the whole week at night.
 * @param channels the configured platforms that have such a clock
 */
export function createPunchImport(channels: readonly PunchChannel[]): Job {
  return {
    name: 'punch-import',
    schedule: ['40 8 * * *', '45 13 * * *', '15 18 * * *', '50 1 * * *'],
    days: 'all',
    catchUp: 'latest',
    graceMs: 24 * 60 * 60_000,
    async run({ db, now, today }, { at }) {
      const from = timeOf(at) === NIGHT ? addDays(today, -RE_READ_DAYS) : today
      for (const channel of channels) {
        const payload: PunchWork = { channel, from, to: today }
        await insertWork(db, { kind: PUNCH_WORK, payload, at: now })
      }
    },
  }
}

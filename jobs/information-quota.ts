import { leaveOf } from '../handlers/attendance.ts'
import { countWeek, renderWeek } from '../handlers/information/week.ts'
import { hourMs, instantAt, mondayOf } from '../policy/time.ts'
import { listApprovedLeaves } from '../storage/leaves.ts'
import type { Job } from './job.ts'

/**
 * On the last working day of the week, once and in private, to those at work in a grid that is short; a grid that has enough hears nothing,
 * and no group does. Source: S2-25, S2-19
 */
export const informationQuota: Job = {
  name: 'information-quota',
  schedule: ['0 15 * * *'],
  days: 'workdays',
  catchUp: 'drop',
  graceMs: 2 * hourMs,
  async run(desk) {
    const { calendar, now, pack, roster, say, today } = desk
    if (mondayOf(calendar.nextWorkday(today)) === mondayOf(today)) return
    const at = pack.quotaCounting?.shortNudgeAt.value
    const week = await countWeek(desk, today, roster.grids)
    if (!week || at === undefined) return
    const { quota } = week
    const short = week.grids.filter(({ counted }) => counted < quota.owed)
    const leaves = await listApprovedLeaves(desk.db, { from: today, to: today })
    for (const member of roster.holders(['worker'], today)) {
      const leave = leaveOf(leaves, member, today)
      if (leave === 'day' || leave === 'pm') continue
      const own = short.filter(({ grid }) => roster.holders(['worker'], today, { gridId: grid.id }).includes(member))
      if (own.length === 0) continue
      const lines = own.map(one => `${one.grid.name}本周信息 ${renderWeek(one, quota)}。`)
      const hint = '有新情况说一句就行，如“信息 新开网吧一家”；确实没有，不用凑数，也不用回。'
      await say.toMember(member, `${lines.join('\n')}${hint}（依据：${quota.clause}）`, {
        kind: 'information-quota',
        urgency: 'normal',
        notBefore: Math.max(now, instantAt(today, at)),
        notAfter: instantAt(today, pack.attendance.offFrom.value),
      })
    }
  },
}

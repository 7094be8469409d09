import { draftDiary } from '../handlers/diary/draft.ts'
import { showDraft } from '../handlers/diary/keep.ts'
import { listAbsent } from '../handlers/leave/absent.ts'
import { endOfDay, hourMs, timeOf } from '../policy/time.ts'
import { listChoosers } from '../storage/member-choices.ts'
import { hasRole } from '../storage/roster.ts'
import type { Job } from './job.ts'

/** The day's draft to those who keep a diary by the document and asked for it; nobody else hears of it. Source: S3A-21, S3B-03 */
export const dailyLog: Job = {
  name: 'daily-log',
  schedule: ['0 17 * * *'],
  days: 'workdays',
  catchUp: 'drop',
  graceMs: hourMs,
  async run(desk, due) {
    const rules = desk.pack.dailyLog
    if (rules?.draftAt.value !== timeOf(due.at)) return
    const wanted = await listChoosers(desk.db, 'diaryDraft', 'on')
    const absent = await listAbsent(desk)
    for (const member of desk.roster.members) {
      if (!wanted.has(member.id) || absent.has(member.id)) continue
      if (!hasRole(member, [rules.owner.value], desk.today)) continue
      const draft = await draftDiary(desk, member, desk.today)
      if (draft.confirmed?.isCurrent) continue
      const { text, card } = showDraft(draft, desk.today)
      await desk.say.toMember(member, text, {
        kind: 'daily-log',
        urgency: 'normal',
        card,
        notAfter: endOfDay(desk.today),
      })
    }
  },
}

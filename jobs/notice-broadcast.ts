import type { Desk } from '../handlers/desk.ts'
import { listHands } from '../handlers/notice/chain.ts'
import { releaseNotices } from '../handlers/notice/release.ts'
import { nameNotice } from '../handlers/notice/words.ts'
import { judgeMissedBroadcast, type MissedBroadcastVerdict } from '../policy/notice.ts'
import { dayMs, formatMoment } from '../policy/time.ts'
import { insertTimer } from '../storage/job-runs.ts'
import { listNotices, type Notice, updateNotice } from '../storage/notices.ts'
import type { Job } from './job.ts'

/**
 * Sends every signed notice whose hour has come, merged into one sheet per target group. The signature asks for the instant
 * (compiled run, or the next working day's morning), so the run follows the pack; the schedule holds the default hours.
 * Missed: at once until 18:00, afterwards the next working day. A run takes along whatever should have gone before it, so a
 * signed notice is never lost.
 * Source: S0-21; contract "Task notices", "Missed jobs"
 */
export const noticeBroadcast: Job = {
  name: 'notice-broadcast',
  schedule: ['45 15 * * *', '30 8 * * *'],
  days: 'workdays',
  catchUp: 'latest',
  graceMs: 60 * dayMs,
  async run(desk, due) {
    const { db, now, pack, calendar } = desk
    const waiting = await listNotices(db, { statuses: ['signed'], releaseBy: Math.max(now, due.at) })
    const judged = waiting.map(notice => {
      const facts = { signedAt: notice.signedAt!, dueAt: notice.releaseAt!, now, rules: pack.notice, calendar }
      return { notice, verdict: judgeMissedBroadcast(facts) }
    })
    const going = judged.filter(({ verdict }) => verdict.when === 'atOnce')
    await releaseNotices(
      desk,
      going.map(({ notice, verdict: { deferred, late } }) => ({ notice, deferred, late })),
    )
    const postponed = judged.filter(({ verdict }) => verdict.when === 'deferred')
    for (const { notice, verdict } of postponed) await postpone(desk, notice, verdict)
    await alarm(
      desk,
      judged.filter(({ verdict }) => verdict.alarm),
    )
  },
}

async function postpone({ db, now }: Desk, notice: Notice, { at }: MissedBroadcastVerdict): Promise<void> {
  await updateNotice(db, notice.id, { releaseAt: at, deferred: true })
  await insertTimer(db, { job: noticeBroadcast.name, subject: notice.id, dueAt: at, at: now })
}

/** Their day is lost: 党政办 hears of it once, for the next judgement starts from the new hour. */
async function alarm(desk: Desk, lost: { notice: Notice; verdict: MissedBroadcastVerdict }[]): Promise<void> {
  const [first] = lost
  if (!first) return
  const names = lost.map(({ notice }) => nameNotice(notice)).join('、')
  const when = first.verdict.when === 'deferred' ? `顺延至${formatMoment(first.verdict.at)}下发` : '现在补发，按顺延记'
  const text = `【未按时下发】系统中断，${names}没能在当日${desk.pack.notice.cutoff.value}前发出，${when}。急用请主要领导说“几号加急下发”并写明原因。`
  for (const { member } of await listHands(desk, 'issue')) {
    await desk.say.toMember(member, text, { kind: 'notice-alarm', urgency: 'normal' })
  }
}

import { minuteMs } from '../../policy/time.ts'
import type { Incident } from '../../storage/incidents.ts'
import { insertTimer } from '../../storage/job-runs.ts'
import { communitiesOf } from '../../storage/roster.ts'
import type { Desk } from '../desk.ts'
import type { Ctx } from '../handler.ts'
import { privateReader, shortenText } from '../reader.ts'
import { listFallback } from './urgent-receivers.ts'
import { describeIncident } from './words.ts'

/** The reminder that nobody knows yet where a report belongs; the job of this name runs it. */
export const UNPLACED_JOB = 'incident-unplaced'
/** So long the question for the grid is left to whoever reported. */
const ANSWER_MINUTES = 30

/** The report is kept whatever becomes of the question; if nobody answers it, somebody of the street hears of it all the same. */
export async function awaitPlace({ db, now }: Ctx, { id }: Incident): Promise<void> {
  await insertTimer(db, { job: UNPLACED_JOB, subject: id, dueAt: now + ANSWER_MINUTES * minuteMs, at: now })
}

/** Those who answer for the reporter's community, else the general office, find out where it belongs. */
export async function tellUnplaced(desk: Desk, incident: Incident): Promise<void> {
  const { roster, say, today } = desk
  const reporter = roster.memberById(incident.reporterId ?? '')
  const text = [
    `事件 #${incident.no}（${describeIncident(incident, roster, privateReader)}）还不知道在哪个网格：`,
    `“${shortenText(incident.description.reveal())}”`,
    `报告人：${reporter?.name ?? '未登记人员'}。知道的话请回“事件${incident.no}转给第几网格”。`,
  ].join('\n')
  for (const member of listFallback(desk, reporter && communitiesOf(roster, reporter, today)[0])) {
    await say.toMember(member, text, {
      kind: 'incident-new',
      urgency: 'normal',
      subject: { type: 'incident', id: incident.id },
    })
  }
}

import { type FormRequest, formKey, listQuietSpans, readForm } from '../../policy/burden.ts'
import { addDays, type DayRange, dayMs, endOfDay, instantAt } from '../../policy/time.ts'
import { listMentionings } from '../../storage/burden.ts'
import { listMeetingAttendance, listMeetings, type Meeting } from '../../storage/meetings.ts'
import { listReceivers, type NoticeReceiver } from '../../storage/notice-receivers.ts'
import { listNotices, type Notice } from '../../storage/notices.ts'
import type { Member } from '../../storage/roster.ts'
import { listTasks, type Task } from '../../storage/tasks.ts'
import type { Desk } from '../desk.ts'
import { lineOf } from '../task/assign.ts'
import { formOf, knownFields } from './fields.ts'

/** A notice or task with the form it asks for, and whether its office asked for the same form before. */
export interface Asked {
  office: string
  form?: FormRequest
  isDuplicate: boolean
}

/** Everything that asked somebody for something in some days, as the records tell it. */
export interface BurdenSources {
  notices: (Asked & { notice: Notice; receivers: NoticeReceiver[] })[]
  tasks: (Asked & { task: Task })[]
  meetings: { office: string; meeting: Meeting; present: string[] }[]
  /** One @ of one person outside working time. */
  mentions: { office?: string; memberId: string }[]
}

const OTHERS = '其他'

/** Reads them; nothing is counted twice and nothing is stored for it. Source: S4D-26 */
export async function readSources(desk: Desk, days: DayRange): Promise<BurdenSources> {
  const { db } = desk
  const during = { from: instantAt(days.from, '00:00'), before: endOfDay(days.to) }
  const earlier = instantAt(addDays(days.from, -desk.pack.burden.duplicateDays.value), '00:00')
  const all = await listNotices(db, { broadcast: { from: earlier, before: during.before } })
  const tasks = await listTasks(db, { assigned: { from: earlier, before: during.before } })
  const asked = markDuplicates(desk, all, tasks)
  const receivers = await listReceivers(
    db,
    all.filter(({ broadcastAt }) => broadcastAt! >= during.from).map(({ id }) => id),
  )
  const mentions = await readMentions(desk, days, all)
  return {
    notices: all
      .filter(({ broadcastAt }) => broadcastAt! >= during.from)
      .map(notice => ({
        ...asked.get(notice.id)!,
        notice,
        receivers: receivers.filter(({ noticeId }) => noticeId === notice.id),
      })),
    tasks: tasks
      .filter(({ assignedAt, status }) => assignedAt >= during.from && status !== 'cancelled')
      .map(task => ({ ...asked.get(task.id)!, task })),
    meetings: await readMeetings(desk, days),
    mentions,
  }
}

/** In the order in which they were asked: the first form of its fields from an office is its own, whatever comes again is a duplicate. */
function markDuplicates(desk: Desk, notices: readonly Notice[], tasks: readonly Task[]): Map<string, Asked> {
  const windowMs = desk.pack.burden.duplicateDays.value * dayMs
  const requests = [
    ...notices.map(notice => ({
      id: notice.id,
      at: notice.broadcastAt!,
      office: notice.office ?? OTHERS,
      text: [notice.content, notice.requirement].filter(Boolean).join('\n'),
      form: formOf(notice),
      // One time of a recurring task is no new form.
      again: notice.parentId !== undefined,
    })),
    ...tasks.map(task => ({
      id: task.id,
      at: task.assignedAt,
      office: task.line ?? OTHERS,
      text: task.content.reveal(),
      form: readForm(task.content.reveal(), knownFields),
      again: false,
    })),
  ].sort((a, b) => a.at - b.at)
  const seen = new Map<string, number>()
  const asked = new Map<string, Asked>()
  for (const { id, at, office, text, form, again } of requests) {
    const key = form && `${office} ${formKey(text, form)}`
    const before = key === undefined ? undefined : seen.get(key)
    const isDuplicate = !again && before !== undefined && at > before && at - before <= windowMs
    asked.set(id, { office, form, isDuplicate })
    if (key !== undefined) seen.set(key, at)
  }
  return asked
}

async function readMeetings(desk: Desk, days: DayRange): Promise<BurdenSources['meetings']> {
  const held = await listMeetings(desk.db, { ...days, statuses: ['held'] })
  const attendance = await listMeetingAttendance(
    desk.db,
    held.map(({ id }) => id),
  )
  return held.map(meeting => ({
    office: officeOfMember(desk, desk.roster.memberById(meeting.calledBy)),
    meeting,
    present: attendance
      .filter(({ meetingId, state }) => meetingId === meeting.id && state === 'present')
      .map(({ memberId }) => memberId),
  }))
}

/** The program's own @ counts for the office whose notice it was about, a person's for the office of the one who wrote. */
async function readMentions(
  desk: Desk,
  days: DayRange,
  notices: readonly Notice[],
): Promise<BurdenSources['mentions']> {
  const { db, pack, calendar, roster } = desk
  const spans = listQuietSpans(days, pack.quietHours, calendar)
  const found = await listMentionings(db, spans)
  return found.flatMap(({ memberIds, subject, spoken }) => {
    if (!spoken) {
      const office = subject && notices.find(({ id }) => id === subject.id)?.office
      return memberIds.map(memberId => ({ office, memberId }))
    }
    const office = officeOfMember(desk, roster.memberById(spoken.byId))
    return spoken.mentions.flatMap(({ platformId }) => {
      const member = platformId === undefined ? undefined : roster.memberByPlatform(spoken.channel, platformId)
      return member ? [{ office, memberId: member.id }] : []
    })
  })
}

function officeOfMember(desk: Desk, member: Member | undefined): string {
  return (member && lineOf(desk, member)) ?? OTHERS
}

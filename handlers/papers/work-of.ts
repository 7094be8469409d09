import { type DayRange, dayOf, endOfDay, instantAt } from '../../policy/time.ts'
import { type CheckInRecord, listCheckIns } from '../../storage/check-ins.ts'
import type { StreetDb } from '../../storage/database.ts'
import { type FieldRecord, listFieldRecords } from '../../storage/field-records.ts'
import {
  type Incident,
  type IncidentLog,
  listIncidentLogs,
  listIncidentLogsBy,
  listIncidents,
} from '../../storage/incidents.ts'
import { type InfoItem, listInfoItems } from '../../storage/info-items.ts'
import { listMeetingAttendance, listMeetings, type Meeting } from '../../storage/meetings.ts'
import { listProgress, listReceipts, type NoticeProgress, type NoticeReceiver } from '../../storage/notice-receivers.ts'
import { listNotices, type Notice } from '../../storage/notices.ts'
import { listOutings, type Outing } from '../../storage/outings.ts'
import { listTasks, type Task } from '../../storage/tasks.ts'
import type { PaperDesk } from './paper.ts'

/** Whose work is told: one person's, or what was done in a grid by anybody. */
export type Worker = { memberId: string } | { gridId: string }

/** Everything recorded of somebody's work in some days; what was taken back is not in it. */
export interface Work {
  checkIns: CheckInRecord[]
  outings: Outing[]
  visits: FieldRecord[]
  patrols: FieldRecord[]
  infoItems: InfoItem[]
  /** Reported by the person, or lying in the grid. */
  reported: Incident[]
  /** Steps taken by the person, or with the grid's cases, without the report itself. */
  steps: IncidentLog[]
  /** Notices by row id, as far as the receipts name them. */
  notices: ReadonlyMap<string, Notice>
  acknowledged: NoticeReceiver[]
  done: NoticeReceiver[]
  progress: NoticeProgress[]
  tasksDone: Task[]
  /** Signed in at; of a grid, its own meetings. */
  meetings: Meeting[]
}

/** Gathers what the ledgers hold; papers, diary and dossier are written from it and never typed. Source: S1-40, S3B-03, S4C-06 */
export async function gatherWork({ db }: Pick<PaperDesk, 'db'>, who: Worker, days: DayRange): Promise<Work> {
  const span = { from: instantAt(days.from, '00:00'), to: endOfDay(days.to) }
  const within = (at: number | undefined) => at !== undefined && span.from <= at && at < span.to
  const memberId = 'memberId' in who ? who.memberId : undefined
  const mine = 'memberId' in who ? { ...span, memberIds: [who.memberId] } : { ...span, gridIds: [who.gridId] }
  const field = await listFieldRecords(db, mine)
  const receipts = await listReceipts(db, who, span.from)
  const tasks = memberId ? await listTasks(db, { memberId, statuses: ['done'] }) : []
  const noticeIds = [...new Set(receipts.map(({ noticeId }) => noticeId))]
  const progress = (await listProgress(db, noticeIds)).filter(({ at }) => within(at))
  return {
    checkIns: memberId ? await listCheckIns(db, { ...days, memberIds: [memberId] }) : [],
    outings: (await listOutings(db, days)).filter(outing => outing.memberId === memberId),
    visits: field.filter(({ kind }) => kind === 'visit'),
    patrols: field.filter(({ kind }) => kind === 'patrol'),
    infoItems: await listInfoItems(db, mine),
    reported: (await listIncidents(db, mine)).filter(({ status }) => status !== 'cancelled'),
    steps: (await listSteps(db, who, span)).filter(({ action }) => action !== 'reported'),
    notices: new Map(noticeIds.length > 0 ? (await listNotices(db, { ids: noticeIds })).map(one => [one.id, one]) : []),
    acknowledged: receipts.filter(({ acknowledgedAt }) => within(acknowledgedAt)),
    done: receipts.filter(({ doneAt }) => within(doneAt)),
    progress: memberId ? progress.filter(one => one.memberId === memberId) : progress,
    tasksDone: tasks.filter(({ doneAt }) => within(doneAt)),
    meetings: await listAttended(db, who, days),
  }
}

async function listSteps(db: StreetDb, who: Worker, span: { from: number; to: number }): Promise<IncidentLog[]> {
  if ('memberId' in who) return listIncidentLogsBy(db, who.memberId, span)
  const cases = await listIncidents(db, { gridIds: [who.gridId], to: span.to })
  const logs = await listIncidentLogs(
    db,
    cases.map(({ id }) => id),
  )
  return logs.filter(({ at }) => span.from <= at && at < span.to)
}

async function listAttended(db: StreetDb, who: Worker, days: DayRange): Promise<Meeting[]> {
  const meetings = await listMeetings(db, { ...days, statuses: ['planned', 'held'] })
  if ('gridId' in who) return meetings.filter(({ gridId, status }) => gridId === who.gridId && status === 'held')
  const rows = await listMeetingAttendance(
    db,
    meetings.map(({ id }) => id),
  )
  const present = new Set(
    rows.filter(({ memberId, state }) => memberId === who.memberId && state === 'present').map(row => row.meetingId),
  )
  return meetings.filter(({ id }) => present.has(id))
}

/** One number with where it comes from: `走访 128次`, from 128 rows of the 走访巡查台账. */
export interface WorkFigure {
  name: string
  count: number
  unit: string
  /** The ledger in which each of its rows stands. */
  ledger: string
  /** Row ids behind the number. */
  ids: string[]
}

const FIELD = '走访巡查台账'

/** Everything of the period in numbers, the usual order of a report; zeros included. */
export function listFigures(work: Work): WorkFigure[] {
  const rows = (name: string, unit: string, ledger: string, ids: string[], count = ids.length): WorkFigure => ({
    name,
    count,
    unit,
    ledger,
    ids,
  })
  const idsOf = (records: readonly { id: string }[]) => records.map(({ id }) => id)
  const isTraining = ({ kind, countsFor }: Meeting) => kind === 'training' || countsFor.includes('training')
  const onDuty = work.checkIns.filter(({ kind }) => kind === 'on')
  const resolved = work.steps.filter(({ action }) => action === 'resolve')
  const field = [...work.visits, ...work.patrols]
  return [
    rows('上班打卡', '天', '打卡台账', idsOf(onDuty), new Set(onDuty.map(({ day }) => day)).size),
    rows('走访', '次', FIELD, idsOf(work.visits)),
    rows('巡查', '次', FIELD, idsOf(work.patrols)),
    rows('下网格', '天', FIELD, idsOf(field), new Set(field.map(doneOn)).size),
    rows('信息', '条', '信息台账', idsOf(work.infoItems.filter(({ repeatOf }) => repeatOf === undefined))),
    rows('上报事件', '件', '事件台账', idsOf(work.reported)),
    rows('办结事件', '件', '事件台账', [...new Set(resolved.map(({ incidentId }) => incidentId))]),
    rows('收到提示单', '份', '工作提示单台账', idsOf(work.acknowledged)),
    rows('完成提示单', '份', '工作提示单台账', idsOf(work.done)),
    rows('完成交办', '件', '交办记录', idsOf(work.tasksDone)),
    rows('参加会议', '次', '会议台账', idsOf(work.meetings.filter(meeting => !isTraining(meeting)))),
    rows('参加培训', '次', '会议台账', idsOf(work.meetings.filter(isTraining))),
  ]
}

/** The local day on which it was done, told then or later. */
export function doneOn({ claimedAt, at }: Pick<FieldRecord, 'claimedAt' | 'at'>): string {
  return dayOf(claimedAt ?? at)
}

import { listAttendanceOver } from '../../handlers/attendance.ts'
import { findToldAt, isWithinOwnTime } from '../../handlers/correct/own-time.ts'
import { openDesk } from '../../handlers/desk.ts'
import type { Ctx } from '../../handlers/handler.ts'
import { waitsFor } from '../../handlers/incident/choose.ts'
import { isHolder } from '../../handlers/incident/reach.ts'
import { statusNames, titleIncident } from '../../handlers/incident/words.ts'
import { renderLeave } from '../../handlers/leave/words.ts'
import { listAddressed } from '../../handlers/notice/addressed.ts'
import { dueAtOf, nameNotice, renderDue } from '../../handlers/notice/words.ts'
import { renderDay } from '../../handlers/query/attendance-words.ts'
import { privateReader, shortenText } from '../../handlers/reader.ts'
import { undoables } from '../../handlers/undoable.ts'
import { listWaiting, type Waiting } from '../../handlers/waiting.ts'
import { mayDo } from '../../policy/permission.ts'
import { dayMs, formatDayShort, parseTime, timeOf, timeOfDayMs } from '../../policy/time.ts'
import { type Incident, listIncidents, OPEN_STATUSES } from '../../storage/incidents.ts'
import { listLeaves } from '../../storage/leaves.ts'
import { listCreatedBy } from '../../storage/own-records.ts'
import { rolesOn } from '../../storage/roster.ts'
import { Personal } from '../../storage/vault.ts'
import type { Approval, DayCheckIn, DayIncident, DayNotice, DayRecord, MyDay } from '../../web/shared/phone-api.ts'
import type { Visitor } from './visitor.ts'

const SHOWN = 20
const RECORDS = 8

/** What stands on the person's own desk: attendance, decisions, notices, incidents, leave and their last records. */
export async function readMyDay(visitor: Visitor, now: number): Promise<MyDay> {
  const ctx = await openReading(visitor, now)
  return {
    checkIn: await readCheckIn(ctx),
    approvals: (await listWaiting(ctx, ctx.actor)).flatMap(waiting => toApproval(ctx, waiting) ?? []),
    notices: await readNotices(ctx),
    incidents: await readIncidents(ctx),
    leaves: await readLeaves(ctx),
    records: await readRecords(ctx),
  }
}

/** The desk as the handlers know it, for looking only: nothing is recorded, so no message stands behind it. */
async function openReading({ db, member, session }: Visitor, now: number): Promise<Ctx> {
  const desk = await openDesk(db, { by: member.id, now, at: now })
  const chat = { id: '', kind: 'direct', channel: session.channel, platformId: session.platformId } as const
  const roles = rolesOn(member, desk.today).map(({ role }) => role)
  return {
    ...desk,
    at: now,
    actor: member,
    chat,
    text: '',
    message: {
      id: '',
      channel: session.channel,
      robot: '',
      platformId: '',
      chatPlatformId: '',
      chatKind: 'direct',
      at: now,
      receivedAt: now,
      text: new Personal(''),
      detail: { mentions: [] },
      status: 'silent',
    },
    may: action => mayDo(desk.pack, action, roles).ok,
  }
}

async function readCheckIn(ctx: Ctx): Promise<DayCheckIn> {
  const { actor, at, pack, today } = ctx
  const [own] = await listAttendanceOver(ctx, { from: today, to: today }, [actor])
  const isMorning = timeOfDayMs(at) < parseTime(pack.attendance.splitAt.value)
  const times = {
    ...(own?.onAt === undefined ? {} : { on: timeOf(own.onAt) }),
    ...(own?.offAt === undefined ? {} : { off: timeOf(own.offAt) }),
  }
  const words = own && (own.due || own.onAt !== undefined || own.offAt !== undefined) ? renderDay(own) : undefined
  const refusal = ctx.may('checkIn') ? undefined : '您无需打卡，有情况随时报给我就行。'
  return { ...times, words, next: isMorning && own?.onAt === undefined ? 'on' : 'off', refusal }
}

/** Notices and leave; what else waits is decided by the buttons of its card. */
function toApproval({ roster }: Ctx, waiting: Waiting): Approval | undefined {
  const { no } = waiting
  if (waiting.type === 'leave')
    return {
      of: 'leave',
      no,
      title: renderLeave(roster, waiting.leave),
      detail: reasonOf(waiting),
      decision: 'approve',
    }
  if (waiting.type !== 'notice') return undefined
  const { notice } = waiting
  return {
    of: 'notice',
    no,
    title: nameNotice(notice),
    detail: shortenText([notice.content, notice.requirement].filter(Boolean).join('；'), 160),
    decision: notice.status === 'reviewed' ? 'sign' : 'approve',
  }
}

function reasonOf({ leave }: Waiting & { type: 'leave' }): string {
  return leave.reason ? `事由：${leave.reason.reveal()}` : ''
}

/** What is not finished, the earliest due first. */
async function readNotices(ctx: Ctx): Promise<DayNotice[]> {
  const open = (await listAddressed(ctx)).filter(
    ({ notice, receipt }) => receipt.doneAt === undefined && notice.status === 'broadcast',
  )
  const dueAt = (due: string | undefined) => (due ? dueAtOf(due) : Number.POSITIVE_INFINITY)
  return open
    .sort((a, b) => dueAt(a.notice.due) - dueAt(b.notice.due))
    .slice(0, SHOWN)
    .map(({ notice, receipt }) => ({
      no: notice.no,
      title: nameNotice(notice),
      due: notice.due && renderDue(notice.due),
      overdue: dueAt(notice.due) <= ctx.at,
      acknowledged: receipt.acknowledgedAt !== undefined,
    }))
}

/** Those in the person's hand, then those that wait to be taken; urgent ones first. */
async function readIncidents(ctx: Ctx): Promise<DayIncident[]> {
  const open = await listIncidents(ctx.db, { statuses: OPEN_STATUSES })
  const mine = open.flatMap(incident => {
    const step = stepOf(ctx, incident)
    return step ? [{ incident, step }] : []
  })
  const rank = ({ incident, step }: (typeof mine)[number]) => (incident.urgent ? 0 : 2) + (step === 'resolve' ? 0 : 1)
  return mine
    .sort((a, b) => rank(a) - rank(b) || a.incident.no - b.incident.no)
    .slice(0, SHOWN)
    .map(({ incident, step }) => ({
      no: incident.no,
      title: titleIncident(incident, ctx.roster, { isPrivate: true, reader: privateReader }),
      urgent: incident.urgent,
      detail: describe(ctx, incident, step),
      step,
    }))
}

/** `待受理 · 3号楼 · 第1网格 · 11月20日（周五）前`. */
function describe({ roster }: Ctx, incident: Incident, step: DayIncident['step']): string {
  const { status, place, gridId, deadlines } = incident
  const deadline = deadlines[step]
  const by = deadline ? `${formatDayShort(deadline.day)}前` : undefined
  return [statusNames[status], place?.reveal(), roster.gridById(gridId)?.name, by].filter(Boolean).join(' · ')
}

/** What this person can do with it now. */
function stepOf(ctx: Ctx, incident: Incident): DayIncident['step'] | undefined {
  if (isHolder(ctx, incident) && incident.status === 'accepted')
    return ctx.may('resolveIncident') ? 'resolve' : undefined
  return ctx.may('acceptIncident') && waitsFor(ctx, incident, 'accept') ? 'accept' : undefined
}

/** Asked for and not over yet. */
async function readLeaves({ db, actor, roster, today }: Ctx): Promise<string[]> {
  const leaves = await listLeaves(db, { statuses: ['pending', 'approved'], memberId: actor.id })
  return leaves
    .filter(({ toDay }) => toDay >= today)
    .map(leave => `${renderLeave(roster, leave)}：${leave.status === 'pending' ? '等批' : '已批'}`)
}

/** Today's, the newest first; the first that can be taken back is the one that 撤销 means. */
async function readRecords(ctx: Ctx): Promise<DayRecord[]> {
  const { db, actor, now } = ctx
  const shown: DayRecord[] = []
  for (const { type, id, at } of await listCreatedBy(db, actor.id, now - dayMs)) {
    const words = await undoables[type]?.describe(ctx, id)
    if (words === undefined) continue
    const toldAt = (await findToldAt(ctx, type, id)) ?? at
    shown.push({ words, undoable: shown.length === 0 && isWithinOwnTime(ctx, toldAt) })
    if (shown.length === RECORDS) break
  }
  return shown
}

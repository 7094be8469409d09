import { type CheckInVerdict, judgeCheckIn } from '../policy/attendance.ts'
import { statusNames } from '../policy/pack.ts'
import { type Day, dayOf, formatDayCompact, minuteMs, parseTime, timeOf, timeOfDayMs } from '../policy/time.ts'
import { type CheckInRecord, insertCheckIn, listCheckIns } from '../storage/check-ins.ts'
import { findNewestOfMergeKey } from '../storage/merge-windows.ts'
import { gridsOf, hasRole, type Member } from '../storage/roster.ts'
import { findLeaveOfDay, owesCheckIns } from './attendance.ts'
import { readClaimedAt } from './claimed-time.ts'
import { type Answer, answer, type Ctx, defineHandler, refuse } from './handler.ts'
import { isSignInAtMeeting, meetingCheckIn } from './meeting/check-in.ts'
import { refuseRole } from './not-allowed.ts'

/** Bot and phone speak of on and off; people of 上班 and 下班. */
const KIND_NAMES = { on: '上班', off: '下班' } as const
const EXEMPT = '您无需打卡，有情况随时报给我就行。'
const MAKEUP = /补(?:打)?卡|补签/

export const checkIn = defineHandler({
  intent: 'checkIn',
  dialog: { as: 'worker', turns: [['到岗了', '已记上班打卡']] },
  async run(ctx, slots) {
    const { db, actor, at, pack, today } = ctx
    if (await isSignInAtMeeting(ctx, () => isOnStillOwed(ctx))) return meetingCheckIn.run(ctx, {})
    if (!ctx.may('checkIn'))
      return isExempt(ctx) ? refuse('exempt', EXEMPT, { private: true }) : refuseRole(ctx, 'checkIn')

    const makeup = MAKEUP.test(ctx.text)
    if (makeup && slots.claimedAt !== undefined && !slots.claimedAt.includes('T')) {
      return refuse('no-time', '请写明补几点的卡，比如“补卡 昨天上班 8:10”。', { private: true })
    }
    const claimedAt = makeup ? readClaimedAt(slots.claimedAt, at) : undefined
    const day = claimedAt === undefined ? today : dayOf(claimedAt)
    const standing = await listCheckIns(db, { from: day, to: day, memberIds: [actor.id] })
    const due = owesCheckIns(ctx, actor, day, pack.attendance)
    const verdict = judgeCheckIn({
      at: claimedAt ?? at,
      existing: standing.map(({ kind, at, result }) => ({ kind, at, makeup: result === 'makeup' })),
      kind: slots.kind,
      makeup,
      due,
      leave: await findLeaveOfDay(ctx, actor, day),
      rules: pack.attendance,
    })
    if (verdict.repeats !== undefined && (verdict.kind === 'on' || makeup)) {
      return refuse('repeated', `${KIND_NAMES[verdict.kind]}已打过 ${timeOf(verdict.repeats)}，不用再打。`, {
        private: true,
      })
    }
    const { kind, result } = verdict
    const place = placeOf(ctx)
    const saved = await insertCheckIn(
      db,
      { memberId: actor.id, day, kind, at: claimedAt ?? at, result, source: 'chat', place, messageId: ctx.message.id },
      ctx.now,
    )
    await ctx.record('created', { type: 'checkIn', id: saved.id }, { kind, result, day })
    if (makeup) return answerMakeup(ctx, saved)
    return answerCheckIn(ctx, saved, verdict, due)
  },
})

async function isOnStillOwed(ctx: Ctx): Promise<boolean> {
  const { actor, at, db, pack, today } = ctx
  if (timeOfDayMs(at) >= parseTime(pack.attendance.splitAt.value)) return false
  if (!owesCheckIns(ctx, actor, today, pack.attendance)) return false
  const standing = await listCheckIns(db, { from: today, to: today, memberIds: [actor.id] })
  return !standing.some(({ kind }) => kind === 'on')
}

/** Whoever serves only as 包联人员 owes none. Source: S0-06 */
function isExempt({ actor, pack, today }: Ctx): boolean {
  return hasRole(actor, pack.attendance.exempt.value, today)
}

function placeOf({ message }: Ctx): string | undefined {
  const { location } = message.detail
  return location && (location.name ?? `${location.lat.toFixed(5)},${location.lng.toFixed(5)}`)
}

async function answerCheckIn(ctx: Ctx, saved: CheckInRecord, verdict: CheckInVerdict, due: boolean): Promise<Answer> {
  const { pack, calendar, today } = ctx
  const { attendance } = pack
  const name = KIND_NAMES[saved.kind]
  const done = `已记${name}打卡 ${timeOf(saved.at)}`
  if (verdict.repeats !== undefined) {
    return answer(`${name}已打过 ${timeOf(verdict.repeats)}，按最后一次 ${timeOf(saved.at)} 计。`, { private: true })
  }
  const caveat = due ? calendar.caveatOf(today) : undefined
  if (saved.result === 'late') {
    const why = `晚于 ${attendance.onBy.value.slice(0, 5)}${markDefault(attendance.onBy)}，记为迟到`
    return answer(`${done}。${why}；有特殊情况请告诉网格长。${caveat ? `（${caveat}）` : ''}`, { private: true })
  }
  if (saved.result === 'early') {
    const why = `早于 ${attendance.offFrom.value}${markDefault(attendance.offFrom)}，记为早退`
    return answer(`${done}。${why}；走之前再打一次，按最后一次计。${caveat ? `（${caveat}）` : ''}`, { private: true })
  }
  if (ctx.chat.kind === 'direct') return answer(`${done}。`)
  return answerInGroup(ctx, saved, done)
}

/** A time that the document does not give is shown as ours. */
function markDefault({ status }: { status: 'original' | 'default' }): string {
  return status === 'default' ? `（${statusNames.default}）` : ''
}

/** The first of a window is answered at once; those that follow share one line when it closes (contract, check-ins). */
async function answerInGroup(ctx: Ctx, saved: CheckInRecord, done: string): Promise<Answer> {
  const { actor, chat, db, now, pack, today } = ctx
  const name = KIND_NAMES[saved.kind]
  const windowMs = pack.attendance.mergeMinutes.value * minuteMs
  const merge = {
    key: `check-in/${chat.id}/${saved.kind}/${today}`,
    head: `${name}打卡已记：`,
    item: `${actor.name} ${timeOf(saved.at)}`,
  }
  const newest = await findNewestOfMergeKey(db, merge.key)
  const closesAt = newest && (newest.notBefore > newest.at ? newest.notBefore : newest.at + windowMs)
  const notBefore = closesAt !== undefined && now < closesAt ? closesAt : now
  return answer(`${actor.name} ${done}。`, { merge, notBefore, kind: 'check-in' })
}

/** A make-up stands at once; the people who answer for the grid read of it and can object. */
async function answerMakeup(ctx: Ctx, saved: CheckInRecord): Promise<Answer> {
  const { actor, say, today } = ctx
  const when = `${saved.day === today ? '' : `${formatDayCompact(saved.day, today)} `}${timeOf(saved.at)}`
  const leaders = leadersOf(ctx, saved.day).filter(({ id }) => id !== actor.id)
  for (const leader of leaders) {
    await say.toMember(leader, `${actor.name}补了${KIND_NAMES[saved.kind]}卡（${when}）。情况不符请与本人核实。`, {
      kind: 'check-in-makeup',
      urgency: 'normal',
    })
  }
  const told = leaders.length > 0 ? `，已告知${leaders.map(({ name }) => name).join('、')}` : ''
  return answer(`已补记${KIND_NAMES[saved.kind]}打卡 ${when}${told}。`, { private: true })
}

function leadersOf({ roster, actor }: Ctx, day: Day): Member[] {
  const found = gridsOf(roster, actor, day).flatMap(({ id }) => roster.holders(['leader'], day, { gridId: id }))
  return [...new Set(found)]
}

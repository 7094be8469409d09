import { type CheckInVerdict, judgeCheckIn, judgeShiftDay } from '../policy/attendance.ts'
import { measureDistanceM } from '../policy/geo.ts'
import { statusNames } from '../policy/pack.ts'
import {
  addDays,
  type Day,
  dayOf,
  formatDayCompact,
  instantAt,
  parseTime,
  timeOf,
  timeOfDayMs,
} from '../policy/time.ts'
import { type CheckInRecord, insertCheckIn, listCheckIns } from '../storage/check-ins.ts'
import { H5_ROBOT } from '../storage/messages.ts'
import { gridsOf, hasRole } from '../storage/roster.ts'
import { findAwayOfDay, findLeaveOfDay, owesCheckIns } from './attendance.ts'
import { readClaimedAt } from './claimed-time.ts'
import { type Answer, answer, ask, type Ctx, defineHandler, refuse } from './handler.ts'
import { isSignInAtMeeting, meetingCheckIn } from './meeting/check-in.ts'
import { refuseRole } from './not-allowed.ts'
import { leadersOf } from './presence/leaders.ts'
import { joinWindow } from './quiet-line.ts'
import { remindOfBeforeDuty } from './training/before-duty.ts'

/** Bot and phone speak of on and off; people of 上班 and 下班. */
const KIND_NAMES = { on: '上班', off: '下班' } as const
const EXEMPT = '您无需打卡，有情况随时报给我就行。'
const MAKEUP = /补(?:打)?卡|补签/
const CONFIRMS = /^\s*(?:是的?|对的?|没错|确认)[。.！!\s]*$/u
const DROPS = /^\s*(?:不用?记|不要了|算了|打错了|按错了)[。.！!\s]*$/u

export const checkIn = defineHandler({
  intent: 'checkIn',
  dialog: { as: 'worker', turns: [['到岗了', '已记上班打卡']] },
  async run(ctx, slots) {
    const { at } = ctx
    if (await isSignInAtMeeting(ctx, () => isOnStillOwed(ctx))) return meetingCheckIn.run(ctx, {})
    if (!ctx.may('checkIn'))
      return isExempt(ctx) ? refuse('exempt', EXEMPT, { private: true }) : refuseRole(ctx, 'checkIn')

    const makeup = MAKEUP.test(ctx.text)
    if (makeup && slots.claimedAt !== undefined && !slots.claimedAt.includes('T')) {
      return refuse('no-time', '请写明补几点的卡，比如“补卡 昨天上班 8:10”。', { private: true })
    }
    const claimedAt = makeup ? readClaimedAt(slots.claimedAt, at) : undefined
    return clock(ctx, { kind: slots.kind, makeup, at: claimedAt ?? at })
  },

  async resume(ctx, draft, understood) {
    const asked = draft as Clocking
    if (DROPS.test(ctx.text)) return refuse('dropped', '好，没有记。', { private: true })
    if (CONFIRMS.test(ctx.text)) return clock(ctx, { ...asked, sure: true })
    const kind = understood.intent === 'checkIn' ? understood.slots.kind : undefined
    return kind && !MAKEUP.test(ctx.text) ? clock(ctx, { ...asked, kind, sure: true }) : undefined
  },
})

export interface Clocking {
  /** Absent for a bare 打卡. */
  kind?: 'on' | 'off'
  makeup: boolean
  at: number
  /** Told in words, where it is not the place of work. */
  place?: string
  /** The person was asked and stands by it. */
  sure?: boolean
}

/** Judges one clocking on or off by all that stands, and files it. */
export async function clock(ctx: Ctx, { kind: told, makeup, at, place, sure }: Clocking): Promise<Answer> {
  const { db, actor, pack } = ctx
  const day = await findShiftDay(ctx, at, told)
  const standing = await listCheckIns(db, { from: day, to: day, memberIds: [actor.id] })
  const due = owesCheckIns(ctx, actor, day, pack.attendance)
  const verdict = judgeCheckIn({
    at,
    startsAt: instantAt(day, '00:00'),
    existing: standing.map(({ kind, at, result }) => ({ kind, at, makeup: result === 'makeup' })),
    kind: told,
    makeup,
    due,
    leave: await findLeaveOfDay(ctx, actor, day),
    away: await findAwayOfDay(ctx, actor, day),
    rules: pack.attendance,
  })
  if (verdict.repeats !== undefined && (verdict.kind === 'on' || makeup)) {
    return refuse('repeated', `${KIND_NAMES[verdict.kind]}已打过 ${timeOf(verdict.repeats)}，不用再打。`, {
      private: true,
    })
  }
  const { kind, result } = verdict
  if (verdict.contradicts !== undefined && !sure) return askWhich({ kind, makeup, at, place }, verdict.contradicts)
  const source = ctx.message.robot === H5_ROBOT ? 'h5' : 'chat'
  const saved = await insertCheckIn(
    db,
    {
      memberId: actor.id,
      day,
      kind,
      at,
      result,
      source,
      place: place ?? placeOf(ctx),
      distanceM: distanceOf(ctx),
      messageId: ctx.message.id,
    },
    ctx.now,
  )
  await ctx.record('created', { type: 'checkIn', id: saved.id }, { kind, result, day })
  if (kind === 'on' && !makeup) await remindOfBeforeDuty(ctx)
  return makeup ? answerMakeup(ctx, saved) : answerCheckIn(ctx, saved, verdict, due)
}

/** A night shift ends on the day on which it began. Source: S4B-01 */
async function findShiftDay({ db, actor, pack }: Ctx, at: number, kind: 'on' | 'off' | undefined): Promise<Day> {
  const day = dayOf(at)
  const recent = await listCheckIns(db, { from: addDays(day, -1), to: day, memberIds: [actor.id] })
  return judgeShiftDay({
    at,
    kind,
    existing: recent.filter(checkIn => checkIn.day === day),
    dayBefore: recent.filter(checkIn => checkIn.day < day),
    rules: pack.attendance,
  })
}

function askWhich(draft: Clocking & { kind: 'on' | 'off' }, other: number): Answer {
  const [said, before] = draft.kind === 'on' ? (['on', 'off'] as const) : (['off', 'on'] as const)
  return ask(
    'checkIn',
    draft,
    `您 ${timeOf(other)} 已打${KIND_NAMES[before]}，这次又说 ${timeOf(draft.at)} ${KIND_NAMES[said]}，先后对不上，先没记。` +
      `按错了请回“${KIND_NAMES[before]}”，没错请回“是”，不用记请回“不记”。`,
    { private: true },
  )
}

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

/** From the middle of the nearest of the sender's grids; only where they chose to tell where they are, and the roster knows a middle. */
function distanceOf({ actor, message, roster, today }: Ctx): number | undefined {
  const { location } = message.detail
  if (!location) return undefined
  const distances = gridsOf(roster, actor, today).flatMap(({ center }) =>
    center ? [measureDistanceM(location, center)] : [],
  )
  return distances.length > 0 ? Math.min(...distances) : undefined
}

async function answerCheckIn(ctx: Ctx, saved: CheckInRecord, verdict: CheckInVerdict, due: boolean): Promise<Answer> {
  const { pack, calendar, today } = ctx
  const { attendance } = pack
  const name = KIND_NAMES[saved.kind]
  const shift = saved.day === dayOf(saved.at) ? '' : `（算${formatDayCompact(saved.day, today)}的班）`
  const done = `已记${name}打卡 ${timeOf(saved.at)}${shift}`
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

async function answerInGroup(ctx: Ctx, saved: CheckInRecord, done: string): Promise<Answer> {
  const { actor, chat, today } = ctx
  const name = KIND_NAMES[saved.kind]
  const merge = {
    key: `check-in/${chat.id}/${saved.kind}/${today}`,
    head: `${name}打卡已记：`,
    item: `${actor.name} ${timeOf(saved.at)}`,
  }
  return answer(`${actor.name} ${done}。`, { merge, notBefore: await joinWindow(ctx, merge.key), kind: 'check-in' })
}

/** A make-up stands at once; the people who answer for the grid read of it and can object. */
async function answerMakeup(ctx: Ctx, saved: CheckInRecord): Promise<Answer> {
  const { actor, say, today } = ctx
  const day = dayOf(saved.at)
  const when = `${day === today ? '' : `${formatDayCompact(day, today)} `}${timeOf(saved.at)}`
  const leaders = leadersOf(ctx, actor, saved.day)
  for (const leader of leaders) {
    await say.toMember(leader, `${actor.name}补了${KIND_NAMES[saved.kind]}卡（${when}）。情况不符请与本人核实。`, {
      kind: 'check-in-makeup',
      urgency: 'normal',
    })
  }
  const told = leaders.length > 0 ? `，已告知${leaders.map(({ name }) => name).join('、')}` : ''
  return answer(`已补记${KIND_NAMES[saved.kind]}打卡 ${when}${told}。`, { private: true })
}

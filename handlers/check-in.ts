import { judgeShiftDay } from '../policy/attendance.ts'
import { measureDistanceM } from '../policy/geo.ts'
import { addDays, type Day, dayOf, parseTime, timeOf, timeOfDayMs } from '../policy/time.ts'
import { insertCheckIn, listCheckIns } from '../storage/check-ins.ts'
import { H5_ROBOT } from '../storage/messages.ts'
import { gridsOf, hasRole } from '../storage/roster.ts'
import { findDutyHours, owesCheckIns } from './attendance.ts'
import { requestCorrection } from './correct/request.ts'
import { type Answer, type Ctx, defineHandler, refuse } from './handler.ts'
import { isSignInAtMeeting, meetingCheckIn } from './meeting/check-in.ts'
import { refuseRole } from './not-allowed.ts'
import { plainWords } from './plain-words.ts'
import { judgePunch } from './presence/judge-punch.ts'
import { mayMakeUpAtOnce, nameKind, renderMakeupTime } from './presence/makeup.ts'
import { answerCheckIn, answerMakeup } from './presence/punch-answers.ts'
import {
  askWhich,
  askWhichTime,
  type Clocking,
  findOtherTime,
  isTimeQuestion,
  resumeOrder,
  resumeTime,
} from './presence/punch-questions.ts'
import { askForEnds } from './presence/round.ts'
import { isMakeup, readToldPunch } from './presence/told-punch.ts'
import { remindOfBeforeDuty } from './training/before-duty.ts'

const EXEMPT = '您无需打卡，有情况随时报给我就行。'

export const checkIn = defineHandler({
  intent: 'checkIn',
  dialog: { as: 'worker', turns: [['到岗了', '已记上班打卡']] },
  async run(ctx, slots) {
    const { at } = ctx
    if (await isSignInAtMeeting(ctx, () => isOnStillOwed(ctx))) return meetingCheckIn.run(ctx, {})
    if (!ctx.may('checkIn'))
      return isExempt(ctx) ? refuse('exempt', EXEMPT, { private: true }) : refuseRole(ctx, 'checkIn')

    const told = readToldPunch(ctx, slots, await findShiftDay(ctx, at, slots.kind))
    if ('refused' in told) return told.refused
    const { makeup, claimedAt } = told
    return clock(ctx, { kind: slots.kind, makeup, at: (makeup ? claimedAt : undefined) ?? at, claimedAt })
  },

  async resume(ctx, draft, understood) {
    if (isTimeQuestion(draft)) return resumeTime(ctx, draft)
    const kind = understood.intent === 'checkIn' && !isMakeup(ctx.text) ? understood.slots.kind : undefined
    const settled = resumeOrder(ctx.text, draft as Clocking, kind)
    return settled && ('refused' in settled ? settled.refused : clock(ctx, settled.clocking))
  },
})

/** Judges one clocking on or off by all that stands, and files it. */
export async function clock(ctx: Ctx, told: Clocking): Promise<Answer> {
  const { db, actor } = ctx
  const { makeup, at, place } = told
  const day = await findShiftDay(ctx, at, told.kind)
  const standing = await listCheckIns(db, { from: day, to: day, memberIds: [actor.id] })
  const judged = await judgePunch(ctx, actor, { at, day, kind: told.kind, makeup, standing })
  const { kind, result, repeats, contradicts } = judged.verdict
  const other = findOtherTime(ctx, standing, { ...told, kind })
  if (other) return askWhichTime(other, told.claimedAt ?? at)
  if (repeats !== undefined && (kind === 'on' || makeup)) {
    return refuse('repeated', `${nameKind(kind)}已打过 ${timeOf(repeats)}，不用再打。`, { private: true })
  }
  if (contradicts !== undefined && !told.sure) return askWhich({ ...told, kind }, contradicts)
  if (makeup && !mayMakeUpAtOnce(ctx, day)) {
    const what = `补${nameKind(kind)}卡 ${renderMakeupTime(ctx, dayOf(at), at)}`
    const wish = { subject: { type: 'checkIn' }, day, changes: { kind, at }, what, reason: plainWords(ctx.text) }
    return requestCorrection(ctx, wish)
  }
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
  if (!makeup) await askForEnds(ctx, { isOffDuty: kind === 'off' })
  return makeup ? answerMakeup(ctx, saved) : answerCheckIn(ctx, saved, judged)
}

/** A night shift ends on the day on which it began. Source: S4B-01 */
async function findShiftDay(ctx: Ctx, at: number, kind: 'on' | 'off' | undefined): Promise<Day> {
  const { db, actor, pack } = ctx
  const day = dayOf(at)
  const recent = await listCheckIns(db, { from: addDays(day, -1), to: day, memberIds: [actor.id] })
  return judgeShiftDay({
    at,
    kind,
    existing: recent.filter(checkIn => checkIn.day === day),
    dayBefore: recent.filter(checkIn => checkIn.day < day),
    hoursBefore: await findDutyHours(ctx, actor, addDays(day, -1)),
    rules: pack.attendance,
  })
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

import type { CheckInKind } from '../../policy/attendance.ts'
import { type Day, formatDayCompact, timeOf } from '../../policy/time.ts'
import { insertCheckIn, listCheckIns } from '../../storage/check-ins.ts'
import type { Changes, Hindrance } from '../correct/correctable.ts'
import type { Ctx } from '../handler.ts'
import { leadersOf } from './leaders.ts'

/** Bot and phone speak of on and off; people of 上班 and 下班. */
const kindNames = { on: '上班', off: '下班' } as const

export function nameKind(kind: CheckInKind): string {
  return kindNames[kind]
}

/** Whether a make-up for this day stands without anybody's word. Source: S0-25 (forgot), pack `attendance.makeupApproval` */
export function mayMakeUpAtOnce({ pack, today }: Pick<Ctx, 'pack' | 'today'>, day: Day): boolean {
  const approval = pack.attendance.makeupApproval.value
  return approval === 'never' || (approval === 'earlierDays' && day >= today)
}

/** A make-up that stands at once is read by the people who answer for the grid, who can object. @returns what the answer adds */
export async function tellOfMakeup(ctx: Ctx, what: string, day: Day): Promise<string> {
  const then = leadersOf(ctx, ctx.actor, day)
  // Of a day before anybody held the role, whoever holds it now reads it.
  const leaders = then.length > 0 ? then : leadersOf(ctx, ctx.actor, ctx.today)
  for (const leader of leaders) {
    await ctx.say.toMember(leader, `${what}。情况不符请与本人核实。`, { kind: 'check-in-makeup', urgency: 'normal' })
  }
  return leaders.length > 0 ? `，已告知${leaders.map(({ name }) => name).join('、')}` : ''
}

/** `11月17日 18:00`, the day left out where it is today. */
export function renderMakeupTime({ today }: Pick<Ctx, 'today'>, day: Day, at: number): string {
  return `${day === today ? '' : `${formatDayCompact(day, today)} `}${timeOf(at)}`
}

/** Files a make-up that was decided, in the name of whoever asked. @returns its id */
export async function fileMakeup(
  { db, now }: Ctx,
  { memberId, day, messageId }: { memberId: string; day: Day; messageId: string },
  { kind, at }: Changes,
): Promise<string> {
  const told = { memberId, day, kind: kind!, at: at!, result: 'makeup', source: 'chat', messageId } as const
  return (await insertCheckIn(db, told, now)).id
}

/** A punch that came in meanwhile, by itself or from the official clock, leaves nothing to make up. */
export async function findMakeupHindrance(
  { db }: Ctx,
  memberId: string,
  day: Day,
  { kind }: Changes,
): Promise<Hindrance | undefined> {
  const standing = (await listCheckIns(db, { from: day, to: day, memberIds: [memberId] })).find(
    one => one.kind === kind,
  )
  if (!standing) return undefined
  return { reason: 'repeated', text: `那天${nameKind(standing.kind)}已有 ${timeOf(standing.at)} 的打卡。` }
}

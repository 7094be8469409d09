import { statusNames } from '../../policy/pack.ts'
import { dayOf, formatDayCompact, instantAt, minuteMs, timeOf } from '../../policy/time.ts'
import type { CheckInRecord } from '../../storage/check-ins.ts'
import { type Answer, answer, type Ctx } from '../handler.ts'
import { joinWindow } from '../quiet-line.ts'
import type { JudgedPunch } from './judge-punch.ts'
import { nameKind, renderMakeupTime, tellOfMakeup } from './makeup.ts'

/** What was recorded, and where it is late or early by which time. */
export async function answerCheckIn(
  ctx: Ctx,
  saved: CheckInRecord,
  { verdict, due, hours }: JudgedPunch,
): Promise<Answer> {
  const { pack, calendar, today } = ctx
  const { onBy, offFrom } = pack.attendance
  const name = nameKind(saved.kind)
  const shift = saved.day === dayOf(saved.at) ? '' : `（算${formatDayCompact(saved.day, today)}的班）`
  const done = `已记${name}打卡 ${timeOf(saved.at)}${shift}`
  if (verdict.repeats !== undefined) {
    return answer(`${name}已打过 ${timeOf(verdict.repeats)}，按最后一次 ${timeOf(saved.at)} 计。`, { private: true })
  }
  const caveat = due ? calendar.caveatOf(today) : undefined
  if (saved.result === 'late') {
    const limit = hours
      ? timeOnRoster(saved, hours.onBefore - minuteMs)
      : `${onBy.value.slice(0, 5)}${markDefault(onBy)}`
    const why = `晚于 ${limit}，记为迟到`
    return answer(`${done}。${why}；有特殊情况请告诉网格长。${caveat ? `（${caveat}）` : ''}`, { private: true })
  }
  if (saved.result === 'early') {
    const limit = hours ? timeOnRoster(saved, hours.offFrom) : `${offFrom.value}${markDefault(offFrom)}`
    const why = `早于 ${limit}，记为早退`
    return answer(`${done}。${why}；走之前再打一次，按最后一次计。${caveat ? `（${caveat}）` : ''}`, { private: true })
  }
  if (ctx.chat.kind === 'direct') return answer(`${done}。`)
  return answerInGroup(ctx, saved, done)
}

/** `20:00（班表）`. */
function timeOnRoster({ day }: CheckInRecord, sinceMidnightMs: number): string {
  return `${timeOf(instantAt(day, '00:00') + sinceMidnightMs)}（班表）`
}

/** A time that the document does not give is shown as ours. */
function markDefault({ status }: { status: 'original' | 'default' }): string {
  return status === 'default' ? `（${statusNames.default}）` : ''
}

async function answerInGroup(ctx: Ctx, saved: CheckInRecord, done: string): Promise<Answer> {
  const { actor, chat, today } = ctx
  const name = nameKind(saved.kind)
  const merge = {
    key: `check-in/${chat.id}/${saved.kind}/${today}`,
    head: `${name}打卡已记：`,
    item: `${actor.name} ${timeOf(saved.at)}`,
  }
  return answer(`${actor.name} ${done}。`, { merge, notBefore: await joinWindow(ctx, merge.key), kind: 'check-in' })
}

/** A make-up that stands at once. */
export async function answerMakeup(ctx: Ctx, saved: CheckInRecord): Promise<Answer> {
  const when = renderMakeupTime(ctx, dayOf(saved.at), saved.at)
  const name = nameKind(saved.kind)
  const told = await tellOfMakeup(ctx, `${ctx.actor.name}补了${name}卡（${when}）`, saved.day)
  return answer(`已补记${name}打卡 ${when}${told}。`, { private: true })
}

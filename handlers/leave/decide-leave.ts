import { type Leave, settleLeave } from '../../storage/leaves.ts'
import { saveAttendance } from '../../storage/meetings.ts'
import { type Answer, answer, type Ctx, refuse } from '../handler.ts'
import { refuseRole } from '../not-allowed.ts'
import type { SlotsOf } from '../slots.ts'
import { leaveStates, renderDays, renderLeave } from './words.ts'

/** Only the approver, only while it is pending; the one who asked is told in private. */
export async function decideLeave(
  ctx: Ctx,
  leave: Leave,
  { decision, reason }: Pick<SlotsOf['decide'], 'decision' | 'reason'>,
): Promise<Answer> {
  const { db, actor, at, roster, message, pack } = ctx
  const name = renderLeave(roster, leave)
  if (leave.memberId === actor.id) return refuse('own-leave', `${name}是您自己的，要由别人审批。`)
  if (!ctx.may('decideLeave')) return refuseRole(ctx, 'decideLeave')
  if (leave.approverId !== actor.id) {
    const approver = roster.memberById(leave.approverId ?? '')?.name ?? '别人'
    return refuse('not-yours', `${name}由${approver}审批（依据：${pack.leave.approver.clause}），没有改动。`)
  }
  if (leave.status !== 'pending') return refuse('wrong-state', `${name}${leaveStates[leave.status]}，没有改动。`)
  if (decision === 'issue') return refuse('wrong-step', `请假不用下发。${name}请回“同意”或“不同意”。`)

  const approved = decision !== 'reject'
  const settled = await settleLeave(db, leave.id, { status: approved ? 'approved' : 'rejected', at })
  if (!settled) return refuse('wrong-state', `${name}刚刚有了结果，没有改动。`)
  await ctx.record(approved ? 'approved' : 'rejected', { type: 'leave', id: leave.id }, { reason })
  if (approved && leave.meetingId) {
    const excused = { meetingId: leave.meetingId, memberId: leave.memberId, state: 'excused', at } as const
    await saveAttendance(db, { ...excused, messageId: message.id })
  }
  await tellAsker(ctx, leave, approved, reason)
  return answer(approved ? `已准${name}。` : `未准${name}，已告诉本人。`, { private: true })
}

async function tellAsker({ roster, say, actor }: Ctx, leave: Leave, approved: boolean, reason?: string): Promise<void> {
  const asker = roster.memberById(leave.memberId)
  if (!asker) return
  const what = `您的${leave.no}号请假（${renderDays(leave)}）`
  const why = reason ? `：${reason}` : ''
  const text = approved ? `${what}${actor.name}已准。` : `${what}${actor.name}没有批准${why}。有急事请直接电话联系。`
  await say.toMember(asker, text, {
    kind: 'leave-decided',
    urgency: 'normal',
    subject: { type: 'leave', id: leave.id },
  })
}

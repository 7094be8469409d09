import { findHandOver, settleHandOver } from '../../storage/hand-overs.ts'
import { cancelTimers } from '../../storage/job-runs.ts'
import { dropRole, resumeRoles, setStatus } from '../../storage/leavers.ts'
import { restoreReceipts } from '../../storage/notice-receivers.ts'
import { moveOpenWork, noWork } from '../../storage/open-work.ts'
import type { Undoable } from '../handler.ts'
import { HAND_OVER_JOB, logCases } from './carry-out.ts'

/** Roles and work go back to where they were; what the taker finished meanwhile stays finished. */
export const undoableHandOver: Undoable = {
  async describe({ db, roster }, id) {
    const handOver = await findHandOver(db, id)
    if (!handOver || handOver.status === 'cancelled') return undefined
    const name = (memberId: string | undefined) => roster.memberById(memberId ?? '')?.name ?? ''
    return `离岗交接 ${name(handOver.memberId)}→${name(handOver.takerId)}`
  },
  async undo(ctx, id) {
    const { db, now, actor, message, roster, today } = ctx
    const handOver = await findHandOver(db, id)
    const member = roster.memberById(handOver?.memberId ?? '')
    const taker = roster.memberById(handOver?.takerId ?? '')
    if (!handOver || !member || !taker) return undefined
    const source = { now, by: actor.id, messageId: message.id }
    await settleHandOver(db, id, { status: 'cancelled', at: now })
    await cancelTimers(db, HAND_OVER_JOB, id)
    await setStatus(db, member, 'active', source)
    await resumeRoles(db, handOver.ended, source)
    for (const role of handOver.given) await dropRole(db, role, source)
    if (handOver.status !== 'done') return undefined
    const { moved, doubles, approverId } = handOver
    await restoreReceipts(db, doubles)
    const { leaves, ...rest } = moved
    const day = today
    const returned = await moveOpenWork(db, { ...rest, leaves: [] }, { from: taker.id, to: member.id, day })
    if (approverId) {
      const decided = { ...noWork(), leaves }
      await moveOpenWork(db, decided, { from: approverId, to: member.id, approver: member.id, day })
    }
    await logCases(ctx, returned, `撤销交接，仍由${member.name}办理`, source)
    for (const one of [member, taker]) {
      if (one.id === actor.id) continue
      const text = `${actor.name}撤销了${member.name}的离岗交接，事情仍由${member.name}办。`
      await ctx.say.toMember(one, text, { kind: 'hand-over', urgency: 'normal' })
    }
    return undefined
  },
}

import { timeOf } from '../policy/time.ts'
import { findCheckIn } from '../storage/check-ins.ts'
import { findFieldRecord } from '../storage/field-records.ts'
import { findIncidentById, insertIncidentLog, moveIncident } from '../storage/incidents.ts'
import { findInfoItem } from '../storage/info-items.ts'
import { cancelTimers } from '../storage/job-runs.ts'
import { listOutboxOfSubject } from '../storage/outbox.ts'
import { dropMergedLines } from '../storage/own-records.ts'
import { type VoidableTable, voidRecord } from '../storage/records.ts'
import { undoableAdmission } from './admission/undo-admission.ts'
import { type Ctx, refuse, type Undoable } from './handler.ts'
import { UNANSWERED_JOB } from './incident/alert.ts'
import { statusNames } from './incident/words.ts'
import { undoableInspection } from './inspection/undo-inspection.ts'
import { undoableLeave } from './leave/undo-leave.ts'
import { undoableMeeting, undoableMinutes, undoableSignIn } from './meeting/undo-meeting.ts'
import { undoableExtension } from './notice/decide-extension.ts'
import { undoableAcknowledgement, undoableNotice, undoableProgress } from './notice/undo-notice.ts'
import { undoableOuting } from './presence/outing.ts'
import { readerOf } from './reader.ts'
import { undoableTask, undoableTaskProgress } from './task/undo-task.ts'
import {
  undoableExam,
  undoablePlan,
  undoableQuestion,
  undoableTrainer,
  undoableTrainingDone,
} from './training/undo-training.ts'

async function voidOwn(ctx: Ctx, table: VoidableTable, id: string, messageId: string): Promise<void> {
  await voidRecord(ctx.db, table, id, { at: ctx.now, by: ctx.actor.id })
  await dropMergedLines(ctx.db, messageId)
}

const checkIn: Undoable = {
  async describe({ db }, id) {
    const found = await findCheckIn(db, id)
    return found && !found.voided ? `${found.kind === 'on' ? '上班' : '下班'}打卡 ${timeOf(found.at)}` : undefined
  },
  async undo(ctx, id) {
    const found = await findCheckIn(ctx.db, id)
    if (found) await voidOwn(ctx, 'check_in', id, found.messageId)
    return undefined
  },
}

const fieldRecord: Undoable = {
  async describe(ctx, id) {
    const found = await findFieldRecord(ctx.db, id)
    if (!found || found.voided) return undefined
    const reader = readerOf(ctx)
    const whom =
      (found.person && reader.person(found.person.reveal())) ?? (found.place && reader.place(found.place.reveal()))
    return [found.kind === 'visit' ? '走访' : '巡查', whom, timeOf(found.at)].filter(Boolean).join(' ')
  },
  async undo(ctx, id) {
    const found = await findFieldRecord(ctx.db, id)
    if (found) await voidOwn(ctx, 'field_record', id, found.messageId)
    return undefined
  },
}

const infoItem: Undoable = {
  async describe({ db }, id) {
    const found = await findInfoItem(db, id)
    return found && !found.voided ? `信息 ${timeOf(found.at)}` : undefined
  },
  async undo(ctx, id) {
    const found = await findInfoItem(ctx.db, id)
    if (found) await voidOwn(ctx, 'info_item', id, found.messageId)
    return undefined
  },
}

const incident: Undoable = {
  async describe({ db }, id) {
    const found = await findIncidentById(db, id)
    return found && !found.voided ? `事件 #${found.no}` : undefined
  },
  /** Only while nobody has taken it up; everybody who was alarmed reads that it was withdrawn. */
  async undo(ctx, id) {
    const { db, actor, at, message, say } = ctx
    const before = await findIncidentById(db, id)
    const solvedBySelf = before?.status === 'resolved' && before.holderId === actor.id
    const moved = await moveIncident(db, id, solvedBySelf ? ['resolved'] : ['reported'], { status: 'cancelled' })
    if (!moved) {
      const state = before ? statusNames[before.status] : ''
      return refuse(
        'in-other-hands',
        `事件 #${before?.no} ${state}，不能直接撤销；是误报请办理人回“误报 #${before?.no}”。`,
      )
    }
    await voidOwn(ctx, 'incident', id, moved.messageId)
    await insertIncidentLog(db, {
      incidentId: id,
      at,
      byId: actor.id,
      action: 'cancel',
      text: ctx.text,
      messageId: message.id,
    })
    await cancelTimers(db, UNANSWERED_JOB, id)
    const alarmed = await listOutboxOfSubject(db, { type: 'incident', id })
    const members = new Set(
      alarmed.flatMap(({ to }) => (to.kind === 'member' && to.memberId !== actor.id ? [to.memberId] : [])),
    )
    for (const memberId of members) {
      const member = ctx.roster.memberById(memberId)
      const options = {
        kind: 'incident-update',
        urgency: moved.urgent ? 'urgent' : 'normal',
        subject: { type: 'incident', id },
      } as const
      if (member) await say.toMember(member, `事件 #${moved.no} 已由上报人${actor.name}撤销，不用处置了。`, options)
    }
    return undefined
  },
}

/** By the type that `ctx.record('created', …)` names. */
export const undoables: Readonly<Record<string, Undoable>> = {
  checkIn,
  outing: undoableOuting,
  visit: fieldRecord,
  patrol: fieldRecord,
  infoItem,
  incident,
  notice: undoableNotice,
  acknowledgement: undoableAcknowledgement,
  noticeProgress: undoableProgress,
  noticeExtension: undoableExtension,
  task: undoableTask,
  taskProgress: undoableTaskProgress,
  inspection: undoableInspection,
  admission: undoableAdmission,
  leave: undoableLeave,
  meeting: undoableMeeting,
  meetingCheckIn: undoableSignIn,
  meetingMinutes: undoableMinutes,
  trainingPlan: undoablePlan,
  trainingDone: undoableTrainingDone,
  trainer: undoableTrainer,
  examQuestion: undoableQuestion,
  exam: undoableExam,
}

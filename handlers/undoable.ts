import { timeOf } from '../policy/time.ts'
import { findCheckIn } from '../storage/check-ins.ts'
import { findFieldRecord } from '../storage/field-records.ts'
import { findIncidentById, insertIncidentLog, moveIncident } from '../storage/incidents.ts'
import { unlinkIncident } from '../storage/info-items.ts'
import { cancelTimers } from '../storage/job-runs.ts'
import { listOutboxOfSubject } from '../storage/outbox.ts'
import { dropMergedLines } from '../storage/own-records.ts'
import { type VoidableTable, voidRecord } from '../storage/records.ts'
import { undoableAdmission } from './admission/undo-admission.ts'
import { undoableSupport } from './advisory/support.ts'
import { undoableCorrection } from './correct/undo-correction.ts'
import { undoableDiary, undoableDiaryNote } from './diary/keep.ts'
import { undoableGridFact } from './dossier/basics.ts'
import { type Ctx, refuse, type Undoable } from './handler.ts'
import { undoableAssignment } from './households/assign.ts'
import { undoableHousehold } from './households/register.ts'
import { undoableCoverageReport } from './households/report.ts'
import { UNANSWERED_JOB } from './incident/alert.ts'
import { statusNames } from './incident/words.ts'
import {
  undoableCampaign,
  undoableInfoItem,
  undoablePopulationChange,
  undoablePopulationCheck,
} from './information/undo-information.ts'
import { undoableInspection } from './inspection/undo-inspection.ts'
import { undoableLeave } from './leave/undo-leave.ts'
import { undoableMeeting, undoableMinutes, undoableSignIn } from './meeting/undo-meeting.ts'
import { undoableExtension } from './notice/decide-extension.ts'
import { undoableAcknowledgement, undoableNotice, undoableProgress } from './notice/undo-notice.ts'
import { undoableAppointment, undoableAppointmentStep } from './organisation/appointment.ts'
import { undoableGridChange } from './organisation/change-grid/changes.ts'
import { undoableContactCard } from './organisation/contact-card.ts'
import { undoableGridGap } from './organisation/net.ts'
import { undoableMemberDetail } from './organisation/note-detail.ts'
import { undoableStaffRequest } from './organisation/staff-request.ts'
import { undoableHandOver } from './organisation/undo-hand-over.ts'
import { undoableOuting } from './presence/outing.ts'
import { undoableRound, undoableRoundEnd } from './presence/undo-round.ts'
import { readerOf } from './reader.ts'
import { undoableReview } from './review/commands.ts'
import { undoableHandover, undoableShiftRoster, undoableTakeOver } from './shift/undo-shift.ts'
import { undoableDone, undoableTarget } from './targets/undo-target.ts'
import { undoableTask, undoableTaskProgress } from './task/undo-task.ts'
import {
  undoableExam,
  undoablePlan,
  undoableQuestion,
  undoableTrainer,
  undoableTrainingDone,
} from './training/undo-training.ts'
import { undoableVisit, undoableVisitTarget, undoableVisitTargetChange } from './visits/undo-visits.ts'

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

const patrol: Undoable = {
  async describe(ctx, id) {
    const found = await findFieldRecord(ctx.db, id)
    if (!found || found.voided) return undefined
    const reader = readerOf(ctx)
    const whom =
      (found.person && reader.person(found.person.reveal())) ?? (found.place && reader.place(found.place.reveal()))
    return ['巡查', whom, timeOf(found.at)].filter(Boolean).join(' ')
  },
  async undo(ctx, id) {
    const found = await findFieldRecord(ctx.db, id)
    if (found) await voidOwn(ctx, 'field_record', id, found.messageId)
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
    await unlinkIncident(db, id)
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
  round: undoableRound,
  roundEnd: undoableRoundEnd,
  review: undoableReview,
  support: undoableSupport,
  shiftRoster: undoableShiftRoster,
  shiftHandover: undoableHandover,
  shiftTaken: undoableTakeOver,
  visit: undoableVisit,
  visitTarget: undoableVisitTarget,
  visitTargetChange: undoableVisitTargetChange,
  patrol,
  infoItem: undoableInfoItem,
  infoCampaign: undoableCampaign,
  populationChange: undoablePopulationChange,
  populationCheck: undoablePopulationCheck,
  incident,
  handOver: undoableHandOver,
  memberDetail: undoableMemberDetail,
  contactCard: undoableContactCard,
  staffRequest: undoableStaffRequest,
  appointment: undoableAppointment,
  appointmentStep: undoableAppointmentStep,
  gridChange: undoableGridChange,
  gridGap: undoableGridGap,
  correction: undoableCorrection,
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
  household: undoableHousehold,
  householdAssignment: undoableAssignment,
  coverageReport: undoableCoverageReport,
  workTarget: undoableTarget,
  workDone: undoableDone,
  gridFact: undoableGridFact,
  diary: undoableDiary,
  diaryNote: undoableDiaryNote,
}

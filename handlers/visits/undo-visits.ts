import { timeOf } from '../../policy/time.ts'
import { findFieldRecord, listVisitsOfMessage } from '../../storage/field-records.ts'
import { dropMergedLines } from '../../storage/own-records.ts'
import { voidRecord } from '../../storage/records.ts'
import { findVisitTargetStep, voidVisitTargetStep } from '../../storage/visit-target-history.ts'
import { findVisitTarget, updateVisitTarget } from '../../storage/visit-targets.ts'
import { refuse, type Undoable } from '../handler.ts'
import { readerOf } from '../reader.ts'

/** All that one message told: three households told together are taken back together. */
export const undoableVisit: Undoable = {
  async describe(ctx, id) {
    const found = await findFieldRecord(ctx.db, id)
    if (!found || found.voided) return undefined
    const reader = readerOf(ctx)
    const together = await listVisitsOfMessage(ctx.db, found.messageId)
    const names = together.map(
      ({ person, place }) => (person && reader.person(person.reveal())) ?? (place && reader.place(place.reveal())),
    )
    return ['走访', names.filter(Boolean).join('、'), timeOf(found.at)].filter(Boolean).join(' ')
  },
  async undo({ db, now, actor }, id) {
    const found = await findFieldRecord(db, id)
    if (!found) return undefined
    for (const visit of await listVisitsOfMessage(db, found.messageId)) {
      await voidRecord(db, 'field_record', visit.id, { at: now, by: actor.id })
    }
    await dropMergedLines(db, found.messageId)
    return undefined
  },
}

export const undoableVisitTarget: Undoable = {
  async describe({ db }, id) {
    const target = await findVisitTarget(db, id)
    return target && !target.voided ? `登记走访对象 ${target.code}` : undefined
  },
  async undo({ db, now, actor }, id) {
    await voidRecord(db, 'visit_target', id, { at: now, by: actor.id })
    return undefined
  },
}

const stepNames = { closed: '移出', paused: '暂停', resumed: '恢复', moved: '改址', reassigned: '改责任人' } as const

export const undoableVisitTargetChange: Undoable = {
  async describe({ db }, id) {
    const step = await findVisitTargetStep(db, id)
    const target = step && (await findVisitTarget(db, step.targetId))
    return step && target && !step.voided ? `${stepNames[step.kind]} ${target.code}` : undefined
  },
  /** Brings back how it stood, unless somebody changed it since. */
  async undo({ db, now, actor }, id) {
    const step = await findVisitTargetStep(db, id)
    if (!step) return undefined
    if (!(await voidVisitTargetStep(db, step, { at: now, by: actor.id }))) {
      return refuse('changed-since', '后来又有改动，不能直接撤销；请按现在的情况再改一次。', { private: true })
    }
    await updateVisitTarget(db, step.targetId, step.former)
    return undefined
  },
}

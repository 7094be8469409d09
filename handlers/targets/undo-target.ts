import { voidRecord } from '../../storage/records.ts'
import { findDoneById, findTargetById } from '../../storage/work-targets.ts'
import type { Undoable } from '../handler.ts'

/** The number told before counts again. */
export const undoableTarget: Undoable = {
  async describe({ db }, id) {
    const target = await findTargetById(db, id)
    return target && `目标 ${target.name.reveal()} ${target.count}`
  },
  async undo({ db, now, actor }, id) {
    await voidRecord(db, 'work_target', id, { at: now, by: actor.id })
    return undefined
  },
}

export const undoableDone: Undoable = {
  async describe({ db }, id) {
    const done = await findDoneById(db, id)
    return done && `完成数 ${done.count}`
  },
  async undo({ db, now, actor }, id) {
    await voidRecord(db, 'work_done', id, { at: now, by: actor.id })
    return undefined
  },
}

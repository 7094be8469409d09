import { clearReceipt, findReceipt } from '../../storage/notice-receivers.ts'
import { findNotice, getNotice, updateNotice } from '../../storage/notices.ts'
import { refuse, type Undoable } from '../handler.ts'
import { recountLines } from './count-line.ts'
import { nameNotice, nameState } from './words.ts'

/** A notice is withdrawn by its drafter while no leader has passed it. */
export const undoableNotice: Undoable = {
  async describe({ db }, id) {
    const notice = await findNotice(db, id)
    return notice && notice.status !== 'withdrawn' ? nameNotice(notice) : undefined
  },
  async undo({ db }, id) {
    const notice = await getNotice(db, id)
    if (notice.status !== 'draft' && notice.status !== 'submitted' && notice.status !== 'rejected') {
      return refuse(
        'in-other-hands',
        `${nameNotice(notice)}${nameState(notice)}，不能直接撤销；请让领导退回，或另发一份更正。`,
      )
    }
    await updateNotice(db, id, { status: 'withdrawn' })
    return undefined
  },
}

export const undoableAcknowledgement: Undoable = {
  async describe({ db }, id) {
    const receipt = await findReceipt(db, id)
    return receipt?.acknowledgedAt === undefined
      ? undefined
      : `${nameNotice(await getNotice(db, receipt.noticeId))}回执`
  },
  async undo({ db }, id) {
    await clearReceipt(db, id)
    await recountLines({ db })
    return undefined
  },
}

/** Progress only grows: a wrong figure is put right by the next one. */
export const undoableProgress: Undoable = {
  describe: () => Promise.resolve('提示单进度'),
  undo: () => Promise.resolve(refuse('say-again', '进度不用撤销，按对的数再报一次就行，以最后一次为准。')),
}

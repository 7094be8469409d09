import { amendAdmission, listAdmissions, listNoticesUnder } from '../../storage/admissions.ts'
import { refuse, type Undoable } from '../handler.ts'

/** A registration is taken back while nothing went out under it. */
export const undoableAdmission: Undoable = {
  async describe({ db }, id) {
    const [found] = await listAdmissions(db, { ids: [id] })
    return found?.status === 'admitted' ? `准入登记 ${found.code}《${found.title}》` : undefined
  },
  async undo({ db }, id) {
    const [found] = await listAdmissions(db, { ids: [id] })
    const used = await listNoticesUnder(db, id)
    if (!found || used.length > 0) {
      return refuse(
        'in-other-hands',
        `${found?.code}已有${used.length}份提示单在用，不能撤销；要停请说“停止准入 ${found?.code}”。`,
      )
    }
    await amendAdmission(db, id, { status: 'stopped' })
    return undefined
  },
}

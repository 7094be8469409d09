import { findCorrection, settleCorrection } from '../../storage/corrections.ts'
import { refuse, type Undoable } from '../handler.ts'
import { correctionStates } from './words.ts'

/** A request is taken back while nobody decided. */
export const undoableCorrection: Undoable = {
  async describe({ db }, id) {
    const found = await findCorrection(db, id)
    return found && found.status !== 'cancelled' ? `更正${found.no}号` : undefined
  },
  async undo({ db, actor, now }, id) {
    const settled = await settleCorrection(db, id, { status: 'cancelled', by: actor.id, at: now })
    if (settled) return undefined
    const found = await findCorrection(db, id)
    return refuse('in-other-hands', `更正${found?.no}号${correctionStates[found?.status ?? 'pending']}，不能撤销。`)
  },
}

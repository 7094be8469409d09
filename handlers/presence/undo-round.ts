import { timeOf } from '../../policy/time.ts'
import { voidRecord } from '../../storage/records.ts'
import { findRound, type RoundKind, updateRound } from '../../storage/rounds.ts'
import type { Undoable } from '../handler.ts'

const NAMES: Record<RoundKind, string> = { visit: '走访', patrol: '巡查' }

/** The beginning is taken back with all that hangs on it. */
export const undoableRound: Undoable = {
  async describe({ db }, id) {
    const round = await findRound(db, id)
    if (!round || round.voided || round.endedAt !== undefined) return undefined
    return `${NAMES[round.kind]}开始 ${timeOf(round.beganAt)}`
  },
  async undo({ db, now, actor }, id) {
    await voidRecord(db, 'round', id, { at: now, by: actor.id })
    return undefined
  },
}

/** The round goes on; the patrol that was filed with its end goes too. */
export const undoableRoundEnd: Undoable = {
  async describe({ db }, id) {
    const round = await findRound(db, id)
    if (!round || round.voided || round.endedAt === undefined) return undefined
    return `${NAMES[round.kind]}结束 ${timeOf(round.endedAt)}`
  },
  async undo({ db, now, actor }, id) {
    const round = await findRound(db, id)
    if (round?.fieldRecordId) await voidRecord(db, 'field_record', round.fieldRecordId, { at: now, by: actor.id })
    await updateRound(db, id, { endedAt: null, fieldRecordId: null })
    return undefined
  },
}

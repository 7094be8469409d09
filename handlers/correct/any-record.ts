import { undoables } from '../undoable.ts'
import { ALREADY_GONE, type Correctable } from './correctable.ts'
import { findCorrectable } from './correctables.ts'

/**
 * How a record of any kind is put right by a request: as its kind knows, else by taking it back as its maker could have done in time.
 * @returns undefined where it can never be taken back; a request itself is withdrawn, not corrected
 */
export function correctableOf(type: string): Correctable | undefined {
  return findCorrectable(type) ?? (type === 'correction' ? undefined : byTakingBack(type))
}

function byTakingBack(type: string): Correctable | undefined {
  const undoable = undoables[type]
  if (!undoable) return undefined
  return {
    type,
    name: '记录',
    words: '',
    example: '',
    list: async () => [],
    read: () => undefined,
    needsApproval: () => true,
    async compare(ctx, id) {
      const what = await undoable.describe(ctx, id)
      return what === undefined ? ALREADY_GONE : () => `${what} 作废`
    },
    async attempt(ctx, id) {
      const refused = await undoable.undo(ctx, id)
      return refused && { reason: refused.refused ?? 'refused', text: refused.text }
    },
    replace: async () => undefined,
  }
}

import { dayMs, minuteMs } from '../policy/time.ts'
import { listCreatedBy } from '../storage/own-records.ts'
import { answer, defineHandler, refuse } from './handler.ts'
import { undoables } from './undoable.ts'

/** The sender's own last record that still stands is taken back; the row stays, marked, and nothing counts it any more. */
export const undo = defineHandler({
  intent: 'undo',
  who: 'undo',
  dialog: {
    as: 'worker',
    turns: [
      ['撤销', '没有可撤销的记录'],
      ['走访了7幢李大爷，15分钟', '已记走访'],
      ['撤销', '已撤销：走访'],
    ],
  },

  async run(ctx) {
    const { db, actor, now, pack } = ctx
    const { value: minutes } = pack.undo.withinMinutes
    for (const { type, id, at } of await listCreatedBy(db, actor.id, now - dayMs)) {
      const undoable = undoables[type]
      const what = await undoable?.describe(ctx, id)
      if (!undoable || what === undefined) continue
      if (now - at > minutes * minuteMs) {
        return refuse(
          'too-late',
          `${what} 已过 ${minutes} 分钟，不能自己撤销；请说明情况，由网格长或社区书记核实更正。`,
        )
      }
      const refused = await undoable.undo(ctx, id)
      if (refused) return refused
      await ctx.record('voided', { type, id }, { what })
      return answer(`已撤销：${what}。`)
    }
    return refuse('nothing-to-undo', '今天没有可撤销的记录。')
  },
})

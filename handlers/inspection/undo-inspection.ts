import { findInspection, listInspectionSteps, moveInspection } from '../../storage/inspections.ts'
import { refuse, type Undoable } from '../handler.ts'
import { inspectedOf, inspectionStates, nameInspection } from './words.ts'

/** An inspection is taken back while nobody has answered it; those who were told hear of it. */
export const undoableInspection: Undoable = {
  async describe(ctx, id) {
    const found = await findInspection(ctx.db, id)
    return found && found.status !== 'withdrawn' ? nameInspection(ctx, found) : undefined
  },
  async undo(ctx, id) {
    const found = await findInspection(ctx.db, id)
    const steps = await listInspectionSteps(ctx.db, [id])
    const moved = steps.length === 0 && (await moveInspection(ctx.db, id, ['open', 'passed'], { status: 'withdrawn' }))
    if (!found || !moved) {
      const state = found ? inspectionStates[found.status] : ''
      return refuse('in-other-hands', `${found?.no}号督导${state}，不能撤销；请复查后结束。`)
    }
    for (const member of inspectedOf(ctx, found).filter(one => one.id !== ctx.actor.id)) {
      await ctx.say.toMember(member, `${found.no}号督导已由${ctx.actor.name}撤销，不用反馈了。`, {
        kind: 'inspection',
        urgency: 'normal',
        subject: { type: 'inspection', id },
      })
    }
    return undefined
  },
}

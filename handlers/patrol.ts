import { insertFieldRecord } from '../storage/field-records.ts'
import type { Grid } from '../storage/roster.ts'
import { markClaimed, readClaimedAt } from './claimed-time.ts'
import { askWhichGrid, chooseGrid, resumeGrid } from './grids.ts'
import { type Answer, answer, ask, type Ctx, defineHandler } from './handler.ts'
import { readerOf } from './reader.ts'
import type { SlotsOf } from './slots.ts'

interface PatrolDraft {
  slots: SlotsOf['patrol']
  at: number
  among: string[]
}

export const patrol = defineHandler({
  intent: 'patrol',
  who: 'patrol',
  dialog: { as: 'worker', turns: [['巡查了沿江路一圈，2公里，没发现问题', '已记巡查']] },

  async run(ctx, slots) {
    const choice = chooseGrid(ctx)
    if ('ask' in choice) {
      const draft: PatrolDraft = { slots, at: ctx.at, among: choice.among.map(({ id }) => id) }
      return ask('patrol', draft, askWhichGrid(choice))
    }
    return save(ctx, slots, ctx.at, 'found' in choice ? choice.found : undefined)
  },

  async resume(ctx, draft) {
    const { slots, at, among } = draft as PatrolDraft
    const grid = resumeGrid(ctx, among)
    return grid && save(ctx, slots, at, grid)
  },
})

async function save(ctx: Ctx, slots: SlotsOf['patrol'], at: number, grid: Grid | undefined): Promise<Answer> {
  const { place, minutes, km, findings } = slots
  const claimedAt = readClaimedAt(slots.claimedAt, at)
  const { id } = await insertFieldRecord(
    ctx.db,
    {
      kind: 'patrol',
      memberId: ctx.actor.id,
      gridId: grid?.id,
      at,
      claimedAt,
      place,
      minutes,
      km,
      findings,
      messageId: ctx.message.id,
    },
    ctx.now,
  )
  await ctx.record('created', { type: 'patrol', id }, { gridNo: grid?.no })
  const where = place && !place.includes('网格') ? readerOf(ctx).place(place) : undefined
  const parts = [
    where,
    grid?.name,
    km !== undefined && `${km}公里`,
    minutes !== undefined && `${minutes}分钟`,
    markClaimed(claimedAt, ctx.today),
  ]
  return answer(`已记巡查：${parts.filter(Boolean).join('，') || '一次'}。`)
}

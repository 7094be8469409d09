import { dayOf } from '../policy/time.ts'
import { insertFieldRecord } from '../storage/field-records.ts'
import type { Grid } from '../storage/roster.ts'
import { markClaimed, readClaimedAt } from './claimed-time.ts'
import { judgeMinutes } from './duration.ts'
import { askWhichGrid, chooseGrid, nameWorkGrid, resumeGrid } from './grids.ts'
import { type Answer, answer, ask, type Ctx, defineHandler } from './handler.ts'
import { readNumeral } from './numerals.ts'
import { listPatrolDays } from './presence/patrol-days.ts'
import { endWithRecord } from './presence/round.ts'
import { readerOf } from './reader.ts'
import type { SlotsOf } from './slots.ts'

const HOUSEHOLDS = /(共|其中)?\s*(\d{1,4}|[一二两三四五六七八九十]{1,3})\s*户(?![外型籍口主])/gu

/** How many households a message tells: the sum where it names one, else all that are named. */
function readHouseholds(text: string): number | undefined {
  const told = [...text.normalize('NFKC').matchAll(HOUSEHOLDS)].map(([, word, count]) => ({
    word,
    count: readNumeral(count) ?? 0,
  }))
  const sum = told.find(({ word }) => word === '共')
  if (sum) return sum.count
  const counted = told.filter(({ word }) => word !== '其中')
  return counted.length > 0 ? counted.reduce((all, { count }) => all + count, 0) : undefined
}

interface PatrolDraft {
  households?: number
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
      const draft: PatrolDraft = {
        slots,
        households: readHouseholds(ctx.text),
        at: ctx.at,
        among: choice.among.map(({ id }) => id),
      }
      return ask('patrol', draft, askWhichGrid(choice))
    }
    return save(
      ctx,
      { ...slots, households: readHouseholds(ctx.text) },
      ctx.at,
      'found' in choice ? choice.found : undefined,
    )
  },

  async resume(ctx, draft) {
    const { slots, households, at, among } = draft as PatrolDraft
    const grid = resumeGrid(ctx, among)
    return grid && save(ctx, { ...slots, households }, at, grid)
  },
})

async function save(
  ctx: Ctx,
  slots: SlotsOf['patrol'] & Pick<PatrolDraft, 'households'>,
  at: number,
  grid: Grid | undefined,
): Promise<Answer> {
  const { place, km, households, findings } = slots
  const { minutes, doubt } = judgeMinutes(slots.minutes)
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
      households,
      findings,
      messageId: ctx.message.id,
    },
    ctx.now,
  )
  await ctx.record('created', { type: 'patrol', id }, { gridNo: grid?.no })
  const where = place && !place.includes('网格') ? readerOf(ctx).place(place) : undefined
  const parts = [
    where,
    nameWorkGrid(ctx.pack, grid),
    households !== undefined && `${households}户`,
    km !== undefined && `${km}公里`,
    minutes !== undefined && `${minutes}分钟`,
    markClaimed(claimedAt, ctx.today),
  ]
  const rounds = await tellRounds(ctx, dayOf(claimedAt ?? at))
  const ended = await endWithRecord(ctx, 'patrol')
  return answer(`已记巡查：${parts.filter(Boolean).join('，') || '一次'}。${ended}${rounds}${doubt}`)
}

/** `今天第1次，还差1次。` where the pack counts rounds. Source: S4D-09 */
async function tellRounds(ctx: Ctx, day: string): Promise<string> {
  if (!ctx.pack.patrol.roundsPerDay) return ''
  const [own] = await listPatrolDays(ctx, ctx.actor, { from: day, to: day })
  if (!own || own.owed === 0) return ''
  const when = day === ctx.today ? '今天' : '那天'
  return `${when}第${own.done}次，${own.left > 0 ? `还差${own.left}次` : '够了'}。`
}

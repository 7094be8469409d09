import {
  closeHousehold,
  deleteHousehold,
  findHousehold,
  findHouseholdById,
  insertHousehold,
  nextHouseholdCode,
} from '../../storage/households.ts'
import { gridsOf } from '../../storage/roster.ts'
import { askWhichGrid, chooseGrid } from '../grids.ts'
import { type Answer, answer, type Command, type Ctx, refuse, type Undoable } from '../handler.ts'
import { narrowSigns } from '../plain-words.ts'
import { readerOf } from '../reader.ts'
import { readDoor } from './doors.ts'

const TOLD =
  /^\s*住户[\s:：]+(?:第?[\d一二两三四五六七八九十]+号?网格\s*)?(\S+?)\s*(搬走|搬离|迁出|空置|空关|入住|新增|搬来)了?(?:\s+([\p{Script=Han}·]{2,6}))?\s*[。.!！]?\s*$/u
const EMPTY = /空/u
const COMING = /入住|新增|搬来/u

/** `住户 3幢501 搬走`, `住户 3幢502 入住 王秀英`: the register of households by word. Source: S3A-09 (moved) */
export const householdCommand: Command = {
  name: 'household',
  matches: TOLD,
  who: 'visit',
  dialog: { as: 'worker', turns: [['住户 3幢501 入住', '已登记']] },
  async run(ctx) {
    const [, place = '', change = '', name] = TOLD.exec(narrowSigns(ctx.text)) ?? []
    const door = readDoor(place)
    if (door.key === undefined) {
      return refuse('no-door', `没看懂是哪一户，没有改动。请写到门牌，如“住户 3幢501 ${change}”。`, { private: true })
    }
    const choice = chooseGrid(ctx)
    if ('ask' in choice)
      return refuse('which-grid', `${askWhichGrid(choice)}请把网格写上，如“住户 1网格 ${place} ${change}”。`)
    const grid = 'found' in choice ? choice.found : undefined
    if (!grid || !mayKeep(ctx, grid.id)) {
      return refuse('not-yours', '住户由本网格的人登记，没有改动。', { private: true })
    }
    const known = await findHousehold(ctx.db, grid.id, door.key)
    const shown = readerOf(ctx).place(place)
    if (COMING.test(change)) return settle(ctx, { grid, door: { ...door, key: door.key }, place, name, known, shown })
    if (!known) {
      return refuse('no-household', `住户名册里没有${shown}，没有改动。新增请说“住户 ${shown} 入住”。`, {
        private: true,
      })
    }
    if (known.closed) return refuse('unchanged', `${shown}已经记为没有人住，没有改动。`, { private: true })
    const reason = EMPTY.test(change) ? 'empty' : 'moved'
    await closeHousehold(ctx.db, known.id, { on: ctx.today, reason })
    await ctx.record('changed', { type: 'household', id: known.id }, { closed: reason })
    return answer(
      `已记${shown}（${known.code}）${reason === 'empty' ? '空置' : '搬走'}，从今天起不算应走访户。记错了说“住户 ${shown} 入住”。`,
    )
  },
}

/** Whoever serves in the grid, and whoever leads above it. */
function mayKeep(ctx: Ctx, gridId: string): boolean {
  return gridsOf(ctx.roster, ctx.actor, ctx.today).some(({ id }) => id === gridId) || ctx.may('queryStreet')
}

interface Arrival {
  grid: { id: string; no: number }
  door: { building?: string; key: string; shortKey?: string }
  place: string
  name: string | undefined
  known: Awaited<ReturnType<typeof findHousehold>>
  shown: string
}

async function settle(ctx: Ctx, { grid, door, place, name, known, shown }: Arrival): Promise<Answer> {
  const { db, now, today } = ctx
  if (known && !known.closed) {
    return refuse('unchanged', `${shown}已经在住户名册里（${known.code}），没有重复登记。`, { private: true })
  }
  if (known) {
    await closeHousehold(db, known.id, undefined)
    await ctx.record('changed', { type: 'household', id: known.id }, { closed: null })
    return answer(`已记${shown}（${known.code}）重新有人住，算应走访户。`)
  }
  const code = await nextHouseholdCode(db, grid)
  const { building, key, shortKey = key } = door
  const saved = await insertHousehold(
    db,
    { gridId: grid.id, code, building, door: place, doorKey: key, shortKey, name, from: today },
    now,
  )
  await ctx.record('created', { type: 'household', id: saved.id }, { gridNo: grid.no, code })
  return answer(`已登记住户${shown}（编号${code}），算应走访户。`)
}

/** A household that was entered by mistake goes; visits to it stay, each with its own words. */
export const undoableHousehold: Undoable = {
  async describe({ db }, id) {
    const household = await findHouseholdById(db, id)
    return household && `住户登记 ${household.code}`
  },
  async undo({ db }, id) {
    await deleteHousehold(db, id)
    return undefined
  },
}

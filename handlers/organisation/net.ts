import {
  findGridGap,
  type GridGap,
  insertGridGap,
  listGridGaps,
  settleGridGap,
  voidGridGap,
} from '../../storage/grid-gaps.ts'
import { answer, type Command, type Ctx, refuse, type Undoable } from '../handler.ts'
import { listGridsInView } from './in-view.ts'
import { renderPercent } from './shares.ts'

const NOTE = /^\s*登记(未入格|未整合)\s*[:：]?\s*(\S[\s\S]{0,39}?)\s*[。.]?\s*$/u
const SETTLE = /^\s*已(入格|整合)\s*(?:第|#)?\s*(\d{1,6})\s*号?\s*[。.]?\s*$/u

const words = {
  place: { note: '未入格', settled: '入格', what: '小区或地块' },
  network: { note: '未整合', settled: '整合', what: '部门单设的网格' },
} as const

/** How much lies in the one net: places in a grid, and nets run beside it. Source: S2-01 */
export const coverageCommand: Command = {
  name: 'tellNetCoverage',
  matches: /^\s*(?:网格)?(?:覆盖率|整合率|覆盖率和?整合率)\s*[?？。]?\s*$/u,
  who: 'queryCommunity',
  dialog: { as: 'admin', turns: [['覆盖率', '网格覆盖率100%']] },
  async run(ctx) {
    const { db, roster, pack } = ctx
    const gaps = await listGridGaps(db)
    const [outside, beside] = (['place', 'network'] as const).map(kind => gaps.filter(gap => gap.kind === kind))
    const places = new Set(
      roster.places.filter(({ kind }) => kind !== 'other').map(({ gridId, name }) => `${gridId} ${name}`),
    )
    const inside = roster.grids.length + places.size
    const lines = [
      `网格覆盖率${renderPercent(inside, inside + outside!.length)}（${inside}÷${inside + outside!.length}）：已在网格里的网格和地点÷再加上登记为未入格的`,
      ...outside!.map(renderGap),
      `网格整合率${renderPercent(roster.grids.length, roster.grids.length + beside!.length)}（${roster.grids.length}÷${roster.grids.length + beside!.length}）：综合网格÷再加上部门还单设的网格`,
      ...beside!.map(renderGap),
    ]
    const target = pack.indicators.find(({ rule }) => rule === 'S2-01')
    if (target) lines.push(`目标${target.value.target}%（依据：${target.clause}）；算法为本系统默认。`)
    return answer(lines.join('\n'), { private: true })
  },
}

/** An estate in no grid yet, or a net that an office still runs: counted until it is settled. Source: S2-01 */
export const noteGapCommand: Command = {
  name: 'noteGridGap',
  matches: NOTE,
  who: 'queryCommunity',
  dialog: { as: 'communityLead', turns: [['登记未入格 金桂苑', '已登记未入格1号：金桂苑']] },
  async run(ctx) {
    const [, said, name] = NOTE.exec(ctx.text.normalize('NFKC')) ?? []
    const kind = said === '未入格' ? 'place' : 'network'
    const same = (await listGridGaps(ctx.db)).find(gap => gap.kind === kind && gap.name === name)
    if (same) return refuse('repeated', `${name}已登记过（${same.no}号）。`, { private: true })
    const grid = kind === 'place' ? nameGridOf(ctx, name!) : undefined
    if (grid) return refuse('in-a-grid', `${name}已在${grid}，不用登记。`, { private: true })
    const gap = await insertGridGap(
      ctx.db,
      { kind, name: name!, at: ctx.at, byId: ctx.actor.id, messageId: ctx.message.id },
      ctx.now,
    )
    await ctx.record('created', { type: 'gridGap', id: gap.id }, { kind })
    return answer(`已登记${said}${gap.no}号：${name}。划好后回“已${words[kind].settled} ${gap.no}”。`, {
      private: true,
    })
  },
}

export const settleGapCommand: Command = {
  name: 'settleGridGap',
  matches: SETTLE,
  who: 'queryCommunity',
  dialog: { as: 'communityLead', turns: [['已入格 9', '没有']] },
  async run(ctx) {
    const [, said, number] = SETTLE.exec(ctx.text.normalize('NFKC')) ?? []
    const no = Number(number)
    const kind = said === '入格' ? 'place' : 'network'
    const gap = (await listGridGaps(ctx.db)).find(one => one.no === no && one.kind === kind)
    if (!gap)
      return refuse('unknown-number', `没有待办的${words[kind].note}${no}号，发“覆盖率”可看有哪些。`, { private: true })
    await settleGridGap(ctx.db, gap.id, { at: ctx.now, by: ctx.actor.id })
    await ctx.record('settled', { type: 'gridGap', id: gap.id })
    return answer(`${gap.name}已${said}。${kind === 'place' ? '请把它的楼栋写进 places.csv。' : ''}`, { private: true })
  },
}

export const undoableGridGap: Undoable = {
  async describe({ db }, id) {
    const gap = await findGridGap(db, id)
    return gap && !gap.voided ? `登记${words[gap.kind].note} ${gap.name}` : undefined
  },
  async undo({ db, now, actor }, id) {
    await voidGridGap(db, id, { at: now, by: actor.id })
    return undefined
  },
}

function renderGap({ no, kind, name }: GridGap): string {
  return `　${no}号 ${words[kind].what}：${name}`
}

/** Where a place of this name lies, in words. */
function nameGridOf(ctx: Ctx, name: string): string | undefined {
  const place = ctx.roster.places.find(one => one.name === name || one.aliases.includes(name))
  const grid = place && ctx.roster.gridById(place.gridId)
  return grid && listGridsInView(ctx).includes(grid) ? `${grid.community}第${grid.no}网格` : undefined
}

import { createHash } from 'node:crypto'
import { dayOf, monthOf, monthRange } from '../../policy/time.ts'
import { listReceivers } from '../../storage/notice-receivers.ts'
import { type Grid, rolesOn } from '../../storage/roster.ts'
import { nameNotice } from '../notice/words.ts'
import type { PaperDesk } from '../papers/paper.ts'
import { gatherWork, listFigures, type Work } from '../papers/work-of.ts'
import { type KnownGroup, listKnown } from './known.ts'

/** 一格一档: what a grid is, what is known of it, and what was done there in a month. */
export interface Board {
  grid: Grid
  /** `2026-11`. */
  month: string
  /** The same on screen, in the document and in the platform's text as long as the records are the same. Source: S4D-23 */
  stamp: string
  size: string
  posts: string[]
  known: KnownGroup[]
  work: Work
  /** Line by line, how far the notices are in the grid. */
  progress: string[]
}

export async function readBoard(desk: PaperDesk, grid: Grid, month: string): Promise<Board> {
  const size = renderSize(grid)
  const posts = renderPosts(desk, grid)
  const known = await listKnown(desk, grid)
  const work = await gatherWork(desk, { gridId: grid.id }, monthRange(month))
  const progress = await readProgress(desk, grid, work, month)
  const board = { grid, month, size, posts, known, work, progress }
  return { ...board, stamp: stampOf(board) }
}

/** Of the content alone, never of the hour: a paper made later from the same records bears the same stamp. */
function stampOf({ grid, month, size, posts, known, work, progress }: Omit<Board, 'stamp'>): string {
  const facts = known.flatMap(group =>
    group.facts.map(({ name, count, unit, note, toldOn, doubtful }) => [name, count, unit, note, toldOn, doubtful]),
  )
  const figures = listFigures(work).map(({ name, count, ids }) => [name, count, ids])
  const content = JSON.stringify([grid.code, month, size, posts, facts, figures, progress])
  return `${month}-${createHash('sha256').update(content).digest('hex').slice(0, 8)}`
}

function renderSize({ code, community, households, residents }: Grid): string {
  const parts = [
    `编码${code}`,
    community,
    households !== undefined && `${households}户`,
    residents !== undefined && `常住${residents}人`,
  ]
  return parts.filter(Boolean).join('，')
}

/** Each post of the grid with its people, in the order of the pack; several names of one code are told apart as people bear them. */
function renderPosts({ pack, roster, today }: PaperDesk, grid: Grid): string[] {
  const names = Object.entries(pack.roles.value).flatMap(([name, { scope }]) => (scope === 'grid' ? [name] : []))
  return names.flatMap(name => {
    const held = roster.members.filter(member =>
      rolesOn(member, today).some(({ gridId, roleName }) => gridId === grid.id && roleName === name),
    )
    return held.length > 0 ? [`${name}：${held.map(member => member.name).join('、')}`] : []
  })
}

/** `走访12次、巡查3次…`: what there was, in the order of a report. */
export function renderWork({ work }: Board): string {
  const some = listFigures(work).filter(({ count }) => count > 0)
  return some.length > 0 ? some.map(({ name, count, unit }) => `${name}${count}${unit}`).join('、') : '还没有记录'
}

/** `12号提示单《消防检查》完成2/3人`: of the grid's people, in notices that still run or went out in the month. */
async function readProgress({ db }: PaperDesk, grid: Grid, { notices }: Work, month: string): Promise<string[]> {
  const shown = [...notices.values()].filter(
    ({ status, broadcastAt }) =>
      status === 'broadcast' || (status === 'closed' && monthOf(dayOf(broadcastAt!)) === month),
  )
  const receivers = await listReceivers(
    db,
    shown.map(({ id }) => id),
  )
  return shown.map(notice => {
    const owed = receivers.filter(({ noticeId, gridId }) => noticeId === notice.id && gridId === grid.id)
    return `${nameNotice(notice)}完成${owed.filter(({ doneAt }) => doneAt !== undefined).length}/${owed.length}人`
  })
}

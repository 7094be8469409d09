import { formatDayCompact } from '../../../policy/time.ts'
import {
  fileGridChange,
  findGridChange,
  type GridChange,
  listGridChanges,
  voidGridChange,
} from '../../../storage/grid-changes.ts'
import { isGridUsed, unformGrids } from '../../../storage/grid-forming.ts'
import { returnRegisters } from '../../../storage/grid-registers.ts'
import { newId } from '../../../storage/ids.ts'
import { touchRoster } from '../../../storage/load-roster.ts'
import { hasRole } from '../../../storage/roster.ts'
import { answer, type Command, type Ctx, refuse, type Undoable } from '../../handler.ts'
import { refuseRole } from '../../not-allowed.ts'
import { restorePosts } from './posts.ts'

const SHOWN = 20
const FILE = /^\s*备案\s*(?:网格变更)?\s*(?:第|#)?\s*(\d{1,6})\s*号?\s*[。.]?\s*$/u

/** Every change of grids with its day and filing, the newest first. Source: S0-01, S2-12 */
export const gridChangesCommand: Command = {
  name: 'listGridChanges',
  matches: /^\s*网格(?:变更|调整)(?:记录|列表)?\s*[?？。]?\s*$/u,
  who: 'queryGrid',
  dialog: { as: 'admin', turns: [['网格变更', '网格还没有调整过']] },
  async run(ctx) {
    const changes = await listGridChanges(ctx.db)
    if (changes.length === 0) return answer('网格还没有调整过。')
    const lines = changes.slice(0, SHOWN).map(change => renderChange(ctx, change))
    const rest = changes.length > SHOWN ? [`……还有${changes.length - SHOWN}项`] : []
    return answer([`网格变更${changes.length}项：`, ...lines, ...rest].join('\n'))
  },
}

/** 备案 of a change, by the county's office or by whoever brought it there. Source: S2-12 */
export const fileChangeCommand: Command = {
  name: 'fileGridChange',
  matches: FILE,
  who: 'anyMember',
  dialog: { as: 'admin', turns: [['备案9', '没有要备案的']] },
  async run(ctx) {
    const rule = ctx.pack.staffing.gridChanges?.filedWith
    const no = Number(FILE.exec(ctx.text.normalize('NFKC'))?.[1])
    const change = await findGridChange(ctx.db, { no })
    const mayFile = ctx.may('changeGrids') || (rule && hasRole(ctx.actor, [rule.value], ctx.today))
    if (!mayFile) return refuseRole(ctx, 'changeGrids')
    if (!rule || !change || change.voided)
      return refuse('unknown-number', `没有要备案的网格变更${no}号。`, { private: true })
    if (!(await fileGridChange(ctx.db, change.id, { at: ctx.at, byId: ctx.actor.id })))
      return refuse('filed', `网格变更${no}号已经备过案，没有改动。`, { private: true })
    await ctx.record('filed', { type: 'gridChange', id: change.id })
    return answer(`网格变更${no}号（${change.words}）已备案。`, { private: true })
  },
}

function renderChange({ today, pack, roster }: Ctx, { no, words, day, filed, byId }: GridChange): string {
  const state = day > today ? '待生效' : '已生效'
  const filing = pack.staffing.gridChanges ? (filed ? '，已备案' : '，未备案') : ''
  return `${no}号　${formatDayCompact(day, today)}起　${words}　${state}${filing}　${roster.memberById(byId)?.name ?? ''}`
}

export const undoableGridChange: Undoable = {
  async describe({ db }, id) {
    const change = await findGridChange(db, { id })
    return change && !change.voided ? `网格变更${change.no}号（${change.words}）` : undefined
  },
  /** Only while nothing was recorded or entered for a grid that it formed. */
  async undo(ctx, id) {
    const { db, now, actor } = ctx
    const change = await findGridChange(db, { id })
    if (!change) return undefined
    const { formed, givenRoles, moved = [] } = change.touched
    const own = [
      ...givenRoles,
      ...moved.flatMap(({ households, targets }) => [...households.map(one => one.id), ...targets]),
    ]
    for (const gridId of formed) {
      if (await isGridUsed(db, gridId, own))
        return refuse('in-use', `新网格里已经有了人员或记录，网格变更${change.no}号不能直接撤销，请再调整一次。`, {
          private: true,
        })
    }
    for (const one of moved) await returnRegisters(db, one)
    await restorePosts(ctx, change.touched)
    await unformGrids(db, change.touched, change.day)
    await voidGridChange(db, id, { at: now, by: actor.id })
    await touchRoster(db, newId(now))
    await tellFilingOffice(ctx, change)
    return undefined
  },
}

/** Whoever was asked to file it has nothing to file any more. Source: S2-12 */
async function tellFilingOffice(
  { pack, roster, today, say, actor }: Ctx,
  { id, no, words }: GridChange,
): Promise<void> {
  const rule = pack.staffing.gridChanges?.filedWith
  if (!rule) return
  for (const member of roster.holders([rule.value], today)) {
    if (member.id === actor.id) continue
    const subject = { type: 'gridChange', id }
    const text = `${roster.street.name}的网格变更${no}号（${words}）已撤销，不用备案。`
    await say.toMember(member, text, { kind: 'grid-change', urgency: 'normal', subject })
  }
}

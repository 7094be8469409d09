import { formatDayCompact, formatDayShort } from '../../policy/time.ts'
import { findGridChange } from '../../storage/grid-changes.ts'
import { listHandOvers } from '../../storage/hand-overs.ts'
import { answer, type Command, refuse } from '../handler.ts'
import { refuseRole } from '../not-allowed.ts'
import { undoableGridChange } from './change-grid/changes.ts'
import { findPerson, managesStaff, NAME } from './people.ts'
import { undoableHandOver } from './undo-hand-over.ts'

const CANCELS = '^\\s*(?:取消|撤销|撤回)\\s*'
const HAND_OVER = new RegExp(
  `${CANCELS}(?:离岗(?:交接)?\\s*${NAME}|${NAME}\\s*的?离岗(?:交接)?)\\s*[。.！!]?\\s*$`,
  'u',
)
const CHANGE = new RegExp(`${CANCELS}网格(?:变更|调整)\\s*(?:第|#)?\\s*(\\d{1,6})\\s*号?\\s*[。.！!]?\\s*$`, 'u')

/** What is planned for a day to come can be called off until then, by whoever may plan it: the minutes of 撤销 are long over. */
export const cancelHandOverCommand: Command = {
  name: 'cancelHandOver',
  matches: HAND_OVER,
  who: 'anyMember',
  dialog: { as: 'communityLead', turns: [['取消离岗 李敏', '没有待生效的离岗安排']] },
  async run(ctx) {
    const [, after, before] = HAND_OVER.exec(ctx.text.normalize('NFKC')) ?? []
    const found = findPerson(ctx, after ?? before!)
    if ('refused' in found) return { ...found.refused, private: true }
    const { member } = found
    if (!ctx.may('manageStaff')) return refuseRole(ctx, 'manageStaff')
    if (!managesStaff(ctx, member)) {
      const text = `${member.name}不在您的社区，请由那里的社区书记或管理员办；没有改动。`
      return refuse('not-yours', text, { private: true })
    }
    const planned = (await listHandOvers(ctx.db, member.id)).find(({ status }) => status === 'planned')
    if (!planned) {
      const text = `${member.name}没有待生效的离岗安排，没有改动。`
      return refuse('unknown-record', text, { private: true })
    }
    await undoableHandOver.undo(ctx, planned.id)
    await ctx.record('voided', { type: 'handOver', id: planned.id })
    const text = `已取消${member.name}${formatDayShort(planned.fromDay)}起的离岗安排，岗位和在办的事都照旧。`
    return answer(text, { private: true })
  },
}

/** The same for a change of grids. Source: S2-12 */
export const cancelGridChangeCommand: Command = {
  name: 'cancelGridChange',
  matches: CHANGE,
  who: 'changeGrids',
  dialog: { as: 'admin', turns: [['取消网格变更1', '没有网格变更1号']] },
  async run(ctx) {
    const no = Number(CHANGE.exec(ctx.text.normalize('NFKC'))?.[1])
    const change = await findGridChange(ctx.db, { no })
    if (!change || change.voided)
      return refuse('unknown-number', `没有网格变更${no}号，发“网格变更”可看有哪些。`, { private: true })
    const day = formatDayCompact(change.day, ctx.today)
    if (change.day <= ctx.today) {
      const text = `网格变更${no}号${day}已经生效，不能取消；要改回去请再调整一次。`
      return refuse('in-force', text, { private: true })
    }
    const refused = await undoableGridChange.undo(ctx, change.id)
    if (refused) return refused
    await ctx.record('voided', { type: 'gridChange', id: change.id })
    return answer(`已取消网格变更${no}号（${change.words}，原定${day}起），网格照旧。`, { private: true })
  },
}

import { listInspections } from '../../storage/inspections.ts'
import { answer, type Command } from '../handler.ts'
import { findNamedNotices, NOTICE_BEHIND } from '../notice/named.ts'
import { showState } from '../notice/state.ts'
import { isGridInView } from '../notice/view.ts'
import { answerInspectionCommand, recheckCommand } from './answer.ts'
import { callCheckCommand } from './call-check.ts'
import { residentSampleCommand } from './resident-sample.ts'
import { inspectedOf, inspectionStates, nameInspection } from './words.ts'

const SHOWN = 10
const SUPERVISE = new RegExp(`^\\s*督导\\s*${NOTICE_BEHIND}\\s*[。.]?\\s*$`, 'u')

/** The state of every grid under a notice, and what was found there so far. Source: S0-26 (`督导 提示单0317` ⇒ per-grid status) */
const superviseCommand: Command = {
  name: 'superviseNotice',
  matches: SUPERVISE,
  who: 'inspect',
  dialog: { as: 'office', turns: [['督导 提示单12', '没有12号提示单']] },
  async run(ctx) {
    const said = SUPERVISE.exec(ctx.text.normalize('NFKC'))![1]!
    const shown = await showState(ctx, said)
    const found = shown.refused ? [] : await findNamedNotices(ctx, said)
    const [notice] = found
    if (!notice || found.length > 1 || ctx.chat.kind === 'group') return shown
    const inspections = await listInspections(ctx.db, { noticeId: notice.id })
    const lines = inspections.map(one => `${nameInspection(ctx, one)}：${inspectionStates[one.status]}`)
    const how = `记督导：直接说“督导3网格 ${notice.no}号提示单 ……”`
    return answer([shown.text, ...(lines.length > 0 ? ['已有督导：', ...lines] : []), how].join('\n'))
  },
}

/** Inspections that still go on: those of grids in view, or where the reader is the one inspected. In private alone. */
const listCommand: Command = {
  name: 'listInspections',
  matches: /^\s*督导(?:清单|台账|列表)\s*[?？。]?\s*$/u,
  who: 'anyMember',
  dialog: { as: 'worker', turns: [['督导清单', '没有在办的督导']] },
  async run(ctx) {
    const open = await listInspections(ctx.db, { statuses: ['open', 'answered', 'corrected', 'failed'] })
    const mine = open.filter(one => {
      if (one.inspectorId === ctx.actor.id || inspectedOf(ctx, one).some(({ id }) => id === ctx.actor.id)) return true
      return (
        ctx.may('queryCommunity') &&
        one.gridId !== undefined &&
        isGridInView({ ...ctx, chat: { ...ctx.chat, group: undefined } }, one.gridId)
      )
    })
    if (mine.length === 0) return answer('没有在办的督导。', { private: true })
    const lines = mine.slice(-SHOWN).map(one => `${nameInspection(ctx, one)}：${inspectionStates[one.status]}`)
    const rest = mine.length > SHOWN ? [`……还有${mine.length - SHOWN}件`] : []
    return answer([`在办督导${mine.length}件：`, ...lines, ...rest].join('\n'), { private: true })
  },
}

export const inspectionCommands: readonly Command[] = [
  superviseCommand,
  answerInspectionCommand,
  recheckCommand,
  listCommand,
  callCheckCommand,
  residentSampleCommand,
]

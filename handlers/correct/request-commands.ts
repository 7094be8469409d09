import { findCorrectionNumbered, listCorrections, settleCorrection } from '../../storage/corrections.ts'
import { type Answer, answer, type Command, refuse } from '../handler.ts'
import { narrowSigns } from '../plain-words.ts'
import { decideCorrection } from './decide-correction.ts'
import { listWaitingCorrections } from './deciders.ts'
import { correctionStates, nameCorrection } from './words.ts'

const YES = '同意|批准|准'
const NO = '不同意|不准|不批|退回|驳回'
const NUMBER = '(?:申请)?\\s*(?:第|#)?\\s*(\\d{1,6})\\s*号?'
const DECIDE = new RegExp(
  `^\\s*(?:(?:(${NO})|(?:${YES}))\\s*更正${NUMBER}|(?:更正${NUMBER}|(\\d{1,6})\\s*号\\s*更正)\\s*(?:(${NO})|(?:${YES})))[，,。：:；;\\s]*([\\s\\S]*)$`,
  'u',
)
const WITHDRAW = new RegExp(`^\\s*(?:撤回|取消|撤销|收回)\\s*更正${NUMBER}\\s*[。.]?$`, 'u')
const LIST = /^\s*(?:我的)?更正(?:记录|清单|申请)\s*[?？。]?$/u
const SHOWN = 10

const unknown = (no: number): Answer => refuse('unknown-number', `没有${no}号更正。`, { private: true })

/** `同意更正3`, `不同意更正3 与实际不符`, `3号更正同意`. */
export const decideCorrectionCommand: Command = {
  name: 'decideCorrection',
  matches: DECIDE,
  who: 'anyMember',
  dialog: { as: 'leader', turns: [['同意更正3', '没有3号更正']] },
  async run(ctx) {
    const [, before, first, second, third, behind, words = ''] = DECIDE.exec(narrowSigns(ctx.text))!
    const no = Number(first ?? second ?? third)
    const correction = await findCorrectionNumbered(ctx.db, no)
    if (!correction) return unknown(no)
    const reason = words.replace(/^(?:原因|理由)(?:是|[:：])?\s*/u, '').trim() || undefined
    return decideCorrection(ctx, correction, { decision: (before ?? behind) ? 'reject' : 'approve', reason })
  },
}

/** By whoever asked, while nobody decided. */
export const withdrawCorrectionCommand: Command = {
  name: 'withdrawCorrection',
  matches: WITHDRAW,
  who: 'undo',
  dialog: { as: 'worker', turns: [['撤回更正3', '没有3号更正']] },
  async run(ctx) {
    const { db, actor, now } = ctx
    const no = Number(WITHDRAW.exec(narrowSigns(ctx.text))![1])
    const correction = await findCorrectionNumbered(db, no)
    if (!correction) return unknown(no)
    if (correction.memberId !== actor.id)
      return refuse('not-yours', `更正${no}号是别人报的，由本人撤回。`, { private: true })
    if (!(await settleCorrection(db, correction.id, { status: 'cancelled', by: actor.id, at: now })))
      return refuse('wrong-state', `更正${no}号${correctionStates[correction.status]}，不用撤回。`, { private: true })
    await ctx.record('cancelled', { type: 'correction', id: correction.id })
    return answer(`已撤回更正${no}号，记录不变。`, { private: true })
  },
}

/** One's own, and those that wait for one's word. */
export const correctionListCommand: Command = {
  name: 'listCorrections',
  matches: LIST,
  who: 'queryOwn',
  dialog: { as: 'worker', turns: [['更正记录', '没有更正']] },
  async run(ctx) {
    const waiting = await listWaitingCorrections(ctx, ctx.actor)
    const own = (await listCorrections(ctx.db, { memberId: ctx.actor.id })).slice(-SHOWN)
    if (waiting.length + own.length === 0) return answer('没有更正。', { private: true })
    const lines = [
      ...waiting.map(one => `等您批：${nameCorrection(ctx, one)}`),
      ...own.map(
        ({ no, what, status }) => `${no === undefined ? '' : `${no}号 `}${what.reveal()}，${correctionStates[status]}`,
      ),
    ]
    return answer(lines.join('\n'), { private: true })
  },
}

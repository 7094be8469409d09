import { moveIncident, OPEN_STATUSES } from '../../../storage/incidents.ts'
import { maskName } from '../../../storage/masking.ts'
import { chooseGrid } from '../../grids.ts'
import { answer, type Command, refuse } from '../../handler.ts'
import { shortenText } from '../../reader.ts'
import { deadlineLine } from '../deadline-words.ts'
import { openIncident } from '../open.ts'
import { logStep } from '../step.ts'

const TITLE = '阿姨|奶奶|爷爷|大爷|大妈|大娘|大伯|大叔|叔叔|婆婆|阿婆|阿公|师傅|老师|先生|女士|老人'
/** Behind a pause anything; without one it must begin with somebody, for 代办员 and 代办点 are no errands. */
const ASKED = new RegExp(`^\\s*代办(?:[\\s,，:：]+|(?=[\\u4e00-\\u9fff]{1,3}?(?:${TITLE})))(\\S[\\s\\S]*)$`, 'u')
/** Whose errand it is, where it begins with somebody. */
const WHOSE = new RegExp(`^([\\u4e00-\\u9fff]{1,3}?(?:${TITLE}))(?:的|家的?)?`, 'u')

/**
 * An errand done for a resident, in the hand of whoever took it on from the first moment; it is settled, told and counted like any case.
 * Source: S2-17 (结合“最多跑一次”…公共服务代办)
 */
export const serviceCommand: Command = {
  name: 'serviceErrand',
  matches: ASKED,
  who: 'reportIncident',
  dialog: {
    as: 'worker',
    turns: [
      ['代办 王阿姨医保卡', '已记代办 #1'],
      ['1号事件办结了', '已办结'],
    ],
  },
  async run(ctx) {
    const item = ASKED.exec(ctx.text)![1]!.trim()
    if (Array.from(item).length < 2) return refuse('no-item', '请写给谁办什么，如“代办 王阿姨医保卡”。')
    const choice = chooseGrid(ctx)
    const incident = await openIncident(ctx, {
      reporterId: ctx.actor.id,
      gridId: 'found' in choice ? choice.found.id : undefined,
      category: 'livelihood',
      urgent: false,
      description: item,
      verified: true,
      origin: 'resident',
      matter: 'service',
    })
    const taken = await moveIncident(ctx.db, incident.id, OPEN_STATUSES, { status: 'accepted', holderId: ctx.actor.id })
    await logStep(ctx, taken ?? incident, 'accept', { text: item })
    const whose = WHOSE.exec(item)?.[1]
    const shown = ctx.chat.kind === 'direct' ? shortenText(item) : whose ? `${maskName(whose)}的事` : '居民的事'
    return answer(
      `已记代办 #${incident.no}：${shown}，由您经办。办好回“${incident.no}号事件办结”，告知了回“#${incident.no} 已电话告知”。${deadlineLine(taken ?? incident, ctx.now)}`,
    )
  },
}

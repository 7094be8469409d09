import { addDays, formatDayShort } from '../../policy/time.ts'
import { type Command, refuse } from '../handler.ts'
import { readNumeral } from '../numerals.ts'
import { findOwnLeave } from './find-own.ts'
import { fileLeave } from './request.ts'
import { leaveStates, renderLeave } from './words.ts'

const EXTEND = /^\s*(?:续假|延长请假|请假延长)\s*(?:#?(\d{1,6})号(?:请?假)?)?\s*([\s\S]*)$/u
const DAYS = /([0-9]{1,2}|[一二两三四五六七八九十]{1,3})\s*天/u

/** More days after a leave: a request of its own, decided like any other. */
export const extendLeaveCommand: Command = {
  name: 'extendLeave',
  matches: EXTEND,
  who: 'requestLeave',
  dialog: { as: 'worker', turns: [['续假两天 孩子还没退烧', '没有查到您正在请或要请的假']] },
  async run(ctx, { when }) {
    const [, no, words = ''] = EXTEND.exec(ctx.text.normalize('NFKC')) ?? []
    const leave = await findOwnLeave(ctx, no === undefined ? undefined : Number(no))
    if ('text' in leave) return leave
    const { half, meetingId, status, toDay } = leave
    if (status !== 'pending' && status !== 'approved') {
      return refuse('wrong-state', `${renderLeave(ctx.roster, leave)}${leaveStates[status]}，不能续，请重新请假。`, {
        private: true,
      })
    }
    if (half || meetingId) {
      return refuse('not-whole', '半天假和会议假不用续，请直接说“明天请一天假”。', { private: true })
    }
    const count = DAYS.exec(words)?.[1]
    const to = count ? addDays(toDay, readNumeral(count) ?? 0) : when?.slice(0, 10)
    if (!to) return refuse('no-day', '请写续到哪天或续几天，如“续假两天”“续假到11月27日”。', { private: true })
    if (to <= toDay) {
      return refuse('not-later', `${leave.no}号请假本来就到${formatDayShort(toDay)}；早回来请说“销假”。`, {
        private: true,
      })
    }
    const reason = words
      .replace(DAYS, ' ')
      .replace(
        /^\s*到?\s*(?:\d{1,2}月)?\d{1,2}[日号]|^\s*到?\s*(?:下|这|本)?(?:周|星期)[一二三四五六日天]|^\s*到?\s*[明后]天/u,
        ' ',
      )
      .replace(/^[\s,，。:：]+/u, '')
    const from = addDays(toDay, 1)
    return fileLeave(ctx, { from, to, reason: reason || undefined }, { follows: leave })
  },
}

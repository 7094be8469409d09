import { clock } from '../check-in.ts'
import type { Command } from '../handler.ts'

const PLACES = '街道办?|镇里|乡里|区里|区政府|市里|县里|法院|医院|派出所|司法所|党校'
const OUTSIDE = new RegExp(
  String.raw`^\s*(?:@\S+\s+)?(上班|下班)?(?:打卡|到岗了?)[\s,，。:：]*我?[在到](${PLACES})[\s,，。]*(\S[^\n]{0,60}?)?[\s。.！!]*$`,
  'u',
)

/** 社区 and 网格 are the place of work; a check-in from elsewhere keeps the reason that was told with it. Source: S0-23 */
export const outsideCommand: Command = {
  name: 'checkInOutside',
  matches: OUTSIDE,
  who: 'checkIn',
  dialog: { as: 'worker', turns: [['打卡 在街道开例会', '场所外，已记事由：开例会']] },
  async run(ctx) {
    const [, word, place = '', told] = OUTSIDE.exec(ctx.text.normalize('NFKC')) ?? []
    const reason = told?.trim() || place
    const kind = word === '上班' ? 'on' : word === '下班' ? 'off' : undefined
    const answered = await clock(ctx, { kind, makeup: false, at: ctx.at, place: `${place}（${reason}）` })
    if (answered.refused !== undefined || answered.question) return answered
    // The reason may be a private one, so no group reads it.
    const { merge: _merge, notBefore: _notBefore, ...rest } = answered
    return { ...rest, text: `${answered.text}场所外，已记事由：${reason}。`, private: true }
  },
}

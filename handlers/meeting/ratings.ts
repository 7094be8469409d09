import { insertRatings, listRatings } from '../../storage/meeting-extras.ts'
import { answer, type Command, refuse } from '../handler.ts'
import { narrowSigns } from '../plain-words.ts'
import { findRun, MEETING_NO } from './numbered.ts'
import { nameMeeting } from './words.ts'

const RATE = new RegExp(
  String.raw`^\s*评议\s*${MEETING_NO}[\s,，:：]+(\p{Script=Han}{2,4})[\s,，:：]+([\d\s,，、分]+)\s*$`,
  'u',
)
const SHOW = new RegExp(String.raw`^\s*评议结果\s*${MEETING_NO}\s*[?？。]?\s*$`, 'u')
/** Where no document tells, fewer ratings than this would show who gave them. Source: S1-43 [G] */
const FEWEST = 5
const HIGHEST = 100

/**
 * Ballots of a 座谈会, read off the paper by whoever runs it: several points for one person, never who gave them. Residents need no
 * account and no name. Source: S1-43 (对网格长的综合评价)
 */
export const rateCommand: Command = {
  name: 'rateAtMeeting',
  matches: RATE,
  who: 'meetingMinutes',
  dialog: { as: 'generalOffice', turns: [['评议 3号会 陈桂芳 5 4 5', '没有3号会']] },
  async run(ctx) {
    const [, no, name, told] = RATE.exec(narrowSigns(ctx.text)) ?? []
    const meeting = await findRun(ctx, Number(no))
    if ('refused' in meeting) return meeting
    const [member, other] = ctx.roster.membersNamed(name!)
    if (!member || other)
      return refuse('unknown-person', `名册里没有（或不止一个）“${name}”，没有记。`, { private: true })
    if (member.id === ctx.actor.id) {
      return refuse('own-rating', '评议的是您本人，请由别人来录，没有记。', { private: true })
    }
    const points = (told!.match(/\d+/g) ?? []).map(Number)
    if (points.some(point => point > HIGHEST)) {
      return refuse('bad-points', `评分应在0到${HIGHEST}之间，没有记。`, { private: true })
    }
    await insertRatings(ctx.db, meeting.id, member.id, points)
    await ctx.record('rated', { type: 'meeting', id: meeting.id }, { of: member.id, count: points.length })
    return answer(`已记${points.length}份对${member.name}的评议，不记谁打的；满${fewest(ctx.pack)}份才显示结果。`, {
      private: true,
    })
  },
}

/** Shown from so many ratings on that nobody can be told from them. */
export const ratingsCommand: Command = {
  name: 'showRatings',
  matches: SHOW,
  who: 'meetingMinutes',
  dialog: { as: 'generalOffice', turns: [['评议结果 3号会', '没有3号会']] },
  async run(ctx) {
    const meeting = await findRun(ctx, Number(SHOW.exec(narrowSigns(ctx.text))?.[1]))
    if ('refused' in meeting) return meeting
    const ratings = await listRatings(ctx.db, meeting.id)
    const least = fewest(ctx.pack)
    const rated = [...new Set(ratings.map(({ memberId }) => memberId))]
    if (rated.length === 0) return answer(`${nameMeeting(ctx, meeting)}还没有评议。`, { private: true })
    const lines = rated.map(memberId => {
      const points = ratings.filter(rating => rating.memberId === memberId).map(rating => rating.points)
      const name = ctx.roster.memberById(memberId)?.name ?? ''
      if (points.length < least) return `${name}：不足${least}份，不显示`
      const mean = points.reduce((sum, point) => sum + point, 0) / points.length
      return `${name}：${points.length}份，平均${mean.toFixed(1)}`
    })
    return answer([`${nameMeeting(ctx, meeting)}评议：`, ...lines].join('\n'), { private: true })
  },
}

function fewest(pack: { inspection: { ratingsAtLeast?: { value: number } } }): number {
  return pack.inspection.ratingsAtLeast?.value ?? FEWEST
}

import { listReplies, saveReply } from '../../storage/meeting-extras.ts'
import { type Answer, answer, type Command, type Ctx, refuse } from '../handler.ts'
import { requestMeetingLeave } from '../leave/request.ts'
import { narrowSigns } from '../plain-words.ts'
import { findNumbered, findRun, isOver, MEETING_NO } from './numbered.ts'
import { replyCard } from './reply-card.ts'
import { nameMeeting, nameOf, renderMeeting, renderStart } from './words.ts'

const COMING = new RegExp(String.raw`^\s*(?:我)?(?:能|可以)?(?:参加|参会)\s*${MEETING_NO}\s*[。.]?\s*$`, 'u')
const AWAY = new RegExp(
  String.raw`^\s*(?:我)?(?:来不了|去不了|参加不了|不参加|不能参加)\s*${MEETING_NO}(?:[\s,，:：。.]+([\s\S]*))?$`,
  'u',
)
const INVITE = new RegExp(
  String.raw`^\s*邀请\s*(\S[\s\S]*?)\s*(?:参加|到会指导|列席)\s*${MEETING_NO}\s*[。.]?\s*$`,
  'u',
)

async function note(ctx: Ctx, no: number, coming: boolean, reason?: string): Promise<Answer> {
  const { db, actor, at, message } = ctx
  const meeting = await findNumbered(ctx, no)
  if ('refused' in meeting) return meeting
  if (isOver(ctx, meeting)) {
    return refuse('past', `${nameMeeting(ctx, meeting)}（${renderStart(meeting)}）已经开了，没有改动。`, {
      private: true,
    })
  }
  await saveReply(db, meeting.id, { memberId: actor.id, coming, at, messageId: message.id })
  await ctx.record('replied', { type: 'meeting', id: meeting.id }, { coming })
  if (!coming) return { ...(await requestMeetingLeave(ctx, meeting, reason || undefined)), private: true }
  const count = (await listReplies(db, meeting.id)).filter(reply => reply.coming).length
  return answer(`记下了，您参加${renderMeeting(ctx, meeting)}（已有${count}人能来）。到场回“会议签到”。`, {
    private: true,
  })
}

/** 能来; told again, the newest answer stands. */
export const comingCommand: Command = {
  name: 'joinMeeting',
  matches: COMING,
  who: 'meetingCheckIn',
  dialog: { as: 'worker', turns: [['参加3号会', '没有3号会']] },
  run: ctx => note(ctx, Number(COMING.exec(narrowSigns(ctx.text))?.[1]), true),
}

/** 来不了 is also a request for leave from this meeting. */
export const awayCommand: Command = {
  name: 'missMeeting',
  matches: AWAY,
  who: 'requestLeave',
  dialog: { as: 'worker', turns: [['来不了3号会 带孩子看病', '没有3号会']] },
  run(ctx) {
    const [, no, reason] = AWAY.exec(narrowSigns(ctx.text)) ?? []
    return note(ctx, Number(no), false, reason?.trim())
  },
}

/** 相关领导到会指导: somebody outside the roll is asked in private; who comes stands on the roll as a guest. Source: S3A-35 */
export const inviteCommand: Command = {
  name: 'inviteGuest',
  matches: INVITE,
  who: 'scheduleMeeting',
  dialog: { as: 'communityLead', turns: [['邀请高峰到会指导3号会', '没有3号会']] },
  async run(ctx) {
    const [, words, no] = INVITE.exec(narrowSigns(ctx.text)) ?? []
    const meeting = await findRun(ctx, Number(no))
    if ('refused' in meeting) return meeting
    const guests = ctx.roster.members.filter(({ name, status }) => status === 'active' && words!.includes(name))
    if (guests.length === 0) {
      return refuse('unknown-person', `名册里没有“${words}”，没有邀请。请写名册上的姓名。`, { private: true })
    }
    if (isOver(ctx, meeting)) return refuse('past', `${nameMeeting(ctx, meeting)}已经开了，没有邀请。`)
    for (const guest of guests) {
      await ctx.say.toMember(guest, `【邀请】${ctx.actor.name}请您到会指导：${renderMeeting(ctx, meeting)}。`, {
        kind: 'meeting',
        urgency: 'normal',
        subject: { type: 'meeting', id: meeting.id },
        card: replyCard(ctx, meeting),
        notAfter: meeting.startAt,
      })
    }
    await ctx.record('invited', { type: 'meeting', id: meeting.id }, { guests: guests.map(({ id }) => id) })
    return answer(`已邀请${guests.map(({ name }) => name).join('、')}到会指导${nameOf(ctx, meeting)}。`)
  },
}

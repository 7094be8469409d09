import { listReplies } from '../../storage/meeting-extras.ts'
import { listMeetingAttendance, type Meeting, markMeeting, saveAttendance } from '../../storage/meetings.ts'
import type { Member } from '../../storage/roster.ts'
import { type Answer, answer, type Command, type Ctx, refuse } from '../handler.ts'
import { narrowSigns } from '../plain-words.ts'
import { findRun, isOver, MEETING_NO } from './numbered.ts'
import { callRoll } from './roll.ts'
import { nameMeeting, renderStart } from './words.ts'

const ROLL = new RegExp(
  String.raw`^\s*点名\s*${MEETING_NO}\s*(?:[\s,，:：]\s*((?=[\p{Script=Han}@＠])[\s\S]*))?[。.]?\s*$`,
  'u',
)
const OPENS_BEFORE_MS = 60 * 60_000

/**
 * The roll called by whoever runs the meeting: `点名 3号会 李敏、王强` signs in those who have no phone at hand; without names it
 * shows who came, who is excused, who is missing, and before it begins who said they would come.
 */
export const rollCommand: Command = {
  name: 'callRoll',
  matches: ROLL,
  who: 'meetingMinutes',
  dialog: { as: 'instructor', turns: [['点名 3号会', '没有3号会']] },
  async run(ctx) {
    const [, no, words] = ROLL.exec(narrowSigns(ctx.text)) ?? []
    const meeting = await findRun(ctx, Number(no))
    if ('refused' in meeting) return meeting
    return words ? signIn(ctx, meeting, words) : show(ctx, meeting)
  },
}

async function signIn(ctx: Ctx, meeting: Meeting, words: string): Promise<Answer> {
  const { db, at, message, roster } = ctx
  if (meeting.startAt !== undefined && at < meeting.startAt - OPENS_BEFORE_MS) {
    return refuse('too-early', `${nameMeeting(ctx, meeting)}${renderStart(meeting)}开，提前一小时起可以点名。`)
  }
  const called = roster.members.filter(({ name, status }) => status === 'active' && words.includes(name))
  const unknown = words
    .split(/[\s,，、;；@＠]+/u)
    .filter(word => /^\p{Script=Han}{2,4}$/u.test(word) && !called.some(({ name }) => word.includes(name)))
  if (called.length === 0) return refuse('unknown-person', `名册里没有“${words}”，没有改动。请写名册上的姓名。`)
  const known = await listMeetingAttendance(db, [meeting.id])
  const news: Member[] = []
  for (const member of called) {
    if (known.some(({ memberId, state }) => memberId === member.id && state === 'present')) continue
    const id = await saveAttendance(db, {
      meetingId: meeting.id,
      memberId: member.id,
      state: 'present',
      at,
      messageId: message.id,
    })
    await ctx.record('created', { type: 'meetingCheckIn', id }, { for: member.id })
    news.push(member)
  }
  if (meeting.status === 'planned') await markMeeting(db, meeting.id, 'held')
  const { present, absent } = await callRoll(ctx, meeting)
  const more = unknown.length > 0 ? `名册里没有${unknown.join('、')}。` : ''
  const names = news.map(({ name }) => name).join('、')
  return answer(
    `${nameMeeting(ctx, meeting)}点名：${names ? `记到${names}` : '都已签到'}。到会${present.length}人，未到${absent.length}人。${more}`,
  )
}

/** In private: a list of names of those who are missing is for nobody else. */
async function show(ctx: Ctx, meeting: Meeting): Promise<Answer> {
  const names = (members: readonly Member[]) => members.map(({ name }) => name).join('、') || '无'
  const { present, excused, absent, guests } = await callRoll(ctx, meeting)
  const head = `${nameMeeting(ctx, meeting)}（${renderStart(meeting)}）`
  if (!isOver(ctx, meeting)) {
    const replies = await listReplies(ctx.db, meeting.id)
    const told = (coming: boolean) =>
      replies.flatMap(reply => (reply.coming === coming ? [ctx.roster.memberById(reply.memberId)!] : []))
    const lines = [`能来：${names(told(true))}`, `来不了：${names(told(false))}`, `已准假：${names(excused)}`]
    return answer([head, ...lines].join('\n'), { private: true })
  }
  const attending = present.filter(member => !guests.includes(member))
  const lines = [`到会${attending.length}人：${names(attending)}`]
  if (guests.length > 0) lines.push(`列席${guests.length}人：${names(guests)}`)
  lines.push(`请假${excused.length}人：${names(excused)}`, `未到${absent.length}人：${names(absent)}`)
  return answer([head, ...lines].join('\n'), { private: true })
}

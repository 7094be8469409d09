import { judgeReturn } from '../../policy/leave.ts'
import { formatDayShort } from '../../policy/time.ts'
import { cancelLeave, type Leave, shortenLeave } from '../../storage/leaves.ts'
import { deleteAttendance, findMeeting, listMeetingAttendance } from '../../storage/meetings.ts'
import { type Answer, answer, type Command, type Ctx, refuse } from '../handler.ts'
import { startOf } from '../meeting/find-meeting.ts'
import { findOwnLeave } from './find-own.ts'
import { leaveStates, renderDays, renderLeave } from './words.ts'

const END =
  /^\s*(?:销假|(?:取消|撤销|撤回)\s*(?:我的)?(?:(?:第|#)?\s*(\d{1,6})\s*号?\s*)?请假|销(\d{1,6})号假)\s*(?:#?(\d{1,6})号?)?\s*[。.！!]?\s*$/u

/** Back early, or not away at all: the days that are left count as work again, also after the approval. */
export const endLeaveCommand: Command = {
  name: 'endLeave',
  matches: END,
  who: 'requestLeave',
  dialog: { as: 'worker', turns: [['销假', '没有查到您正在请或要请的假']] },
  async run(ctx) {
    const { db, actor, at, pack, roster } = ctx
    const numbers = END.exec(ctx.text.normalize('NFKC'))?.slice(1) ?? []
    const told = numbers.find(number => number !== undefined)
    const leave = await findOwnLeave(ctx, told === undefined ? undefined : Number(told))
    if ('text' in leave) return leave
    if (leave.status !== 'pending' && leave.status !== 'approved') {
      return refuse('wrong-state', `${renderLeave(roster, leave)}${leaveStates[leave.status]}，没有改动。`, {
        private: true,
      })
    }
    const meeting = leave.meetingId ? await findMeeting(db, leave.meetingId) : undefined
    const verdict = judgeReturn({ ...leave, meetingStartsAt: meeting && startOf(meeting) }, at, pack.attendance)
    if (verdict.left === 'used') {
      return refuse('over', `您的${leave.no}号请假（${renderDays(leave)}）已经用完，不用销假。`, { private: true })
    }
    const changed =
      verdict.left === 'none'
        ? await cancelLeave(db, leave.id, { at })
        : await shortenLeave(db, leave.id, verdict.toDay)
    if (!changed)
      return refuse('wrong-state', `${leave.no}号请假刚刚有了变动，没有改动，请再看一眼。`, { private: true })
    if (verdict.left === 'none') await dropExcuse(ctx, leave)
    await ctx.record(verdict.left === 'none' ? 'cancelled' : 'shortened', { type: 'leave', id: leave.id })
    const rest = verdict.left === 'none' ? '整个取消' : `只算到${formatDayShort(changed.toDay)}`
    const approver = roster.memberById(leave.approverId ?? '')
    if (approver) {
      await ctx.say.toMember(approver, `${actor.name}销假：${leave.no}号请假（${renderDays(leave)}）${rest}。`, {
        kind: 'leave-ended',
        urgency: 'normal',
        subject: { type: 'leave', id: leave.id },
      })
    }
    return answerEnded(leave, rest, approver?.name)
  },
}

function answerEnded(leave: Leave, rest: string, approver: string | undefined): Answer {
  const told = approver ? `，已告知${approver}` : ''
  return answer(`已销假：${leave.no}号请假（${renderDays(leave)}）${rest}${told}；其余时间照常打卡。`, {
    private: true,
  })
}

/** Whoever comes after all is on the roll again. */
async function dropExcuse({ db }: Ctx, { meetingId, memberId }: Leave): Promise<void> {
  if (!meetingId) return
  const rows = await listMeetingAttendance(db, [meetingId])
  const excused = rows.find(row => row.memberId === memberId && row.state === 'excused')
  if (excused) await deleteAttendance(db, excused.id)
}

import { isLateLeave } from '../../policy/leave.ts'
import { addMonths, type Day, daysBetween, endOfDay } from '../../policy/time.ts'
import { insertLeave, type Leave, listLeaves } from '../../storage/leaves.ts'
import type { Meeting } from '../../storage/meetings.ts'
import { nextNumber } from '../../storage/settings.ts'
import { type Answer, answer, ask, type Ctx, defineHandler, refuse } from '../handler.ts'
import { listMeetingsOf, startOf } from '../meeting/find-meeting.ts'
import { renderMeeting } from '../meeting/words.ts'
import type { SlotsOf } from '../slots.ts'
import { findApprover } from './approver.ts'
import { leaveStates, renderDays, renderLeave } from './words.ts'

type Slots = SlotsOf['requestLeave']
const LATE_MONTHS = 1

/** Leave from work or from one meeting; it counts from the approval on. */
export const requestLeave = defineHandler({
  intent: 'requestLeave',
  who: 'requestLeave',
  dialog: { as: 'worker', turns: [['明天请一天假，带娃打疫苗', '等沈国华审批']] },
  async run(ctx, slots) {
    return slots.fromMeeting ? askOffMeeting(ctx, slots) : askOff(ctx, slots)
  },
  async resume(ctx, draft, understood) {
    const asked = draft as Slots
    const told = understood.intent === 'requestLeave' ? understood.slots : {}
    const from = told.from ?? understood.when?.slice(0, 10)
    if (!from) return undefined
    return askOff(ctx, { ...asked, ...told, from, to: told.to ?? from })
  },
})

async function askOffMeeting(ctx: Ctx, slots: Slots): Promise<Answer> {
  const day = slots.from
  const coming = await listMeetingsOf(ctx, ctx.actor, { from: day ?? ctx.today, to: day })
  const [meeting] = coming.filter(({ startDay }) => endOfDay(startDay) > ctx.at)
  if (meeting) return requestMeetingLeave(ctx, meeting, slots.reason)
  return refuse('no-meeting', `没查到您${day ? '那天' : '近期'}要开的会。要请整天假，请说“明天请一天假”。`, {
    private: true,
  })
}

/** Leave from one meeting, decided by whoever decides the person's leave. */
export function requestMeetingLeave(ctx: Ctx, meeting: Meeting, reason: string | undefined): Promise<Answer> {
  return fileLeave(ctx, { from: meeting.startDay, to: meeting.startDay, reason }, { meeting })
}

async function askOff(ctx: Ctx, slots: Slots): Promise<Answer> {
  const { from, to = from } = slots
  if (!from || !to) return ask('requestLeave', slots, '请哪天的假？说日期就行，如“明天”“12月7日到9日”。')
  if (to < from) return refuse('ends-before-begin', '结束日期在开始日期前面，请再说一遍，如“12月7日到9日请假”。')
  if (from < addMonths(ctx.today, -LATE_MONTHS)) {
    return refuse('too-late', '一个月以前的假不能在这里补，请找社区书记线下办。', { private: true })
  }
  return fileLeave(ctx, { ...slots, from, to })
}

/** Puts a request before whoever decides it, once for the same days; `follows` is the leave that it makes longer. */
export async function fileLeave(
  ctx: Ctx,
  slots: Slots & { from: Day; to: Day },
  { meeting, follows }: { meeting?: Meeting; follows?: Leave } = {},
): Promise<Answer> {
  const { db, actor, at, message, pack, roster } = ctx
  const { from: fromDay, to: toDay, half, reason } = slots
  const standing = await findOverlapping(ctx, { fromDay, toDay, half, meetingId: meeting?.id })
  if (standing) {
    return refuse(
      'overlap',
      `和您的${renderLeave(roster, standing)}重了（${leaveStates[standing.status]}），没有再记。`,
      { private: true },
    )
  }
  const approver = findApprover(ctx, actor)
  if (!approver) return refuse('no-approver', '您的假这里没有人能批，请按组织程序办理。', { private: true })
  const leave = await insertLeave(db, {
    no: await nextNumber(db, 'leave'),
    memberId: actor.id,
    fromDay,
    toDay,
    half,
    reason,
    meetingId: meeting?.id,
    approverId: approver.id,
    askedAt: at,
    messageId: message.id,
  })
  await ctx.record('created', { type: 'leave', id: leave.id })
  const days = meeting ? renderMeeting(ctx, meeting) : `${renderDays(leave)}${renderLength(leave)}`
  const isLate = isLateLeave({ ...leave, meetingStartsAt: meeting && startOf(meeting) }, at, pack.attendance)
  const what = [days, follows && `续${follows.no}号`, isLate && '开始后才报，算补假'].filter(Boolean).join('，')
  await tellApprover(ctx, leave, what)
  return answer(`${leave.no}号请假已报（${what}），等${approver.name}审批；准了我私下告诉您。`)
}

function renderLength({ fromDay, toDay }: Leave): string {
  const days = daysBetween(fromDay, toDay) + 1
  return days > 1 ? `共${days}天` : ''
}

async function findOverlapping(
  { db, actor }: Ctx,
  { fromDay, toDay, half, meetingId }: Pick<Leave, 'fromDay' | 'toDay' | 'half' | 'meetingId'>,
): Promise<Leave | undefined> {
  const standing = await listLeaves(db, {
    from: fromDay,
    to: toDay,
    memberId: actor.id,
    statuses: ['pending', 'approved'],
  })
  return standing.find(
    other => other.meetingId === meetingId && !(other.half !== undefined && half !== undefined && other.half !== half),
  )
}

async function tellApprover({ say, roster, actor }: Ctx, leave: Leave, what: string): Promise<void> {
  const approver = roster.memberById(leave.approverId!)!
  const reason = leave.reason ? `\n事由：${leave.reason.reveal()}` : ''
  await say.toMember(approver, `【请假】${leave.no}号，${actor.name}，${what}${reason}`, {
    kind: 'leave-request',
    urgency: 'normal',
    subject: { type: 'leave', id: leave.id },
    card: {
      title: `${leave.no}号 请假`,
      buttons: [
        { key: 'approve', text: '准假', says: `${leave.no}号请假同意` },
        { key: 'reject', text: '不准', says: `${leave.no}号请假不同意` },
      ],
    },
  })
}

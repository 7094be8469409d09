import { covers } from '../../policy/attendance.ts'
import { addDays, addMonths, formatDayCompact } from '../../policy/time.ts'
import { findOuting, insertOuting, listOutings } from '../../storage/outings.ts'
import { voidRecord } from '../../storage/records.ts'
import { findLeaveOfDay } from '../attendance.ts'
import { answer, type Command, type Ctx, refuse, type Undoable } from '../handler.ts'
import { joinParts } from './away.ts'
import { leadersOf } from './leaders.ts'

const OUTING = /^\s*(?:@\S+\s+)?公出(?:$|[\s,，:：。]+|(?=[去到上下今明后昨前周\d]))([\s\S]*)$/u
const DAY_WORDS =
  /(?:今天|今日|明天|明日|后天|昨天|前天|(?:下|这|本)?(?:周|星期|礼拜)[一二三四五六日天]|\d{1,2}月\d{1,2}[日号]|\d{1,2}[日号])/gu
const HALF_WORDS = /(?:一?整天|全天|上午|早上|下午|[，,。.\s]+)/gu
const LATE_MONTHS = 1
const AHEAD_DAYS = 31
const halfNames = { am: '上午', pm: '下午', day: '全天' } as const

/** Work elsewhere, with its reason: the person counts as being there. Source: S0-25, S0-23 */
export const outingCommand: Command = {
  name: 'outing',
  matches: OUTING,
  who: 'checkIn',
  dialog: { as: 'worker', turns: [['公出 去区里开会 下午', '已记公出']] },
  async run(ctx, { when }) {
    const { db, actor, message, now, today } = ctx
    const words = OUTING.exec(ctx.text.normalize('NFKC'))?.[1] ?? ''
    const day = when?.slice(0, 10) ?? today
    const part = /上午|早上/u.test(words) === /下午/u.test(words) ? 'day' : /下午/u.test(words) ? 'pm' : 'am'
    const reason = words.replace(DAY_WORDS, ' ').replace(HALF_WORDS, ' ').trim()
    if (!reason) return refuse('no-reason', '请写去哪、办什么，如“公出 去区里开会 下午”。', { private: true })
    if (day < addMonths(today, -LATE_MONTHS)) {
      return refuse('too-late', '一个月以前的公出不能在这里补，请找网格长线下核实。', { private: true })
    }
    if (day > addDays(today, AHEAD_DAYS)) {
      return refuse('too-early', '公出最多提前一个月报，到时候再说一声就行。', { private: true })
    }
    const leave = await findLeaveOfDay(ctx, actor, day)
    if (leave !== undefined && (leave === 'day' || leave === part)) {
      return refuse('on-leave', `${nameDay(ctx, day)}${halfNames[leave]}您请了假，不用报公出。`, { private: true })
    }
    const own = (await listOutings(db, { from: day, to: day })).filter(({ memberId }) => memberId === actor.id)
    const standing = joinParts(own.map(({ half }) => half ?? 'day'))
    if (standing === 'day' || standing === part) {
      return refuse('repeated', `${nameDay(ctx, day)}${halfNames[part]}的公出已经记过了。`, { private: true })
    }
    const half = part === 'day' ? undefined : part
    const saved = await insertOuting(db, { memberId: actor.id, day, half, reason, messageId: message.id }, now)
    await ctx.record('created', { type: 'outing', id: saved.id }, { day, half })
    const what = `${nameDay(ctx, day)}${halfNames[part]}，${reason}`
    const leaders = leadersOf(ctx, actor, day)
    for (const leader of leaders) {
      await ctx.say.toMember(leader, `${actor.name}公出：${what}。情况不符请与本人核实。`, {
        kind: 'outing',
        urgency: 'normal',
        subject: { type: 'outing', id: saved.id },
      })
    }
    const freed = [covers(part, 'on') && '上班', covers(part, 'off') && '下班'].filter(Boolean).join('、')
    const told = leaders.length > 0 ? `，已告知${leaders.map(({ name }) => name).join('、')}` : ''
    return answer(`已记公出：${what}${told}；${freed}不用打卡，算在岗。`, { private: true })
  },
}

function nameDay({ today }: Ctx, day: string): string {
  return day === today ? '今天' : formatDayCompact(day, today)
}

export const undoableOuting: Undoable = {
  async describe({ db, today }, id) {
    const outing = await findOuting(db, id)
    return outing && !outing.voided ? `公出 ${formatDayCompact(outing.day, today)}` : undefined
  },
  async undo({ db, now, actor }, id) {
    await voidRecord(db, 'outing', id, { at: now, by: actor.id })
    return undefined
  },
}

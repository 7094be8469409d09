import {
  type AdvisoryRule,
  isShown,
  judgeMeanKm,
  judgeMeanOnline,
  judgeOnlineShare,
  ONLINE_WITHIN_MINUTES,
} from '../../policy/advisory.ts'
import { statusNames } from '../../policy/pack.ts'
import { type DayRange, endOfDay, instantAt, minuteMs, monthOf } from '../../policy/time.ts'
import { listFieldRecords } from '../../storage/field-records.ts'
import { listWritersSince } from '../../storage/messages.ts'
import { hasRole, type Member } from '../../storage/roster.ts'
import { listReminders } from '../../storage/sign-in-reminders.ts'
import { listAttendanceOver } from '../attendance.ts'
import { answer, type Command, type Ctx, refuse } from '../handler.ts'
import { isGridInView } from '../notice/view.ts'
import { doneOn } from '../papers/work-of.ts'
import { renderMinutes } from '../presence/field-minutes.ts'

const ASKED =
  /^\s*(?:@\S+\s+)?(?:我的|查|看)?\s*(?:(?:即时|实时)?(在线率)|(?:日均|平均|日平均)?(在线时长)|(?:在岗|巡查|日平均在岗)?(轨迹)|(?:平安通|手机|每日)*(登录)情况)\s*[?？。]?\s*$/u

/**
 * 在线率, 在线时长, 轨迹, 登录情况: figures that today's rules forbid to compel. Off, the answer says so and why; on, they are shown to the
 * person or to who leads, as a reference alone: no points, no ranking. Source: S2-05, S2-06, S2-07, S3C-02, S3C-08
 */
export const advisoryCommand: Command = {
  name: 'advisoryFigure',
  matches: ASKED,
  who: 'queryOwn',
  dialog: { as: 'worker', turns: [['在线率', '没有规定']] },
  async run(ctx) {
    const word = ASKED.exec(ctx.text)!
      .slice(1)
      .find(part => part !== undefined)!
    const rule = ctx.pack.advisory.find(({ value }) => value.name.includes(word))
    if (!rule) return refuse('no-rule', '所用的文件没有规定这一项，不统计。', { private: true })
    if (!isShown(rule, ctx.pack)) return refuse('not-enabled', renderOff(rule), { private: true })
    const { name, target, unit } = rule.value
    const figure = await renderFigure(ctx, word)
    const wanted = target === undefined ? '' : `（文件写的是${target}${unit ?? ''}）`
    const formula = ctx.pack.formulas.find(({ value }) => value.of === name)
    const how = formula ? `算法（${statusNames[formula.status]}）：${formula.value.is}。` : ''
    return answer(`${name}：${figure}${wanted}。${how}只供参考，不计分、不排名、不通报。`, { private: true })
  },
}

/** `未启用（减负：国办函〔2026〕12号（二）…）`. */
export function renderOff({ value, clause, against }: AdvisoryRule): string {
  return `${value.name}：未启用（减负：${against}）。原文：${clause}`
}

async function renderFigure(ctx: Ctx, word: string): Promise<string> {
  const days = { from: `${monthOf(ctx.today)}-01`, to: ctx.today }
  if (word === '在线率') return renderOnlineShare(ctx)
  if (word === '在线时长') return renderMeanOnline(ctx, days)
  if (word === '轨迹') return renderMeanKm(ctx, days)
  return renderSignIns(ctx, days)
}

/** Workers of the grids in view; whoever serves in one grid alone and leads nobody sees themselves among its workers. */
function listWorkersInView(ctx: Ctx): Member[] {
  const { roster, today } = ctx
  return roster.members.filter(
    ({ roles, ...member }) =>
      hasRole({ roles, ...member }, ['worker'], today) &&
      roles.some(({ gridId }) => gridId !== undefined && isGridInView(ctx, gridId)),
  )
}

async function renderOnlineShare(ctx: Ctx): Promise<string> {
  const { db, now, today } = ctx
  const days = await listAttendanceOver(ctx, { from: today, to: today }, listWorkersInView(ctx))
  const onDuty = days
    .filter(({ onAt, offAt }) => onAt !== undefined && offAt === undefined)
    .map(({ member }) => member.id)
  const active = await listWritersSince(db, now - ONLINE_WITHIN_MINUTES * minuteMs)
  const share = judgeOnlineShare(onDuty, active)
  return share === undefined
    ? '此刻没有人在岗'
    : `${share}%（在岗${onDuty.length}人，${ONLINE_WITHIN_MINUTES}分钟内有消息的算在线）`
}

async function renderMeanOnline(ctx: Ctx, days: DayRange): Promise<string> {
  const own = await listAttendanceOver(ctx, days, [ctx.actor])
  const isHalf = ({ on, off }: (typeof own)[number]) => (on === 'leave') !== (off === 'leave')
  const minutes = judgeMeanOnline(own.map(day => ({ onAt: day.onAt, offAt: day.offAt, isHalf: isHalf(day) })))
  return minutes === undefined ? '本月还没有上下班都打了的日子' : `本月日均${renderMinutes(minutes)}`
}

async function renderMeanKm(ctx: Ctx, { from, to }: DayRange): Promise<string> {
  const span = { from: instantAt(from, '00:00'), to: endOfDay(to) }
  const records = await listFieldRecords(ctx.db, { ...span, memberIds: [ctx.actor.id] })
  const days = [...new Set(records.map(doneOn))].map(day => {
    const own = records.filter(record => doneOn(record) === day)
    const sum = (of: (record: (typeof own)[number]) => number) => own.reduce((all, record) => all + of(record), 0)
    return {
      km: sum(({ km }) => km ?? 0),
      households: sum(({ kind, households }) => households ?? (kind === 'visit' ? 1 : 0)),
    }
  })
  const { km, daysInBuildings } = judgeMeanKm(days)
  const parts = [
    km !== undefined && `本月平均${km}公里`,
    daysInBuildings > 0 && `楼内走访${daysInBuildings}天，不按公里计，算够`,
  ].filter(Boolean)
  return parts.join('；') || '本月还没有记录'
}

async function renderSignIns(ctx: Ctx, { from, to }: DayRange): Promise<string> {
  const own = await listReminders(ctx.db, ctx.actor.id, { from, to })
  const counted = own.filter(({ onLeave }) => !onLeave).length
  return counted > 0 ? `本月被提醒${counted}次` : '本月没有提醒'
}

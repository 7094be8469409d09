import { isWithin, periodRange } from '../../policy/time.ts'
import { voidRecord } from '../../storage/records.ts'
import { findReview, insertReview, listReviews, type ReviewSpan } from '../../storage/reviews.ts'
import { gridsOf } from '../../storage/roster.ts'
import { type Answer, answer, type Command, type Ctx, refuse, type Undoable } from '../handler.ts'
import { findReviewRule, listOwing, periodOf, renderSpan, reviewWords, spanNames } from './owed.ts'

const CALL = String.raw`^\s*(?:@\S+\s+)?`
const WORDS = String.raw`(?:\s*[。.]?\s*$|[\s,，:：]+([\s\S]+)$)`
const WEEK = new RegExp(`${CALL}(?:本周|每周)?梳理${WORDS}`, 'u')
const MONTH = new RegExp(`${CALL}(?:本月|月度|每月)(?:总结)?分析${WORDS}`, 'u')
const STATE = /^\s*(梳理|月度分析)情况\s*[?？。]?\s*$/u

/** 梳理 …: the week's look back in one line; without words the week's figures to write it from. Source: S4D-10 */
const weekCommand: Command = {
  name: 'reviewWeek',
  matches: WEEK,
  who: 'anyMember',
  dialog: { as: 'worker', turns: [['梳理 3处飞线充电，已处理2处', '没有规定']] },
  run: ctx => review(ctx, 'week', WEEK.exec(ctx.text)?.[1]),
}

/** 月度分析 …: the same for the month. Source: S4D-11 */
const monthCommand: Command = {
  name: 'reviewMonth',
  matches: MONTH,
  who: 'anyMember',
  dialog: { as: 'worker', turns: [['月度分析 邻里纠纷多在装修', '没有规定']] },
  run: ctx => review(ctx, 'month', MONTH.exec(ctx.text)?.[1]),
}

async function review(ctx: Ctx, per: ReviewSpan, words: string | undefined): Promise<Answer> {
  const { db, actor, at, now, message, today } = ctx
  const rule = findReviewRule(ctx.pack, per)
  if (!rule) {
    const what = per === 'week' ? '每周梳理' : '每月分析'
    return refuse('no-rule', `所用的文件没有规定${what}（原文未载），不用记。`, { private: true })
  }
  const word = reviewWords[per]
  const figures = await renderSpan(ctx, actor, per)
  const text = words?.trim()
  if (!text) {
    return answer(`${spanNames[per]}：${figures}。\n看一遍，回一句“${word} ……”就算${rule.value.name}。`, {
      private: true,
    })
  }
  const period = periodOf(per, today)
  const again = (await listReviews(db, period)).some(({ memberId }) => memberId === actor.id)
  const saved = await insertReview(db, { memberId: actor.id, per, period, text, at, messageId: message.id }, now)
  await ctx.record('created', { type: 'review', id: saved.id }, { per, period })
  return answer(`${again ? '已补记' : '已记'}${spanNames[per]}${rule.value.name}（${figures}）。`, { private: true })
}

/** Who of one's own grids has looked back, in private: a picture for whoever leads, no list of faults. */
const stateCommand: Command = {
  name: 'reviewState',
  matches: STATE,
  who: 'queryGrid',
  dialog: { as: 'leader', turns: [['梳理情况', '没有规定']] },
  async run(ctx) {
    const { db, actor, roster, today, calendar } = ctx
    const per: ReviewSpan = STATE.exec(ctx.text)?.[1] === '梳理' ? 'week' : 'month'
    const rule = findReviewRule(ctx.pack, per)
    if (!rule) return refuse('no-rule', '所用的文件没有规定这一项（原文未载）。', { private: true })
    const range = periodRange(periodOf(per, today))
    if (calendar.workdaysBetween(range.from, range.to).length === 0) {
      return answer(`${spanNames[per]}没有工作日，不用${reviewWords[per]}。`, { private: true })
    }
    const own = gridsOf(roster, actor, today).map(({ id }) => id)
    const isMine = (member: (typeof roster.members)[number]) =>
      own.length === 0 ||
      member.roles.some(
        role => own.includes(role.gridId ?? '') && isWithin(today, { from: role.from, to: role.to ?? today }),
      )
    const owing = (await listOwing(ctx, per)).filter(isMine).map(({ name }) => name)
    const done = (await listReviews(db, periodOf(per, today))).flatMap(one => {
      const member = roster.memberById(one.memberId)
      return member && isMine(member) ? [`${member.name}：${one.text.reveal()}`] : []
    })
    const still = owing.length > 0 ? [`还没记的：${owing.join('、')}（周期没完，不算缺）`] : []
    return answer([`${spanNames[per]}${rule.value.name}：`, ...done, ...still].join('\n'), { private: true })
  },
}

export const undoableReview: Undoable = {
  async describe({ db }, id) {
    const found = await findReview(db, id)
    return found && !found.voided ? `${spanNames[found.per]}${reviewWords[found.per]}` : undefined
  },
  async undo({ db, now, actor }, id) {
    await voidRecord(db, 'review', id, { at: now, by: actor.id })
    return undefined
  },
}

export const reviewCommands: readonly Command[] = [weekCommand, monthCommand, stateCommand]

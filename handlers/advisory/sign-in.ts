import { isShown } from '../../policy/advisory.ts'
import type { Pack } from '../../policy/pack.ts'
import { addMonths, type Day, formatDayShort, isDay, yearOf } from '../../policy/time.ts'
import type { Member } from '../../storage/roster.ts'
import { nextNumber } from '../../storage/settings.ts'
import {
  type Circular,
  insertCircular,
  insertReminder,
  listCirculars,
  listReminders,
} from '../../storage/sign-in-reminders.ts'
import { findLeaveOfDay } from '../attendance.ts'
import { answer, type Command, type Ctx, refuse } from '../handler.ts'
import { narrowSigns } from '../plain-words.ts'
import { renderOff } from './figures.ts'

const REMIND =
  /^\s*提醒(?:平安通)?登录(?:\s+|\s*[@＠]\s*)(\p{Script=Han}{2,4}?)(?:[\s,，]+上次(?:登录)?\s*(?:(\d{4})年)?(\d{1,2})月(\d{1,2})[日号])?\s*[。.]?\s*$/u
const RULE = 'S3C-15'
/** Working days for an appeal where the pack names none. */
const APPEAL_WORKDAYS = 3
/** Reminders before that no longer belong to the same story. */
const LOOK_BACK_MONTHS = 12

/** The reminders and the months after which the document has a criticism published; undefined where it has no such rule. */
function findRules({ advisory }: Pack) {
  const own = advisory.filter(({ rule }) => rule === RULE)
  const reminders = own.find(({ value }) => value.unit === '次提醒')
  const months = own.find(({ value }) => value.unit === '个月')
  return reminders && months && { reminders, months }
}

/**
 * 提醒登录: a dated reminder by somebody who looked at the platform above, for using this program says nothing about that one. Three of
 * them on different days, or a month, make a draft: the person hears of it first and may appeal; only a named person's signature makes
 * it more. Off unless the subdistrict turns it on. Source: S3C-15, 国办函〔2026〕12号（三）
 */
export const remindSignInCommand: Command = {
  name: 'remindSignIn',
  matches: REMIND,
  who: 'inspect',
  dialog: { as: 'office', turns: [['提醒登录 陈桂芳', '没有规定']] },
  async run(ctx) {
    const { db, actor, at, message, roster, today } = ctx
    const rules = findRules(ctx.pack)
    if (!rules) return refuse('no-rule', '所用的文件没有规定这一项，不用提醒。', { private: true })
    if (!isShown(rules.reminders, ctx.pack)) return refuse('not-enabled', renderOff(rules.reminders), { private: true })
    const [, name = '', year, month, date] = REMIND.exec(narrowSigns(ctx.text)) ?? []
    const [member, other] = roster.membersNamed(name)
    if (!member || other)
      return refuse('unknown-person', `名册里没有（或不止一个）“${name}”，没有记。`, { private: true })
    if (member.id === actor.id) return refuse('own-record', '请由别人来提醒，没有记。', { private: true })
    const onLeave = (await findLeaveOfDay(ctx, member, today)) !== undefined
    const isFirst = await insertReminder(db, {
      memberId: member.id,
      day: today,
      onLeave,
      byId: actor.id,
      at,
      messageId: message.id,
    })
    if (!isFirst) return refuse('repeated', `今天已经提醒过${name}，一天只算一次。`, { private: true })
    await ctx.record('reminded', { type: 'member', id: member.id }, { what: 'signIn', onLeave })
    if (onLeave) return answer(`${name}今天请假，这次提醒不计。`, { private: true })
    const lastSeen = readPast(today, { year, month, date })
    const days = await listCounted(ctx, member)
    const draft = await proposeWhereDue(ctx, member, { days, lastSeen, rules })
    if (draft)
      return answer(
        `已记第${days.length}次提醒；已拟通报草稿${draft.no}号，先告知${name}本人，申诉期后由领导签发才算数。`,
        { private: true },
      )
    await ctx.say.toMember(member, `提醒：请有空登录一下平安通手机，请假、设备坏了说一声就行。`, {
      kind: 'sign-in',
      urgency: 'normal',
    })
    return answer(`已提醒${name}，累计${days.length}次（不同的日子，请假不计）。`, { private: true })
  },
}

function readPast(today: Day, told: { year?: string; month?: string; date?: string }): Day | undefined {
  if (!told.month || !told.date) return undefined
  const on = (year: number) => `${year}-${told.month!.padStart(2, '0')}-${told.date!.padStart(2, '0')}`
  const day = told.year ? on(Number(told.year)) : on(yearOf(today)) > today ? on(yearOf(today) - 1) : on(yearOf(today))
  return isDay(day) && day <= today ? day : undefined
}

/** The reminders that count since the last draft. */
async function listCounted({ db, today }: Ctx, member: Member): Promise<Day[]> {
  const drafts = await listCirculars(db, { memberId: member.id })
  const since = drafts.at(-1)?.appealBy ?? addMonths(today, -LOOK_BACK_MONTHS)
  const all = await listReminders(db, member.id, { from: since, to: today })
  return all.filter(({ onLeave }) => !onLeave).map(({ day }) => day)
}

async function proposeWhereDue(
  ctx: Ctx,
  member: Member,
  facts: { days: readonly Day[]; lastSeen: Day | undefined; rules: NonNullable<ReturnType<typeof findRules>> },
): Promise<Circular | undefined> {
  const { db, calendar, now, pack, today } = ctx
  const { reminders, months } = facts.rules
  const isThrice = facts.days.length >= (reminders.value.target ?? Number.POSITIVE_INFINITY)
  const isLong = facts.lastSeen !== undefined && addMonths(facts.lastSeen, months.value.target ?? 1) < today
  if (!isThrice && !isLong) return undefined
  const open = await listCirculars(db, { memberId: member.id, statuses: ['proposed', 'appealed'] })
  if (open.length > 0) return undefined
  const appealBy = calendar.addWorkdays(today, pack.penalties.appealWorkdays?.value ?? APPEAL_WORKDAYS).day
  const dated = facts.days.map(formatDayShort).join('、')
  const reason = isThrice ? `提醒${facts.days.length}次（${dated}）` : `上次登录${formatDayShort(facts.lastSeen!)}`
  const draft = await insertCircular(db, {
    no: await nextNumber(db, 'circular'),
    memberId: member.id,
    reason,
    toldAt: now,
    appealBy,
  })
  await ctx.record('proposed', { type: 'circular', id: draft.id }, { no: draft.no })
  const subject = { type: 'circular', id: draft.id }
  await ctx.say.toMember(
    member,
    `【拟通报 ${draft.no}号】未登录平安通手机：${reason}。这还没有定：${formatDayShort(appealBy)}前回“申诉通报${draft.no} 原因”；请假、设备坏了、没信号都算理由。（依据：${reminders.clause}）`,
    { kind: 'circular', urgency: 'normal', subject },
  )
  return draft
}

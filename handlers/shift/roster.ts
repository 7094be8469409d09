import { spanOfShift } from '../../policy/shift.ts'
import { addDays, minuteMs } from '../../policy/time.ts'
import { insertTimer } from '../../storage/job-runs.ts'
import { listApprovedLeaves } from '../../storage/leaves.ts'
import type { Member } from '../../storage/roster.ts'
import { dropShift, insertShift, listShifts, type Shift } from '../../storage/shifts.ts'
import { leaveOf } from '../attendance.ts'
import { answer, type Command, type Ctx, refuse } from '../handler.ts'
import { type RosterLine, readRosterLines } from './read-roster.ts'
import { isSameTeam } from './turns.ts'
import { nameShift, refuseWithoutShifts } from './words.ts'

export const SHIFT_CHANGE_JOB = 'shift-change'

const SET = /^\s*(?:@\S+\s+)?排班(?:表)?(?:$|[\s,，:：]+|(?=\d))([\s\S]*)$/u
const SHOW = /^\s*(?:我的)?(?:班表|值班表|排班表)\s*[?？。]?\s*$/u
const EXAMPLE = '排班 11月20日 夜班 @张三 @李四'
const AHEAD_DAYS = 6

/** Sets whole turns of a grid: who stood in them before stands in them no longer, and both hear of it. A faulty line changes nothing. Source: S4B-01 */
export const setShiftsCommand: Command = {
  name: 'setShifts',
  matches: SET,
  who: 'assignTask',
  dialog: { as: 'leader', turns: [['排班 今天 夜班 李敏', '没有规定轮班']] },
  async run(ctx) {
    const { pack, roster, today } = ctx
    const refused = refuseWithoutShifts(ctx)
    if (refused || !pack.shifts) return refused!
    const words = SET.exec(ctx.text.normalize('NFKC'))?.[1] ?? ''
    const { lines, faults } = readRosterLines(words, { roster, shifts: pack.shifts, today })
    if (faults.length > 0) {
      const list = faults.map(({ line, why }) => `“${line}”：${why}`).join('\n')
      return refuse('bad-roster', `这${faults.length}行没排进去，全部没有改动：\n${list}\n一班一行，如“${EXAMPLE}”。`, {
        private: true,
      })
    }
    if (lines.length === 0)
      return refuse('empty-roster', `请写哪天、什么班、谁，一班一行，如“${EXAMPLE}”。`, { private: true })

    const outside = ctx.may('queryCommunity') ? [] : listOutside(ctx, lines)
    if (outside.length > 0) {
      const names = outside.map(({ name }) => name).join('、')
      return refuse('not-yours', `${names}不在您的网格，全部没有改动；跨网格的班请社区排。`, { private: true })
    }
    const set: Shift[] = []
    const before: Shift[] = []
    for (const { days, shift, members } of lines) {
      for (const day of days) {
        const changed = await setTurn(ctx, day, shift, members)
        set.push(...changed.set)
        before.push(...changed.dropped)
      }
    }
    const dropped = before.filter(old => !set.some(now => isSameTurn(old, now) && now.memberId === old.memberId))
    const fresh = set.filter(now => !before.some(old => isSameTurn(old, now) && now.memberId === old.memberId))
    await ctx.record('created', { type: 'shiftRoster', id: ctx.message.id }, { turns: set.length })
    await tellMembers(ctx, fresh, dropped)
    const turns = new Set(set.map(({ day, name }) => `${day} ${name}`)).size
    const people = new Set(set.map(({ memberId }) => memberId)).size
    const away = await listAway(ctx, set)
    const replaced = [...new Set(dropped.flatMap(({ memberId }) => roster.memberById(memberId)?.name ?? []))]
    const off = replaced.length > 0 ? `原来排的${replaced.join('、')}不用上了。` : ''
    const warning = away.length > 0 ? `注意：${away.join('、')}那天请了假。` : ''
    return answer(`已排${turns}班、${people}人，已私下告诉本人。${off}${warning}看班表说“班表”。`, { private: true })
  },
}

/** Whoever serves in none of the speaker's grids. */
function listOutside(ctx: Ctx, lines: readonly RosterLine[]): Member[] {
  const named = [...new Set(lines.flatMap(({ members }) => members))]
  return named.filter(({ id }) => !isSameTeam(ctx, ctx.actor.id, id, ctx.today))
}

const isSameTurn = (a: Shift, b: Shift): boolean => a.day === b.day && a.name === b.name

async function setTurn(
  ctx: Ctx,
  day: string,
  name: string,
  members: readonly Member[],
): Promise<{ set: Shift[]; dropped: Shift[] }> {
  const { db, actor, now, message, pack } = ctx
  const { kinds, takeOverMinutes } = pack.shifts!
  const span = spanOfShift(kinds.value.find(kind => kind.name === name)!, day)
  const dropped = (await listShifts(db, { from: day, to: day })).filter(
    shift => shift.name === name && members.some(({ id }) => isSameTeam(ctx, id, shift.memberId, day)),
  )
  for (const { id } of dropped) await dropShift(db, id, now)
  const set: Shift[] = []
  for (const member of members) {
    const shift = { day, name, ...span, memberId: member.id, setBy: actor.id, setAt: now, messageId: message.id }
    const saved = await insertShift(db, shift)
    set.push(saved)
  }
  const dueAt = span.startsAt + takeOverMinutes.value * minuteMs
  if (dueAt > now) await insertTimer(db, { job: SHIFT_CHANGE_JOB, subject: `${day} ${name}`, dueAt, at: now })
  return { set, dropped }
}

/** One private line a person, however many turns there are. */
async function tellMembers(ctx: Ctx, fresh: readonly Shift[], dropped: readonly Shift[]): Promise<void> {
  const { actor, roster, say } = ctx
  for (const memberId of new Set([...fresh, ...dropped].map(shift => shift.memberId))) {
    const member = roster.memberById(memberId)
    if (!member || memberId === actor.id) continue
    const own = (shifts: readonly Shift[]) => shifts.filter(shift => shift.memberId === memberId).map(nameShift)
    const parts = [
      own(fresh).length > 0 && `${actor.name}给您排了班：${own(fresh).join('、')}`,
      own(dropped).length > 0 && `不用上了：${own(dropped).join('、')}`,
    ].filter(Boolean)
    const how = own(fresh).length > 0 ? '到时说“接班”，下班前说“交班”。' : ''
    await say.toMember(member, `${parts.join('；')}。${how}`, {
      kind: 'shift',
      urgency: 'normal',
    })
  }
}

async function listAway(ctx: Ctx, shifts: readonly Shift[]): Promise<string[]> {
  const days = shifts.map(({ day }) => day).sort()
  const leaves = await listApprovedLeaves(ctx.db, { from: days[0]!, to: days.at(-1)! })
  const names = shifts.flatMap(({ memberId, day }) => {
    const member = ctx.roster.memberById(memberId)
    return member && leaveOf(leaves, member, day) ? [member.name] : []
  })
  return [...new Set(names)]
}

/** The turns of the coming week: one's own first. In private alone. */
export const showShiftsCommand: Command = {
  name: 'showShifts',
  matches: SHOW,
  who: 'anyMember',
  dialog: { as: 'worker', turns: [['班表', '没有规定轮班']] },
  async run(ctx) {
    const { db, actor, roster, today } = ctx
    const refused = refuseWithoutShifts(ctx)
    if (refused) return refused
    const shifts = await listShifts(db, { from: today, to: addDays(today, AHEAD_DAYS) })
    if (shifts.length === 0) return answer('今天起7天还没排班。', { private: true })
    const turns = new Map<string, Shift[]>()
    for (const shift of shifts) {
      const key = nameShift(shift)
      turns.set(key, [...(turns.get(key) ?? []), shift])
    }
    const lines = [...turns].map(([name, own]) => {
      const names = own.map(({ memberId }) => roster.memberById(memberId)?.name ?? '').join('、')
      return `${own.some(({ memberId }) => memberId === actor.id) ? '★ ' : ''}${name}：${names}`
    })
    return answer(['今天起7天（★是您的班）：', ...lines].join('\n'), { private: true })
  },
}

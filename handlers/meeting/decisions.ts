import { addDays, type Day, isDay, mondayOf, monthOf, monthRange, yearOf } from '../../policy/time.ts'
import type { Meeting } from '../../storage/meetings.ts'
import type { Member, Roster } from '../../storage/roster.ts'
import { listTasks } from '../../storage/tasks.ts'
import type { Ctx } from '../handler.ts'
import { narrowSigns } from '../plain-words.ts'
import { assignTask, tellAssigned } from '../task/assign.ts'

/** One thing that a meeting decided. */
export interface Decision {
  content: string
  /** Who is to do it; nobody where no name of the roster stands in it. */
  members: Member[]
  due?: Day
}

const HEADED = /(?:^|[\n。；;])\s*(?:会议)?(?:决定|议定|决议)(?:事项)?\s*[:：]\s*([\s\S]+)$/u
const NUMBERING = /^\s*(?:[(（]?\d{1,2}[)）.、．]|[一二三四五六七八九十]{1,3}[、是.])\s*/u
const WEEKDAYS = '一二三四五六日'
const DUE =
  /(?:在|于)?(?:(?:(\d{4})年)?(\d{1,2})[月./](\d{1,2})[日号]?|(?:(本|这|下)个?)?(?:周|星期|礼拜)([一二三四五六日天])|(明天|后天|月底|本月底|月末|本周内))\s*(?:之前|以前|前|下班前|内)?\s*(?:把|将|完成)?/u

/** The lines under 决定, each with its people and its day. */
export function readDecisions(roster: Roster, minutes: string, today: Day): Decision[] {
  const told = HEADED.exec(narrowSigns(minutes))?.[1]
  if (told === undefined) return []
  return told
    .split(/[\n；;]/u)
    .map(line =>
      line
        .replace(NUMBERING, '')
        .replace(/[。.]\s*$/u, '')
        .trim(),
    )
    .filter(line => line.length >= 4)
    .map(line => readDecision(roster, line, today))
}

function readDecision(roster: Roster, line: string, today: Day): Decision {
  const members = roster.members.filter(({ name, status }) => status === 'active' && line.includes(name))
  const when = DUE.exec(line)
  const due = when ? readDue(when, today) : undefined
  let content = when ? line.replace(when[0], '') : line
  for (const { name } of members) content = content.replaceAll(new RegExp(`(?:由|请|让)?[@＠]?${name}`, 'gu'), '')
  return { content: content.replace(/^[\s,，:：、和负责]+|[\s,，、]+$/gu, ''), members, due }
}

function readDue([, year, month, date, which, weekday, word]: RegExpExecArray, today: Day): Day | undefined {
  if (word === '明天') return addDays(today, 1)
  if (word === '后天') return addDays(today, 2)
  if (word === '本周内') return addDays(mondayOf(today), 6)
  if (word) return monthRange(monthOf(today)).to
  if (weekday) {
    const named = addDays(
      mondayOf(today),
      WEEKDAYS.indexOf(weekday === '天' ? '日' : weekday) + (which === '下' ? 7 : 0),
    )
    return named >= today ? named : addDays(named, 7)
  }
  const inYear = (number: number) => `${number}-${month!.padStart(2, '0')}-${date!.padStart(2, '0')}`
  const day = inYear(year ? Number(year) : yearOf(today))
  const found = year || day >= today ? day : inYear(yearOf(today) + 1)
  return isDay(found) ? found : undefined
}

/**
 * Every decision with somebody to do it and a day becomes a task of the meeting, once: minutes handed in again give nothing twice.
 *
 * @returns what was given, and the decisions that lack a person or a day
 */
export async function giveDecisions(
  ctx: Ctx,
  meeting: Meeting,
  decisions: readonly Decision[],
): Promise<{ given: string[]; open: Decision[] }> {
  const known = (await listTasks(ctx.db, { sourceId: meeting.id })).map(
    ({ memberId, content }) => `${memberId} ${content.reveal()}`,
  )
  const given: string[] = []
  const open: Decision[] = []
  for (const decision of decisions) {
    const { members, due, content } = decision
    if (members.length === 0 || due === undefined || due < ctx.today) {
      open.push(decision)
      continue
    }
    for (const member of members) {
      if (known.includes(`${member.id} ${content}`)) continue
      const source = { type: 'meeting', id: meeting.id }
      const giver = ctx.roster.memberById(meeting.calledBy) ?? ctx.actor
      const task = await assignTask(ctx, { member, giver, content, due, source, messageId: ctx.message.id })
      await tellAssigned(ctx, task)
      given.push(`${member.name}${task.no}号`)
    }
  }
  return { given, open }
}

import type { HoldKind } from '../../policy/incident.ts'
import { addDays, type Day, isDay, yearOf } from '../../policy/time.ts'
import type { Command, Ctx } from '../handler.ts'
import { decideWaitingExtension } from '../notice/decide-extension.ts'
import { plainWords } from '../plain-words.ts'
import { defineStep } from './command.ts'
import { askHold, decideHold, resumeIncident } from './holds.ts'

const KINDS: Record<string, HoldKind> = { 延期: 'extended', 暂停: 'paused', 挂起: 'hungUp' }

/** `延期 #9 等材料`, `暂停 #9 到12月1日 等住户回来`, `挂起 #9 等规划`. Source: S3B-07 */
const hold = defineStep({
  name: 'askHold',
  step: 'hold',
  word: '(?:申请)?(?:延期|暂停|挂起)',
  rest: 'words',
  dialog: {
    as: 'leader',
    turns: [
      ['3号楼路灯坏了', '事件 #1'],
      ['受理1号事件', '已受理'],
      ['暂停 #1 等灯具到货', '已申请事件 #1 暂停'],
    ],
  },
  run: (ctx, incident, rest, word) => askHold(ctx, incident, KINDS[word.replace('申请', '')]!, readUntil(ctx, rest)),
})

/** `同意延期 #9`, `不同意暂停 #9 材料已齐`. */
const decideCase = defineStep({
  name: 'decideHold',
  step: 'note',
  word: '(?:同意|批准|不同意|不批准|驳回)(?:延期|暂停|挂起)',
  rest: 'words',
  dialog: {
    as: 'communityLead',
    turns: [
      ['第1网格3号楼路灯坏了', '事件 #1'],
      ['同意延期 #1', '没有等审批'],
    ],
  },
  run: (ctx, incident, rest, word) =>
    decideHold(ctx, incident, { approve: !/^(?:不|驳)/.test(word), reason: rest || undefined }),
})

/** 同意延期3号 without a # may be an extension of a notice: it goes first where one of that number waits for the speaker. */
const decide: Command = {
  ...decideCase,
  async run(ctx, told) {
    const [, refused, no] = /^\s*(不|驳回)?.*?延期\s*(\d+)\s*号?/u.exec(plainWords(ctx.text).normalize('NFKC')) ?? []
    const wish = { no: Number(no), decision: refused ? 'reject' : 'approve', reason: readReason(ctx.text) } as const
    return (no === undefined ? undefined : await decideWaitingExtension(ctx, wish)) ?? decideCase.run(ctx, told)
  },
}

/** What is said behind the number. */
function readReason(text: string): string | undefined {
  return /\d\s*号?[\s,，:：]+(\S.*)$/su.exec(text)?.[1]
}

/** `恢复 #9`: what was waited for is there. */
const resume = defineStep({
  name: 'resumeHold',
  step: 'resume',
  word: '恢复(?:计时|办理)?',
  rest: 'none',
  dialog: {
    as: 'leader',
    turns: [
      ['3号楼路灯坏了', '事件 #1'],
      ['恢复 #1', '没有暂停'],
    ],
  },
  run: (ctx, incident) => resumeIncident(ctx, incident),
})

export const holdCommands: readonly Command[] = [hold, decide, resume]

const UNTIL = /^(?:到|至)\s*(?:(\d{4})[年\-/.])?(\d{1,2})[月\-/.](\d{1,2})[日号]?[\s,，。:：]*/u
const FOR = /^(\d{1,3})\s*(个工作日|天)[\s,，。:：]*/u

/** The day and the reason: `到12月1日 等材料`, `5天 等材料`, or the reason alone. */
function readUntil({ today, calendar }: Ctx, rest: string): { reason: string; until?: Day } {
  const dated = UNTIL.exec(rest)
  if (dated) {
    const [all, year, month = '', date = ''] = dated
    const inYear = (told: number) => `${told}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
    // A day told without its year is the next such day.
    const thisYear = inYear(Number(year ?? yearOf(today)))
    const day = year === undefined && thisYear < today ? inYear(yearOf(today) + 1) : thisYear
    if (isDay(day)) return { reason: rest.slice(all.length).trim(), until: day }
  }
  const lasting = FOR.exec(rest)
  if (lasting) {
    const [all, count, unit] = lasting
    const until = unit === '天' ? addDays(today, Number(count)) : calendar.addWorkdays(today, Number(count)).day
    return { reason: rest.slice(all.length).trim(), until }
  }
  return { reason: rest }
}

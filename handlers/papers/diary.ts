import { z } from 'zod'
import { type Day, dayOf, formatDayShort, formatMonth, listDays, monthRange, timeOf } from '../../policy/time.ts'
import { type FieldRecord, listFieldRecords } from '../../storage/field-records.ts'
import { draftDiary } from '../diary/draft.ts'
import { instantsOf } from '../query/period.ts'
import type { PaperDesk, PaperKind, Section } from './paper.ts'
import { doneOn } from './work-of.ts'

const dataSchema = z.union([
  z.object({ of: z.literal('visits'), memberId: z.string(), month: z.string() }),
  z.object({ of: z.literal('visits'), gridId: z.string(), month: z.string() }),
  z.object({ of: z.literal('days'), memberId: z.string(), month: z.string() }),
])

/** 民情日记, a month's visits with what was heard, or 工作日志, a month's days: both from the records. Source: S3C-04, S3B-03 */
export const diaryPaper: PaperKind = {
  kind: 'diary',
  async compose(desk, data) {
    const wish = dataSchema.parse(data)
    const whose = nameOwner(desk, wish)
    const name = wish.of === 'visits' ? '民情日记' : '工作日志'
    return {
      title: `${formatMonth(wish.month)}${name}`,
      subtitle: whose,
      fileName: `${name}-${whose}-${wish.month}`,
      sections: wish.of === 'visits' ? await describeVisits(desk, wish) : await describeDays(desk, wish),
    }
  },
}

function nameOwner({ roster }: PaperDesk, wish: z.infer<typeof dataSchema>): string {
  const name = 'gridId' in wish ? roster.gridById(wish.gridId)?.name : roster.memberById(wish.memberId)?.name
  if (name === undefined) throw new Error('whose diary it is, is gone')
  return name
}

async function describeVisits(desk: PaperDesk, wish: { month: string; memberId?: string; gridId?: string }) {
  const filter = wish.gridId ? { gridIds: [wish.gridId] } : { memberIds: [wish.memberId!] }
  const visits = await listFieldRecords(desk.db, { ...instantsOf(monthRange(wish.month)), ...filter, kind: 'visit' })
  if (visits.length === 0) return [{ lines: ['本月没有走访记录。'] }]
  const days = [...new Set(visits.map(doneOn))].sort()
  const head = `本月走访${visits.length}次，${days.length}天。`
  return [
    { lines: [head] },
    { table: tabulate(desk, visits, days) },
    { lines: ['来源：走访巡查台账；更正请改原记录。'] },
  ]
}

function tabulate(desk: PaperDesk, visits: readonly FieldRecord[], days: readonly Day[]): Section['table'] {
  const rowOf = (visit: FieldRecord) => [
    `${formatDayShort(doneOn(visit))}${timeOf(visit.claimedAt ?? visit.at)}`,
    [visit.person?.reveal(), visit.place?.reveal()].filter(Boolean).join('，'),
    visit.minutes === undefined ? '' : `${visit.minutes}分钟`,
    visit.findings?.reveal() ?? '',
    desk.roster.memberById(visit.memberId)?.name ?? '',
  ]
  return {
    columns: [
      { title: '时间', width: 22 },
      { title: '走访对象', width: 22 },
      { title: '时长', width: 12 },
      { title: '情况', width: 32 },
      { title: '走访人', width: 12 },
    ],
    rows: days.flatMap(day => visits.filter(visit => doneOn(visit) === day).map(rowOf)),
  }
}

/** Every working day of the month up to today, and whichever other day has something. */
async function describeDays(desk: PaperDesk, wish: { month: string; memberId: string }): Promise<Section[]> {
  const member = desk.roster.memberById(wish.memberId)!
  const { from, to } = monthRange(wish.month)
  const last = dayOf(desk.now)
  const sections: Section[] = []
  for (const day of listDays({ from, to: to < last ? to : last })) {
    const { lines, confirmed } = await draftDiary(desk, member, day)
    if (lines.length === 0 && !desk.calendar.isWorkday(day)) continue
    const state = confirmed?.isCurrent ? '' : '（未确认）'
    sections.push({ heading: `${formatDayShort(day)}${state}`, lines: lines.length > 0 ? lines : ['无事项'] })
  }
  return sections.length > 0 ? sections : [{ lines: ['本月还没有日志。'] }]
}

import { formatDayShort, formatMoment, timeOf } from '../../policy/time.ts'
import type { Meeting } from '../../storage/meetings.ts'
import type { Desk } from '../desk.ts'

/** What people call the kinds that no document names. */
const plainKinds: Record<string, string> = { analysis: '民情分析研判会', training: '培训', other: '会议' }

/** As the document calls it, else in plain words. */
export function nameKind({ pack }: Pick<Desk, 'pack'>, kind: string): string {
  return pack.meetings.find(({ value }) => value.kind === kind)?.value.name ?? plainKinds[kind] ?? '会议'
}

/** `3号网格工作例会`. */
export function nameMeeting(desk: Pick<Desk, 'pack'>, { no, kind }: Pick<Meeting, 'no' | 'kind'>): string {
  return `${no}号${nameKind(desk, kind)}`
}

export function renderStart({ startDay, startAt }: Pick<Meeting, 'startDay' | 'startAt'>): string {
  return startAt === undefined ? formatDayShort(startDay) : formatMoment(startAt)
}

/** `网格工作例会：11月20日（周五）14:30，经合社三楼会议室`; the day reads 今天 where it is. */
export function renderMeeting(desk: Pick<Desk, 'pack' | 'today'>, meeting: Meeting): string {
  const { startDay, startAt, place, kind } = meeting
  const today = startDay === desk.today ? `今天${startAt === undefined ? '' : timeOf(startAt)}` : undefined
  return `${nameKind(desk, kind)}：${today ?? renderStart(meeting)}${place ? `，${place}` : ''}`
}

import { formatDayShort, formatMoment, timeOf } from '../../policy/time.ts'
import type { Meeting } from '../../storage/meetings.ts'
import type { Desk } from '../desk.ts'

/** What people call the kinds that no document names. */
const plainKinds: Record<string, string> = { analysis: '民情分析研判会', training: '培训', other: '会议' }
/** A topic that is a name by itself: 居民座谈会, 消防实操培训. */
const NAMES_ITSELF = /(?:会|培训|讲座|演练|党课|轮训|比武)$/u

type Named = Pick<Meeting, 'kind'> & Partial<Pick<Meeting, 'topic' | 'scope'>>

/** As the document calls it on this level, else in plain words; 其他 has only its topic. */
export function nameKind({ pack }: Pick<Desk, 'pack'>, kind: string, scope?: Meeting['scope']): string {
  const documented = kind === 'other' ? [] : pack.meetings.filter(({ value }) => value.kind === kind)
  const level = scope === 'street' ? 'subdistrict' : scope
  const rule = documented.find(({ value }) => value.scope === level) ?? documented[0]
  return rule?.value.name ?? plainKinds[kind] ?? '会议'
}

/** `网格工作例会`, `居民座谈会`, `会议（防汛）`. */
export function nameOf(desk: Pick<Desk, 'pack'>, { kind, scope, topic }: Named): string {
  const about = topic?.reveal()
  if (about && NAMES_ITSELF.test(about)) return about
  const name = nameKind(desk, kind, scope)
  return about ? `${name}（${about}）` : name
}

/** `3号网格工作例会`. */
export function nameMeeting(desk: Pick<Desk, 'pack'>, meeting: Pick<Meeting, 'no'> & Named): string {
  return `${meeting.no}号${nameOf(desk, meeting)}`
}

export function renderStart({ startDay, startAt }: Pick<Meeting, 'startDay' | 'startAt'>): string {
  return startAt === undefined ? formatDayShort(startDay) : formatMoment(startAt)
}

/** `网格工作例会：11月20日（周五）14:30，经合社三楼会议室`; the day reads 今天 where it is. */
export function renderMeeting(desk: Pick<Desk, 'pack' | 'today'>, meeting: Meeting): string {
  const { startDay, startAt, place } = meeting
  const today = startDay === desk.today ? `今天${startAt === undefined ? '' : timeOf(startAt)}` : undefined
  return `${nameOf(desk, meeting)}：${today ?? renderStart(meeting)}${place ? `，${place}` : ''}`
}

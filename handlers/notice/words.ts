import { type Day, endOfDay, formatDayShort, formatMoment, parseInstant } from '../../policy/time.ts'
import type { Notice, NoticeStatus } from '../../storage/notices.ts'
import type { Grid, Roster } from '../../storage/roster.ts'
import type { Desk } from '../desk.ts'
import { shortenText } from '../reader.ts'

const TITLE_LENGTH = 16

/** The first words of the content: what people call the notice by. */
export function titleOf(content: string): string {
  const [first = content] = content.trim().split(/[，。；;,\n]/, 1)
  return shortenText(first || content, TITLE_LENGTH)
}

/** `12号提示单《出租房门牌张贴》`. */
export function nameNotice({ no, title }: Pick<Notice, 'no' | 'title'>): string {
  return title ? `${no}号提示单《${title}》` : `${no}号提示单`
}

const states: Record<NoticeStatus, string> = {
  draft: '还在起草',
  submitted: '待分管领导审核',
  reviewed: '待主要领导签发',
  signed: '已签发，待下发',
  broadcast: '已下发',
  closed: '已办结',
  rejected: '已退回修改',
  withdrawn: '已撤回',
}

export function nameState({ status }: Pick<Notice, 'status'>): string {
  return states[status]
}

/** The instant at which a due day or time is up; a day ends at 24:00. */
export function dueAtOf(due: string): number {
  return due.includes('T') ? parseInstant(due)! : endOfDay(due)
}

export function renderDue(due: string): string {
  return due.includes('T') ? `${formatMoment(parseInstant(due)!)}前` : `${formatDayShort(due as Day)}24:00前`
}

/** The grids that a notice is for, in roster order. */
export function targetGrids(roster: Roster, { gridIds }: Pick<Notice, 'gridIds'>): Grid[] {
  return gridIds ? roster.grids.filter(({ id }) => gridIds.includes(id)) : [...roster.grids]
}

function nameTargets(roster: Roster, notice: Pick<Notice, 'gridIds'>): string {
  if (!notice.gridIds) return '全部网格'
  return targetGrids(roster, notice)
    .map(({ name }) => name)
    .join('、')
}

/** The parts that are there, each by the name the document gives it. */
export function renderParts({ pack, roster }: Pick<Desk, 'pack' | 'roster'>, notice: Notice): string {
  const names = pack.notice.parts.value
  const { content, requirement, due, appraisal } = notice
  const lines = [
    [names.content, content],
    [names.requirement, requirement],
    [names.due, due && renderDue(due)],
    [names.appraisal, appraisal],
    ['下发范围', nameTargets(roster, notice)],
  ]
  return lines.flatMap(([name, words]) => (words ? [`${name}：${words}`] : [])).join('\n')
}

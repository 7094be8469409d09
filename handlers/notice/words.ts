import { renderRecurrence } from '../../policy/recurrence.ts'
import { type Day, endOfDay, formatDayShort, formatMoment, parseInstant } from '../../policy/time.ts'
import type { Notice, NoticeStatus } from '../../storage/notices.ts'
import type { Grid, Roster } from '../../storage/roster.ts'
import type { Desk } from '../desk.ts'
import { shortenText } from '../reader.ts'
import type { Hand } from './chain.ts'

const TITLE_LENGTH = 16

/** 麻烦各网格把… asks for the work; what follows is its name. */
const POLITE = /^(?:麻烦|烦请|辛苦|劳驾|请)(?:(?:大家|各位|你们|各网格(?![员长])|各社区)(?:把|将)?|[把将])/u

/** The first words of the content, without the please before them: what people call the notice by. */
export function titleOf(content: string): string {
  const words = content.trim()
  const named = words.replace(POLITE, '').trim()
  const [first = content] = (named.length > 3 ? named : words).split(/[，。；;,\n]/, 1)
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

/** `（代高峰）` behind whoever acts in the place of somebody on leave. */
export function nameHand({ forMember }: Hand): string {
  return forMember ? `（代${forMember.name}）` : ''
}

/** `（高峰请假，请您代签）` behind what is asked of the one standing in. */
export function askForHand({ forMember }: Hand): string {
  return forMember ? `（${forMember.name}请假，请您代签）` : ''
}

/** The instant at which a due day or time is up; a day ends at 24:00. */
export function dueAtOf(due: string): number {
  return due.includes('T') ? parseInstant(due)! : endOfDay(due)
}

export function renderDue(due: string): string {
  return due.includes('T') ? `${formatMoment(parseInstant(due)!)}前` : `${formatDayShort(due as Day)}24:00前`
}

/** The grids that a notice is for, in roster order; one that was given up since is still named. */
export function targetGrids(roster: Roster, { gridIds }: Pick<Notice, 'gridIds'>): Grid[] {
  return gridIds ? gridIds.flatMap(id => roster.gridById(id) ?? []) : [...roster.grids]
}

/** `全部网格`, `桃源社区`, `第1网格、第3网格`, `桃源社区的网格长`, or names: what `readTargetWords` reads back. */
export function nameTargets(roster: Roster, notice: Pick<Notice, 'gridIds' | 'roleNames' | 'memberIds'>): string {
  if (notice.memberIds) return notice.memberIds.map(id => roster.memberById(id)?.name ?? '').join('、')
  const grids = nameGrids(roster, notice)
  return notice.roleNames ? `${grids}的${notice.roleNames.join('、')}` : grids
}

/** A community whose grids are all there goes by its own name. */
function nameGrids(roster: Roster, notice: Pick<Notice, 'gridIds'>): string {
  if (!notice.gridIds) return '全部网格'
  const grids = targetGrids(roster, notice)
  const whole = (community: string) =>
    roster.grids.every(grid => grid.community !== community || grids.includes(grid)) &&
    roster.grids.filter(grid => grid.community === community).length > 1
  const names = grids.map(({ name, community }) => (whole(community) ? community : name))
  return [...new Set(names)].join('、')
}

/** `每月3日，从2026年12月1日起，到2027年6月30日止`; undefined for what comes once. */
export function renderCycle({ recurrence, startsOn, endsOn }: Notice): string | undefined {
  if (!recurrence) return undefined
  const days = [startsOn && `从${spellDay(startsOn)}起`, endsOn && `到${spellDay(endsOn)}止`]
  return [renderRecurrence(recurrence), ...days.filter(Boolean)].join('，')
}

/** With its year, so that it is read back as the same day. */
function spellDay(day: Day): string {
  const [year, month, date] = day.split('-').map(Number)
  return `${year}年${month}月${date}日`
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
    ['周期', renderCycle(notice)],
  ]
  return lines.flatMap(([name, words]) => (words ? [`${name}：${words}`] : [])).join('\n')
}

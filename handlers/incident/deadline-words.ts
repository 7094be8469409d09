import type { IncidentLevel } from '../../policy/incident.ts'
import { type IncidentDeadline, listPending, type Stage } from '../../policy/incident-deadlines.ts'
import { type Day, dayOf, formatDayCompact } from '../../policy/time.ts'
import type { Incident } from '../../storage/incidents.ts'
import { hasEnded } from './clock.ts'

export const stageNames: Record<Stage, string> = { accept: '受理', dispatch: '流转', resolve: '办结' }

export const levelNames: Record<IncidentLevel, string> = { ordinary: '一般', complex: '较复杂', major: '重大疑难' }

export const holdNames: Record<NonNullable<Incident['hold']>['kind'], string> = {
  extended: '延期',
  paused: '暂停',
  hungUp: '挂起',
}

/**
 * `时限：受理 2/24，流转 2/25，办结 2/27（5个工作日：2/14 上班，2/15–23 春节，2/24–27）。`: the dates that still run, with the sum of the last
 * one, which holds the others. Empty where the document sets no limit or nothing runs any more.
 * Source: S2-28, S3A-29…31, S3B-05…08
 */
export function renderDeadlines(incident: Incident, now: number): string {
  const { hold, deadlines, status } = incident
  if (hasEnded(incident)) return '已提交研究决定，时限到此为止。'
  const pending = listPending(status, false).flatMap(stage => {
    const deadline = deadlines[stage]
    return deadline ? [{ stage, deadline }] : []
  })
  const last = pending.at(-1)
  if (!last) return ''
  const today = dayOf(now)
  if (hold && hold.kind !== 'extended') {
    return `已${holdNames[hold.kind]}至${formatDayCompact(hold.until, today)}，期间不计时；办结时限顺延到${formatDayCompact(last.deadline.day, today)}（${last.deadline.arithmetic}）。`
  }
  const dates = pending.map(({ stage, deadline }) => {
    const isOver = now >= deadline.at
    return `${stageNames[stage]} ${formatDayCompact(deadline.day, today)}${isOver ? '（已超期）' : ''}`
  })
  return `时限：${dates.join('，')}（${last.deadline.arithmetic}）。`
}

/** The stage that must be done next and by when; undefined while the clock stands still, or where the document sets no limit. */
export function findNextDeadline(incident: Incident): { stage: Stage; deadline: IncidentDeadline } | undefined {
  const { hold, deadlines, status } = incident
  if (hold && hold.kind !== 'extended') return undefined
  const running = listPending(status, hasEnded(incident)).flatMap(stage => {
    const deadline = deadlines[stage]
    return deadline ? [{ stage, deadline }] : []
  })
  return running[0]
}

/** The same on a line of its own, for the end of an answer; of a new case also what it was taken for, and how to correct that. */
export function deadlineLine(incident: Incident, now: number): string {
  const words = [renderKind(incident), renderDeadlines(incident, now)].filter(Boolean).join('')
  return words && `\n${words}`
}

/** `按“一般”定级，不对可回“定级 #7 较复杂”。` Source: S1-37, S3A-29…31 */
function renderKind({ no, status, level, workClass }: Incident): string {
  if (status !== 'reported') return ''
  const kind = workClass ? `按“${workClass}”登记，不对可回“改类 #${no} 突发”。` : ''
  return `${kind}${level ? `按“${levelNames[level]}”定级，不对可回“定级 #${no} 较复杂”。` : ''}`
}

/** `11/30`; with the year where it is not this one. */
export function nameDay(day: Day, now: number): string {
  return formatDayCompact(day, dayOf(now))
}

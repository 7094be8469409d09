import type { Burden } from './count.ts'

/** `提示单3（上月2）、报表1、下班后@4，约120分钟`; what there is none of takes no word. */
export function renderBurden(now: Burden, before: Burden | undefined, beforeName: string): string {
  const beside = (of: (burden: Burden) => number) => (before ? `（${beforeName}${of(before)}）` : '')
  const count = (name: string, of: (burden: Burden) => number, unit = '') =>
    of(now) > 0 || (before && of(before) > 0) ? `${name}${of(now)}${unit}${beside(of)}` : ''
  const known = now.fields > 0 ? `（字段${now.fields}个，已有${now.knownFields}个）` : ''
  const again = now.duplicates > 0 ? `，其中重复${now.duplicates}` : ''
  const forms = count('报表', ({ forms }) => forms)
  const parts = [
    count('提示单', ({ notices }) => notices),
    forms && `${forms}${known}${again}`,
    count('交办', ({ tasks }) => tasks),
    count('会议', ({ meetings }) => meetings),
    count('下班后@', ({ afterHours }) => afterHours, '次'),
  ].filter(Boolean)
  return `${parts.join('、') || '没有'}；约${now.minutes}分钟${beside(({ minutes }) => minutes)}`
}

export function sumUp(burdens: Iterable<Burden>): Burden {
  const sum: Burden = {
    notices: 0,
    forms: 0,
    tasks: 0,
    meetings: 0,
    afterHours: 0,
    duplicates: 0,
    fields: 0,
    knownFields: 0,
    minutes: 0,
  }
  for (const burden of burdens) for (const key of Object.keys(sum) as (keyof Burden)[]) sum[key] += burden[key]
  return sum
}

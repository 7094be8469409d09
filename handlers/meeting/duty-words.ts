import { type MeetingFacts, ruledDayOf } from '../../policy/meeting-rules.ts'
import type { Day } from '../../policy/time.ts'
import type { Card } from '../../storage/outbox.ts'
import type { Member } from '../../storage/roster.ts'
import type { MeetingDuty } from './duty.ts'

const SPANS = { week: '本周', month: '本月', quarter: '本季度', year: '今年' } as const

/** One private text for one owner: what is missing where, what to say, and the clause. */
export function askOwner(duties: readonly MeetingDuty[]): string {
  const parts = duties.map(({ place, rule, state, span }) => {
    const which = rule.onDay === undefined ? SPANS[rule.period] : `${Number(span.slice(5))}月`
    return state === 'unminuted'
      ? `${place.name}${which}的${rule.name}开了，纪要还没交`
      : `${place.name}${which}还没有${rule.name}的记录`
  })
  const missing = duties.find(({ state }) => state === 'missing')
  const how = missing ? `约会请说“几点在哪开${nameShort(missing)}”；已经开了，` : ''
  return `${parts.join('；')}。${how}把纪要发我就行（“会议纪要：……”）。（依据：${duties[0]!.clause}）`
}

function nameShort({ rule }: MeetingDuty): string {
  return {
    weekly: '周例会',
    monthly: '月会',
    quarterly: '季度会',
    analysis: '研判会',
    training: '培训',
    other: rule.name,
  }[rule.kind]
}

/** The time of day that is offered with a day by rule; whoever calls the meeting may say another. */
const OFFERED = { morning: '上午9点', afternoon: '下午2点半' } as const

/** A rule's own day, to be taken with one press; undefined where no duty has one that is still to come. Source: S3A-13 */
export function offerDay(duties: readonly MeetingDuty[], facts: MeetingFacts, today: Day): Card | undefined {
  for (const { rule, span, state } of duties) {
    const ruled = rule.period === 'month' && state === 'missing' ? ruledDayOf(rule, span, facts) : undefined
    if (!ruled || ruled.day <= today) continue
    const day = `${Number(ruled.day.slice(5, 7))}月${Number(ruled.day.slice(8))}日`
    const time = OFFERED[rule.half ?? 'morning']
    const says = `${day}${time}开${Number(span.slice(5))}月例会`
    return { title: `${Number(span.slice(5))}月${rule.name}`, buttons: [{ key: 'call', text: `${day}${time}`, says }] }
  }
  return undefined
}

/** Duties of one owner each, in the order of their places. */
export function groupByOwner(duties: readonly MeetingDuty[]): Map<Member, MeetingDuty[]> {
  const grouped = new Map<Member, MeetingDuty[]>()
  for (const duty of duties) for (const owner of duty.owners) grouped.set(owner, [...(grouped.get(owner) ?? []), duty])
  return grouped
}

/** `11月没有“社区全体网格员会议”的社区（2个）：桃源社区、锦江社区` */
export function renderMissing(name: string, duties: readonly MeetingDuty[], when: string): string {
  const missing = duties.filter(({ state }) => state === 'missing').map(({ place }) => place.name)
  const unminuted = duties.filter(({ state }) => state === 'unminuted').map(({ place }) => place.name)
  const lines = [
    missing.length > 0 ? `没有记录（${missing.length}个）：${missing.join('、')}` : '都有记录',
    ...(unminuted.length > 0 ? [`开了没交纪要（${unminuted.length}个）：${unminuted.join('、')}`] : []),
  ]
  return `${when}${name}：${lines.join('；')}。`
}

import { renderBurdenLine } from './burden/summary.ts'
import { percent } from './percent.ts'
import type { Figures, Summary } from './summary.ts'
import { spellDays } from './summary-chart.ts'

/**
 * The summary in at most one screen of a phone: short lines, each figure with that of the days before beside it.
 * Nobody is named and nobody ranked; what did not happen takes no line. Source: contract (weekly summary), expectations.md §4 (21)
 */
export function renderSummary({ name, from, to, now, earlier, caveat }: Summary, title = '工作小结'): string {
  const beside = (of: (figures: Figures) => number) => (earlier ? `（上期${of(earlier.figures)}）` : '')
  const { attendance, incidents, notices } = now
  const lines = [
    `【${name}】${title}`,
    `${spellDays(from, to)}`,
    renderPresence(attendance, earlier?.figures.attendance),
    attendance.late + attendance.onLeave > 0 ? `　迟到${attendance.late}，全天请假${attendance.onLeave}` : '',
    `走访${now.visits}${beside(({ visits }) => visits)}`,
    `巡查${now.patrols}${beside(({ patrols }) => patrols)}`,
    `信息${now.infoItems}${beside(({ infoItems }) => infoItems)}`,
    `新增事件${incidents.reported}${beside(({ incidents: { reported } }) => reported)}`,
    incidents.reported > 0 ? renderStates(incidents) : '',
    renderOrigins(incidents),
    `提示单${notices.broadcast}${beside(({ notices: { broadcast } }) => broadcast)}`,
    notices.receivers > 0 ? renderReceipts(notices) : '',
    `会议${now.meetings}${beside(({ meetings }) => meetings)}`,
    renderBurdenLine(now.burden),
    caveat ?? '',
  ]
  return lines.filter(Boolean).join('\n')
}

function renderPresence(now: Figures['attendance'], earlier: Figures['attendance'] | undefined): string {
  const rate = percent(now.present, now.due)
  const before = earlier && percent(earlier.present, earlier.due)
  if (rate === undefined) return '到岗率：没有应到'
  return `到岗率${rate}%${before === undefined ? '' : `（上期${before}%）`}`
}

function renderStates({ waiting, inHand, settled, overdue }: Figures['incidents']): string {
  return `　办结${settled}，在办${inHand}，待受理${waiting}${overdue > 0 ? `\n　超期${overdue}` : '，超期0'}`
}

/** What the network found by itself beside what others told first; where nobody else told anything there is nothing to split. Source: S1-04 */
function renderOrigins({ reported, origins }: Figures['incidents']): string {
  if (origins.found === reported) return ''
  const { found, resident, hotline, inspection, upper } = origins
  return `　自查${found}，群众${resident + hotline}，督办交办${inspection + upper}`
}

function renderReceipts({ receivers, acknowledged, done }: Figures['notices']): string {
  return `　收到${percent(acknowledged, receivers)}%，完成${percent(done, receivers)}%`
}

import { z } from 'zod'
import { planCoverage } from '../../policy/coverage.ts'
import { dayOf, formatDayShort } from '../../policy/time.ts'
import { findCoverageReport } from '../../storage/coverage-reports.ts'
import type { Incident } from '../../storage/incidents.ts'
import { maskPlace } from '../../storage/masking.ts'
import { roundNames } from '../households/report.ts'
import { gatherReports, type ReportFacts } from '../households/report-facts.ts'
import { nameBuilding } from '../households/words.ts'
import { isSensitive } from '../incident/privacy.ts'
import { nameCategory, statusNames } from '../incident/words.ts'
import { listFieldMinutes, renderMinutes } from '../presence/field-minutes.ts'
import { shortenText } from '../reader.ts'
import type { Paper, PaperDesk, PaperKind, Section } from './paper.ts'

const dataSchema = z.object({ reportId: z.string() })

/** The month's visits of a grid as they are sent to the office: counts, what was asked for, what is not solved. Source: S3A-10, S3A-02, S3A-37 */
export const visitReport: PaperKind = {
  kind: 'visit-report',
  async compose(desk, data) {
    const report = await findCoverageReport(desk.db, dataSchema.parse(data).reportId)
    const grid = desk.roster.gridById(report?.gridId)
    if (!report || !grid) throw new Error('the report is gone')
    const [facts] = await gatherReports(desk, [grid], report.month)
    const month = `${report.month.slice(0, 4)}年${Number(report.month.slice(5))}月`
    const by = desk.roster.memberById(report.byId)?.name ?? ''
    return {
      title: `${grid.name}${month}走访情况（${roundNames[report.round]}）`,
      subtitle: `${grid.community}　${formatDayShort(dayOf(report.at))}　报送人：${by}`,
      fileName: `${grid.name}${report.month}走访情况`,
      sections: [
        { heading: '一、走访进度', lines: renderProgress(desk, report.month, facts!) },
        await listMinutes(desk, report.month, facts!),
        listCases('三、收集的需求、困难、意见和建议', facts!.needs),
        listCases('四、还没有解决的', facts!.unsolved),
        listFindings(facts!),
        ...(desk.pack.coverage ? [{ lines: [`依据：${desk.pack.coverage.reportDays.clause}`] }] : []),
      ],
    } satisfies Paper
  },
}

function renderProgress(desk: PaperDesk, month: string, { coverage, infoItems }: ReportFacts): string[] {
  const { total, done, left, attempted, buildings, visits, hasRegister } = coverage
  const rules = desk.pack.coverage
  const plan = rules && planCoverage(month, total, desk.today, { rules, calendar: desk.calendar })
  const lines = [
    `应走访${total}户，已走访${done}户，未走访${left}户${attempted > 0 ? `；已走访中有${attempted}户多次上门未遇` : ''}。`,
    `走访记录${visits.length}条，采集信息${infoItems}条。`,
    buildings.length > 0 ? `未走完的楼栋：${buildings.map(renderBuilding).join('、')}。` : '',
    plan
      ? `集中走访${plan.days.length}个工作日（${formatDayShort(plan.window.from)}至${formatDayShort(plan.window.to)}）。`
      : '',
    hasRegister ? '' : '没有住户名册，户数按走访记录里不同的人和门牌估算。',
  ]
  return lines.filter(Boolean)
}

/** Who was out how long within the window, as they told it themselves; nobody is told off here. Source: S3A-37 */
async function listMinutes(desk: PaperDesk, month: string, { grid, coverage }: ReportFacts): Promise<Section> {
  const heading = '二、走访时长（自己报的）'
  const rules = desk.pack.coverage
  if (!rules) return { heading, lines: ['原文未载。'] }
  const { window } = planCoverage(month, coverage.total, desk.today, { rules, calendar: desk.calendar })
  const staff = desk.roster.holders(['leader', 'worker'], desk.today, { gridId: grid.id })
  const rows: string[][] = []
  for (const member of staff) {
    const days = await listFieldMinutes(desk, member, window)
    const out = days.filter(({ done }) => done > 0)
    if (out.length === 0) continue
    const total = out.reduce((sum, { done }) => sum + done, 0)
    const enough = out.filter(({ done }) => done >= rules.minutesPerDay.value).length
    rows.push([member.name, `${out.length}天`, renderMinutes(total), `${enough}天`])
  }
  if (rows.length === 0) return { heading, lines: ['没有报时长。'] }
  const required = renderMinutes(rules.minutesPerDay.value)
  return {
    heading,
    table: {
      columns: [
        { title: '姓名', width: 24 },
        { title: '走访天数', width: 22 },
        { title: '共走访', width: 30 },
        { title: `满${required}的天数`, width: 24 },
      ],
      rows,
    },
  }
}

function renderBuilding({ building, left }: ReportFacts['coverage']['buildings'][number]): string {
  return `${nameBuilding(building)}${left === undefined ? '' : `（${left}户）`}`
}

function listCases(heading: string, incidents: readonly Incident[]): Section {
  if (incidents.length === 0) return { heading, lines: ['没有。'] }
  return {
    heading,
    table: {
      columns: [
        { title: '编号', width: 8 },
        { title: '日期', width: 16 },
        { title: '类别', width: 14 },
        { title: '内容', width: 46 },
        { title: '状态', width: 16 },
      ],
      rows: incidents.map(incident => [
        `#${incident.no}`,
        formatDayShort(dayOf(incident.reportedAt)),
        nameCategory(incident.category),
        isSensitive(incident.category) ? '涉及个人，内容另报' : maskPlace(shortenText(incident.description.reveal())),
        statusNames[incident.status],
      ]),
    },
  }
}

const SHOWN_FINDINGS = 40
const NOTHING = /^(?:同上次[，,]?)?(?:无变化|无异常|一切正常|正常|无)$/u

/** What was seen on visits, by building: whose door it was stays with the grid. */
function listFindings({ coverage }: ReportFacts): Section {
  const told = coverage.visits.flatMap(({ findings, place }) => {
    const words = findings?.reveal().trim()
    if (!words || NOTHING.test(words)) return []
    return [`${place ? `${maskPlace(place.reveal())}：` : ''}${maskPlace(shortenText(words))}`]
  })
  const rest = told.length > SHOWN_FINDINGS ? [`……共${told.length}条，其余见走访台账。`] : []
  return {
    heading: '五、走访中了解到的情况',
    lines: told.length > 0 ? [...told.slice(0, SHOWN_FINDINGS), ...rest] : ['没有。'],
  }
}

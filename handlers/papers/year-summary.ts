import { z } from 'zod'
import { dayOf, formatDayShort, periodRange } from '../../policy/time.ts'
import { type Incident, listIncidents } from '../../storage/incidents.ts'
import { gridsOf, type Member, rolesOn } from '../../storage/roster.ts'
import { instantsOf } from '../query/period.ts'
import { countDuties } from './duties.ts'
import type { PaperDesk, PaperKind, Section } from './paper.ts'
import { doneOn, gatherWork, listFigures, type Work, type WorkFigure } from './work-of.ts'

const dataSchema = z.object({ memberId: z.string(), year: z.string() })
const MONTHS = 12
const NAMED = 20

/**
 * One person's year as a draft: every number with the ledger it comes from and how many records stand behind it; what no record tells
 * is left to be written. Source: S4C-06
 */
export const yearSummary: PaperKind = {
  kind: 'year-summary',
  async compose(desk, data) {
    const { memberId, year } = dataSchema.parse(data)
    const member = desk.roster.memberById(memberId)
    if (!member) throw new Error('whose year it is, is gone')
    const work = await gatherWork(desk, { memberId }, periodRange(year))
    const duties = countDuties(desk.pack, work).filter(({ count }) => count > 0)
    return {
      title: `${year}年个人工作总结（草稿）`,
      subtitle: `${member.name}　${nameWhere(desk, member)}`,
      fileName: `年终总结-${member.name}-${year}`,
      sections: [
        { heading: '一、工作数据', lines: [sayUntil(desk, year)], table: tabulateFigures(listFigures(work)) },
        { heading: '二、分月情况', table: tabulateMonths(work) },
        ...(duties.length > 0 ? [{ heading: '三、按职责', table: tabulateFigures(duties) }] : []),
        { heading: '事件清单', lines: [nameCases('上报', work.reported), nameResolved(work)] },
        ...(await describeIndicators(desk, member, year)),
        { heading: '存在的问题和下一步打算', lines: ['（记录里没有，请自己填写）'] },
        { lines: ['数字都取自本人在册记录，撤销的不算；要改请改原来的记录。'] },
      ],
    }
  },
}

/** `专职网格员，第1网格`. */
function nameWhere({ roster, today }: PaperDesk, member: Member): string {
  const posts = [...new Set(rolesOn(member, today).map(({ roleName }) => roleName))]
  return [...posts, ...gridsOf(roster, member, today).map(({ name }) => name)].join('，')
}

function sayUntil({ now }: PaperDesk, year: string): string {
  const { to } = periodRange(year)
  const today = dayOf(now)
  return today < to ? `截至${formatDayShort(today)}：` : '全年：'
}

function tabulateFigures(figures: readonly WorkFigure[]): Section['table'] {
  return {
    columns: [
      { title: '事项', width: 34 },
      { title: '数量', width: 20 },
      { title: '来源', width: 46 },
    ],
    rows: figures.map(({ name, count, unit, ledger, ids }) => [
      name,
      `${count}${unit}`,
      `${ledger}，${ids.length}条记录`,
    ]),
  }
}

function tabulateMonths({ visits, patrols, infoItems, reported, tasksDone, done }: Work): Section['table'] {
  const of = (month: string, days: readonly string[]) => String(days.filter(day => day.slice(5, 7) === month).length)
  const months = Array.from({ length: MONTHS }, (_, index) => String(index + 1).padStart(2, '0'))
  return {
    columns: ['月份', '走访', '巡查', '信息', '上报事件', '完成任务'].map(title => ({ title, width: 16 })),
    rows: months.map(month => [
      `${Number(month)}月`,
      of(month, visits.map(doneOn)),
      of(month, patrols.map(doneOn)),
      of(
        month,
        infoItems.map(({ at }) => dayOf(at)),
      ),
      of(
        month,
        reported.map(({ reportedAt }) => dayOf(reportedAt)),
      ),
      of(
        month,
        [...tasksDone, ...done].map(({ doneAt }) => dayOf(doneAt!)),
      ),
    ]),
  }
}

function nameCases(what: string, incidents: readonly Pick<Incident, 'no'>[]): string {
  const named = incidents.slice(0, NAMED).map(({ no }) => `#${no}`)
  const rest = incidents.length > NAMED ? '等' : ''
  return `${what}${incidents.length}件${named.length > 0 ? `：${named.join('、')}${rest}` : ''}`
}

function nameResolved({ steps }: Work): string {
  const resolved = new Set(steps.filter(({ action }) => action === 'resolve').map(({ incidentId }) => incidentId))
  return `办结${resolved.size}件`
}

/**
 * Yearly indicators of the document that count cases, such as 不发生越级上访和群访. What is on record is shown and nothing follows from
 * it: a nought that earned points would teach people to report nothing. Source: S4C-02
 */
async function describeIndicators(desk: PaperDesk, member: Member, year: string): Promise<Section[]> {
  const counted = desk.pack.indicators.filter(({ value }) => /上访|群访/u.test(value.name))
  if (counted.length === 0) return []
  const gridIds = gridsOf(desk.roster, member, desk.today).map(({ id }) => id)
  const cases = (await listIncidents(desk.db, { ...instantsOf(periodRange(year)), gridIds })).filter(
    ({ category, status }) =>
      ['petition', 'massEvent'].includes(category) && status !== 'merged' && status !== 'cancelled',
  )
  const lines = counted.map(({ value: { name, target, unit = '' } }) => {
    const aim = target === undefined ? '' : `，目标${target}${unit}`
    return `${name}：所在网格登记的信访苗头和群体性事件${cases.length}件${aim}；只作参考，不计分。`
  })
  return [{ heading: '年度指标', lines }]
}

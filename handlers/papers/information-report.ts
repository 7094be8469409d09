import { z } from 'zod'
import { analyseMonth, type InfoAnalysis, type Tally } from '../information/analysis.ts'
import { nameMonth } from '../information/population-words.ts'
import type { PaperKind, Section } from './paper.ts'

const dataSchema = z.object({ month: z.string().regex(/^\d{4}-\d{2}$/) })

/** Fewer items tell no trend; ours, no document says so. */
const FEW = 10

/** The month's information in figures, for the township to judge. Source: S2-34 (每月进行分析研判，形成分析报告) */
export const informationReport: PaperKind = {
  kind: 'information-report',
  async compose(desk, data) {
    const { month } = dataSchema.parse(data)
    const analysis = await analyseMonth(desk, month)
    const name = nameMonth(month, desk.today)
    return {
      title: `${desk.roster.street.name}${month.slice(0, 4)}年${Number(month.slice(5))}月网格信息分析报告`,
      fileName: `网格信息分析报告-${month}`,
      sections: [
        { heading: '一、总体情况', lines: describeTotal(analysis, name) },
        tableOf(
          '二、按类型',
          '类型',
          analysis.kinds.map(one => [one.name, one]),
        ),
        tableOf(
          '三、按网格',
          '网格',
          analysis.grids.map(one => [`${one.grid.community}${one.grid.name}`, one]),
        ),
        { heading: '四、集中反映的事项', lines: describeMatters(analysis) },
        { heading: '五、研判和建议', lines: ['（请填写）'] },
      ],
    }
  },
}

function describeTotal({ total, before, opinions, kinds }: InfoAnalysis, name: string): string[] {
  const all = total.counted + total.repeated
  if (all === 0) return [`${name}没有上报信息，没有可以分析的内容。`]
  const lines = [
    `${name}共收到信息${all}条，有效${total.counted}条，重复${total.repeated}条不计；其中社情民意${opinions}条，转为事件${total.used}件。`,
  ]
  if (total.counted < FEW) return [...lines, `有效信息不足${FEW}条，数量太少，只列数字，不作趋势判断。`]
  const earlier = before.counted
  if (earlier === 0) return [...lines, '上月没有有效信息，无从比较。']
  const change = total.counted - earlier
  const trend = change === 0 ? '与上月持平' : `比上月${change > 0 ? '多' : '少'}${Math.abs(change)}条`
  const most = kinds[0]
  return [...lines, `${trend}（上月有效${earlier}条）。${most ? `最多的是${most.name}，${most.counted}条。` : ''}`]
}

function tableOf(heading: string, first: string, rows: [name: string, tally: Tally & { before: number }][]): Section {
  if (rows.length === 0) return { heading, lines: ['没有。'] }
  return {
    heading,
    table: {
      columns: [
        { title: first, width: 4 },
        { title: '有效', width: 2 },
        { title: '重复', width: 2 },
        { title: '转事件', width: 2 },
        { title: '上月共', width: 2 },
      ],
      rows: rows.map(([name, { counted, repeated, used, before }]) => [
        name,
        ...[counted, repeated, used, before].map(String),
      ]),
    },
  }
}

function describeMatters({ matters }: InfoAnalysis): string[] {
  if (matters.length === 0) return ['没有两条以上说到同一类问题的。']
  return matters.map(({ name, count }, index) => `${index + 1}. ${name}：${count}条`)
}

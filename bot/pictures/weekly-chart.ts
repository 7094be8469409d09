import * as echarts from 'echarts'
import { z } from 'zod'
import { pictureFont } from './rasterize.ts'

const SIZE = { width: 720, height: 520 }
const NOW = '#1f6feb'
const BEFORE = '#c3cdd9'
const INK = '#1f2328'
const FAINT = '#6b7683'

/** As `handlers/summary-chart.ts` leaves it in the outbox; parsed, since the row may be older than the program. */
const weeklyChart = z.object({
  title: z.string().max(40),
  now: z.string().max(24),
  before: z.string().max(24).optional(),
  rates: z.array(z.object({ name: z.string(), now: z.number().optional(), before: z.number().optional() })),
  counts: z.array(z.object({ name: z.string(), now: z.number(), before: z.number().optional() })),
})

/**
 * The week in one picture: how much was done above, how well below, the week before in grey beside it.
 *
 * @returns SVG
 * @throws {z.ZodError} where `data` is not the figures of a summary
 */
export function drawWeeklyChart(data: unknown): string {
  const { title, now, before, rates, counts } = weeklyChart.parse(data)
  const earlier = before === undefined ? [] : [before]
  const series = (name: string, color: string, values: (number | undefined)[], panel: 0 | 1) => ({
    name,
    type: 'bar' as const,
    xAxisIndex: panel,
    yAxisIndex: panel,
    barMaxWidth: panel === 0 ? 30 : 16,
    itemStyle: { color, borderRadius: panel === 0 ? [4, 4, 0, 0] : [0, 4, 4, 0] },
    label: {
      show: true,
      position: panel === 0 ? ('top' as const) : ('right' as const),
      color: INK,
      fontSize: 14,
      formatter: panel === 0 ? '{c}' : '{c}%',
    },
    // A missing value is drawn as nothing at all: no measure is not zero.
    data: values.map(value => value ?? '-'),
  })
  const axis = { axisLine: { lineStyle: { color: BEFORE } }, axisTick: { show: false } }
  const names = { color: INK, fontSize: 15 }
  const hidden = { show: false, splitLine: { show: false } }

  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, ...SIZE })
  try {
    chart.setOption({
      animation: false,
      textStyle: { fontFamily: pictureFont },
      title: { text: title, left: 28, top: 20, textStyle: { fontSize: 24, fontWeight: 'normal', color: INK } },
      legend: {
        right: 28,
        top: 26,
        itemWidth: 14,
        itemHeight: 14,
        textStyle: { color: FAINT, fontSize: 14 },
        data: [...earlier, now],
      },
      grid: [
        { left: 40, right: 40, top: 96, height: 180 },
        { left: 128, right: 76, top: 336, height: 150 },
      ],
      xAxis: [
        { type: 'category', gridIndex: 0, data: counts.map(({ name }) => name), axisLabel: names, ...axis },
        { type: 'value', gridIndex: 1, min: 0, max: 100, ...hidden },
      ],
      yAxis: [
        { type: 'value', gridIndex: 0, min: 0, ...hidden },
        {
          type: 'category',
          gridIndex: 1,
          inverse: true,
          data: rates.map(({ name }) => name),
          axisLabel: names,
          ...axis,
        },
      ],
      series: [
        ...earlier.map(name =>
          series(
            name,
            BEFORE,
            counts.map(count => count.before),
            0,
          ),
        ),
        series(
          now,
          NOW,
          counts.map(count => count.now),
          0,
        ),
        ...earlier.map(name =>
          series(
            name,
            BEFORE,
            rates.map(rate => rate.before),
            1,
          ),
        ),
        series(
          now,
          NOW,
          rates.map(rate => rate.now),
          1,
        ),
      ],
    })
    return chart.renderToSVGString()
  } finally {
    chart.dispose()
  }
}

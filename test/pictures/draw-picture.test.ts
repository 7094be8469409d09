import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { drawPicture } from '../../bot/pictures/draw-picture.ts'
import type { WeeklyChart } from '../../handlers/summary-chart.ts'

const chart: WeeklyChart = {
  title: '桃源社区 工作小结',
  now: '11/16–11/22',
  before: '11/9–11/15',
  rates: [
    { name: '到岗', now: 96, before: 93 },
    { name: '提示单收到', now: 100 },
  ],
  counts: [
    { name: '走访', now: 32, before: 28 },
    { name: '事件', now: 6, before: 0 },
  ],
}
const draw = (data: unknown) => drawPicture({ kind: 'weekly-chart', data })

/** The ink of the title, one character for each 12×12 pixels of the picture: a letter that is missing leaves a hole. */
async function inkOfTitle(picture: Uint8Array): Promise<string[]> {
  const { data, info } = await sharp(picture)
    .extract({ left: 60, top: 42, width: 408, height: 72 })
    .greyscale()
    .resize(34, 6, { kernel: 'cubic' })
    .raw()
    .toBuffer({ resolveWithObject: true })
  return Array.from({ length: info.height }, (_, y) =>
    [...data.subarray(y * info.width, (y + 1) * info.width)].map(grey => (grey < 215 ? '#' : '.')).join(''),
  )
}

describe('drawPicture', () => {
  it('draws the Chinese title letter by letter', async () => {
    expect(await inkOfTitle(await draw(chart))).toMatchInlineSnapshot(`
      [
        "..................................",
        ".###.###.#.#.###..###.###..#..###.",
        ".###.#######.###...#.####.#######.",
        "####.#####.#.###...#..####.#.####.",
        ".#######..##.###..###......#..###.",
        "..................................",
      ]
    `)
  })

  it('draws a PNG twice as large as a phone shows it', async () => {
    const { format, width, height } = await sharp(await draw(chart)).metadata()
    expect({ format, width, height }).toEqual({ format: 'png', width: 1440, height: 1040 })
  })

  it('draws the same figures once and other figures anew', async () => {
    expect(draw(chart)).toBe(draw(structuredClone(chart)))
    const other = await draw({ ...chart, title: '锦江社区 工作小结' })
    expect(await inkOfTitle(other)).not.toEqual(await inkOfTitle(await draw(chart)))
  })

  it('refuses data of another form, and again the next time', async () => {
    for (let attempt = 0; attempt < 2; attempt++) {
      await expect(draw({ title: '没有数字' })).rejects.toThrow(/counts/)
    }
  })

  it('refuses a kind nobody draws', async () => {
    await expect(drawPicture({ kind: 'portrait', data: {} })).rejects.toThrow(
      'no drawing for attachments of kind portrait',
    )
  })
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDesk } from '../../handlers/desk.ts'
import { findPaper } from '../../handlers/papers/index.ts'
import { informationReportJob } from '../../jobs/information-report.ts'
import { toldTo } from '../support/replies.ts'
import { listOutbox, runJob } from '../support/run-job.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'

let street: TestStreet
beforeEach(async () => {
  street = await openTestStreet({ pack: 'county-grid', now: '2026-10-12T09:00' })
})
afterEach(() => street.dispose())

const PLACES = ['3幢', '5幢', '6幢', '7幢', '8幢', '9幢', '10幢', '11幢', '12幢', '13幢', '14幢']
const tell = (who: string, text: string) => street.say(who, `信息：${text}`)

async function compose(month: string) {
  const desk = await openDesk(street.db, { by: 'test', now: street.now(), at: street.now() })
  return findPaper('information-report')!.compose(desk, { month })
}
const linesOf = (paper: Awaited<ReturnType<typeof compose>>) =>
  paper.sections.flatMap(({ lines = [] }) => lines).join('\n')

describe('the monthly analysis', () => {
  it('S2-34: counts by kind and grid, says what repeats and how it moved', async () => {
    for (const place of PLACES.slice(0, 5)) await tell('李敏', `${place}新装充电桩`)
    street.setTime('2026-11-10T09:00')
    for (const place of PLACES) await tell('李敏', `${place}电梯维保完成`)
    await tell('李敏', '3幢电梯维保完成')
    await tell('张丽', '民意希望公园多几张椅子')
    const paper = await compose('2026-11')
    expect(paper.title).toBe('望江街道2026年11月网格信息分析报告')
    expect(linesOf(paper)).toContain('共收到信息13条，有效12条，重复1条不计')
    expect(linesOf(paper)).toContain('比上月多7条（上月有效5条）。最多的是物，11条')
    expect(linesOf(paper)).toContain('1. 电梯：12条')
    const [kinds, grids] = paper.sections.flatMap(({ table }) => table ?? [])
    expect(kinds!.rows[0]).toEqual(['物', '11', '1', '0', '5'])
    expect(grids!.rows).toHaveLength(4)
    expect(grids!.rows[0]).toEqual(['桃源社区第1网格', '11', '1', '0', '5'])
  })

  it('S2-34: with few items it gives figures and judges no trend', async () => {
    await tell('李敏', '新开网吧一家')
    expect(linesOf(await compose('2026-10'))).toContain('有效信息不足10条，数量太少，只列数字，不作趋势判断')
    expect(linesOf(await compose('2026-09'))).toContain('没有上报信息，没有可以分析的内容')
  })

  it('S2-34: names nobody', async () => {
    await tell('李敏', '5幢新搬来一家三口，户主赵建华')
    expect(JSON.stringify(await compose('2026-10'))).not.toContain('赵建华')
  })
})

describe('its delivery', () => {
  it('S2-34: comes on the first working day, in private, to the office and the administrator', async () => {
    await tell('李敏', '新开网吧一家')
    expect(await runJob(street, informationReportJob, { due: '2026-11-03T09:30' })).toEqual([])
    const said = await runJob(street, informationReportJob, { due: '2026-11-02T09:30' })
    expect(said.map(({ to }) => to)).toEqual(['@林静', '@曹源'])
    expect(said[0]!.text).toContain('10月网格信息分析报告附后：信息1条，有效1，重复0，转事件0；上月有效0')
    expect((await listOutbox(street)).at(-1)!.attachment).toEqual({
      kind: 'information-report',
      data: { month: '2026-10' },
    })
    expect(informationReportJob.catchUp).toBe('each')
  })

  it('S2-34: on request for any month, else for the last', async () => {
    street.setTime('2026-11-18T09:00')
    const { replies } = await street.say('林静', '信息分析报告', { group: 'S01' })
    expect(replies.map(({ to }) => to)).toEqual(['user'])
    expect(replies[0]!.text).toContain('10月网格信息分析报告附后')
    expect(toldTo(await street.say('林静', '信息分析报告 9月'), '林静')).toContain('9月网格信息分析报告附后')
    expect(toldTo(await street.say('李敏', '信息分析报告'), '李敏')).toContain('没有改动任何记录')
  })

  it('S2-34: a document that does not ask for it gets none by itself', async () => {
    const other = await openTestStreet({ now: '2026-11-02T09:00' })
    try {
      expect(await runJob(other, informationReportJob, { due: '2026-11-02T09:30' })).toEqual([])
    } finally {
      await other.dispose()
    }
  })
})

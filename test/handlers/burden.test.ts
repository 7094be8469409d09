import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { countBurden } from '../../handlers/burden/count.ts'
import { openDesk } from '../../handlers/desk.ts'
import { openApi } from '../api/ask.ts'
import { runWeeklySummary } from '../summary/support.ts'
import { draftToSigned, WHOLE } from '../support/notice-steps.ts'
import { openTestStreet, type Said, type TestStreet } from '../support/street.ts'

let street: TestStreet
const last = ({ replies }: Said) => replies.at(-1)?.text ?? ''
const FORM = WHOLE.replace('排查出租房', '填报出租房统计表（网格名称、网格长、户数、常住人口、出租房数）').replace(
  '逐户登记',
  '1网格逐户登记',
)

beforeEach(async () => {
  street = await openTestStreet({ now: '2026-11-18T15:50' })
})
afterEach(() => street.dispose())

async function count(from = '2026-11-01', to = '2026-11-30') {
  const tables = await street.change(async db => {
    const desk = await openDesk(db, { by: 'job:test', now: street.now(), at: street.now() })
    return countBurden(desk, { from, to })
  })
  const roster = await street.roster()
  return {
    offices: Object.fromEntries(tables.offices),
    grids: Object.fromEntries([...tables.grids].map(([id, burden]) => [roster.gridById(id)!.name, burden])),
    members: Object.fromEntries([...tables.members].map(([id, burden]) => [roster.memberById(id)!.name, burden])),
  }
}

describe('a form that is asked for', () => {
  it('S4D-27: is told with what the program knows already, to the drafter and on the sheet', async () => {
    const said = await street.say('王科', `【工作提示单】\n${FORM}`)
    const line = '80%字段已有（网格名称、网格长、户数、常住人口），回“填表1”自动填'
    expect(last(said)).toContain(line)
    await street.say('高峰', '1号提示单同意')
    const signed = await street.say('方正', '1号提示单签发')
    expect(signed.replies.find(({ target }) => target === 'G01')!.text).toContain(line)
  })

  it('S4D-27: fills in what is known of the own grid and leaves the rest open', async () => {
    await draftToSigned(street, FORM)
    expect(last(await street.say('李敏', '填表1'))).toBe(
      [
        '1号提示单《填报出租房统计表（网格名称、网格…》（第1网格），还有1项要您补上：',
        '网格名称：第1网格',
        '网格长：陈桂芳',
        '户数：300',
        '常住人口：900',
        '出租房数：____',
        '填好回“1号完成”加内容。',
      ].join('\n'),
    )
    expect((await street.say('张丽', '填表1')).status).toBe('refused')
    await draftToSigned(street)
    expect(last(await street.say('李敏', '填表2'))).toContain('没有看出要填的字段')
  })

  it('S4D-26: asked for twice by the same office counts as a duplicate, by another office it does not', async () => {
    await draftToSigned(street, FORM)
    street.setTime('2026-11-19T15:50')
    await draftToSigned(street, FORM)
    const { offices } = await count()
    expect(offices.消安办).toMatchObject({ notices: 2, forms: 2, duplicates: 1, fields: 10, knownFields: 8 })
    await street.say('罗平', `【工作提示单】\n${FORM}`)
    await street.say('梁栋', '3号提示单同意')
    street.setTime('2026-11-19T15:51')
    await street.say('方正', '3号提示单签发')
    expect((await count()).offices.平安办).toMatchObject({ forms: 1, duplicates: 0 })
  })

  it('S4D-27: is a duplicate within the window of the pack alone', async () => {
    await draftToSigned(street, FORM)
    street.setTime('2026-11-30T15:50')
    await draftToSigned(street, FORM.replace('12月4日', '12月20日'))
    expect((await count('2026-11-30')).offices.消安办!.duplicates).toBe(1)
    street.setTime('2027-02-08T15:50')
    await draftToSigned(street, FORM.replace('12月4日', '2月20日'))
    expect((await count('2027-02-01', '2027-02-28')).offices.消安办!.duplicates).toBe(0)
  })
})

describe('the count', () => {
  it('S4D-26: adds up notices, forms and tasks by office, grid and person, with the minutes of the pack', async () => {
    await draftToSigned(street, FORM)
    await street.say('徐伟', '任务 @李敏 周五前清点台账')
    const { offices, grids, members } = await count()
    expect(members.李敏).toMatchObject({ notices: 1, forms: 1, tasks: 1, minutes: 20 + 30 + 30 })
    expect(members.王强).toMatchObject({ notices: 1, forms: 1, tasks: 0, minutes: 50 })
    expect(grids.第1网格).toMatchObject({ notices: 1, forms: 1, tasks: 1, knownFields: 4, minutes: 3 * 50 + 30 })
    expect(offices).toMatchObject({ 消安办: { notices: 1, minutes: 150 }, 桃源社区: { tasks: 1, minutes: 30 } })
    expect(members.张丽).toBeUndefined()
  })

  it('S4D-26: counts an @ outside working time for whom it concerns and whose office it was', async () => {
    street.setTime('2026-11-18T21:30')
    await street.say('王科', '@李敏 @王强 明早把表交上来', { group: 'G01', mentions: ['李敏', '王强'] })
    street.setTime('2026-11-19T10:00')
    await street.say('王科', '@李敏 表收到了', { group: 'G01', mentions: ['李敏'] })
    const { offices, members } = await count()
    expect(members.李敏!.afterHours).toBe(1)
    expect(members.王强!.afterHours).toBe(1)
    expect(offices.消安办!.afterHours).toBe(2)
  })

  it('leaves out what was cancelled and what lies in another month', async () => {
    await street.say('徐伟', '任务 @李敏 周五前清点台账')
    await street.say('徐伟', '取消交办1')
    await draftToSigned(street)
    expect((await count()).members.李敏).toMatchObject({ notices: 1, tasks: 0 })
    expect(await count('2026-10-01', '2026-10-31')).toEqual({ offices: {}, grids: {}, members: {} })
  })
})

describe('负担表', () => {
  beforeEach(async () => {
    street.setTime('2026-10-28T15:50')
    await draftToSigned(street, WHOLE.replace('12月4日', '11月4日'))
    street.setTime('2026-11-18T15:50')
    await draftToSigned(street, FORM)
    await draftToSigned(street)
  })

  it('S4D-26: shows the street’s offices this month beside the last, and that the estimate is ours', async () => {
    const text = last(await street.say('王科', '负担表'))
    expect(text.split('\n').slice(0, 2)).toEqual([
      '【负担表】11月，按发文单位（分钟为全部接收人合计）',
      '消安办：提示单2（10月1）、报表1（10月0）（字段5个，已有4个）；约330分钟（10月180）',
    ])
    expect(text).toContain('时间为本系统估算：提示单20、报表30')
  })

  it('S4D-26: shows everybody their own and their grid’s in private', async () => {
    const said = await street.say('李敏', '负担表')
    expect(last(said)).toContain('您的负担（11月）：提示单2（10月1）、报表1')
    expect(last(said)).toContain('第1网格：')
    expect(last(said)).not.toContain('第2网格')
  })

  it('in a group tells the sum of its grids and nobody’s own', async () => {
    const said = await street.say('李敏', '负担表', { group: 'G01' })
    expect(last(said)).toContain('本群网格合计：提示单2')
    for (const { name } of (await street.roster()).members) expect(last(said)).not.toContain(name)
  })

  it.each(['上月负担表', '负担表 上月'])('%s looks at the month before', async words => {
    expect(last(await street.say('王科', words))).toContain('【负担表】10月')
  })

  it('by grid is for those who see more than one', async () => {
    expect(last(await street.say('王科', '负担表 网格'))).toContain('第4网格：')
    expect(last(await street.say('李敏', '负担表 网格'))).not.toContain('第4网格')
  })

  it('the API gives the same by office, grid and member', async () => {
    const api = await openApi(street)
    const offices = await api.ask('/api/burden?period=2026-11&by=office')
    expect(offices.body.items).toEqual([
      {
        office: '消安办',
        notices: 2,
        forms: 1,
        duplicates: 0,
        fields: 5,
        knownFields: 4,
        tasks: 0,
        meetings: 0,
        afterHours: 0,
        minutes: 330,
      },
    ])
    const all = await api.ask('/api/burden?period=2026-11')
    expect(all.body.items.some((row: { gridNo?: number }) => row.gridNo === 1)).toBe(true)
    expect(all.body.items.some((row: { member?: string }) => row.member === '李敏')).toBe(true)
    expect((await api.ask('/api/burden?period=2026-11&by=street')).status).toBe(400)
    expect((await api.ask('/api/burden?period=soon')).status).toBe(400)
    await api.close()
  })

  it('S4D-26: is one line of the weekly summary', async () => {
    const told = await runWeeklySummary(street, '2026-11-23T08:30')
    expect(told.find(({ chat }) => chat === 'C01')!.text).toMatch(/\n负担：报表1，下班@0，人均\d+分/)
  })
})

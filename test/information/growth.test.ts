import { afterEach, describe, expect, it } from 'vitest'
import { adoptPack } from '../../storage/packs.ts'
import { toldTo } from '../support/replies.ts'
import { openTestStreet, type StreetOptions, type TestStreet } from '../support/street.ts'
import { readBuiltIn } from '../support/street-data.ts'

let street: TestStreet
afterEach(() => street.dispose())

/** The street fills in last year's figures: in force from the next day. */
const FIGURES = `thresholds:
  - { value: { of: 劳资上报单位平均工资, moreThan: 60000, unit: 元 }, rule: S1-28, clause: '五.10：必须超过上年度街道劳资上报单位平均工资', status: default }
  - { value: { of: 人均可支配收入, moreThan: 45000, unit: 元 }, rule: S1-29, clause: '五.10：必须超过上年度街道人均可支配收入', status: default }
`

async function open(options: StreetOptions = {}) {
  street = await openTestStreet({ pack: 'street-appraisal', now: '2026-11-18T09:00', ...options })
}
const openFilledIn = () =>
  open({
    prepare: async db => {
      const yaml = readBuiltIn('street-appraisal').yaml.replace(/^thresholds:\n/mu, FIGURES)
      await adoptPack(db, yaml, 'own', { now: Date.UTC(2026, 10, 10), today: '2026-11-10' })
    },
  })
const told = async (text: string, group?: string) => toldTo(await street.say('李敏', text, { group }), group ?? '李敏')
const items = () => street.db.sql.selectFrom('info_item').selectAll().execute()

describe('under the document as it stands', () => {
  it('S1-30: exactly 500万 counts, for 以上 takes it in', async () => {
    await open()
    expect(await told('新增投资项目 冷链仓库 500万')).toBe(
      '已记新增固定资产投资项目 #1，投资额500万元：计入，达到500万元，以上含本数。（依据：五.10：新增500万以上固定资产投资项目）',
    )
  })

  it('S1-30: less is kept and not counted, with the clause', async () => {
    await open()
    expect(await told('新增投资项目 冷链仓库 499.9万')).toMatch(/不计入，不到500万元。（依据：五\.10/)
    expect(await items()).toMatchObject([{ growth: 'investment', amount: 4_999_000, topic: 'enterprise' }])
  })

  it.each([
    ['S1-28', '新增劳资单位 东门厂 平均工资 62000', '上年度街道劳资上报单位平均工资还没有填'],
    ['S1-29', '新增住户调查户 王某某 收入 48000', '上年度街道人均可支配收入还没有填'],
  ])('%s: without last year’s figure “%s” waits', async (_, text, because) => {
    await open()
    expect(await told(text)).toContain(`待核，${because}`)
  })

  it('S1-29: a household’s name is sealed and not said again', async () => {
    await open()
    expect(await told('新增住户调查户 赵建华 收入 48000', 'G01')).not.toContain('赵建华')
    expect(JSON.stringify(await items())).not.toContain('赵建华')
  })

  it('S1-28: without a figure nothing is kept, and the way is shown', async () => {
    await open()
    expect(await told('新增劳资单位 东门厂')).toContain('请写明名称和平均工资，如“新增劳资单位 某某厂 平均工资 62000”')
    expect(await items()).toEqual([])
  })

  it('S1-30: whoever serves in no grid is asked for it by an example that works', async () => {
    await open()
    const asked = toldTo(await street.say('林静', '新增投资项目 冷链仓库 600万'), '林静')
    expect(asked).toContain('请写明是哪个网格，如“新增投资项目 某某仓库 600万 2网格”，没有记')
    const [, example = ''] = /“(.+)”/u.exec(asked) ?? []
    expect(toldTo(await street.say('林静', example), '林静')).toContain('投资额600万元：计入')
    expect(await items()).toHaveLength(1)
  })

  it('S1-30: what was told is taken back like any information', async () => {
    await open()
    await told('新增投资项目 冷链仓库 500万')
    expect(await told('撤销')).toContain('已撤销：信息')
  })
})

describe('with last year’s figures filled in', () => {
  it('S1-28: a wage must be higher; the same or less is 不计入 with the clause', async () => {
    await openFilledIn()
    expect(await told('新增劳资单位 东门厂 平均工资 60000')).toMatch(/不计入，没有超过6万元。（依据：五\.10：必须超过/)
    expect(await told('新增劳资单位 东门厂 平均工资 60100')).toContain('计入，超过6万元')
  })

  it('S1-29: so must an income', async () => {
    await openFilledIn()
    expect(await told('新增城镇住户调查户 王某某 人均可支配收入 45000')).toContain('不计入，没有超过4.5万元')
    expect(await told('新增城镇住户调查户 王某某 人均可支配收入 5万')).toContain('：计入，超过4.5万元')
  })
})

it('S1-30: another document has no such item and says so', async () => {
  await open({ pack: 'street-team' })
  expect(await told('新增投资项目 冷链仓库 500万')).toContain('现行文件没有“新增固定资产投资项目”这一项，没有记')
  expect(await items()).toEqual([])
})

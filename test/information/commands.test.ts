import { describe, expect, it } from 'vitest'
import { findCommand } from '../../handlers/index.ts'
import { informationCommands } from '../../handlers/information/commands.ts'

describe('the commands about information', () => {
  it.each([
    ['人口变动', 'populationMonth'],
    ['人口变动 11月', 'populationMonth'],
    ['人口变动11月', 'populationMonth'],
    ['人口变动新迁入2户', 'populationChange'],
    ['人口变动：2026年10月 迁出1人', 'populationChange'],
    ['核实人口11月', 'verifyPopulation'],
    ['信息9号不重复', 'notRepeated'],
    ['信息#9转事件', 'infoToIncident'],
    ['大会战12月1日至12月15日燃气信息', 'infoCampaign'],
    ['10月信息分析报告', 'infoReport'],
    ['新增投资项目冷链仓库600万', 'growth'],
  ])('“%s” is %s, with and without spaces', (words, name) => {
    expect(findCommand(words)?.name).toBe(name)
  })

  it.each([
    '信息：5幢新搬来一家三口，外地户籍',
    '信息 新开网吧一家',
    '信息采集表填好了',
    '信息进度表发群里了',
    '民意调查周五开始',
    '群众反映希望加路灯',
    '人口变动情况表请周五前报',
    '新增出租房3户',
    '新增住户登记好了',
    '怀孕的李某来办准生证，已带她去窗口',
    '数据质量太差了，大家核对一下',
    '四员的工作要做好',
    '大会战辛苦大家了',
    '核实了3幢的人口情况',
    '信息分析报告发我一份',
    '9号事件转给消安办',
    '12号提示单做完了',
  ])('leave everyday words alone: %s', words => {
    const names = new Set(informationCommands.map(({ name }) => name))
    expect(names.has(findCommand(words)?.name ?? '')).toBe(false)
  })
})

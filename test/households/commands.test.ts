import { describe, expect, it } from 'vitest'
import { exportCommands } from '../../handlers/export/commands.ts'
import { householdCommands } from '../../handlers/households/commands.ts'
import { findCommand } from '../../handlers/index.ts'
import { residentSampleCommand } from '../../handlers/inspection/resident-sample.ts'
import { targetCommands } from '../../handlers/targets/commands.ts'

const commands = [...householdCommands, ...targetCommands, ...exportCommands, residentSampleCommand]
const nameOf = (words: string) => commands.find(({ matches }) => matches.test(words))?.name

describe('the commands about households, targets and exports', () => {
  it.each([
    ['走访进度', 'coverageProgress'],
    ['10月走访进度？', 'coverageProgress'],
    ['入户进度 3网格', 'coverageProgress'],
    ['我的联系户', 'myHouseholds'],
    ['联系户名单', 'myHouseholds'],
    ['分户 3幢 给 @李四', 'assignHouseholds'],
    ['分户3幢给李四', 'assignHouseholds'],
    ['住户 3幢501 搬走了', 'household'],
    ['住户：3幢502 入住 王秀英', 'household'],
    ['报送走访情况', 'reportCoverage'],
    ['报送10月走访情况 最终', 'reportCoverage'],
    ['目标 医保 320', 'setTarget'],
    ['落实 医保 12', 'targetDone'],
    ['落实情况', 'targets'],
    ['记到哪了', 'whereRecorded'],
    ['我的笔记本', 'noteBook'],
    ['导出平安通', 'copyText'],
    ['导出社管通 本周', 'copyText'],
    ['导出 台帐 10月', 'exportLedger'],
    ['导出走访10月', 'exportLedger'],
    ['导出10月走访', 'exportLedger'],
    ['居民回访 5户', 'residentSample'],
  ])('“%s” is meant for %s', (words, name) => {
    expect(findCommand(words)?.name).toBe(name)
  })

  it.each([
    '走访进度慢了点，下午补上',
    '联系户王奶奶家灯坏了',
    '分户口本给王奶奶',
    '住户王秀英搬走了',
    '住户3幢501搬走了，钥匙在物业',
    '报送走访情况的表在哪',
    '目标完成300户',
    '完成60户',
    '完成 登记 12户',
    '落实情况我下午报',
    '去向不明的老人找到了',
    '笔记本丢了',
    '导出口的电动车停了一排',
    '居民回访说灯修好了',
  ])('“%s” falls into none of them', words => {
    expect(nameOf(words)).toBeUndefined()
  })
})

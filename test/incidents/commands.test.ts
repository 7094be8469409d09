import { describe, expect, it } from 'vitest'
import { findCommand } from '../../handlers/index.ts'

describe('the fixed words for incidents', () => {
  it.each([
    ['延期 #9 等材料', 'askHold'],
    ['延期9号 等材料', 'askHold'],
    ['申请延期 9 等材料', 'askHold'],
    ['@小格 挂起 #9，等规划', 'askHold'],
    ['同意延期#9', 'decideHold'],
    ['不批准暂停 9号', 'decideHold'],
    ['恢复9', 'resumeHold'],
    ['误报#3', 'falseAlarm'],
    ['误报 只是烧秸秆', 'falseAlarm'],
    ['吹哨 城管 环卫', 'whistle'],
    ['应哨 #12', 'answerWhistle'],
    ['应哨', 'answerWhistle'],
    ['改类 突发', 'judgeClass'],
    ['定级 #7 较复杂', 'judgeLevel'],
    ['管辖 9号 乡', 'judgeJurisdiction'],
    ['提交党委 #7', 'submitIncident'],
    ['#12 协助 @王强', 'addHelper'],
    ['12号 协助 王强', 'addHelper'],
    ['协助 #12 王强', 'addHelper'],
    ['上报 #12 消安办', 'escalateIncident'],
    ['移交 #12 消安办 归他们管', 'transferIncident'],
    ['复查 3 合格，通道已清空', 'recheckIncident'],
    ['结案 3号', 'closeIncident'],
    ['重开 #3 又漏了', 'reopenIncident'],
    ['跟进 #3 已疏散12人', 'followIncident'],
  ])('%s is %s', (text, name) => {
    expect(findCommand(text)?.name).toBe(name)
  })

  it.each([
    '恢复3号楼供水了',
    '上报3号楼路灯坏了',
    '上报 3 号楼路灯坏了',
    '延期开会到周五',
    '暂停营业的店已经复工',
    '误报的消息不要转发',
    '结案率是多少',
    '协助派出所调解了一起纠纷',
    '复查了3幢2单元的消防通道',
    '跟进了3户独居老人',
    '管辖范围内没有问题',
    '改类型的事明天说',
    '吹哨人制度学习',
  ])('%s is an everyday sentence', text => {
    expect(findCommand(text)?.name).toBeUndefined()
  })
})

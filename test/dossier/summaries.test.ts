import { afterEach, describe, expect, it } from 'vitest'
import { readLastPaper } from '../support/read-paper.ts'
import { toldGroups, toldTo } from '../support/replies.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'
import type { BuiltInPack } from '../support/street-data.ts'

let street: TestStreet
const open = async (pack: BuiltInPack, now = '2026-11-18T10:00') => {
  street = await openTestStreet({ now, pack })
}
afterEach(() => street.dispose())
const tell = async (who: string, text: string) => toldTo(await street.say(who, text), who)

describe('年终总结', () => {
  it('S4C-06: is a draft of one’s own year, every number with its ledger and the count of its records', async () => {
    await open('village-grid', '2026-10-21T10:00')
    await tell('李敏', '走访了3幢王奶奶，20分钟')
    street.setTime('2026-11-18T10:00')
    await tell('李敏', '走访了7幢李大爷，15分钟')
    await tell('李敏', '3号楼路灯坏了')
    await tell('王强', '走访了9幢张婶，15分钟')
    const said = await street.say('李敏', '年终总结', { group: 'G01' })
    expect(toldGroups(said)).toEqual([])
    expect(toldTo(said, '李敏')).toContain('您2026年（到今天）：走访2次、下网格2天、上报事件1件')
    const { name, text } = await readLastPaper(street)
    expect(name).toBe('年终总结-李敏-2026.docx')
    for (const words of [
      '2026年个人工作总结（草稿）',
      '截至11月18日（周三）',
      '走访巡查台账，2条记录',
      '事件台账，1条记录',
      '10月',
      '上报1件：#1',
      '请自己填写',
    ])
      expect(text).toContain(words)
    for (const other of ['王奶奶', '张婶', '王强']) expect(text).not.toContain(other)
  })

  it('S4C-02: shows the yearly indicator and gives nothing for a nought', async () => {
    await open('village-grid')
    await tell('李敏', '3幢王大爷说要去市里上访')
    await tell('李敏', '年终总结')
    expect((await readLastPaper(street)).text).toContain('目标0件；只作参考，不计分')
    await street.dispose()
    await open('street-team')
    await tell('李敏', '年终总结')
    expect((await readLastPaper(street)).text).not.toContain('年度指标')
  })

  it('S4C-06: can be had of a year before, not of one to come, and only one’s own', async () => {
    await open('village-grid')
    expect(await tell('李敏', '年终总结 2025')).toContain('您2025年：还没有记录')
    expect(await tell('李敏', '去年年终总结')).toContain('您2025年')
    expect(await tell('李敏', '年终总结 2027')).toBe('2027年还没到，年终总结到时候再写。')
    expect((await street.say('陈桂芳', '李敏 年终总结')).replies.some(({ text }) => text.includes('附件'))).toBe(false)
  })
})

describe('the month in one text', () => {
  it('S4D-05: sorts the own work under the six duties of the document', async () => {
    await open('county-center')
    await tell('李敏', '巡查了沿江路一圈，2公里')
    await tell('李敏', '3号楼楼道堆物，有火灾隐患')
    await tell('李敏', '5幢两户为漏水吵架')
    await tell('李敏', '代办 王阿姨医保卡')
    const text = await tell('李敏', '本月小结')
    expect(text).toMatch(/排查安全隐患2.*调解矛盾纠纷1.*开展民生服务1/)
  })

  it('S1-36: tells the days in the grid beside the working days, and judges nobody', async () => {
    await open('street-appraisal', '2026-10-09T10:00')
    await tell('李敏', '走访了3幢王奶奶，20分钟')
    const text = await tell('李敏', '本月小结')
    expect(text).toContain('下网格1天')
    // 1 to 7 October are free; the 8th and 9th are worked.
    expect(text).toContain('到今天共2个工作日。')
    expect(await tell('李敏', '9月小结')).toContain('您9月：还没有记录')
  })
})

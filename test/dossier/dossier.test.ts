import { afterEach, describe, expect, it } from 'vitest'
import { draftToSigned } from '../support/notice-steps.ts'
import { readLastPaper } from '../support/read-paper.ts'
import { toldGroups, toldTo } from '../support/replies.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'
import type { BuiltInPack } from '../support/street-data.ts'

let street: TestStreet
const open = async (pack: BuiltInPack = 'street-appraisal', now = '2026-11-18T10:00') => {
  street = await openTestStreet({ now, pack })
}
afterEach(() => street.dispose())
const tell = async (who: string, text: string) => toldTo(await street.say(who, text), who)
const stampIn = (text: string) => /2026-11-[0-9a-f]{8}/.exec(text)?.[0]

describe('一格一档', () => {
  it('S1-40: tells size, people, what is known and the month’s work, and the papers made of the same messages', async () => {
    await open()
    await tell('李敏', '底数 出租房 12户')
    await tell('李敏', '走访了3幢王奶奶，20分钟')
    await tell('李敏', '3号楼路灯坏了')
    const text = await tell('陈桂芳', '一格一档')
    for (const words of [
      '编码WJ001，桃源社区，300户，常住900人',
      '李敏',
      '出租房12户（11/18）',
      '走访1次',
      '上报事件1件',
      '同一批记录还有：工作日志（发“日志”）、信息呈报表（发“导出 信息”）、反馈表（发“导出 事件”）、台账（发“导出 台帐”）',
    ])
      expect(text).toContain(words)
    expect(text).not.toContain('王奶奶')
    for (const [, said] of text.matchAll(/（发“([^”]+)”）/g)) {
      const { replies } = await street.say('李敏', said!)
      expect(replies[0]!.text, said).toMatch(/附件|工作日志/)
    }
  })

  it('S1-40: is printed whole, every number with its ledger and the count of its records', async () => {
    await open()
    await tell('李敏', '底数 出租房 12户 3幢5户')
    await tell('李敏', '走访了3幢王奶奶，20分钟')
    const said = await street.say('李敏', '导出 一格一档', { group: 'G01' })
    expect(toldGroups(said)).toEqual([])
    const { name, text } = await readLastPaper(street)
    expect(name).toBe('一格一档-WJ001-2026-11.docx')
    for (const words of [
      '桃源社区第1网格一格一档',
      '网格长：陈桂芳',
      '12户',
      '3幢5户',
      '走访巡查台账，1条',
      '本月没有',
    ])
      expect(text).toContain(words)
  })

  it('S4D-06: names nobody twice where the document has several posts of one kind', async () => {
    await open('county-center')
    expect((await tell('陈桂芳', '一格一档')).split('李敏')).toHaveLength(2)
  })

  it('S4D-23: bears one stamp on screen, in print and on the platform, and another after a record', async () => {
    await open('county-center')
    await tell('李敏', '底数 出租房 12户')
    const onScreen = stampIn(await tell('李敏', '一格一档'))
    const onPlatform = stampIn(await tell('李敏', '一格一档 平台版'))
    await tell('李敏', '导出 一格一档')
    expect(onScreen).toBeDefined()
    expect(onPlatform).toBe(onScreen)
    expect(stampIn((await readLastPaper(street)).text)).toBe(onScreen)
    street.setTime('2026-11-19T10:00')
    expect(stampIn(await tell('李敏', '一格一档'))).toBe(onScreen)
    await tell('李敏', '巡查了沿江路一圈，2公里')
    expect(stampIn(await tell('李敏', '一格一档'))).not.toBe(onScreen)
  })

  it('S4D-36: keeps closed numbers out of a group, and the platform’s text and print for those in charge', async () => {
    await open('county-center')
    await tell('李敏', '底数 涉稳人员 5')
    const inGroup = await street.say('李敏', '一格一档', { group: 'G01' })
    expect(toldGroups(inGroup).join()).toContain('涉稳人员（只能私聊查）')
    expect(await tell('张丽', '一格一档 1网格')).not.toContain('涉稳人员5')
    expect(await tell('张丽', '一格一档 1网格 平台版')).toContain('不在您负责的范围')
    expect(await tell('张丽', '导出 一格一档 1网格')).toContain('不在您负责的范围')
    expect(await tell('李敏', '一格一档 平台版')).toContain('涉稳人员5人')
  })

  it('S4D-22: invents no names for the 17 kinds that the document does not name', async () => {
    await open('county-center')
    await tell('李敏', '底数 出租房 12户')
    expect(await tell('李敏', '底数')).toBe('第1网格底数\n出租房12户（11/18）\n更新说一句就行，如“底数 出租房 12户”。')
  })

  it('asks which grid where somebody has several, and refuses one that is not there', async () => {
    await open('street-team')
    expect(await tell('徐伟', '一格一档')).toContain('请写明第几网格')
    expect(await tell('徐伟', '第二网格一格一档')).toContain('第2网格一格一档')
    expect(await tell('徐伟', '导出 一格一档 7网格')).toBe('没有第7网格。')
  })

  it('tells how far the grid’s notices are', async () => {
    await open('street-team')
    street.setTime('2026-11-18T15:50')
    await draftToSigned(street)
    expect(await tell('李敏', '一格一档')).toMatch(/提示单：1号提示单《\S+》完成0\/\d人/)
  })
})

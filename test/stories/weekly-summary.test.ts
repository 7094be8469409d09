import { afterEach, describe, expect, it } from 'vitest'
import { drawPicture } from '../../bot/pictures/draw-picture.ts'
import { runWeeklySummary } from '../summary/support.ts'
import { databases } from '../support/stores.ts'
import { local, openTestStreet, type TestStreet } from '../support/street.ts'

let street: TestStreet
afterEach(() => street.dispose())

/** Monday 16 to Friday 20 November: 李敏、王强、张丽、孙燕 work in 桃源社区, 冯洁 in 锦江社区. */
async function workOneWeek(): Promise<void> {
  const at = async (time: string, who: string, text: string, group?: string) => {
    street.setTime(time)
    const { replies, status } = await street.say(who, text, { group })
    expect(status, `${who}：${text} → ${replies.map(reply => reply.text).join('／')}`).toBe('handled')
  }
  await at('2026-11-16T08:05', '冯洁', '到岗了', 'G04')
  await at('2026-11-16T08:10', '李敏', '到岗了', 'G01')
  await at('2026-11-16T08:40', '王强', '到岗了', 'G01')
  await at('2026-11-16T09:00', '张丽', '请假，11月17日到11月18日，家里有事')
  await at('2026-11-16T09:05', '沈国华', '张丽的假准了')
  await at('2026-11-16T09:30', '李敏', '走访了3幢王奶奶，20分钟', 'G01')
  await at('2026-11-16T10:00', '冯洁', '走访了5幢李大爷，30分钟', 'G04')
  await at('2026-11-17T08:10', '李敏', '到岗了', 'G01')
  await at('2026-11-17T10:00', '李敏', '巡查了一圈沿街商铺，40分钟', 'G01')
  await at('2026-11-18T10:00', '孙燕', '3幢楼下路灯坏了', 'G03')
  await at('2026-11-18T10:05', '周明', '1号事件我来处理', 'G03')
}

describe.each(databases)('the weekly summary on $name', ({ name }) => {
  it('tells each community its own figures and the street the totals, with a picture', async () => {
    street = await openTestStreet({ database: name, now: '2026-11-16T07:30' })
    await workOneWeek()
    const told = await runWeeklySummary(street, '2026-11-23T08:30')

    expect(told.map(({ chat }) => chat).sort()).toEqual(['C01', 'C02', 'S01'])
    const textIn = (chat: string) => told.find(one => one.chat === chat)!.text
    expect(textIn('C01').split('\n')).toEqual([
      '【桃源社区】上周小结',
      '11/16–11/22',
      // 20 person-days less two of leave; 李敏 twice, 王强 once.
      '到岗率17%',
      '　迟到1，全天请假2',
      '走访1',
      '巡查1',
      '信息0',
      '新增事件1',
      '　办结0，在办1，待受理0，超期0',
      '提示单0',
      '会议0',
    ])
    expect(textIn('C02')).toContain('到岗率20%')
    expect(textIn('S01')).toContain('【望江街道】')
    expect(textIn('S01')).toContain('走访2')
    for (const { attachment, notBefore } of told) {
      expect(notBefore).toBe(local('2026-11-23T08:30'))
      expect((await drawPicture(attachment as { kind: string; data: unknown })).subarray(1, 4)).toEqual(
        Buffer.from('PNG'),
      )
    }
  })

  it('sets last week beside the week before, and says it once', async () => {
    street = await openTestStreet({ database: name, now: '2026-11-16T07:30' })
    await workOneWeek()
    await runWeeklySummary(street, '2026-11-23T08:30')
    street.setTime('2026-11-24T08:10')
    await street.say('李敏', '到岗了', { group: 'G01' })
    const told = await runWeeklySummary(street, '2026-11-30T08:30')
    const text = told.find(({ chat }) => chat === 'C01')!.text
    expect(text).toContain('11/23–11/29')
    expect(text).toContain('到岗率5%（上期17%）')
    expect(text).toContain('走访0（上期1）')
    expect(await runWeeklySummary(street, '2026-11-30T08:30')).toEqual([])
  })
})

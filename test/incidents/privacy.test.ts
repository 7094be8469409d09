import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createReader } from '../support/leaks.ts'
import { toldGroups, toldTo } from '../support/replies.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'

let street: TestStreet
beforeEach(async () => {
  street = await openTestStreet({ now: '2026-11-18T10:00' })
})
afterEach(() => street.dispose())

describe('privacy in groups', () => {
  it('tells of a quarrel, a petition or a watched person only the kind and the grid', async () => {
    const said = [
      await street.say('李敏', '3幢302张伟家和401李国强家邻里纠纷，吵了半个月', { group: 'G01' }),
      await street.say('李敏', '5幢王大爷准备去市里上访', { group: 'G01' }),
      await street.say('李敏', '社区矫正人员赵铁柱失联两天了', { group: 'G01' }),
    ]
    for (const text of said.flatMap(toldGroups)) expect(text).not.toMatch(/张伟|李国强|302|401|王大爷|赵铁柱|幢/)
    expect(said.flatMap(toldGroups).join('')).toContain('第1网格')
  })

  it('S2-16: refuses the restricted ledger in a group, shows it in private to those who serve there, and writes the refusal down', async () => {
    await street.say('李敏', '3幢张伟和李国强邻里纠纷，吵了半个月')
    const asked = await street.say('陈桂芳', '稳控台账', { group: 'G01' })
    expect(asked.status).toBe('refused')
    expect(toldTo(asked, 'G01')).toContain('请私聊我')
    const audit = await street.db.sql
      .selectFrom('audit')
      .select(['action', 'by'])
      .where('action', '=', 'refused')
      .execute()
    expect(audit).toHaveLength(1)
    expect(toldTo(await street.say('陈桂芳', '稳控台账'), '陈桂芳')).toContain('张伟')
    expect(toldTo(await street.say('何大勇', '稳控台账'), '何大勇')).not.toContain('张伟')
  })

  it('S2-16, S4A-04: writes down who asked for a case that is not theirs', async () => {
    await street.say('李敏', '社区矫正人员赵铁柱失联两天了')
    const said = await street.say('冯洁', '进度 #1')
    expect(toldTo(said, '冯洁')).not.toContain('赵铁柱')
    const rows = await street.db.sql
      .selectFrom('audit')
      .select('subject_type')
      .where('action', '=', 'refused')
      .execute()
    expect(rows).toEqual([{ subject_type: 'incident' }])
  })

  it('S3A-18: lets no name, door or number out of anything said to a group in a whole life of cases', async () => {
    const { names, listLeaks } = createReader()
    const texts: string[] = []
    const say = async (who: string, text: string, group?: string) => {
      texts.push(...toldGroups(await street.say(who, text, { group })))
    }
    let hour = '10'
    for (const [index, name] of names.entries()) {
      street.setTime(`2026-11-${18 + index}T${hour}:00`)
      hour = '09'
      const no = 3 * index + 1
      await say('李敏', `居民反映3幢50${index}室${name}家水管漏水，电话1380000123${index}`, 'G01')
      await say('李敏', `${name}家和楼下邻里纠纷，吵了半个月，${name}要上访`, 'G01')
      await say('李敏', `代办 ${name}的医保卡`, 'G01')
      await say('陈桂芳', `受理${no}号事件`, 'G01')
      await say('陈桂芳', `${no}号事件转给消安办，${name}家的事`, 'G01')
      await say('王科', `退回${no}号事件，${name}家不归我们管`, 'G01')
      await say('李敏', `事件${no}补充：${name}下午在家`, 'G01')
      await say('李敏', `调解 #${no + 1} ${name}愿意谈`, 'G01')
      await say('李敏', `原因 #${no} ${name}家装修凿坏了管子`, 'G01')
      await say('陈桂芳', `${no}号事件办结了，${name}签了字`, 'G01')
      await say('李敏', `#${no} 已电话告知${name}`, 'G01')
      await say('李敏', `#${no} 又漏了，${name}急了`, 'G01')
      for (const words of ['进度', '需求', '呈报']) await say('陈桂芳', `${words} #${no}`, 'G01')
    }
    for (const words of [
      '四项指标',
      '办结率',
      '重复点位',
      '公示',
      '督办单',
      '化解层级',
      '稳控台账',
      '六不让',
      '本网格在办事件',
    ]) {
      for (const group of ['G01', 'C01', 'S01']) await say('林静', words, group)
    }
    expect(texts.length).toBeGreaterThan(30)
    for (const text of texts) expect(listLeaks(text), text).toEqual([])
  })
})

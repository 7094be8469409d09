import { describe, expect, it, onTestFinished } from 'vitest'
import { listIncidents } from '../../storage/incidents.ts'
import { listOutboxItems } from '../../storage/outbox.ts'
import { databases } from '../support/stores.ts'
import { openTestStreet, type Said, type TestStreet } from '../support/street.ts'

const WANG = 'resident:王阿姨'
const LI = 'resident:李叔'

async function open(database: 'sqlite' | 'postgres' = 'sqlite'): Promise<TestStreet> {
  const street = await openTestStreet({ database, now: '2026-11-18T09:00' })
  onTestFinished(street.dispose)
  return street
}

/** What the person themselves reads. */
const toSelf = ({ replies }: Said, who: string) =>
  replies.filter(({ target }) => target === who).map(({ text }) => text)
const toOthers = ({ replies }: Said, who: string) => replies.filter(({ target }) => target !== who)

describe.each(databases)('a resident on $name', ({ name }) => {
  it('S2-52, S4B-02, S4D-39: reports, gets a number, hears each step, and says that it is fixed', async () => {
    const street = await open(name)
    const reported = await street.say(WANG, '第1网格3幢楼道的灯坏了')
    expect(toSelf(reported, WANG)[0]).toMatch(/编号 #1。已转给第1网格办理.*回“进度”/s)
    expect(toOthers(reported, WANG).map(({ target, to }) => [target, to])).toEqual([['陈桂芳', 'user']])

    const accepted = await street.say('陈桂芳', '受理1号事件')
    expect(toSelf(accepted, WANG)[0]).toContain('#1已由网格长陈桂芳受理')
    expect(toSelf(await street.say(WANG, '进度'), WANG)[0]).toContain('已受理')

    const resolved = await street.say('陈桂芳', '1号事件已办结，灯换好了')
    expect(toSelf(resolved, WANG)[0]).toContain('办结')
    expect(toSelf(await street.say(WANG, '修好了，谢谢'), WANG)[0]).toContain('评价 5 分')
    const [incident] = await listIncidents(street.db, {})
    expect(incident).toMatchObject({ status: 'closed', rating: 5, verified: false, origin: 'resident' })
    expect(incident?.reporterId).toBeUndefined()
  })

  it('says that it is not fixed, and the case goes on with its history', async () => {
    const street = await open(name)
    await street.say(WANG, '第1网格3幢楼道的灯坏了')
    await street.say('陈桂芳', '受理1号事件')
    await street.say('陈桂芳', '1号事件已办结')
    const unfixed = await street.say(WANG, '没修好')
    expect(toSelf(unfixed, WANG)[0]).toContain('重新办理')
    expect(toOthers(unfixed, WANG).some(({ target, text }) => target === '陈桂芳' && text.includes('没有解决'))).toBe(
      true,
    )
    expect((await listIncidents(street.db, {}))[0]?.status).toBe('accepted')
  })
})

describe('a resident', () => {
  it('is asked where it is, and a place that follows finds the grid', async () => {
    const street = await open()
    const reported = await street.say(WANG, '路灯不亮')
    expect(toSelf(reported, WANG)[0]).toContain('哪个小区、几幢')
    expect(toOthers(reported, WANG).map(({ target }) => target)).toEqual(['林静'])
    const located = await street.say(WANG, '在第3网格')
    expect(toSelf(located, WANG)[0]).toContain('#1 已转给第3网格办理')
    expect(toOthers(located, WANG).map(({ target }) => target)).toEqual(['周明'])
  })

  it('adds a picture to what was just reported, and a picture alone is asked about', async () => {
    const street = await open()
    expect(toSelf(await street.say(WANG, '', { images: 1 }), WANG)[0]).toContain('是什么事、在哪里')
    await street.say(WANG, '第1网格3幢楼道的灯坏了')
    expect(toSelf(await street.say(WANG, '', { images: 1 }), WANG)[0]).toContain('已补充到 #1')
    expect(await listIncidents(street.db, {})).toHaveLength(1)
  })

  it('sees nothing of anybody else’s report, by number or otherwise', async () => {
    const street = await open()
    await street.say(WANG, '第1网格3幢楼道的灯坏了')
    await street.say('陈桂芳', '受理1号事件')
    await street.say('陈桂芳', '1号事件已办结')
    for (const words of ['进度 1', '进度', '事件1评价1分', '#1 没修好']) {
      const said = await street.say(LI, words)
      expect(toSelf(said, LI).join()).not.toMatch(/楼道|陈桂芳|办结|评价/)
    }
    expect((await listIncidents(street.db, {})).map(({ status }) => status)[0]).toBe('resolved')
  })

  it('reports a danger at once, day or night, with the numbers to call', async () => {
    const street = await open()
    street.setTime('2026-11-18T02:10')
    const said = await street.say(WANG, '第1网格5幢着火了，快来人')
    expect(toSelf(said, WANG)[0]).toContain('110/119/120')
    expect(toOthers(said, WANG).filter(({ urgency }) => urgency === 'urgent').length).toBeGreaterThanOrEqual(2)
    expect(toOthers(said, WANG).some(({ text }) => text.includes('未核实'))).toBe(true)
  })

  it('is greeted, thanked, and told how it works', async () => {
    const street = await open()
    expect(toSelf(await street.say(WANG, '你好'), WANG)[0]).toContain('说一句就行')
    expect(toSelf(await street.say(WANG, '谢谢'), WANG)[0]).toBe('不客气，有事随时说。')
    expect(await listIncidents(street.db, {})).toEqual([])
  })

  it('who asks how it stands in words of their own is told, and nothing is written down as a detail', async () => {
    const street = await open()
    await street.say(WANG, '第1网格3幢楼道的灯坏了')
    for (const words of [
      '有人处理了吗',
      '什么时候能修好啊',
      '查一下我那个',
      '我反映的事怎么样了',
      '修了没有呀',
      '啥时候来修',
      '好了吗',
      '结果呢',
      '咋还没人来啊',
      '几时好啊',
    ]) {
      expect(toSelf(await street.say(WANG, words), WANG)).toEqual([expect.stringContaining('：待受理')])
    }
  })

  it('who names a number that is not theirs opens no case by it', async () => {
    const street = await open()
    await street.say(WANG, '第1网格3幢楼道的灯坏了')
    for (const words of ['1号 满意', '#1 没修好', '7号满意']) {
      expect(toSelf(await street.say(LI, words), LI)).toEqual([expect.stringContaining('没有查到您反映的 #')])
    }
    expect(await listIncidents(street.db, {})).toHaveLength(1)
  })

  it('is thanked in several words at once', async () => {
    const street = await open()
    await street.say(WANG, '第1网格3幢楼道的灯坏了')
    for (const words of ['谢谢你们，辛苦了', '好的谢谢', '好的，谢谢啊！', '收到，辛苦', '谢谢侬'])
      expect(toSelf(await street.say(WANG, words), WANG)).toEqual(['不客气，有事随时说。'])
  })

  it('who has rated it is told so, not that it is still under way', async () => {
    const street = await open()
    await street.say(WANG, '第1网格3幢楼道的灯坏了')
    await street.say('陈桂芳', '受理1号事件')
    await street.say('陈桂芳', '1号事件已办结')
    await street.say(WANG, '满意')
    expect(toSelf(await street.say(WANG, '1号满意'), WANG)).toEqual(['事件 #1 已经结案，谢谢您。'])
  })

  it('who says of another place that something is wrong again opens a case of its own, not the one that was closed', async () => {
    const street = await open()
    await street.say(WANG, '第1网格3幢楼道的灯坏了')
    await street.say('陈桂芳', '受理1号事件')
    await street.say('陈桂芳', '1号事件已办结')
    await street.say(WANG, '满意')
    expect(toSelf(await street.say(WANG, '第2网格5幢楼道又堵了'), WANG)[0]).toContain('编号 #2')
    expect((await listIncidents(street.db, {})).find(({ no }) => no === 1)?.status).toBe('closed')
    expect(toSelf(await street.say(WANG, '3幢楼道灯又不亮了'), WANG)[0]).toContain('#1 已重新办理')
    expect(await listIncidents(street.db, {})).toHaveLength(2)
  })

  it('who says that it is wrong again while it is being put right, or tells a second thing at once, keeps the two apart', async () => {
    const street = await open()
    await street.say(WANG, '第1网格3幢楼道的灯坏了')
    expect(toSelf(await street.say(WANG, '我家楼上天天半夜跳舞吵死了，谁管啊'), WANG)[0]).toContain('编号 #2')
    await street.say(LI, '第1网格3幢楼道漏水')
    street.setTime('2026-11-19T09:00')
    expect(toSelf(await street.say(LI, '又漏了'), LI)[0]).toContain('已补充到事件 #3')
    expect(await listIncidents(street.db, {})).toHaveLength(3)
  })

  it('whose answer to the question where it is names no grid: the office that asked reads it', async () => {
    const street = await open()
    await street.say(WANG, '路灯不亮')
    const placed = await street.say(WANG, '阳光花园5幢2单元')
    expect(toOthers(placed, WANG).map(({ target, text }) => [target, text])).toEqual([
      ['林静', '居民补充事件 #1：“阳光花园5幢2单元”'],
    ])
  })

  it('who only says that they have something to report is asked what, and files nothing', async () => {
    const street = await open()
    for (const words of ['我要反映一个问题', '反映个事情', '我想投诉'])
      expect(toSelf(await street.say(WANG, words), WANG)[0]).toContain('是什么事、在哪里')
    expect(await listIncidents(street.db, {})).toEqual([])
  })

  it('who sends the same words again has one case, and who says that it is over opens none', async () => {
    const street = await open()
    await street.say(WANG, '第1网格5幢楼顶漏水')
    expect(toSelf(await street.say(WANG, '第1网格5幢楼顶漏水'), WANG)).toEqual(['已补充到 #1，谢谢您。'])
    street.setTime('2026-11-18T15:00')
    await street.say('陈桂芳', '受理1号事件')
    const over = await street.say(WANG, '不用了，已经好了')
    expect(toSelf(over, WANG)).toEqual(['已补充到事件 #1，谢谢您。'])
    expect(toOthers(over, WANG).map(({ target }) => target)).toEqual(['陈桂芳'])
    await street.say('陈桂芳', '1号事件已办结')
    expect(toSelf(await street.say(WANG, '1号好啦，谢谢哦'), WANG)[0]).toContain('评价 5 分')
    expect(await listIncidents(street.db, {})).toHaveLength(1)
  })

  it('who praises somebody is not taken to say where the last report is', async () => {
    const street = await open()
    await street.say(WANG, '路灯不亮')
    await street.say(WANG, '表扬一下1网格的网格员，昨天帮我妈送药')
    expect((await listIncidents(street.db, {}))[0]?.gridId).toBeUndefined()
  })

  it('who tells of a knife is taken for danger', async () => {
    const street = await open()
    const said = await street.say(WANG, '有人打架动刀了，在第1网格3幢')
    expect(toSelf(said, WANG)[0]).toContain('110/119/120')
    expect(toOthers(said, WANG).some(({ urgency }) => urgency === 'urgent')).toBe(true)
  })

  it('in danger is asked where at once, and the place that follows alarms the grid', async () => {
    const street = await open()
    const danger = await street.say(WANG, '救命！着火了')
    expect(toSelf(danger, WANG)[0]).toMatch(/110\/119\/120.*请马上再说一句在哪个小区、几幢/)
    const placed = await street.say(WANG, '在第3网格5幢')
    expect(toSelf(placed, WANG)[0]).toContain('#1')
    const urgent = toOthers(placed, WANG).filter(({ urgency }) => urgency === 'urgent')
    expect(urgent.map(({ target }) => target)).toContain('周明')
    expect(urgent.some(({ to }) => to === 'group')).toBe(true)
  })

  it('who could not be told in time hears it when they write again', async () => {
    const street = await open()
    await street.say(WANG, '第1网格3幢楼道的灯坏了')
    await street.say('陈桂芳', '受理1号事件')
    const refused = { state: 'failed', error: '居民已超过 48 小时没有来信' } as const
    await street.change(db => db.sql.updateTable('outbox').set(refused).where('kind', '=', 'incident-update').execute())
    const waiting = async () =>
      (await listOutboxItems(street.db, { states: ['pending'] })).filter(({ kind }) => kind === 'incident-update')
    expect(await waiting()).toEqual([])
    await street.say(WANG, '你好')
    expect((await waiting()).map(({ text }) => text.reveal())).toEqual([
      expect.stringContaining('已由网格长陈桂芳受理'),
    ])
  })

  it('who floods the street is told that it is noted', async () => {
    const street = await open()
    for (let n = 1; n <= 10; n++) await street.say(WANG, `第1网格${n}幢楼道的灯坏了`)
    const said = await street.say(WANG, '第1网格11幢楼道的灯坏了')
    expect(toSelf(said, WANG)[0]).toContain('今天已经记下')
    expect(await listIncidents(street.db, {})).toHaveLength(10)
  })

  it('S3A-18: is never named in a group', async () => {
    const street = await open()
    const said = [
      await street.say(WANG, '我是王秀兰，电话13812345678，第1网格3幢302漏水'),
      await street.say(WANG, '第1网格5幢着火了'),
    ]
    const inGroups = said.flatMap(({ replies }) => replies).filter(({ to }) => to === 'group')
    expect(inGroups.length).toBeGreaterThan(0)
    for (const { text } of inGroups) expect(text).not.toMatch(/王|13812345678|302/)
  })
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { noticeBroadcast } from '../../jobs/notice-broadcast.ts'
import { findIncident, listIncidentLogs } from '../../storage/incidents.ts'
import { draft, sign } from '../support/notice-steps.ts'
import { toldGroups, toldTo } from '../support/replies.ts'
import { runJob } from '../support/run-job.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'

let street: TestStreet
beforeEach(async () => {
  street = await openTestStreet({ now: '2026-10-12T09:00' })
})
afterEach(() => street.dispose())

const ask = async (who: string, text: string, group?: string) =>
  toldTo(await street.say(who, text, { group }), group ?? who)

/** October: three leaks in building 3, two of them settled; a quarrel; a lamp that the hotline told of. */
async function liveThroughOctober(): Promise<void> {
  await street.say('李敏', '3幢水管漏水')
  await street.say('陈桂芳', '受理1号事件')
  street.setTime('2026-10-14T15:00')
  await street.say('陈桂芳', '1号事件办结了')
  await street.say('李敏', '3幢两户邻居为漏水吵架，张伟动了手')
  await street.say('王强', '三号楼门口垃圾成堆')
  await street.say('张丽', '12345转来：5幢302室赵国强家门口路灯不亮')
  street.setTime('2026-10-20T09:00')
  await street.say('王强', '3幢电梯坏了')
  await street.say('陈桂芳', '受理5号事件')
  await street.say('陈桂芳', '5号事件办结了')
  await street.say('陈桂芳', '受理2号事件')
}

describe('the lists of a month', () => {
  beforeEach(liveThroughOctober)

  it('S1-01: 四项指标 shows four figures, each with its cases', async () => {
    const text = await ask('陈桂芳', '四项指标')
    expect(text).toContain('第1网格10月四项指标（4件）')
    expect(text).toContain('发现及时：自查发现 100%')
    expect(text).toMatch(/处置快速：办结平均 \d.*#1/)
    expect(text).toContain('解决有效：复发 0%')
    expect(text).toContain('监督有力：督查 0%')
    await street.say('李敏', '#1 又漏了')
    expect(await ask('陈桂芳', '四项指标')).toContain('复发 25%；#1')
  })

  it('S0-10: 化解层级 tells on which level cases were settled, with their numbers', async () => {
    const text = await ask('陈桂芳', '本月化解层级')
    expect(text).toContain('第1网格10月化解层级，办结 2 件')
    expect(text).toMatch(/ 2 件（100%）：#1、#5/)
  })

  it('S4D-25: 办结率 shows what came back beside what is settled', async () => {
    expect(await ask('陈桂芳', '办结率')).toContain('办结率 50%（2/4）')
    await street.say('李敏', '#1 又漏了')
    const text = await ask('陈桂芳', '10月办结率')
    expect(text).toContain('办结率 25%（1/4）')
    expect(text).toContain('办结后又重开 1 件：#1')
  })

  it('S1-03, S3A-40: 重复点位 lists places that come up again with their causes, and a report says when it is one', async () => {
    const said = await street.say('李敏', '3幢楼道灯不亮')
    expect(toldTo(said, '李敏')).toContain('3幢本月第4件，是重复点位')
    expect(await ask('陈桂芳', '原因 #1 管道老化')).toContain('已记 #1 的原因')
    const text = await ask('陈桂芳', '重复点位 10月')
    expect(text).toContain('第1网格3幢 4 件')
    expect(text).toContain('原因：管道老化')
    expect(text).toContain('#1、#3、#5、#6')
    expect(await ask('陈桂芳', '重复点位 9月')).toContain('没有')
  })

  it('S3A-40: whoever calls a work meeting reads in private which places come up again', async () => {
    const said = await street.say('徐伟', '明天下午3点第1网格开网格周例会', { group: 'G01' })
    expect(toldTo(said, 'G01')).not.toContain('3幢')
    expect(toldTo(said, '徐伟')).toMatch(/议题建议[\s\S]*第1网格3幢 3 件/)
    expect(toldTo(await street.say('何大勇', '明天下午3点开网格周例会', { group: 'G02' }), '何大勇')).toBe('')
  })

  it('S3A-41: 督办单 lists what was supervised in the month, with what came of it', async () => {
    expect(await ask('徐伟', '督办单 10月')).toContain('没有督办')
    await street.say('徐伟', '事件2催办一下')
    const text = await ask('徐伟', '督办单 10月')
    expect(text).toContain('1 件，已办结 0 件（0%）')
    expect(text).toMatch(/#2 .*10\/20 督办，已受理，陈桂芳/)
    expect(await ask('徐伟', '督办单', 'G01')).not.toContain('陈桂芳')
  })

  it('S3B-10: 公示 is a draft in the own words of the program alone; cases about people are counted, not shown', async () => {
    await street.say('陈桂芳', '2号事件办结了')
    const text = await ask('陈桂芳', '公示 10月')
    expect(text).toContain('公示（草稿')
    expect(text).toContain('1. 公共设施，第1网格3幢，10/12 上报，10/14 办结（2天）')
    expect(text).toContain('另有 1 件涉及个人，依规定不公示')
    expect(text).not.toMatch(/张伟|赵国强|302/)
    street.setTime('2026-11-02T09:00')
    expect(await ask('陈桂芳', '公示 11月')).toContain('没有办结的事件')
  })

  it('shows the grid to its people, the community to its lead, the street to its offices', async () => {
    expect(await ask('陈桂芳', '办结率')).toContain('第1网格')
    expect(await ask('沈国华', '办结率')).toMatch(/桃源社区10月办结率 40%（2\/5）/)
    expect(await ask('林静', '办结率')).toContain('望江街道10月办结率 40%（2/5）')
    expect(await ask('林静', '办结率', 'G02')).toContain('第2网格10月办结率 0%（0/1）')
  })

  it('refuses whoever serves nowhere, and writes the refusal down', async () => {
    const said = await street.say('赵志远', '稳控台账')
    expect(said.status).toBe('refused')
  })
})

describe('one case', () => {
  it('S4B-02: 进度 shows the six steps 发现、受理、指挥、处置、监督、评价', async () => {
    await street.say('李敏', '居民反映3幢水管漏水，已先关了总阀')
    await street.say('陈桂芳', '受理1号事件')
    await street.say('徐伟', '事件1催办一下')
    await street.say('陈桂芳', '1号事件办结了')
    await street.say('李敏', '事件1评价4分')
    const lines = (await ask('李敏', '进度 #1')).split('\n')
    expect(lines[0]).toContain('群众反映')
    expect(lines.slice(1).map(line => line.slice(0, 2))).toEqual(['发现', '受理', '指挥', '处置', '监督', '评价'])
    expect(lines[2]).toContain('陈桂芳')
    expect(lines[3]).toContain('—')
    expect(lines[4]).toContain('已先关了总阀')
    expect(lines[5]).toContain('徐伟')
    expect(lines[6]).toContain('4分')
    expect(await ask('李敏', '进度9号')).toContain('没有事件 #9')
    expect(await ask('冯洁', '进度1')).toContain('不在您负责的范围')
  })

  it('S4D-39: 需求 shows how it stands, who answered and whether the resident knows', async () => {
    await street.say('李敏', '居民反映3幢楼道灯不亮')
    expect(await ask('李敏', '需求 #1')).toMatch(/状态：待受理[\s\S]*还没有人答复[\s\S]*还没有记录/)
    await street.say('陈桂芳', '受理1号事件')
    await street.say('陈桂芳', '1号事件办结了')
    await street.say('李敏', '#1 已电话告知王阿姨')
    const text = await ask('李敏', '需求31')
    expect(text).toContain('没有事件 #31')
    expect(await ask('李敏', '需求 1号')).toMatch(/答复：今天 \d\d:\d\d [\s\S]*告知：今天 09:00 已告知当事人/)
  })

  it('S3A-33: 呈报 makes the paper for the leadership, for its reader alone', async () => {
    await street.say('李敏', '3幢两户为漏水吵了三个月，王大爷要上访')
    await street.say('陈桂芳', '受理1号事件')
    await street.say('李敏', '调解 #1 双方同意各出一半')
    const said = await street.say('陈桂芳', '呈报 #1', { group: 'G01' })
    expect(toldGroups(said)).toEqual([])
    expect(toldTo(said, '陈桂芳')).toMatch(
      /一、基本情况[\s\S]*王大爷[\s\S]*二、处理经过[\s\S]*各出一半[\s\S]*五、需要领导决定/,
    )
  })

  it('S2-17: 代办 is a case in the hand of whoever took it on, told masked in a group', async () => {
    const said = await street.say('李敏', '代办 王阿姨医保卡', { group: 'G01' })
    expect(toldTo(said, 'G01')).toContain('已记代办 #1')
    expect(toldTo(said, 'G01')).not.toContain('王阿姨')
    const incident = (await findIncident(street.db, 1))!
    expect(incident).toMatchObject({
      status: 'accepted',
      matter: 'service',
      origin: 'resident',
      category: 'livelihood',
    })
    expect((await street.say('李敏', '1号事件办结了')).status).toBe('handled')
    expect(await ask('李敏', '代办 钱')).toContain('请写给谁办什么')
  })

  it('S0-14, S3A-04: 调解 and 稳控 follow-ups stay with the case, in order', async () => {
    await street.say('李敏', '3幢两家邻居为漏水吵架')
    await street.say('李敏', '调解 #1 第一次上门，没谈拢')
    expect(await ask('李敏', '调解1号，双方各让一步')).toContain('第 2 次跟进')
    const logs = await listIncidentLogs(street.db, [(await findIncident(street.db, 1))!.id])
    expect(logs.filter(({ action }) => action === 'mediate').map(({ text }) => text.reveal())).toEqual([
      '第一次上门，没谈拢',
      '双方各让一步',
    ])
    expect((await street.say('李敏', '回访 3 户居民都满意')).intent).not.toBe('updateIncident')
  })

  it('S3A-25: writes down when and how whoever is concerned was told, or why not, and asks once at the closing', async () => {
    await street.say('李敏', '居民反映3幢水管漏水')
    await street.say('陈桂芳', '受理1号事件')
    await street.say('陈桂芳', '1号事件办结了')
    const asked = await ask('陈桂芳', '结案 #1')
    expect(asked).toContain('告知当事人了吗')
    expect((await findIncident(street.db, 1))!.status).toBe('resolved')
    expect(await ask('陈桂芳', '已电话告知')).toMatch(/结案/)
    expect((await findIncident(street.db, 1))!.status).toBe('closed')
    await street.say('李敏', '居民反映5幢水管漏水')
    await street.say('陈桂芳', '受理2号事件')
    await street.say('陈桂芳', '2号事件办结了')
    expect(await ask('陈桂芳', '#2 联系不上当事人')).toContain('原因已记')
    expect(await ask('陈桂芳', '结案 #2')).toContain('已结案')
  })
})

describe('S3A-20: 六不让', () => {
  it('is six private lists of the asker, wherever it is asked', async () => {
    await street.say('李敏', '居民反映3幢水管漏水')
    await street.say('陈桂芳', '受理1号事件')
    await street.say('李敏', '5幢路灯坏了')
    await street.say('陈桂芳', '2号事件转给消安办')
    await street.say('王科', '退回2号事件，不归我们管')
    await street.say('徐伟', '事件1催办一下')
    street.setTime('2026-10-16T09:00')
    const said = await street.say('陈桂芳', '六不让', { group: 'G01' })
    expect(toldGroups(said)).toEqual([])
    const lines = toldTo(said, '陈桂芳').split('\n').slice(1)
    expect(lines).toHaveLength(6)
    expect(lines[1]).toContain('#1')
    expect(lines[2]).toContain('#1（3天没动静）')
    expect(lines[4]).toContain('#2 被退回')
    expect(lines[5]).toContain('#1')
    expect(await ask('李敏', '六不让')).toContain('六项都没有')
  })

  it('names a decision that others wait for, and a notice without a receipt', async () => {
    const no = await draft(street)
    expect(await ask('高峰', '六不让')).toContain(`4. 不误全局（别人在等）：${no}号提示单待审批`)
    await street.say('高峰', `${no}号提示单同意`)
    await sign(street, no)
    street.setTime('2026-10-12T15:45')
    await runJob(street, noticeBroadcast, { due: '2026-10-12T15:45' })
    expect(await ask('李敏', '六不让')).toContain(`2. 不中断（没反馈）：${no}号提示单未回执`)
    await street.say('李敏', `收到${no}号提示单`)
    expect(await ask('李敏', '六不让')).toContain('六项都没有')
  })
})

import { afterEach, describe, expect, it } from 'vitest'
import { listHelpers } from '../../storage/incident-helpers.ts'
import { findIncident, listIncidentLogs } from '../../storage/incidents.ts'
import { toldTo } from '../support/replies.ts'
import { databases } from '../support/stores.ts'
import { openTestStreet, type StreetOptions, type TestStreet } from '../support/street.ts'

const streets: TestStreet[] = []
afterEach(async () => {
  for (const street of streets.splice(0)) await street.dispose()
})

async function open(options: StreetOptions = {}): Promise<TestStreet> {
  const street = await openTestStreet({ now: '2026-03-06T10:00', ...options })
  streets.push(street)
  return street
}

const get = async (street: TestStreet, no = 1) => (await findIncident(street.db, no))!
const actions = async (street: TestStreet, no = 1) =>
  (await listIncidentLogs(street.db, [(await get(street, no)).id])).map(({ action }) => action)

describe.each(databases.map(({ name }) => name))('two at once on %s', database => {
  it('S1-02: of two who accept at the same time one wins and the other is told who', async () => {
    const street = await open({ database })
    await street.say('李敏', '3号楼路灯坏了')
    const [first, second] = await Promise.all([street.say('陈桂芳', '受理1号事件'), street.say('徐伟', '受理1号事件')])
    const [winner, loser] = first.status === 'handled' ? ['陈桂芳', second] : ['徐伟', first]
    expect(new Set([first.status, second.status])).toEqual(new Set(['handled', 'refused']))
    expect(toldTo(loser, winner === '陈桂芳' ? '徐伟' : '陈桂芳')).toContain(`已由${winner}`)
    const holder = (await street.roster()).memberById((await get(street)).holderId!)
    expect(holder!.name).toBe(winner)
    expect((await actions(street)).filter(action => action === 'accept')).toHaveLength(1)
  })

  it('a hold asked for once is decided once', async () => {
    const street = await open({ database, pack: 'county-grid' })
    await street.say('李敏', '3号楼路灯坏了')
    await street.say('陈桂芳', '受理1号事件')
    await street.say('陈桂芳', '延期 #1 等材料')
    const both = await Promise.all([street.say('沈国华', '同意延期 #1'), street.say('高峰', '同意延期 #1')])
    expect(new Set(both.map(({ status }) => status))).toEqual(new Set(['handled', 'refused']))
  })
})

describe('handing on', () => {
  it('S0-11: `上报 #1 消安办` answers with state and clock, and tells the office', async () => {
    const street = await open()
    await street.say('李敏', '3号楼消防栓没水')
    const said = await street.say('陈桂芳', '上报 #1 消安办')
    const text = toldTo(said, '陈桂芳')
    expect(text).toContain('事件 #1 已报到街道一级，由消安办办理')
    expect(text).toContain('上报时限 当日：3/6，已按时')
    expect(toldTo(said, '王科')).toContain('陈桂芳上报事件 #1')
    expect(await get(street)).toMatchObject({ status: 'dispatched', holderUnit: '消安办', tier: 'subdistrict' })
  })

  it('S0-11: a wrong unit sends it back without penalty', async () => {
    const street = await open()
    await street.say('李敏', '3号楼消防栓没水')
    await street.say('陈桂芳', '上报 #1 消安办')
    const said = await street.say('王科', '退回1号事件，原因：不归消安办管')
    expect(toldTo(said, '王科')).toContain('退回不计超时')
    const giver = (await street.roster()).membersNamed('陈桂芳')[0]!
    const back = { status: 'returned', holderUnit: undefined, holderId: giver.id, tier: 'grid' }
    expect(await get(street)).toMatchObject(back)
  })

  it('S0-07: an escalated case shows the instructor as its owner', async () => {
    const street = await open()
    await street.say('李敏', '3号楼路灯坏了')
    await street.say('陈桂芳', '上报 #1')
    const owner = (await street.roster()).memberById((await get(street)).holderId!)
    expect(owner!.name).toBe('徐伟')
  })

  it('S3C-05, S0-11: goes up tier by tier as the document says, each time to whoever holds there, and stops at the top', async () => {
    const street = await open({ pack: 'county-grid' })
    await street.say('李敏', '3号楼路灯坏了')
    const seen: string[] = []
    for (const who of ['陈桂芳', '沈国华', '林静']) {
      await street.say(who, '上报 #1')
      const { tier, holderId } = await get(street)
      seen.push(`${tier} ${(await street.roster()).memberById(holderId!)!.name}`)
    }
    expect(seen).toEqual(['community 沈国华', 'subdistrict 林静', 'county 汪洋'])
    const said = await street.say('林静', '上报 #1')
    expect(said.status).toBe('refused')
    expect(toldTo(said, '林静')).toMatch(/已在县一级，再往上请书面报送。（依据：/)
  })

  it('S3A-24: a transfer without its reason is asked for it, and whoever receives it reads why', async () => {
    const street = await open({ pack: 'town-visits' })
    await street.say('李敏', '3号楼路灯坏了')
    await street.say('陈桂芳', '受理1号事件')
    const asked = await street.say('陈桂芳', '1号事件转给消安办')
    expect(toldTo(asked, '陈桂芳')).toMatch(/移交事件 #1 要说明原因.*为什么转给消安办/)
    expect((await get(street)).status).toBe('accepted')
    const told = await street.say('陈桂芳', '灯杆归消安办维护')
    expect(toldTo(told, '王科')).toContain('说明：灯杆归消安办维护')
    expect(await get(street)).toMatchObject({ status: 'dispatched', holderUnit: '消安办' })
  })

  it('S3A-24: a transfer with its reason goes at once', async () => {
    const street = await open({ pack: 'town-visits' })
    await street.say('李敏', '3号楼路灯坏了')
    const said = await street.say('陈桂芳', '移交 #1 消安办 灯杆归消安办维护')
    expect(toldTo(said, '王科')).toContain('说明：灯杆归消安办维护')
  })

  it('S3A-17: the second return goes to the leader, who decides; a third is refused with the clause', async () => {
    const street = await open({ pack: 'town-visits' })
    await street.say('李敏', '3号楼路灯坏了')
    await street.say('陈桂芳', '移交 #1 消安办 归消安办')
    await street.say('王科', '退回1号事件，原因：不归我们')
    await street.say('陈桂芳', '移交 #1 平安办 归平安办')
    const second = await street.say('罗平', '退回1号事件，原因：也不归我们')
    expect(toldTo(second, '陈桂芳')).toContain('第2次退回，请您裁定')
    const leader = (await street.roster()).membersNamed('陈桂芳')[0]!
    expect(await get(street)).toMatchObject({ status: 'returned', holderId: leader.id })
    await street.say('陈桂芳', '移交 #1 平安办 请牵头')
    const third = await street.say('罗平', '退回1号事件，原因：还是不归我们')
    expect(third.status).toBe('refused')
    expect(toldTo(third, '罗平')).toMatch(/已退回2次，由陈桂芳裁定.*推诿扯皮/)
  })

  it('S1-02: until the other side accepts, whoever handed it over is nudged as well', async () => {
    const street = await open({ pack: 'street-appraisal' })
    await street.say('李敏', '3号楼路灯坏了')
    await street.say('陈桂芳', '1号事件转给消安办')
    const nudged = await street.say('丁山', '事件1催办一下')
    expect(toldTo(nudged, '王科')).toContain('丁山催办')
    expect(toldTo(nudged, '陈桂芳')).toContain('丁山催办')
    await street.say('王科', '受理1号事件')
    expect(toldTo(await street.say('丁山', '事件1催办一下'), '陈桂芳')).toBe('')
  })

  it('S3A-32, S3A-03: unsolved cases go from the grid to the village and on to the justice office of the town', async () => {
    const street = await open({ pack: 'town-visits' })
    const reported = await street.say('李敏', '3号楼路灯坏了')
    expect(toldTo(reported, '陈桂芳')).toContain('新事件 #1')
    expect(toldTo(await street.say('陈桂芳', '上报 #1'), '陈桂芳')).toContain('已报到村（社区）一级，已告知沈国华')
    expect(toldTo(await street.say('沈国华', '上报 #1'), '沈国华')).toContain('已报到镇一级，已告知叶青')
  })

  it('S3B-04: who reported hears each step, and the one in charge is urged by the day', async () => {
    const street = await open({ pack: 'five-tier' })
    await street.say('李敏', '3号楼路灯坏了')
    const accepted = await street.say('陈桂芳', '受理1号事件')
    expect(toldTo(accepted, '李敏')).toMatch(/已由.*陈桂芳受理/)
    expect(toldTo(accepted, '陈桂芳')).toContain('办结 3/11')
    expect(toldTo(await street.say('陈桂芳', '1号事件办结了'), '李敏')).toContain('办结')
  })

  it('S4D-32: a case has its way, its first owner and its answer in time, whomever the leader knows', async () => {
    const street = await open({ pack: 'county-center' })
    await street.say('李敏', '3号楼路灯坏了')
    await street.say('陈桂芳', '受理1号事件')
    expect(toldTo(await street.say('陈桂芳', '上报 #1'), '沈国华')).toContain('陈桂芳上报')
    expect((await street.roster()).memberById((await get(street)).holderId!)!.name).toBe('沈国华')
  })

  it('S0-18: `#1 协助 @赵志远` credits the helper, who hears what it is', async () => {
    const street = await open()
    await street.say('李敏', '3号楼路灯坏了')
    const said = await street.say('陈桂芳', '#1 协助 @赵志远')
    expect(toldTo(said, '陈桂芳')).toContain('已记赵志远协助')
    expect(toldTo(said, '赵志远')).toContain('请协助陈桂芳处置事件 #1')
    const [helper] = await listHelpers(street.db, [(await get(street)).id])
    expect(helper!.memberId).toBe((await street.roster()).membersNamed('赵志远')[0]!.id)
    expect(toldTo(await street.say('陈桂芳', '#1 协助 @赵志远'), '陈桂芳')).toContain('已经在协助')
    expect((await street.say('陈桂芳', '#1 协助 @无名氏')).status).toBe('refused')
  })

  it('S0-14: `跟进 #1 …` grows the log of the case, by whoever is on shift', async () => {
    const street = await open()
    await street.say('李敏', '3号楼路灯坏了')
    await street.say('陈桂芳', '受理1号事件')
    await street.say('陈桂芳', '跟进 #1 已联系电工')
    street.setTime('2026-03-06T20:00')
    await street.say('王强', '跟进 #1 接班，电工已到场')
    const logs = await listIncidentLogs(street.db, [(await get(street)).id])
    expect(logs.slice(-2).map(({ text }) => text.reveal())).toEqual(['跟进 #1 已联系电工', '跟进 #1 接班，电工已到场'])
  })
})

describe('what a case is judged to be', () => {
  it('S1-37: a new case shows its class, `改类 突发` changes it, keeps the history and raises the alarm', async () => {
    const street = await open({ pack: 'street-appraisal' })
    const reported = await street.say('李敏', '3号楼路灯坏了')
    expect(toldTo(reported, '李敏')).toContain('一般性工作')
    const said = await street.say('陈桂芳', '改类 #1 突发')
    expect(toldTo(said, '陈桂芳')).toContain('由一般性工作改为突发性工作')
    expect(await get(street)).toMatchObject({ workClass: '突发性工作', urgent: true })
    expect(await actions(street)).toEqual(['reported', 'judge'])
    expect(toldTo(said, '丁山')).toContain('【紧急】')
  })

  it('S1-37: `改类` without a number means the only case in hand', async () => {
    const street = await open({ pack: 'street-appraisal' })
    await street.say('李敏', '3号楼路灯坏了')
    await street.say('陈桂芳', '受理1号事件')
    await street.say('陈桂芳', '改类 需要审批')
    expect((await get(street)).workClass).toBe('需要审批的工作')
    expect((await street.say('陈桂芳', '改类 #1 别的')).status).toBe('refused')
  })

  it('S3A-29, S3A-30: a new level keeps the start and takes its own limit', async () => {
    const street = await open({ pack: 'town-visits' })
    const reported = await street.say('李敏', '3号楼路灯坏了')
    expect(toldTo(reported, '李敏')).toContain('办结 3/13（7天：3/13）')
    street.setTime('2026-03-09T09:00')
    expect(toldTo(await street.say('陈桂芳', '定级 #1 较复杂'), '陈桂芳')).toContain('办结 3/21（15天：3/21）')
    expect((await get(street)).deadlines.resolve?.day).toBe('2026-03-21')
  })

  it('S3A-29: an answer ends the clock of an ordinary case', async () => {
    const street = await open({ pack: 'town-visits' })
    await street.say('李敏', '3号楼路灯坏了')
    const said = await street.say('陈桂芳', '答复 #1 已当面说明，下周换灯')
    expect(toldTo(said, '陈桂芳')).toContain('办结或答复时间为7天')
    expect(toldTo(said, '李敏')).toContain('已答复：已当面说明，下周换灯')
    expect(await get(street)).toMatchObject({ status: 'resolved', nextStepAt: undefined })
  })

  it('S2-28: an answer is no end where the document knows only 办结', async () => {
    const street = await open({ pack: 'county-grid' })
    await street.say('李敏', '3号楼路灯坏了')
    expect((await street.say('陈桂芳', '答复 #1 已说明')).status).toBe('refused')
    expect((await get(street)).status).toBe('reported')
  })

  it('S3A-31: `提交党委 #1` stops the clock of a hard case, which then lies with the leaders', async () => {
    const street = await open({ pack: 'town-visits' })
    await street.say('李敏', '3号楼路灯坏了')
    const refused = await street.say('陈桂芳', '提交党委 #1')
    expect(toldTo(refused, '陈桂芳')).toContain('只有重大疑难的可以提交')
    await street.say('陈桂芳', '定级 #1 重大疑难')
    expect((await get(street)).deadlines.resolve?.day).toBe('2026-04-05')
    const said = await street.say('陈桂芳', '提交党委 #1')
    expect(toldTo(said, '陈桂芳')).toContain('办结时限到此为止')
    expect(toldTo(said, '方正')).toContain('请研究决定')
    expect(await get(street)).toMatchObject({ status: 'dispatched', tier: 'subdistrict', nextStepAt: undefined })
  })

  it('S3B-06: going from village to township restarts nothing, the later day holds; S3B-08: the county has two days of its own', async () => {
    const street = await open({ pack: 'five-tier' })
    const reported = await street.say('李敏', '3号楼路灯坏了')
    expect(toldTo(reported, '李敏')).toContain('办结 3/11')
    street.setTime('2026-03-10T10:00')
    expect(toldTo(await street.say('陈桂芳', '管辖 #1 乡'), '陈桂芳')).toContain('办结 3/13')
    street.setTime('2026-03-12T10:00')
    const judged = await street.say('吴建国', '管辖 #1 县')
    expect(toldTo(judged, '吴建国')).toContain('归县管辖，请按时限回“上报 #1 县”')
    const county = await street.say('吴建国', '上报 #1 县')
    expect(toldTo(county, '吴建国')).toContain('已报到县一级')
    expect(toldTo(county, '吴建国')).toContain('上报时限 2个工作日：3/13，3/14–15 周末，3/16，已按时')
    expect((await get(street)).deadlines).toMatchObject({
      dispatch: { day: '2026-03-16' },
      resolve: { day: '2026-03-13' },
    })
    const holder = (await street.roster()).memberById((await get(street)).holderId!)
    expect(holder!.name).toBe('汪洋')
  })
})

describe('the end of a case', () => {
  it('S0-10: records on which level it was settled', async () => {
    const street = await open()
    await street.say('李敏', '3号楼路灯坏了')
    await street.say('陈桂芳', '1号事件办结了')
    expect(await get(street)).toMatchObject({ closedTier: 'grid' })
    await street.say('李敏', '5号楼消防栓没水')
    await street.say('陈桂芳', '上报 #2')
    await street.say('徐伟', '2号事件办结了')
    expect(await get(street, 2)).toMatchObject({ closedTier: 'community' })
  })

  it('S2-27: what was solved on the spot is closed on the level it was found on, and nothing runs', async () => {
    const street = await open({ pack: 'county-grid' })
    await street.say('李敏', '3幢门口有乱贴小广告，我已经撕掉了')
    expect(await get(street)).toMatchObject({ status: 'resolved', closedTier: 'grid', nextStepAt: undefined })
  })

  it('S1-23: a hazard is closed only after its recheck; one that failed goes back', async () => {
    const street = await open({ pack: 'street-appraisal' })
    await street.say('李敏', '3号楼消防通道被杂物堵住')
    await street.say('陈桂芳', '受理1号事件')
    expect(toldTo(await street.say('陈桂芳', '1号事件办结了'), '陈桂芳')).toContain('还要复查')
    const early = await street.say('陈桂芳', '结案 #1')
    expect(early.status).toBe('refused')
    expect(toldTo(early, '陈桂芳')).toContain('要先复查')
    const failed = await street.say('王强', '复查 #1 不合格，还堆着')
    expect(failed.status).toBe('refused')
    await street.say('丁山', '复查 #1 不合格，还堆着')
    expect((await get(street)).status).toBe('accepted')
    await street.say('陈桂芳', '1号事件办结了')
    await street.say('丁山', '复查 #1 合格，通道已清空')
    expect(toldTo(await street.say('陈桂芳', '结案 #1'), '陈桂芳')).toContain('已结案')
    expect(await actions(street)).toEqual(['reported', 'accept', 'resolve', 'fail', 'resolve', 'recheck', 'close'])
  })

  it('S3A-25: closing asks once whether whoever is concerned was told', async () => {
    const street = await open({ pack: 'town-visits' })
    await street.say('李敏', '3号楼路灯坏了')
    await street.say('陈桂芳', '1号事件办结了')
    expect(toldTo(await street.say('陈桂芳', '结案 #1'), '陈桂芳')).toContain('告知当事人了吗')
    expect(toldTo(await street.say('陈桂芳', '已电话告知'), '陈桂芳')).toContain('已结案')
    expect(await actions(street)).toEqual(['reported', 'resolve', 'inform', 'close'])
  })

  it('closed and not fixed is opened again with its history; its days run from today', async () => {
    const street = await open({ pack: 'county-grid' })
    await street.say('李敏', '3号楼路灯坏了')
    await street.say('陈桂芳', '1号事件办结了')
    street.setTime('2026-04-30T10:00')
    const said = await street.say('李敏', '重开 #1 又不亮了')
    expect(toldTo(said, '李敏')).toContain('办结 5/11')
    expect(toldTo(said, '陈桂芳')).toContain('没有解决')
    expect(await get(street)).toMatchObject({ status: 'accepted', clockFrom: '2026-04-30' })
    expect(await actions(street)).toEqual(['reported', 'resolve', 'reopen'])
  })
})

describe('refusals name the clause', () => {
  it.each([
    ['a number that does not exist', '陈桂芳', '延期 #9 等材料', /没有事件 #9/],
    ["somebody else's case", '何大勇', '误报 #1', /由那里的人办理.*（依据：/s],
    ['a step the state does not allow', '陈桂芳', '复查 #1 合格', /待受理，不能复查。（依据：/],
    ['a role that may not', '赵志远', '受理1号事件', /办理（依据：/],
    ['a pause that does not stand', '陈桂芳', '恢复 #1', /没有暂停，不用恢复。（依据：/],
    ['a unit nobody knows', '陈桂芳', '吹哨 #1 海事局', /没有找到“海事局”，一个也没有叫/],
  ])('%s', async (_name, who, text, expected) => {
    const street = await open()
    await street.say('李敏', '3号楼路灯坏了')
    const said = await street.say(who, text)
    expect(toldTo(said, who)).toMatch(expected)
    expect(said.status).toBe('refused')
    expect(await actions(street)).toEqual(['reported'])
  })
})

describe('words that only look like a command', () => {
  it.each(['恢复3号楼供水了', '上报3号楼路灯坏了', '延期开会到周五', '暂停营业的店已经复工', '误报的消息不要转发'])(
    '%s',
    async text => {
      const { findCommand } = await import('../../handlers/index.ts')
      expect(findCommand(text)?.name).toBeUndefined()
    },
  )
})

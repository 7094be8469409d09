import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDesk } from '../../handlers/desk.ts'
import { updateIncident } from '../../handlers/incident/update.ts'
import { urgentUnanswered } from '../../jobs/urgent-unanswered.ts'
import { findIncident, listIncidentLogs, listIncidents } from '../../storage/incidents.ts'
import { listDueTimers } from '../../storage/job-runs.ts'
import { insertLeave, settleLeave } from '../../storage/leaves.ts'
import { at } from '../support/clock.ts'
import { asPrivate } from '../support/ctx.ts'
import { toldGroups, toldTo } from '../support/replies.ts'
import { databases } from '../support/stores.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'

const NUMBERS = /110.*119.*120/

describe.each(databases.map(({ name }) => name))('incidents on %s', database => {
  let street: TestStreet
  beforeEach(async () => {
    street = await openTestStreet({ database, now: '2026-11-18T10:00' })
  })
  afterEach(() => street.dispose())

  const status = async (no: number) => (await findIncident(street.db, no))!.status
  const actions = async (no: number) => {
    const incident = await findIncident(street.db, no)
    return (await listIncidentLogs(street.db, [incident!.id])).map(({ action }) => action)
  }

  it('numbers reports, keeps category, place and grid, and tells the leader', async () => {
    const said = await street.say('李敏', '3号楼路灯坏了')
    expect(toldTo(said, '李敏')).toBe('已上报：事件 #1（公共设施，3号楼，第1网格），已告知陈桂芳。')
    expect(toldTo(said, '陈桂芳')).toContain('新事件 #1')
    await street.say('张丽', '楼道堆满杂物没人管')
    expect(await findIncident(street.db, 1)).toMatchObject({
      category: 'facility',
      urgent: false,
      verified: true,
      status: 'reported',
      deadlines: { accept: null, dispatch: null, resolve: null },
      messageId: said.messageId,
    })
    expect((await findIncident(street.db, 2))!.no).toBe(2)
  })

  it('says nothing of persons and doors in a group', async () => {
    const text = toldTo(await street.say('李敏', '3幢302王奶奶家水管爆了', { group: 'G01' }), 'G01')
    expect(text).toContain('事件 #1')
    expect(text).not.toMatch(/王奶奶|302/)
  })

  it('closes at once what the reporter solved on the spot', async () => {
    await street.say('李敏', '3幢门口有乱贴小广告，我已经撕掉了')
    expect(await status(1)).toBe('resolved')
    expect(await actions(1)).toEqual(['reported', 'resolve'])
  })

  it('takes an incident from report to rating', async () => {
    await street.say('李敏', '3号楼路灯坏了', { group: 'G01' })
    expect(toldTo(await street.say('陈桂芳', '受理1号事件', { group: 'G01' }), 'G01')).toContain('陈桂芳已受理事件 #1')
    street.setTime('2026-11-18T11:00')
    const resolved = await street.say('陈桂芳', '1号事件办结了')
    expect(toldTo(resolved, '李敏')).toContain('已由陈桂芳办结')
    expect(await status(1)).toBe('resolved')
    expect(toldTo(await street.say('李敏', '事件1评价5分'), '李敏')).toContain('已结案')
    expect(await findIncident(street.db, 1)).toMatchObject({ status: 'closed', rating: 5 })
    expect(await actions(1)).toEqual(['reported', 'accept', 'resolve', 'rate'])
  })

  it('lets the first who accepts have it and tells the other who', async () => {
    await street.say('李敏', '3号楼路灯坏了', { group: 'G01' })
    await street.say('陈桂芳', '受理1号事件', { group: 'G01' })
    const second = await street.say('徐伟', '受理1号事件', { group: 'G01' })
    expect(toldTo(second, 'G01')).toContain('已由陈桂芳 10:00 受理')
    expect(second.status).toBe('refused')
    expect(await actions(1)).toEqual(['reported', 'accept'])
  })

  it('dispatches to an office, takes it back with a reason, and asks for one that is missing', async () => {
    await street.say('李敏', '3号楼消防栓没水')
    const dispatched = await street.say('陈桂芳', '1号事件转给消安办')
    expect(toldTo(dispatched, '王科')).toContain('陈桂芳转来事件 #1')
    expect(toldTo(dispatched, '李敏')).toContain('已转消安办')
    expect(await findIncident(street.db, 1)).toMatchObject({ status: 'dispatched', holderUnit: '消安办' })
    expect(toldTo(await street.say('王科', '退回1号事件'), '王科')).toContain('原因')
    expect(await status(1)).toBe('dispatched')
    const returned = await street.say('王科', '不归我们管')
    expect(toldTo(returned, '陈桂芳')).toContain('被王科退回：不归我们管')
    expect(await status(1)).toBe('returned')
  })

  it('dispatches to a person by name', async () => {
    await street.say('李敏', '3号楼路灯坏了')
    expect(toldTo(await street.say('陈桂芳', '事件1转给王强处理'), '王强')).toContain('转来事件 #1')
    const roster = await street.roster()
    expect(await findIncident(street.db, 1)).toMatchObject({ holderId: roster.membersNamed('王强')[0]!.id })
  })

  it('takes a second wish for itself while it waits to hear whom to dispatch to', async () => {
    await street.say('李敏', '3号楼路灯坏了')
    await asPrivate(street, '陈桂芳', '1号事件转走', ctx => updateIncident.run(ctx, { no: 1, action: 'dispatch' }))
    expect(toldTo(await street.say('陈桂芳', '1号事件转给消安办'), '王科')).toContain('转来事件 #1')
  })

  it('names the offices where nobody knows whom a dispatch means', async () => {
    await street.say('李敏', '3号楼路灯坏了')
    const said = await street.say('陈桂芳', '1号事件转给海事局')
    expect(toldTo(said, '陈桂芳')).toMatch(/没有找到.*消安办/)
    expect(await status(1)).toBe('reported')
  })

  it('escalates from the grid to the community and on to the street, no further', async () => {
    await street.say('李敏', '3号楼路灯坏了')
    expect(toldTo(await street.say('陈桂芳', '事件1上报上级'), '徐伟')).toContain('陈桂芳上报')
    expect((await findIncident(street.db, 1))!.tier).toBe('community')
    expect(toldTo(await street.say('徐伟', '事件1上报上级'), '林静')).toContain('徐伟上报')
    expect((await findIncident(street.db, 1))!.tier).toBe('subdistrict')
    expect((await street.say('徐伟', '事件1上报上级')).status).toBe('refused')
  })

  it('nudges whoever has it in hand', async () => {
    await street.say('李敏', '3号楼路灯坏了')
    await street.say('陈桂芳', '受理1号事件')
    expect(toldTo(await street.say('徐伟', '事件1催办一下'), '陈桂芳')).toContain('徐伟催办')
  })

  it('adds what the reporter knows later', async () => {
    await street.say('李敏', '3号楼路灯坏了')
    expect(toldTo(await street.say('李敏', '事件1补充：4号楼的也不亮'), '李敏')).toContain('已补充')
    expect(await actions(1)).toEqual(['reported', 'note'])
  })

  describe('refusals', () => {
    beforeEach(() => street.say('李敏', '3号楼路灯坏了'))

    it.each([
      ['何大勇', '受理1号事件', '第1网格'],
      ['陈桂芳', '受理9号事件', '没有事件 #9'],
      ['赵志远', '受理1号事件', '办理（依据'],
      ['何大勇', '事件1评价5分', '由上报人评价'],
      ['李敏', '事件1评价5分', '不能评价'],
    ])('%s saying %s reads %s', async (who, text, expected) => {
      const said = await street.say(who, text)
      expect(toldTo(said, who)).toContain(expected)
      expect(said.status).toBe('refused')
      expect(await actions(1)).toEqual(['reported'])
    })

    it('names what exists where the number is wrong', async () => {
      expect(toldTo(await street.say('陈桂芳', '受理9号事件'), '陈桂芳')).toContain('#1')
    })

    it('lets nobody settle what somebody else has in hand', async () => {
      await street.say('陈桂芳', '受理1号事件')
      const said = await street.say('王强', '1号事件办结了')
      expect(toldTo(said, '王强')).toContain('由陈桂芳在办')
      expect(await status(1)).toBe('accepted')
    })
  })

  it('takes the only incident that waits where no number is told, and asks where several do', async () => {
    const accept = () => asPrivate(street, '陈桂芳', '我来受理', ctx => updateIncident.run(ctx, { action: 'accept' }))
    expect((await accept())?.refused).toBe('none-waiting')
    await street.say('李敏', '3号楼路灯坏了', { group: 'G01' })
    expect((await accept())?.text).toContain('已受理事件 #1')
    await street.say('李敏', '5号楼井盖没了', { group: 'G01' })
    await street.say('李敏', '6号楼垃圾成堆', { group: 'G01' })
    const asked = await accept()
    expect(asked?.text).toMatch(/是哪一件[\s\S]*#2[\s\S]*#3/)
    const answered = await asPrivate(street, '陈桂芳', '3', ctx =>
      updateIncident.resume!(ctx, asked!.question!.draft, { intent: 'none', slots: {}, confidence: 1 }),
    )
    expect(answered?.text).toContain('已受理事件 #3')
  })

  describe('the urgent path', () => {
    it('tells leader and instructor at once, in private and in the group, with the numbers to call', async () => {
      street.setTime('2026-11-18T02:10')
      const said = await street.say('李敏', '紧急！5幢3楼着火了，有人被困')
      for (const who of ['陈桂芳', '徐伟']) expect(toldTo(said, who)).toMatch(NUMBERS)
      const inGroup = said.replies.find(({ target }) => target === 'G01')!
      expect(inGroup.at).toEqual(['陈桂芳', '徐伟'])
      expect(inGroup.urgency).toBe('urgent')
      expect(toldTo(said, '李敏')).toMatch(NUMBERS)
      expect(toldTo(said, '李敏')).toContain('我不会代为报警')
      expect(said.replies.find(({ target }) => target === '陈桂芳')!.card!.buttons[0]!.says).toBe('受理1号事件')
      expect((await findIncident(street.db, 1))!.urgent).toBe(true)
    })

    it('says it once in the grid group where it was reported there', async () => {
      const said = await street.say('李敏', '紧急！5幢3楼着火了', { group: 'G01' })
      expect(toldGroups(said)).toHaveLength(1)
    })

    it('does not keep an incident waiting for the grid of an instructor with two', async () => {
      const said = await street.say('徐伟', '紧急！有人落水了')
      expect(toldTo(said, '陈桂芳')).toContain('【紧急】')
      expect(toldTo(said, '何大勇')).toContain('【紧急】')
      expect(toldTo(said, '徐伟')).toContain('1、2')
      await street.say('徐伟', '2')
      const roster = await street.roster()
      expect(roster.gridById((await findIncident(street.db, 1))!.gridId)!.no).toBe(2)
    })

    it('reaches the community where the leader is on leave', async () => {
      const { messageId } = await street.say('陈桂芳', '收到')
      const leader = (await street.roster()).membersNamed('陈桂芳')[0]!
      const days = { fromDay: '2026-11-18', toDay: '2026-11-18' }
      await street.change(async db => {
        const asked = { no: 1, memberId: leader.id, approverId: leader.id, askedAt: street.now(), messageId, ...days }
        const leave = await insertLeave(db, asked)
        await settleLeave(db, leave.id, { status: 'approved', at: street.now() })
      })
      const said = await street.say('李敏', '紧急！5幢3楼着火了')
      expect(toldTo(said, '吴建国')).toContain('【紧急】')
      expect(toldTo(said, '徐伟')).toContain('【紧急】')
    })

    it('tells those next in line where nobody accepts in ten minutes', async () => {
      await street.say('李敏', '紧急！5幢3楼着火了')
      street.setTime('2026-11-18T10:10')
      const [timer] = await listDueTimers(street.db, street.now())
      expect(timer).toMatchObject({ job: 'urgent-unanswered', dueAt: at('2026-11-18T10:10') })
      const told = await runUnanswered(timer!.subject)
      expect(told).toContain('吴建国')
      expect(told).toContain('陈桂芳')
    })

    it('lets the reminder go where somebody accepted', async () => {
      await street.say('李敏', '紧急！5幢3楼着火了')
      await street.say('陈桂芳', '受理1号事件')
      street.setTime('2026-11-18T10:10')
      expect(await listDueTimers(street.db, street.now())).toEqual([])
      expect(await runUnanswered((await findIncident(street.db, 1))!.id)).toEqual([])
    })

    async function runUnanswered(subject: string): Promise<string[]> {
      const roster = await street.roster()
      const before = await countRows()
      await street.change(async db => {
        const desk = await openDesk(db, { by: 'job:urgent-unanswered', now: street.now(), at: street.now() })
        await urgentUnanswered.run(desk, { at: street.now(), late: false, subject })
      })
      const rows = await street.db.sql.selectFrom('outbox').select('member_id').orderBy('id').execute()
      return rows.slice(before).map(({ member_id }) => roster.memberById(member_id!)!.name)
    }

    async function countRows(): Promise<number> {
      return (await street.db.sql.selectFrom('outbox').select('id').execute()).length
    }
  })

  describe('people outside the roster', () => {
    it('are answered with the numbers, and the report reaches the grid as unverified', async () => {
      const said = await street.say('路人', '3幢着火了，有人被困', { group: 'G02' })
      expect(toldTo(said, 'G02')).toMatch(NUMBERS)
      expect(toldTo(said, '何大勇')).toContain('报告人未核实')
      expect(toldTo(said, '徐伟')).toContain('报告人未核实')
      const incident = await findIncident(street.db, 1)
      expect(incident).toMatchObject({ verified: false, urgent: true, reporterId: undefined })
      expect(incident!.reporterName!.reveal()).toBe('路人')
    })

    it('reach the general office from a private chat without a grid', async () => {
      const said = await street.say('resident:王阿姨', '我家楼上着火了，快来人')
      expect(toldTo(said, 'resident:王阿姨')).toMatch(NUMBERS)
      expect(toldTo(said, '林静')).toContain('报告人未核实')
    })

    it('are only greeted where nothing burns, or where the group is not bound', async () => {
      await street.say('路人', '3号楼路灯坏了', { group: 'G02' })
      await street.say('路人', '3幢着火了，有人被困', { group: 'NEW' })
      expect(await listIncidents(street.db)).toEqual([])
    })
  })
})

import { afterEach, describe, expect, it } from 'vitest'
import { incidentDeadlines } from '../../jobs/incident-deadlines.ts'
import { incidentFollowUp } from '../../jobs/incident-follow-up.ts'
import { incidentWhistle } from '../../jobs/incident-whistle.ts'
import { urgentUnanswered } from '../../jobs/urgent-unanswered.ts'
import { listCalls } from '../../storage/incident-calls.ts'
import { findIncident, listIncidentLogs } from '../../storage/incidents.ts'
import { listDueTimers } from '../../storage/job-runs.ts'
import { insertLeave, settleLeave } from '../../storage/leaves.ts'
import { at } from '../support/clock.ts'
import { toldTo } from '../support/replies.ts'
import { type JobSaid, runJob } from '../support/run-job.ts'
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
const look = (street: TestStreet, due: string) => runJob(street, incidentDeadlines, { due })
const told = (said: readonly JobSaid[]) => said.map(({ to, kind }) => `${to} ${kind}`)

describe('the dates in a reply', () => {
  it('S2-28: a new case shows its three dates with their sum', async () => {
    const street = await open({ pack: 'county-grid', now: '2026-02-13T18:00' })
    const text = toldTo(await street.say('李敏', '3号楼路灯坏了'), '李敏')
    expect(text).toContain('时限：受理 2/24，流转 2/25，办结 2/27（5个工作日：2/14 上班，2/15–23 春节，2/24–27）')
  })

  it('S3B-05: a village case shows its day', async () => {
    const street = await open({ pack: 'five-tier' })
    expect(toldTo(await street.say('李敏', '3号楼路灯坏了'), '李敏')).toContain(
      '办结 3/11（3个工作日：3/7–8 周末，3/9–11）',
    )
  })

  it('says openly that a year is not known yet', async () => {
    const street = await open({ pack: 'county-grid', now: '2026-12-31T10:00' })
    const text = toldTo(await street.say('李敏', '3号楼路灯坏了'), '李敏')
    expect(text).toContain('2027年放假安排未导入，暂按周一至周五')
  })
})

describe.each(databases.map(({ name }) => name))('what time does on %s', database => {
  it('S2-28: reminds the holder alone, supervises holder and superior, goes a tier up, each once', async () => {
    const street = await open({ database, pack: 'county-grid' })
    await street.say('李敏', '3号楼路灯坏了')
    expect(told(await look(street, '2026-03-06T11:00'))).toEqual([])
    // Accepting is due on Tuesday, 10 March: the leader is reminded on Monday.
    expect(told(await look(street, '2026-03-09T09:00'))).toEqual(['@陈桂芳 incident-remind'])
    expect(told(await look(street, '2026-03-09T09:30'))).toEqual([])
    const supervised = await look(street, '2026-03-11T09:00')
    expect(told(supervised)).toContain('@陈桂芳 incident-supervise')
    expect(told(supervised)).toContain('@沈国华 incident-supervise')
    expect(supervised.find(({ to }) => to === '@沈国华')!.text).toMatch(/#1 .*受理 3\/10.*在办：还没有人/)
    expect((await look(street, '2026-03-11T09:30')).filter(({ kind }) => kind === 'incident-supervise')).toEqual([])
    const escalated = await look(street, '2026-03-13T09:00')
    expect(told(escalated)).toContain('@沈国华 incident-escalate')
    expect((await get(street)).tier).toBe('community')
    const taken = (await get(street)).steps.map(({ stage, step }) => `${stage} ${step}`)
    expect(new Set(taken).size).toBe(taken.length)
  })

  it('S2-28: a case that was accepted in time is not supervised for it, one that is settled for nothing', async () => {
    const street = await open({ database, pack: 'county-grid' })
    await street.say('李敏', '3号楼路灯坏了')
    await street.say('陈桂芳', '受理1号事件')
    expect(told(await look(street, '2026-03-11T09:00'))).toEqual(['@陈桂芳 incident-remind'])
    await street.say('陈桂芳', '1号事件办结了')
    expect(await look(street, '2026-03-20T09:00')).toEqual([])
    expect(await actions(street)).toEqual(['reported', 'accept', 'remind', 'resolve'])
  })
})

describe('escalation', () => {
  it('says one message to each person, whatever number of cases it is about', async () => {
    const street = await open({ pack: 'county-grid' })
    for (const floor of [3, 5, 7]) await street.say('李敏', `${floor}号楼路灯坏了`)
    const said = await look(street, '2026-03-11T09:00')
    const supervision = said.filter(({ to, kind }) => to === '@陈桂芳' && kind === 'incident-supervise')
    expect(supervision).toHaveLength(1)
    for (const no of [1, 2, 3]) expect(supervision[0]!.text).toContain(`#${no} `)
  })

  it('S3A-29: a limit that ends on a holiday stays, and the reminder comes before the holiday', async () => {
    const street = await open({ pack: 'town-visits', now: '2026-02-13T10:00' })
    await street.say('李敏', '3号楼路灯坏了')
    expect((await get(street)).deadlines.resolve?.day).toBe('2026-02-20')
    expect(told(await look(street, '2026-02-14T09:00'))).toEqual(['@陈桂芳 incident-remind'])
    expect(told(await look(street, '2026-02-24T09:00'))).toContain('@陈桂芳 incident-supervise')
  })

  it('takes what was missed while the program was down, and no stale reminder', async () => {
    const street = await open({ pack: 'town-visits' })
    await street.say('李敏', '3号楼路灯坏了')
    const said = await runJob(street, incidentDeadlines, { due: '2026-03-12T09:00', now: '2026-03-18T09:00' })
    expect(new Set(said.filter(({ to }) => to !== '@李敏').map(({ kind }) => kind))).toEqual(
      new Set(['incident-supervise', 'incident-escalate']),
    )
  })

  it('says nothing at night and on free days, also where a run was missed by day', async () => {
    const street = await open({ pack: 'town-visits' })
    await street.say('李敏', '3号楼路灯坏了')
    for (const now of ['2026-03-18T22:00', '2026-03-21T10:00'])
      expect(await runJob(street, incidentDeadlines, { due: '2026-03-16T09:00', now })).toEqual([])
    expect(told(await look(street, '2026-03-23T09:00'))).toContain('@陈桂芳 incident-supervise')
  })

  it('follows nothing from a provisional day, and judges it again when the year is imported', async () => {
    const street = await open({ pack: 'county-grid', now: '2026-12-30T10:00' })
    await street.say('李敏', '3号楼路灯坏了')
    expect((await get(street)).deadlines.accept).toMatchObject({ day: '2027-01-01', provisional: true })
    expect(told(await look(street, '2027-01-04T09:00'))).not.toContain('@陈桂芳 incident-supervise')
    expect(await actions(street)).not.toContain('supervise')
    street.setTime('2027-01-04T10:00')
    const imported = await street.say(
      '曹源',
      '节假日 2027全年\n2027-01-01,休,元旦\n2027-01-02,休,元旦\n2027-01-03,休,元旦',
    )
    expect(toldTo(imported, '曹源')).toContain('1件在办事件的时限已重算')
    expect(toldTo(imported, '陈桂芳')).toContain('时限已重算')
    expect((await get(street)).deadlines.accept).toMatchObject({ day: '2027-01-04', provisional: false })
    const audit = await street.db.sql.selectFrom('audit').select('action').where('action', '=', 'rejudged').execute()
    expect(audit).toHaveLength(1)
    expect(told(await look(street, '2027-01-05T09:00'))).toContain('@陈桂芳 incident-supervise')
  })
})

describe('more time and pauses', () => {
  it('S3B-07: an extension needs its reason, is approved by whom the pack names, and is shown', async () => {
    const street = await open({ pack: 'five-tier' })
    await street.say('李敏', '3号楼路灯坏了')
    await street.say('陈桂芳', '受理1号事件')
    expect(toldTo(await street.say('陈桂芳', '延期 #1'), '陈桂芳')).toMatch(/为什么要延期.*及时注明原因/)
    const asked = await street.say('陈桂芳', '等灯具到货')
    expect(toldTo(asked, '陈桂芳')).toContain('等沈国华审批；批准前时限照旧')
    expect(toldTo(asked, '沈国华')).toContain('等灯具到货')
    expect(asked.replies.find(({ target }) => target === '沈国华')!.card!.buttons.map(({ says }) => says)).toEqual([
      '同意延期 #1',
      '不同意延期 #1',
    ])
    expect((await get(street)).deadlines.resolve?.day).toBe('2026-03-11')
    expect((await street.say('陈桂芳', '同意延期 #1')).status).toBe('refused')
    const approved = await street.say('沈国华', '同意延期 #1')
    expect(toldTo(approved, '陈桂芳')).toContain('已批准延期')
    expect(await get(street)).toMatchObject({
      deadlines: { resolve: { day: '2026-03-16' } },
      hold: { kind: 'extended', until: '2026-03-16', clause: expect.stringContaining('及时注明原因') },
    })
  })

  it('a bare 同意 with the number grants what was asked for', async () => {
    const street = await open({ pack: 'five-tier' })
    await street.say('李敏', '3号楼路灯坏了')
    await street.say('陈桂芳', '受理1号事件')
    await street.say('陈桂芳', '延期 #1 到3月20日 等材料')
    expect(toldTo(await street.say('沈国华', '1号同意'), '沈国华')).toContain('已同意事件 #1 延期')
    expect((await get(street)).deadlines.resolve?.day).toBe('2026-03-20')
  })

  it('a refused extension changes nothing', async () => {
    const street = await open({ pack: 'five-tier' })
    await street.say('李敏', '3号楼路灯坏了')
    await street.say('陈桂芳', '受理1号事件')
    await street.say('陈桂芳', '延期 #1 等材料')
    expect(toldTo(await street.say('沈国华', '不同意延期 #1 材料已到'), '陈桂芳')).toMatch(/没有批准.*材料已到/)
    expect(await get(street)).toMatchObject({ hold: undefined, deadlines: { resolve: { day: '2026-03-11' } } })
  })

  it('a paused case is left in peace, its days do not count, and it goes on by itself', async () => {
    const street = await open({ pack: 'county-grid' })
    await street.say('李敏', '3号楼路灯坏了')
    await street.say('陈桂芳', '受理1号事件')
    street.setTime('2026-03-09T10:00')
    await street.say('陈桂芳', '暂停 #1 到3月12日 等灯具到货')
    const approved = await street.say('沈国华', '同意暂停 #1')
    expect(toldTo(approved, '沈国华')).toContain('已暂停至3/12，期间不计时；办结时限顺延到3/19')
    expect((await get(street)).hold).toMatchObject({ kind: 'paused', until: '2026-03-12' })
    expect(await look(street, '2026-03-12T09:00')).toEqual([])
    const ended = await look(street, '2026-03-13T09:00')
    expect(told(ended)).toEqual(['@陈桂芳 incident-resume'])
    expect(await get(street)).toMatchObject({ hold: undefined, deadlines: { resolve: { day: '2026-03-19' } } })
  })

  it('a hang-up that ends early gives back the days that were left', async () => {
    const street = await open({ pack: 'town-visits' })
    await street.say('李敏', '3号楼路灯坏了')
    await street.say('陈桂芳', '受理1号事件')
    await street.say('陈桂芳', '挂起 #1 10天 等规划')
    await street.say('沈国华', '同意挂起 #1')
    street.setTime('2026-03-10T10:00')
    // Seven days from 6 March; 7, 8 and 9 March did not count.
    expect(toldTo(await street.say('陈桂芳', '恢复 #1'), '陈桂芳')).toContain('办结 3/16')
    expect((await get(street)).hold).toBeUndefined()
  })
})

describe('what is left of a hold', () => {
  it('a case that was settled while it was paused gives the days back when the recheck fails', async () => {
    const street = await open({ pack: 'county-grid' })
    await street.say('李敏', '3号楼路灯坏了')
    await street.say('陈桂芳', '受理1号事件')
    await street.say('陈桂芳', '暂停 #1 到3月20日 等灯具')
    await street.say('沈国华', '同意暂停 #1')
    expect((await get(street)).deadlines.resolve?.day).toBe('2026-03-27')
    street.setTime('2026-03-10T10:00')
    await street.say('陈桂芳', '1号事件办结了')
    await street.say('陈桂芳', '复查 #1 不合格，还不亮')
    // 6 and 9 March were paused; the working days from 10 March on count again.
    expect(await get(street)).toMatchObject({ hold: undefined, deadlines: { resolve: { day: '2026-03-16' } } })
  })

  it('a case that is opened again does not keep an extension of its first life', async () => {
    const street = await open({ pack: 'county-grid' })
    await street.say('李敏', '3号楼路灯坏了')
    await street.say('陈桂芳', '受理1号事件')
    await street.say('陈桂芳', '延期 #1 等材料')
    await street.say('沈国华', '同意延期 #1')
    await street.say('陈桂芳', '1号事件办结了')
    street.setTime('2026-04-30T10:00')
    await street.say('李敏', '重开 #1 又不亮了')
    expect((await get(street)).deadlines.resolve?.day).toBe('2026-05-11')
  })
})

describe('a case whose grid nobody told', () => {
  it('S4D-32: is watched by the office of the street, not by every leader', async () => {
    const street = await open({ pack: 'county-grid' })
    await street.say('林静', '路灯坏了')
    expect((await get(street)).gridId).toBeUndefined()
    expect(told(await look(street, '2026-03-09T09:00'))).toEqual(['@林静 incident-remind'])
  })
})

describe('whistles', () => {
  it('S4D-24: `吹哨` calls several units, each must answer, a silent one is told to the caller and above', async () => {
    const street = await open({ pack: 'county-center' })
    await street.say('李敏', '3号楼路灯坏了')
    await street.say('陈桂芳', '受理1号事件')
    const called = await street.say('陈桂芳', '吹哨 消安办 平安办')
    expect(toldTo(called, '陈桂芳')).toContain('已吹哨：消安办、平安办，3月6日（周五）12:00前应哨')
    expect(toldTo(called, '王科')).toContain('应哨 #1')
    expect(toldTo(called, '罗平')).toContain('应哨 #1')
    expect(toldTo(await street.say('王科', '应哨 #1'), '陈桂芳')).toMatch(/消安办已应哨.*还等：平安办/)
    street.setTime('2026-03-06T12:00')
    const timers = (await listDueTimers(street.db, street.now())).filter(({ job }) => job === 'incident-whistle')
    expect(timers).toHaveLength(1)
    const said = await runJob(street, incidentWhistle, { due: '2026-03-06T12:00', subject: timers[0]!.subject })
    expect(said.map(({ to }) => to)).toEqual(['@陈桂芳', '@沈国华'])
    expect(said[0]!.text).toContain('平安办被吹哨 120 分钟还没有应哨')
    expect(toldTo(await street.say('陈桂芳', '应哨 #1 平安办'), '陈桂芳')).toContain('已全部应哨')
    const calls = await listCalls(street.db, (await get(street)).id)
    expect(calls.every(({ answeredAt }) => answeredAt !== undefined)).toBe(true)
  })

  it('S4D-24: a unit of the list of units reads of it in its own conversation', async () => {
    const street = await open({
      pack: 'county-center',
      prepare: async db => {
        await db.sql
          .insertInto('unit')
          .values({ id: 'u1', subdistrict_id: db.street, name: '环卫所', contact: null, chat_platform_id: 'G04' })
          .execute()
      },
    })
    await street.say('李敏', '3号楼垃圾成堆')
    const said = await street.say('陈桂芳', '吹哨 #1 环卫')
    expect(toldTo(said, 'G04')).toContain('陈桂芳吹哨事件 #1')
  })
})

describe('the urgent path', () => {
  it('S0-13: nobody accepts: after ten minutes the next in line, then the general office, then the leaders', async () => {
    const street = await open()
    await street.say('李敏', '紧急！5幢3楼着火了')
    const { id } = await get(street)
    const rounds: string[][] = []
    for (const due of ['2026-03-06T10:10', '2026-03-06T10:20', '2026-03-06T10:30', '2026-03-06T10:40']) {
      street.setTime(due)
      const due10 = (await listDueTimers(street.db, street.now())).filter(({ job }) => job === 'urgent-unanswered')
      expect(due10.length > 0).toBe(rounds.length < 4)
      rounds.push((await runJob(street, urgentUnanswered, { due, subject: id })).map(({ to }) => to))
    }
    expect(rounds).toEqual([
      ['@吴建国', '@陈桂芳', '@徐伟'],
      ['@林静', '@陈桂芳', '@徐伟'],
      ['@高峰', '@梁栋', '@陈桂芳', '@徐伟'],
      [],
    ])
  })

  it('S0-13: the deputy (代理人) comes first where there is one', async () => {
    const street = await open({
      prepare: async db => {
        await db.sql.updateTable('member_role').set({ stand_in: '周明' }).where('role', '=', 'leader').execute()
      },
    })
    await street.say('李敏', '紧急！5幢3楼着火了')
    const { id } = await get(street)
    const said = await runJob(street, urgentUnanswered, { due: '2026-03-06T10:10', subject: id })
    expect(said.map(({ to }) => to)).toEqual(['@周明', '@陈桂芳', '@徐伟'])
  })

  it('S0-14: accepted and then forgotten is asked again, each time further up; any word puts it off', async () => {
    const street = await open()
    await street.say('李敏', '紧急！5幢3楼着火了')
    await street.say('陈桂芳', '受理1号事件')
    const { id } = await get(street)
    const follow = async (due: string) => {
      street.setTime(due)
      const timers = (await listDueTimers(street.db, street.now())).filter(({ job }) => job === 'urgent-follow-up')
      const said = await runJob(street, incidentFollowUp, { due, subject: id })
      return { timers: timers.length, told: said.map(({ to }) => to), urgencies: said.map(({ urgency }) => urgency) }
    }
    expect(await follow('2026-03-06T11:00')).toMatchObject({ timers: 1, told: ['@陈桂芳'], urgencies: ['urgent'] })
    expect((await follow('2026-03-06T12:00')).told).toEqual(['@陈桂芳', '@徐伟'])
    await street.say('陈桂芳', '跟进 #1 明火已灭')
    expect((await follow('2026-03-06T13:00')).told).toEqual(['@陈桂芳'])
    await street.say('陈桂芳', '1号事件办结了')
    expect((await follow('2026-03-06T14:00')).told).toEqual([])
  })

  it('S0-13: a false alarm is closed with a note, and everybody who was alarmed hears it', async () => {
    const street = await open({ now: '2026-03-07T02:10' })
    await street.say('李敏', '紧急！5幢3楼着火了')
    const said = await street.say('陈桂芳', '误报 #1 是烧纸，已熄灭')
    expect(toldTo(said, '陈桂芳')).toContain('按误报撤销，已告知徐伟')
    expect(toldTo(said, '徐伟')).toContain('是误报：是烧纸，已熄灭，不用处置了')
    expect((await get(street)).status).toBe('cancelled')
    expect(await listDueTimers(street.db, at('2026-03-08T00:00'))).toEqual([])
  })

  it.each(['street-team', 'county-center'] as const)(
    'S4B-04, S4D-21: %s shows 110, 119 and 120 at any hour and says that the bot does not call them',
    async pack => {
      const street = await open({ pack, now: '2026-03-07T02:10' })
      const said = await street.say('李敏', '紧急！5幢3楼着火了')
      for (const who of ['李敏', '陈桂芳']) {
        const text = toldTo(said, who)
        for (const number of ['110', '119', '120']) expect(text).toContain(number)
        expect(text).toContain('我不会代为报警')
      }
      expect(said.replies.every(({ urgency }) => urgency === 'urgent')).toBe(true)
    },
  )

  it('S0-05: while the instructor is on leave the deputy gets the @ and the case', async () => {
    const street = await open({
      prepare: async db => {
        await db.sql.updateTable('member_role').set({ stand_in: '钱进' }).where('role', '=', 'instructor').execute()
      },
    })
    await grantLeave(street, '徐伟')
    const said = await street.say('李敏', '紧急！5幢3楼着火了')
    expect(toldTo(said, '钱进')).toContain('【紧急】')
    await street.say('李敏', '3号楼路灯坏了')
    expect(toldTo(await street.say('陈桂芳', '上报 #2'), '钱进')).toContain('陈桂芳上报')
    expect((await street.roster()).memberById((await get(street, 2)).holderId!)!.name).toBe('钱进')
  })
})

async function grantLeave(street: TestStreet, who: string): Promise<void> {
  const { messageId } = await street.say(who, '收到')
  const member = (await street.roster()).membersNamed(who)[0]!
  await street.change(async db => {
    const days = { fromDay: '2026-03-06', toDay: '2026-03-06' }
    const asked = { no: 1, memberId: member.id, approverId: member.id, askedAt: street.now(), messageId, ...days }
    const leave = await insertLeave(db, asked)
    await settleLeave(db, leave.id, { status: 'approved', at: street.now() })
  })
}

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { handOver } from '../../jobs/hand-over.ts'
import { leaverWork } from '../../jobs/leaver-work.ts'
import { noticeBroadcast } from '../../jobs/notice-broadcast.ts'
import { listAudit } from '../../storage/audit.ts'
import { insertHousehold } from '../../storage/households.ts'
import { listIncidentLogs, listIncidents } from '../../storage/incidents.ts'
import { markLeft } from '../../storage/leavers.ts'
import { listLeaves } from '../../storage/leaves.ts'
import { listReceivers } from '../../storage/notice-receivers.ts'
import { rolesOn } from '../../storage/roster.ts'
import { insertShift } from '../../storage/shifts.ts'
import { listTasks } from '../../storage/tasks.ts'
import { insertVisitTarget } from '../../storage/visit-targets.ts'
import { draftToSigned } from '../support/notice-steps.ts'
import { toldTo } from '../support/replies.ts'
import { runJob } from '../support/run-job.ts'
import { databases } from '../support/stores.ts'
import { openTestStreet, type Said, type TestStreet } from '../support/street.ts'

const TODAY = '2026-11-18'
let street: TestStreet
const last = ({ replies }: Said) => replies.at(-1)!.text
const holderOfTask = async (no: number) => {
  const roster = await street.roster()
  const task = (await listTasks(street.db)).find(one => one.no === no)!
  return roster.memberById(task.memberId)!.name
}
const holderOfIncident = async () => {
  const [incident] = await listIncidents(street.db)
  return (await street.roster()).memberById(incident!.holderId ?? '')?.name
}
const rolesOf = async (name: string, day: string) => {
  const roster = await street.roster()
  const member = roster.members.find(one => one.name === name)!
  return rolesOn(member, day).map(({ roleName, gridId }) => `${roster.gridById(gridId)?.no ?? ''}${roleName}`)
}

/** 李敏 has a task and a case in hand. */
async function giveWork(): Promise<void> {
  await street.say('徐伟', '任务 @李敏 12月4日前报出租房数')
  await street.say('陈桂芳', '3幢2单元楼道堆物，很多杂物')
  await street.say('李敏', '受理1号事件')
}

describe.each(databases.map(({ name }) => name))('离岗交接 on %s', { timeout: 120_000 }, database => {
  beforeEach(async () => {
    street = await openTestStreet({ now: `${TODAY}T10:00`, database })
  })
  afterEach(() => street.dispose())

  it('S3A-09b: shows what moves, and on 确认 everything open is re-assigned the same day', async () => {
    await giveWork()
    const shown = await street.say('沈国华', '离岗 @李敏 接手 @王强')
    expect(last(shown)).toBe(
      '李敏今天起离岗，王强接手：1件事件、1件交办。以前的记录仍在李敏名下。\n回“确认”照办，回“算了”不办。',
    )
    expect(await holderOfTask(1)).toBe('李敏')
    const done = await street.say('沈国华', '确认')
    expect(last(done)).toBe('已交接：李敏离岗，王强接手1件事件、1件交办，已告知双方和网格长。')
    expect([await holderOfTask(1), await holderOfIncident()]).toEqual(['王强', '王强'])
    expect(toldTo(done, '王强')).toBe('李敏离岗，您接手：1件事件、1件交办。回“我的任务”可看。')
    expect(toldTo(done, '李敏')).toContain('王强接手')
    expect(toldTo(done, '陈桂芳')).toBe('李敏离岗，王强接手：1件事件、1件交办。')
    expect(await rolesOf('李敏', TODAY)).toEqual([])
    expect(await rolesOf('李敏', '2026-11-17')).toEqual([])
    const [incident] = await listIncidents(street.db)
    const logs = await listIncidentLogs(street.db, [incident!.id])
    expect(logs.at(-1)).toMatchObject({ action: 'handOver' })
    expect(logs.at(-1)!.text.reveal()).toBe('李敏离岗，由王强接手')
    const trail = await listAudit(street.db, { type: 'handOver' })
    expect(trail.map(({ action }) => action)).toEqual(['created', 'handedOver'])
  })

  it('is taken back whole within the minutes of the pack', async () => {
    await giveWork()
    await street.say('沈国华', '离岗 李敏 接手 王强')
    await street.say('沈国华', '确认')
    const undone = await street.say('沈国华', '撤销')
    expect(last(undone)).toBe('已撤销：离岗交接 李敏→王强。')
    expect([await holderOfTask(1), await holderOfIncident()]).toEqual(['李敏', '李敏'])
    expect(await rolesOf('李敏', TODAY)).toEqual(['1专职网格员'])
    expect(toldTo(undone, '王强')).toContain('事情仍由李敏办')
  })
})

describe('离岗交接', () => {
  beforeEach(async () => {
    street = await openTestStreet({ now: `${TODAY}T10:00` })
  })
  afterEach(() => street.dispose())

  it('waits for a later day, and moves what is open then', async () => {
    await giveWork()
    expect(last(await street.say('沈国华', '离岗 @李敏 接手 @王强 自12月1日'))).toContain('李敏12月1日（周二）起离岗')
    await street.say('沈国华', '确认')
    expect(await holderOfTask(1)).toBe('李敏')
    expect([await rolesOf('李敏', '2026-11-30'), await rolesOf('李敏', '2026-12-01')]).toEqual([['1专职网格员'], []])
    await street.say('徐伟', '任务 @李敏 12月4日前清点灭火器')
    const subject = (await street.db.sql.selectFrom('hand_over').select('id').executeTakeFirstOrThrow()).id
    street.setTime('2026-12-01T08:30')
    const said = await runJob(street, handOver, { due: '2026-12-01T00:01', subject })
    expect([await holderOfTask(1), await holderOfTask(2)]).toEqual(['王强', '王强'])
    expect(said.map(({ to }) => to)).toEqual(['@王强', '@李敏', '@陈桂芳'])
    expect((await street.roster()).members.find(({ name }) => name === '李敏')!.status).toBe('left')
    expect(await runJob(street, handOver, { due: '2026-12-01T00:01', subject })).toEqual([])
  })

  it('asks whoever planned it anew where the taker left meanwhile', async () => {
    await giveWork()
    await street.say('沈国华', '离岗 @李敏 接手 @王强 自12月1日')
    await street.say('沈国华', '确认')
    const subject = (await street.db.sql.selectFrom('hand_over').select('id').executeTakeFirstOrThrow()).id
    const member = (await street.roster()).membersNamed('王强')[0]!
    await street.change(db => markLeft(db, member, { now: street.now(), today: '2026-11-25', by: 'import' }))
    const [said] = await runJob(street, handOver, { due: '2026-12-01T00:01', subject })
    expect([said!.to, said!.text]).toEqual([
      '@沈国华',
      '李敏12月1日（周二）起离岗，但王强也已离岗，没有移交。请回“离岗 李敏 接手 某某”。',
    ])
    expect(await holderOfTask(1)).toBe('李敏')
  })

  it('gives the post in a grid where the taker did not serve, and takes it away again', async () => {
    const shown = await street.say('沈国华', '离岗 @李敏 接手 @张丽')
    expect(last(shown)).toContain('张丽接任：第1网格专职网格员。')
    await street.say('沈国华', '确认')
    expect(await rolesOf('张丽', TODAY)).toEqual(['2专职网格员', '1专职网格员'])
    await street.say('沈国华', '撤销')
    expect(await rolesOf('张丽', TODAY)).toEqual(['2专职网格员'])
  })

  it('S4E-09: says that the document would not have both posts in one hand', async () => {
    await street.dispose()
    street = await openTestStreet({ now: `${TODAY}T10:00`, pack: 'village-grid' })
    expect(last(await street.say('沈国华', '离岗 李敏 接手 何大勇'))).toContain(
      '何大勇接任：第1网格四级网格员。原则上不宜兼任（依据：第八条：一至三级总网格长原则上不能兼任',
    )
    expect(last(await street.say('沈国华', '离岗 李敏 接手 张丽'))).not.toContain('不宜兼任')
  })

  it('S3A-09b: households, people to visit and turns of duty go along, and come back with 撤销', async () => {
    await street.say('徐伟', '帮助')
    const roster = await street.roster()
    const [from] = roster.membersNamed('李敏')
    const [grid] = roster.gridsNumbered(1)
    await street.change(async db => {
      const { id: messageId } = await db.sql.selectFrom('message').select('id').executeTakeFirstOrThrow()
      const own = { gridId: grid!.id, memberId: from!.id, from: TODAY }
      const door = { door: '3幢201', doorKey: '3-201', shortKey: '3-201', code: '3-001' }
      await insertHousehold(db, { ...own, ...door }, street.now())
      const target = {
        list: '低保户',
        short: '低保',
        name: '王秀英',
        gridId: grid!.id,
        memberId: from!.id,
        fromDay: TODAY,
      }
      await insertVisitTarget(db, { ...target, byId: from!.id, messageId }, street.now())
      const duty = { day: '2026-11-20', name: '夜班', startsAt: street.now() + 1, endsAt: street.now() + 2 }
      await insertShift(db, { ...duty, memberId: from!.id, setBy: from!.id, setAt: street.now(), messageId })
    })
    const holders = async () => {
      const tables = ['household', 'visit_target', 'shift'] as const
      const rows = await Promise.all(tables.map(table => street.db.sql.selectFrom(table).select('member_id').execute()))
      return rows.map(([row]) => roster.memberById(row!.member_id!)!.name)
    }
    expect(last(await street.say('沈国华', '离岗 李敏 接手 王强'))).toContain('1个走访对象、1户联系户、1个班次')
    await street.say('沈国华', '确认')
    expect(await holders()).toEqual(['王强', '王强', '王强'])
    await street.say('沈国华', '撤销')
    expect(await holders()).toEqual(['李敏', '李敏', '李敏'])
  })

  it('is taken back before its day: the role goes on and nothing happens on the day', async () => {
    await giveWork()
    await street.say('沈国华', '离岗 @李敏 接手 @王强 自12月1日')
    await street.say('沈国华', '确认')
    expect(last(await street.say('沈国华', '撤销'))).toBe('已撤销：离岗交接 李敏→王强。')
    expect(await rolesOf('李敏', '2026-12-02')).toEqual(['1专职网格员'])
    const timers = await street.db.sql.selectFrom('timer').select('cancelled').where('job', '=', 'hand-over').execute()
    expect(timers).toEqual([{ cancelled: 1 }])
    const subject = (await street.db.sql.selectFrom('hand_over').select('id').executeTakeFirstOrThrow()).id
    expect(await runJob(street, handOver, { due: '2026-12-01T00:01', subject })).toEqual([])
    expect(await holderOfTask(1)).toBe('李敏')
  })

  it('passes waiting leave to whoever may decide it', async () => {
    await street.say('李敏', '明天请假 带娃看病')
    await street.say('曹源', '离岗 沈国华 接手 吴建国')
    expect(last(await street.say('曹源', '确认'))).toContain('1件待批请假')
    const [leave] = await listLeaves(street.db, { statuses: ['pending'] })
    expect((await street.roster()).memberById(leave!.approverId!)!.name).not.toBe('沈国华')
    expect(last(await street.say('曹源', '撤销'))).toContain('已撤销')
    const [back] = await listLeaves(street.db, { statuses: ['pending'] })
    expect((await street.roster()).memberById(back!.approverId!)!.name).toBe('沈国华')
  })

  it('leaves everything where it is when the answer is 算了, and takes nothing else for a yes', async () => {
    await giveWork()
    await street.say('沈国华', '离岗 @李敏 接手 @王强')
    expect(last(await street.say('沈国华', '算了'))).toBe('好，没有改动。')
    await street.say('沈国华', '离岗 @李敏 接手 @王强')
    await street.say('沈国华', '今天的例会几点')
    expect(await rolesOf('李敏', TODAY)).toEqual(['1专职网格员'])
  })

  it.each([
    ['沈国华', '离岗 @李大山 接手 @王强', 'unknown-person', '名册里没有“李大山”'],
    ['沈国华', '离岗 @李敏 接手 @李敏', 'same-person', '同一个人'],
    ['沈国华', '离岗 @冯洁 接手 @王强', 'not-yours', '冯洁不在您的社区'],
    ['沈国华', '离岗 @李敏 接手 @林静', 'taker-without-grid', '没有负责的网格'],
    ['陈桂芳', '离岗 @李敏 接手 @王强', 'not-allowed', '这一步由社区书记'],
    ['沈国华', '离岗 @李敏 接手 @王强 自11月1日', 'too-late', '已经过了'],
    ['沈国华', '离岗 @李敏 接手 @王强 自2027年10月1日', 'too-early', '三个月'],
  ])('%s: “%s” is refused as %s', async (who, words, reason, text) => {
    const said = await street.say(who, words)
    expect([said.status, last(said)]).toEqual(['refused', expect.stringContaining(text)])
    const row = await street.db.sql
      .selectFrom('message')
      .select('reason')
      .where('id', '=', said.messageId)
      .executeTakeFirst()
    expect(row!.reason).toBe(reason)
  })

  it('refuses a taker on leave or gone, a second plan, a group, and nothing to hand over', async () => {
    await street.say('王强', '今天请假 看病')
    await street.say('沈国华', '同意')
    expect(last(await street.say('沈国华', '离岗 @李敏 接手 @王强'))).toContain('王强今天请了假，请换一位')
    const wang = (await street.roster()).membersNamed('王强')[0]!
    await street.change(db => markLeft(db, wang, { now: street.now(), today: TODAY, by: 'import' }))
    expect(last(await street.say('沈国华', '离岗 @李敏 接手 @王强'))).toContain('王强今天不在岗')
    expect(last(await street.say('沈国华', '离岗 @王强 接手 @李敏'))).toContain('不用交接')
    await street.say('沈国华', '离岗 @李敏 接手 @张丽 自12月1日')
    await street.say('沈国华', '确认')
    expect(last(await street.say('沈国华', '离岗 @李敏 接手 @孙燕'))).toContain('已经安排过了')
    const inGroup = await street.say('沈国华', '离岗 @李敏 接手 @张丽', { group: 'C01' })
    expect(inGroup.replies.map(({ to }) => to)).toEqual(['user'])
    expect(last(inGroup)).toContain('私聊')
  })
})

describe('somebody left by the roster or the platform', () => {
  beforeEach(async () => {
    street = await openTestStreet({ now: `${TODAY}T10:00` })
  })
  afterEach(() => street.dispose())

  const leave = async (name: string) => {
    const member = (await street.roster()).membersNamed(name)[0]!
    await street.change(db => markLeft(db, member, { now: street.now(), today: TODAY, by: 'import' }))
  }

  it('S3A-09b: the leader is told once what is open, and may name who takes over', async () => {
    await giveWork()
    await leave('李敏')
    const said = await runJob(street, leaverWork, { due: `${TODAY}T11:05` })
    expect(said.map(({ to, text }) => [to, text])).toEqual([
      ['@陈桂芳', '李敏11月17日（周二）后离岗，还有1件事件、1件交办没人接手。由谁接手？请回“离岗 李敏 接手 某某”。'],
    ])
    expect(await runJob(street, leaverWork, { due: `${TODAY}T14:05` })).toEqual([])
    expect(last(await street.say('陈桂芳', '离岗 李敏 接手 王强'))).toContain('1件事件、1件交办')
    await street.say('陈桂芳', '确认')
    expect(await holderOfTask(1)).toBe('王强')
    expect((await listLeaves(street.db, {})).length).toBe(0)
  })

  it('says nothing of people who left with an empty desk, or long ago', async () => {
    await leave('王强')
    expect(await runJob(street, leaverWork, { due: `${TODAY}T11:05` })).toEqual([])
    await giveWork()
    await leave('李敏')
    expect(await runJob(street, leaverWork, { due: '2027-01-15T11:05' })).toEqual([])
  })

  it('asks 社区书记 where the grid has no leader left', async () => {
    await giveWork()
    await leave('陈桂芳')
    await leave('李敏')
    const said = await runJob(street, leaverWork, { due: `${TODAY}T11:05` })
    expect(said.filter(({ text }) => text.startsWith('李敏')).map(({ to }) => to)).toEqual(['@沈国华'])
  })
})

describe('notices that somebody owes', () => {
  afterEach(() => street.dispose())

  it('are owed by the taker, once', async () => {
    street = await openTestStreet({ now: `${TODAY}T10:00` })
    await draftToSigned(street)
    street.setTime(`${TODAY}T15:45`)
    await runJob(street, noticeBroadcast, { due: `${TODAY}T15:45` })
    const [row] = await street.db.sql.selectFrom('notice').select('id').execute()
    const roster = await street.roster()
    const owed = async (name: string) =>
      (await listReceivers(street.db, [row!.id])).filter(({ memberId }) => roster.memberById(memberId)!.name === name)
    expect([(await owed('李敏')).length, (await owed('王强')).length]).toEqual([1, 1])
    await street.say('沈国华', '离岗 李敏 接手 王强')
    expect(last(await street.say('沈国华', '确认'))).toContain('没有在办的事')
    expect([(await owed('李敏')).length, (await owed('王强')).length]).toEqual([0, 1])
    await street.say('沈国华', '撤销')
    expect([(await owed('李敏')).length, (await owed('王强')).length]).toEqual([1, 1])
    await street.say('沈国华', '离岗 李敏 接手 徐伟')
    expect(last(await street.say('沈国华', '确认'))).toContain('1份提示单')
    expect([(await owed('李敏')).length, (await owed('徐伟')).length]).toEqual([0, 1])
  })
})

describe('a hand-over planned for a day to come', () => {
  beforeEach(async () => {
    street = await openTestStreet({ now: `${TODAY}T10:00` })
  })
  afterEach(() => street.dispose())

  it('can be called off until then, long after the minutes of 撤销', async () => {
    expect(last(await street.say('沈国华', '离岗 李敏 接手 王强 自12月1日'))).toContain('李敏12月1日')
    expect(last(await street.say('沈国华', '确认'))).toContain('回“取消离岗 李敏”')
    street.setTime('2026-11-25T09:00')
    expect(last(await street.say('沈国华', '离岗 李敏 接手 张丽'))).toContain('要改请先回“取消离岗 李敏”')
    expect(last(await street.say('韩梅', '取消离岗 李敏'))).toContain('不在您的社区')
    expect(last(await street.say('李敏', '取消离岗 李敏'))).toContain('由社区书记、管理员办理')
    const called = await street.say('沈国华', '取消李敏的离岗')
    expect(last(called)).toBe('已取消李敏12月1日（周二）起的离岗安排，岗位和在办的事都照旧。')
    expect(await rolesOf('李敏', '2026-12-02')).toEqual(['1专职网格员'])
    expect(last(await street.say('沈国华', '取消离岗 李敏'))).toContain('李敏没有待生效的离岗安排')
    expect(last(await street.say('沈国华', '离岗 李敏 接手 张丽'))).toContain('回“确认”照办')
  })

  it.each(['离岗 李敏', '李敏离岗', '离岗@李敏'])(
    '“%s” of whoever keeps the people asks who takes over',
    async words => {
      const said = last(await street.say('沈国华', words))
      expect(said).toBe('李敏离岗，由谁接手？请写全，如“离岗 李敏 接手 某某 自12月1日”；还没有改动。')
      expect(await rolesOf('李敏', '2026-12-02')).toEqual(['1专职网格员'])
    },
  )

  it('a worker who writes 离岗 checks out as ever', async () => {
    for (const words of ['离岗', '下午离岗', '李敏离岗'])
      expect((await street.say('李敏', words)).replies.map(({ text }) => text).join()).not.toContain('接手')
  })

  it('S0-13: who has left and sees a fire is heard, as anybody outside the roster, and told whom to call', async () => {
    await street.say('沈国华', '离岗 李敏 接手 王强')
    await street.say('沈国华', '确认')
    const said = await street.say('李敏', '紧急！1网格3幢起火了')
    expect(toldTo(said, '李敏')).toContain('119')
    expect(toldTo(said, '陈桂芳')).toContain('报告人未核实')
    const [incident] = await listIncidents(street.db)
    expect([incident!.urgent, incident!.verified]).toEqual([true, false])
  })

  it('who has no post any more reads so, instead of a clause about others', async () => {
    await street.say('沈国华', '离岗 李敏 接手 王强')
    await street.say('沈国华', '确认')
    street.setTime('2026-11-19T08:20')
    expect(last(await street.say('李敏', '打卡'))).toBe(
      '名册上您现在没有岗位，这条没有记。名册有误请找社区书记或管理员。',
    )
  })
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listAudit } from '../../storage/audit.ts'
import { listCheckIns } from '../../storage/check-ins.ts'
import { listCorrections } from '../../storage/corrections.ts'
import { listFieldRecords } from '../../storage/field-records.ts'
import { findIncident, listIncidentLogs } from '../../storage/incidents.ts'
import { listInfoItems } from '../../storage/info-items.ts'
import { listProgress } from '../../storage/notice-receivers.ts'
import { listOutings } from '../../storage/outings.ts'
import { listTaskProgress } from '../../storage/tasks.ts'
import { draftToSigned, noticeNumbered } from '../support/notice-steps.ts'
import { toldTo } from '../support/replies.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'

let street: TestStreet
beforeEach(async () => {
  street = await openTestStreet({ now: '2026-11-18T08:20' })
})
afterEach(() => street.dispose())
const answered = async (who: string, text: string, options = {}) => toldTo(await street.say(who, text, options), who)

describe('a visit put right at once', () => {
  const visits = async () =>
    (await listFieldRecords(street.db, { kind: 'visit' })).map(({ person, place, minutes }) => [
      person?.reveal(),
      place?.reveal(),
      minutes,
    ])

  it.each([
    ['改成李奶奶', '已更正：走访 王奶奶 → 李奶奶。', ['李奶奶', '3幢', 20]],
    ['不是王奶奶，是李奶奶', '已更正：走访 王奶奶 → 李奶奶。', ['李奶奶', '3幢', 20]],
    ['刚才的走访改成30分钟', '已更正：走访 王奶奶：20分钟 → 30分钟。', ['王奶奶', '3幢', 30]],
    ['更正 走访 王奶奶 改为 李奶奶', '已更正：走访 王奶奶 → 李奶奶。', ['李奶奶', '3幢', 20]],
    ['更正走访王奶奶改为周奶奶', '已更正：走访 王奶奶 → 周奶奶。', ['周奶奶', '3幢', 20]],
    ['更正 走访 3幢王奶奶 改为 5幢李奶奶', '已更正：走访 王奶奶 → 李奶奶，3幢 → 5幢。', ['李奶奶', '5幢', 20]],
    ['更正 走访 地点 改为 新开的便民点', '已更正：走访 3幢 → 新开的便民点。', ['王奶奶', '新开的便民点', 20]],
    ['更正 走访 时长改为 半小时', '已更正：走访 王奶奶：20分钟 → 30分钟。', ['王奶奶', '3幢', 30]],
  ])('%s', async (words, said, expected) => {
    await street.say('李敏', '走访了3幢王奶奶，20分钟')
    expect(await answered('李敏', words)).toBe(said)
    expect(await visits()).toEqual([expected])
  })

  it('keeps the old row, taken back and linked to the new one, and names both in the audit', async () => {
    await street.say('李敏', '走访了3幢王奶奶，20分钟')
    street.setTime('2026-11-18T08:30')
    await street.say('李敏', '改成李奶奶')
    const [old, now] = await listFieldRecords(street.db, { kind: 'visit', voided: true })
    expect(old!.voided).toEqual({ at: street.now(), by: old!.memberId })
    // Told when the first was: no correction makes work later than it was.
    expect(now).toMatchObject({ at: old!.at, gridId: old!.gridId, voided: undefined })
    expect(await listCorrections(street.db, {})).toMatchObject([
      { subject: { type: 'visit', id: old!.id }, newId: now!.id, status: 'direct', day: '2026-11-18' },
    ])
    const trail = (await listAudit(street.db, {})).map(({ action, subject, detail }) => [action, subject.id, detail])
    expect(trail).toEqual([
      ['created', old!.id, expect.anything()],
      ['corrected', old!.id, { newId: now!.id }],
      ['created', now!.id, { corrects: old!.id }],
    ])
  })

  it('masks persons and doors where the group reads along', async () => {
    await street.say('李敏', '走访了3幢302王奶奶', { group: 'G01' })
    const said = await street.say('李敏', '更正 走访 改为 5幢501李奶奶', { group: 'G01' })
    expect(said.replies.map(({ to, text }) => [to, text])).toEqual([
      ['group', '已更正：走访 王** → 李**，3幢*** → 5幢***。'],
    ])
  })

  it('means the record that is replied to, in the message or in its answer', async () => {
    const first = await street.say('李敏', '走访了3幢王奶奶')
    await street.say('李敏', '走访了5幢刘大爷')
    expect(await answered('李敏', '改成李奶奶', { quote: { id: first.messageId } })).toContain('王奶奶 → 李奶奶')
    const rows = await street.db.sql
      .selectFrom('outbox')
      .select('id')
      .where('message_id', '=', first.messageId)
      .execute()
    const again = await street.say('李敏', '改成30分钟', { quote: { id: rows[0]!.id } })
    // What it made was replaced meanwhile; the reply no longer names a record that stands.
    expect([again.status, toldTo(again, '李敏')]).toEqual([
      'refused',
      expect.stringContaining('不是您自己还有效的记录'),
    ])
  })

  it('is told its own time by its own answer: corrections buy none', async () => {
    await street.say('李敏', '走访了3幢王奶奶')
    street.setTime('2026-11-18T08:45')
    await street.say('李敏', '改成李奶奶')
    street.setTime('2026-11-18T08:55')
    expect(await answered('李敏', '改成赵奶奶')).toContain('已报陈桂芳审批')
    expect(await answered('李敏', '撤销')).toBe('已撤销：更正1号。')
    expect(await answered('李敏', '撤销')).toContain('已过 30 分钟')
    expect(await visits()).toEqual([['李奶奶', '3幢', undefined]])
  })

  it('leaves words alone that are about something else', async () => {
    await street.say('李敏', '走访了3幢王奶奶')
    await street.say('李敏', '信息：5幢新搬来一家三口，外地户籍')
    await street.say('李敏', '巡查了沿江路一圈，2公里')
    for (const words of ['改成每周一次', '改成周五下午开会', '打卡改成钉钉了', '不是我，是王强']) {
      await street.say('李敏', words)
    }
    expect(await visits()).toEqual([['王奶奶', '3幢', undefined]])
    expect(await listCorrections(street.db, {})).toEqual([])
  })
})

describe('the other kinds put right at once', () => {
  it('a patrol: kilometres, households, place', async () => {
    await street.say('李敏', '巡查了沿江路一圈，2公里')
    expect(await answered('李敏', '改成3公里')).toBe('已更正：巡查 沿江路：2公里 → 3公里。')
    expect(await answered('李敏', '更正 巡查 改为 18户')).toBe('已更正：巡查 沿江路：没记 → 18户。')
    expect(await answered('李敏', '更正 巡查 地点 改为 河滨路')).toBe('已更正：巡查 沿江路 → 河滨路。')
    const [patrol, ...others] = await listFieldRecords(street.db, { kind: 'patrol' })
    expect(others).toEqual([])
    expect([patrol!.km, patrol!.households, patrol!.place?.reveal()]).toEqual([3, 18, '河滨路'])
  })

  it('S0-25: a wrong button keeps its instant, is judged anew, and bothers nobody', async () => {
    street.setTime('2026-11-18T08:12')
    await street.say('李敏', '下班打卡')
    const said = await street.say('李敏', '更正 打卡 改为 上班')
    expect(said.replies.map(({ target, text }) => [target, text])).toEqual([
      ['李敏', '已更正：下班打卡 08:12 → 上班。'],
    ])
    expect(await listCheckIns(street.db)).toMatchObject([{ kind: 'on', result: 'onTime', at: street.now() }])
  })

  it('S0-25: a wrong time counts as a make-up and is read by the leader', async () => {
    street.setTime('2026-11-18T08:40')
    await street.say('李敏', '到岗了')
    const said = await street.say('李敏', '更正 打卡 改为 8:20')
    expect(toldTo(said, '李敏')).toBe('已更正：上班打卡 08:40 → 08:20，已告知陈桂芳。')
    expect(toldTo(said, '陈桂芳')).toBe('李敏更正了上班打卡 08:40 → 08:20。情况不符请与本人核实。')
    expect(await listCheckIns(street.db)).toMatchObject([{ kind: 'on', result: 'makeup' }])
  })

  it('an information item: topic and words, which no group reads', async () => {
    await street.say('李敏', '信息：5幢新搬来一家三口，外地户籍')
    expect(await answered('李敏', '更正 信息 类别 改为 房屋')).toBe('已更正：信息 08:20：人口 → 房屋。')
    const said = await street.say('李敏', '更正 信息 内容 改为 5幢402新搬来两口人', { group: 'G01' })
    expect(said.replies.at(-1)!.text).toBe('已更正：信息 08:20：内容已改。')
    const items = await listInfoItems(street.db)
    expect(items.map(({ topic, text }) => [topic, text.reveal()])).toEqual([['housing', '5幢402新搬来两口人']])
  })

  it('an incident: it goes on as it is, with a line in its log that its holder reads', async () => {
    await street.say('李敏', '3号楼路灯坏了')
    await street.say('陈桂芳', '受理1号事件')
    const said = await street.say('李敏', '更正 1号事件 地点 改为 5号楼')
    expect(toldTo(said, '李敏')).toBe('已更正：事件 #1 3号楼 → 5号楼。')
    expect(toldTo(said, '陈桂芳')).toBe('事件 #1 更正：3号楼 → 5号楼')
    await street.say('李敏', '更正 1号事件 类别 改为 市容环境')
    const incident = await findIncident(street.db, 1)
    expect(incident).toMatchObject({ status: 'accepted', category: 'environment', voided: undefined })
    expect(incident!.place!.reveal()).toBe('5号楼')
    const logs = await listIncidentLogs(street.db, [incident!.id])
    expect(logs.map(({ text }) => text.reveal())).toContain('更正：公共设施 → 市容环境')
  })

  it('work elsewhere: its half of the day, and why', async () => {
    await street.say('李敏', '公出 去区里开会 下午')
    expect(await answered('李敏', '更正 公出 改为 全天')).toBe('已更正：公出 11/18：下午 → 全天。')
    expect(await answered('李敏', '更正 公出 事由 改为 去区里培训')).toContain('事由 → 去区里培训')
    const outings = await listOutings(street.db, { from: '2026-11-18', to: '2026-11-18' })
    expect(outings.map(({ half, reason }) => [half, reason.reveal()])).toEqual([[undefined, '去区里培训']])
  })

  it('a figure told to a notice and to a task: what was told stays, the last one counts', async () => {
    street.setTime('2026-11-18T15:50')
    const no = await draftToSigned(street)
    await street.say('李敏', `${no}号提示单查了18户`)
    expect(await answered('李敏', `更正 ${no}号提示单进度 改为 20户`)).toBe(
      '已更正：1号提示单《排查出租房》进度：数量18 → 20。',
    )
    const told = await listProgress(street.db, [(await noticeNumbered(street, no)).id])
    expect(told.map(({ count }) => count)).toEqual([18, 20])

    await street.say('徐伟', '任务 @王强 周五前报出租房数')
    await street.say('王强', '交办1号报了12户')
    expect(await answered('王强', '更正 1号交办进度 改为 13')).toContain('数量12 → 13')
    const rows = await street.db.sql.selectFrom('task').select('id').execute()
    expect((await listTaskProgress(street.db, [rows[0]!.id])).map(({ count }) => count)).toEqual([12, 13])
  })

  it('a mistake altogether: 作废', async () => {
    await street.say('李敏', '走访了3幢王奶奶')
    expect(await answered('李敏', '更正 走访 王奶奶 作废')).toBe('已更正：走访 王奶奶 作废。')
    expect(await listFieldRecords(street.db)).toEqual([])
  })
})

describe('what cannot be put right is said with the next step, and changes nothing', () => {
  it.each([
    ['更正 走访 刘奶奶 改为 李奶奶', '没找到您自己一个月内的走访“刘奶奶”'],
    ['更正 王强的走访 改为 李奶奶', '王强的记录要由本人更正'],
    ['更正 走访 王奶奶 改为 王奶奶', '和原来记的一样'],
    ['更正 走访 改为 3公里', '走访可以改人、地点、时长、户数和时间'],
    ['更正 走访', '请写清改成什么'],
    ['更正 走访 时间 改为 9:30', '不能改成更晚的时间'],
    ['更正 9月3日 走访 王奶奶 改为 李奶奶', '一个月以前的记录不能在这里更正'],
    ['更正 1号事件 地点 改为 5幢', '没找到您自己一个月内的事件“1”'],
    ['更正 打卡 改为 8:10', '没找到您自己一个月内的打卡，没有改动。忘打了可以补'],
    ['更正 提示单进度 改为 20', '没找到您自己一个月内的提示单进度'],
  ])('%s', async (words, why) => {
    await street.say('王强', '3号楼路灯坏了')
    await street.say('王强', '走访了刘奶奶')
    await street.say('李敏', '走访了3幢王奶奶')
    const said = await street.say('李敏', words)
    expect([said.status, toldTo(said, '李敏')]).toEqual(['refused', expect.stringContaining(why)])
    expect(await listCorrections(street.db, {})).toEqual([])
  })

  it('somebody else’s message, by reply', async () => {
    const other = await street.say('王强', '走访了刘奶奶')
    await street.say('李敏', '走访了3幢王奶奶')
    const said = await street.say('李敏', '改成李奶奶', { quote: { id: other.messageId } })
    expect([said.status, toldTo(said, '李敏')]).toEqual(['refused', expect.stringContaining('别人的记录由本人更正')])
  })

  it('what was taken back already', async () => {
    const visit = await street.say('李敏', '走访了3幢王奶奶')
    await street.say('李敏', '撤销')
    const said = await street.say('李敏', '改成李奶奶', { quote: { id: visit.messageId } })
    expect([said.status, toldTo(said, '李敏')]).toEqual(['refused', expect.stringContaining('撤销了的请重新报')])
  })

  it('a punch of the future, and an incident or a figure that is to vanish', async () => {
    await street.say('李敏', '到岗了')
    expect(await answered('李敏', '更正 打卡 改为 9:30')).toBe('还没到那个时间，没有改动。')
    await street.say('李敏', '3号楼路灯坏了')
    expect(await answered('李敏', '更正 1号事件 作废')).toContain('事件不作废')
    street.setTime('2026-11-18T15:50')
    const no = await draftToSigned(street)
    await street.say('李敏', `${no}号提示单查了18户`)
    expect(await answered('李敏', `更正 ${no}号提示单进度 作废`)).toContain('进度不作废')
  })
})

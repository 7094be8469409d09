import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listAudit } from '../../storage/audit.ts'
import { listCheckIns } from '../../storage/check-ins.ts'
import { findCorrectionNumbered } from '../../storage/corrections.ts'
import { listFieldRecords } from '../../storage/field-records.ts'
import { listMeetingAttendance, listMeetings } from '../../storage/meetings.ts'
import { withApprovedLeave } from '../support/leave-steps.ts'
import { toldTo } from '../support/replies.ts'
import { databases } from '../support/stores.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'

let street: TestStreet
afterEach(() => street.dispose())
const answered = async (who: string, text: string, options = {}) => toldTo(await street.say(who, text, options), who)
const visits = async () => (await listFieldRecords(street.db, { kind: 'visit' })).map(({ person }) => person?.reveal())

describe.each(databases.map(({ name }) => name))('what its maker may not put right any more, on %s', database => {
  beforeEach(async () => {
    street = await openTestStreet({ database, now: '2026-11-18T09:00' })
    await street.say('李敏', '走访了3幢王奶奶，20分钟')
    street.setTime('2026-11-18T14:00')
  })

  it('goes to the grid’s leader in private with two buttons; until then all stays as it is', async () => {
    const said = await street.say('李敏', '更正 走访 王奶奶 改为 李奶奶 原因：听错了', { group: 'G01' })
    expect(toldTo(said, '陈桂芳')).toBe(
      '【更正】1号，李敏：走访 王奶奶 → 李奶奶（11月18日（周三）的记录）\n事由：听错了',
    )
    const card = said.replies.find(({ target }) => target === '陈桂芳')!.card!
    expect(card.buttons.map(({ says }) => says)).toEqual(['同意更正1', '不同意更正1'])
    expect(toldTo(said, '李敏')).toBe('已报陈桂芳审批：更正1号，走访 王奶奶 → 李奶奶。同意后才改，结果我私下告诉您。')
    expect(said.replies.filter(({ to }) => to === 'group')).toEqual([])
    expect(await visits()).toEqual(['王奶奶'])
  })

  it.each(['同意更正1', '同意更正#1号', '1号更正同意', '更正1号同意', '同意', '1号同意', '同意更正申请1'])(
    '“%s” voids the old record and links the new one, its time kept; both sides are told',
    async words => {
      await street.say('李敏', '更正 走访 王奶奶 改为 李奶奶')
      const said = await street.say('陈桂芳', words)
      expect(toldTo(said, '陈桂芳')).toBe('1号更正（李敏，走访 王奶奶 → 李奶奶）已同意，记录已改。')
      expect(toldTo(said, '李敏')).toBe('您的更正1号（走访 王奶奶 → 李奶奶）陈桂芳已同意，记录已改。')
      const [old, now] = await listFieldRecords(street.db, { voided: true })
      expect(old!.voided!.at).toBe(street.now())
      expect([now!.person!.reveal(), now!.at, now!.memberId, now!.minutes]).toEqual([
        '李奶奶',
        old!.at,
        old!.memberId,
        20,
      ])
      const settled = await findCorrectionNumbered(street.db, 1)
      expect(settled).toMatchObject({ status: 'approved', subject: { type: 'visit', id: old!.id }, newId: now!.id })
      const trail = await listAudit(street.db, { subjectId: old!.id })
      expect(trail.at(-1)).toMatchObject({ action: 'corrected', detail: { correction: 1, newId: now!.id } })
    },
  )

  it('is refused with a reason only, which the asker reads; the record stays', async () => {
    await street.say('李敏', '更正 走访 王奶奶 改为 李奶奶')
    expect((await street.say('陈桂芳', '不同意更正1')).status).toBe('refused')
    const said = await street.say('陈桂芳', '不同意更正1 登记的就是王奶奶')
    expect(toldTo(said, '李敏')).toBe('您的更正1号（走访 王奶奶 → 李奶奶）陈桂芳没有同意：登记的就是王奶奶，记录不变。')
    expect(await visits()).toEqual(['王奶奶'])
    expect(await answered('陈桂芳', '同意更正1')).toContain('没有同意，没有改动')
    // It may be asked for anew.
    expect(await answered('李敏', '更正 走访 王奶奶 改为 李奶奶')).toContain('更正2号')
  })

  it('S1-08: nobody decides for themselves, and whoever is not asked does not either', async () => {
    await street.say('李敏', '更正 走访 王奶奶 改为 李奶奶')
    expect(await answered('李敏', '同意更正1')).toBe('更正1号是您自己报的，要由别人审批（本系统默认）。')
    expect(await answered('王强', '同意更正1')).toBe('更正1号由陈桂芳审批（本系统默认），没有改动。')
    expect(await answered('沈国华', '同意更正1')).toContain('由陈桂芳审批')
    expect(await visits()).toEqual(['王奶奶'])
  })

  it('S1-08: the leader’s own goes to the community’s lead, and the lead’s own above', async () => {
    await street.say('陈桂芳', '走访了5幢刘大爷')
    street.setTime('2026-11-18T16:00')
    const said = await street.say('陈桂芳', '更正 走访 刘大爷 改为 周大爷')
    expect(said.replies.map(({ target }) => target)).toEqual(['沈国华', '陈桂芳'])
    expect(await answered('沈国华', '同意')).toContain('已同意，记录已改')
    expect(await visits()).toEqual(['王奶奶', '周大爷'])
  })

  it('goes to the 代理人 of a leader on leave, and without one to the community’s lead', async () => {
    await withApprovedLeave(street, '陈桂芳', '2026-11-18')
    const said = await street.say('李敏', '更正 走访 王奶奶 改为 李奶奶')
    expect(said.replies.map(({ target }) => target)).toEqual(['沈国华', '李敏'])
    await street.change(db =>
      db.sql.updateTable('member_role').set({ stand_in: '徐伟' }).where('role', '=', 'leader').execute(),
    )
    await street.change(db =>
      db.sql.updateTable('setting').set({ value: 'changed' }).where('name', '=', 'roster-version').execute(),
    )
    expect(await answered('徐伟', '同意更正1')).toContain('已同意')
  })

  it('asked twice is one request', async () => {
    await street.say('李敏', '更正 走访 王奶奶 改为 李奶奶')
    const again = await street.say('李敏', '更正 走访 王奶奶 改为 赵奶奶')
    expect([again.status, again.replies.length]).toEqual(['refused', 1])
    expect(toldTo(again, '李敏')).toContain('已报过更正1号（走访 王奶奶 → 李奶奶），等批')
  })

  it('is withdrawn by who asked while nobody decided, and by nobody else', async () => {
    await street.say('李敏', '更正 走访 王奶奶 改为 李奶奶')
    expect(await answered('王强', '撤回更正1')).toContain('由本人撤回')
    expect(await answered('李敏', '撤回更正1号')).toBe('已撤回更正1号，记录不变。')
    expect(await answered('陈桂芳', '同意更正1')).toContain('已撤回，没有改动')
    expect(await answered('李敏', '撤回更正1')).toContain('不用撤回')
    expect(await visits()).toEqual(['王奶奶'])
  })

  it('stands on the desk of who decides, also days later, until decided', async () => {
    await street.say('李敏', '更正 走访 王奶奶 改为 李奶奶')
    street.setTime('2026-12-10T09:00')
    expect(await answered('陈桂芳', '我的任务')).toBe('手上还有1件：\n待审批：1号更正（李敏，走访 王奶奶 → 李奶奶）')
    expect(await answered('陈桂芳', '更正记录')).toBe('等您批：1号更正（李敏，走访 王奶奶 → 李奶奶）')
    await street.say('陈桂芳', '同意更正1')
    expect(await answered('陈桂芳', '我的任务')).toContain('没有待办')
    expect(await answered('李敏', '更正记录')).toBe('1号 走访 王奶奶 → 李奶奶，已同意')
  })

  it('is given up where the record was dropped meanwhile', async () => {
    await street.say('李敏', '更正 走访 王奶奶 改为 李奶奶')
    const [visit] = await listFieldRecords(street.db)
    await street.change(db =>
      db.sql
        .updateTable('field_record')
        .set({ voided_at: 1, voided_by: visit!.memberId })
        .where('id', '=', visit!.id)
        .execute(),
    )
    const said = await street.say('陈桂芳', '同意更正1')
    expect([said.status, toldTo(said, '陈桂芳')]).toEqual(['refused', expect.stringContaining('已经撤销了')])
    expect(toldTo(said, '李敏')).toContain('没有办成')
    expect(await findCorrectionNumbered(street.db, 1)).toMatchObject({ status: 'cancelled' })
  })

  it('drops a record altogether', async () => {
    await street.say('李敏', '更正 走访 王奶奶 作废')
    await street.say('陈桂芳', '同意更正1')
    expect(await visits()).toEqual([])
  })

  it('cannot be taken back by who decided: the record is not theirs', async () => {
    await street.say('李敏', '更正 走访 王奶奶 改为 李奶奶')
    await street.say('陈桂芳', '同意更正1')
    expect(await answered('陈桂芳', '撤销')).toContain('没有可撤销')
    expect(await visits()).toEqual(['李奶奶'])
  })

  it('names what there is where the number is unknown', async () => {
    expect(await answered('陈桂芳', '同意更正7')).toBe('没有7号更正。')
    expect(await answered('李敏', '撤回更正7')).toBe('没有7号更正。')
  })
})

describe('a meeting’s roll', () => {
  beforeEach(async () => {
    street = await openTestStreet({ now: '2026-11-16T09:00' })
    await street.say('陈桂芳', '明天下午2点 经合社三楼开网格周例会', { group: 'G01' })
    street.setTime('2026-11-17T14:05')
    await street.say('王强', '会议签到', { group: 'G01' })
    street.setTime('2026-11-18T09:00')
  })
  const present = async () => {
    const [meeting] = await listMeetings(street.db)
    const roster = await street.roster()
    const rows = await listMeetingAttendance(street.db, [meeting!.id])
    return rows.filter(({ state }) => state === 'present').map(({ memberId }) => roster.memberById(memberId)!.name)
  }

  it('is put right by approval alone: who was there and forgot to sign in', async () => {
    expect(await answered('李敏', '更正 例会 我到了')).toContain('网格工作例会签到：未到 → 到会')
    expect(await present()).toEqual(['王强'])
    await street.say('陈桂芳', '同意更正1')
    expect((await present()).sort()).toEqual(['李敏', '王强'])
    expect(await answered('李敏', '更正 例会 我到了')).toContain('和原来记的一样')
  })

  it('and who signed in and was not there', async () => {
    await street.say('王强', '更正 昨天的例会 我没到')
    await street.say('陈桂芳', '同意更正1')
    expect(await present()).toEqual([])
  })
})

describe('S0-25: a make-up punch', () => {
  const records = async () =>
    (await listCheckIns(street.db)).map(({ day, kind, result, at }) => [day, kind, result, at % 86_400_000])
  const AT_SIX_PM = 10 * 3_600_000

  it('of the same day stands at once and is read by the leader', async () => {
    street = await openTestStreet({ now: '2026-11-18T18:30' })
    const said = await street.say('李敏', '补卡 今天下班 18:00')
    expect(toldTo(said, '李敏')).toBe('已补记下班打卡 18:00，已告知陈桂芳。')
    expect(await records()).toEqual([['2026-11-18', 'off', 'makeup', AT_SIX_PM]])
  })

  it('of an earlier day waits for the leader, then counts as a make-up of that day', async () => {
    street = await openTestStreet({ now: '2026-11-18T08:10' })
    const said = await street.say('李敏', '补打卡 昨天下班 18:00 忘了')
    expect(toldTo(said, '李敏')).toBe('已报陈桂芳审批：更正1号，补下班卡 11/17 18:00。同意后算补卡，结果我私下告诉您。')
    expect(toldTo(said, '陈桂芳')).toContain('事由：补打卡 昨天下班 18:00 忘了')
    expect(await records()).toEqual([])
    const again = await street.say('李敏', '补打卡 昨天下班 18:00 忘了')
    expect(again.status).toBe('refused')
    await street.say('陈桂芳', '同意更正1')
    expect(await records()).toEqual([['2026-11-17', 'off', 'makeup', AT_SIX_PM]])
    expect(await answered('李敏', '我的考勤')).toContain('下班 18:00 补卡')
  })

  it('is not filed beside a punch that came in meanwhile', async () => {
    street = await openTestStreet({ now: '2026-11-18T08:10' })
    await street.say('李敏', '补卡 昨天下班 18:00')
    await street.say('李敏', '补卡 昨天下班 18:10')
    await street.say('陈桂芳', '同意更正2')
    const said = await street.say('陈桂芳', '同意更正1')
    expect([said.status, toldTo(said, '陈桂芳')]).toEqual(['refused', expect.stringContaining('下班已有 18:10 的打卡')])
    expect(await records()).toHaveLength(1)
  })

  it('waits for nobody where nobody owes check-ins', async () => {
    street = await openTestStreet({ pack: 'county-grid', now: '2026-11-18T08:10' })
    expect(await answered('李敏', '补卡 昨天下班 18:00')).toContain('已补记下班打卡 11/17 18:00')
  })

  it('is refused for a time to come, without a time, and after a month', async () => {
    street = await openTestStreet({ now: '2026-11-18T08:10' })
    expect(await answered('李敏', '补卡 今天下班 18:00')).toContain('只能补一个月以内、已经过去的时间，没有记')
    expect(await answered('李敏', '补卡 昨天下班')).toContain('请写明补几点的卡')
    expect(await answered('李敏', '补卡 10月9日下班 18:00')).toContain('只能补一个月以内、已经过去的时间，没有记')
    expect(await records()).toEqual([])
  })
})

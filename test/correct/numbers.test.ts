import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findCorrectionNumbered } from '../../storage/corrections.ts'
import { findIncident } from '../../storage/incidents.ts'
import { findLeaveNumbered } from '../../storage/leaves.ts'
import { draft, noticeNumbered } from '../support/notice-steps.ts'
import { toldTo } from '../support/replies.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'

let street: TestStreet
beforeEach(async () => {
  street = await openTestStreet({ now: '2026-11-18T09:00' })
})
afterEach(() => street.dispose())

/** Correction 1 and incident 1 both wait for 陈桂芳. */
async function correctionAndIncident(): Promise<void> {
  await street.say('李敏', '走访了3幢王奶奶')
  await street.say('李敏', '3号楼路灯坏了')
  street.setTime('2026-11-18T14:00')
  await street.say('李敏', '更正 走访 王奶奶 改为 李奶奶')
}

/** Leave 1 and, the leader being away, correction 1 both wait for 沈国华. */
async function leaveAndCorrection(): Promise<void> {
  await street.say('陈桂芳', '走访了3幢王奶奶')
  street.setTime('2026-11-18T14:00')
  await street.say('陈桂芳', '更正 走访 王奶奶 改为 李奶奶')
  await street.say('李敏', '明天请一天假')
}

describe('a bare number that two things bear is one question with both titles', () => {
  it('an incident and a correction', async () => {
    await correctionAndIncident()
    const said = await street.say('陈桂芳', '1号同意')
    expect(said.status).toBe('asked')
    expect(toldTo(said, '陈桂芳')).toBe(
      '等您办的有2件，是哪一件？都要办就回“全部”。\n1号更正（李敏，走访 王奶奶 → 李奶奶）\n1号事件（#1 公共设施：3号楼路灯坏了）',
    )
    expect(said.replies[0]!.card!.buttons.map(({ says }) => says)).toEqual(['1号更正', '1号事件'])
    expect(await findIncident(street.db, 1)).toMatchObject({ status: 'reported' })
    await street.say('陈桂芳', '1号更正')
    expect(await findCorrectionNumbered(street.db, 1)).toMatchObject({ status: 'approved' })
    expect(await findIncident(street.db, 1)).toMatchObject({ status: 'reported' })
  })

  it('and the other button means the incident', async () => {
    await correctionAndIncident()
    await street.say('陈桂芳', '1号同意')
    await street.say('陈桂芳', '1号事件')
    expect(await findIncident(street.db, 1)).toMatchObject({ status: 'accepted' })
    expect(await findCorrectionNumbered(street.db, 1)).toMatchObject({ status: 'pending' })
  })

  it('a notice and an incident', async () => {
    await draft(street)
    await street.change(db => db.sql.updateTable('notice').set({ status: 'submitted' }).where('no', '=', 1).execute())
    await street.say('李敏', '3号楼路灯坏了')
    await street.say('陈桂芳', '受理1号事件')
    await street.say('陈桂芳', '1号事件上报，处理不了')
    await street.change(async db => {
      const [gao] = (await street.roster()).membersNamed('高峰')
      await db.sql
        .updateTable('incident')
        .set({ status: 'dispatched', tier: 'subdistrict', holder_id: gao!.id })
        .where('no', '=', 1)
        .execute()
    })
    const said = await street.say('高峰', '1号同意')
    expect(toldTo(said, '高峰')).toMatch(/等您办的有2件.*\n1号提示单《排查出租房》\n1号事件（#1 公共设施/u)
    await street.say('高峰', '1号提示单')
    expect(await noticeNumbered(street, 1)).toMatchObject({ status: 'reviewed' })
  })

  it('a leave and a correction; each by its word, or all', async () => {
    await leaveAndCorrection()
    const said = await street.say('沈国华', '同意')
    expect(toldTo(said, '沈国华')).toMatch(/等您办的有2件.*\n1号请假（李敏.*\n1号更正（陈桂芳/u)
    await street.say('沈国华', '全部')
    expect(await findLeaveNumbered(street.db, 1)).toMatchObject({ status: 'approved' })
    expect(await findCorrectionNumbered(street.db, 1)).toMatchObject({ status: 'approved' })
  })

  it('is no question where the reply names the one', async () => {
    await leaveAndCorrection()
    await street.say('沈国华', '同意', { quote: { text: '【更正】1号，陈桂芳：走访 王奶奶 → 李奶奶' } })
    expect(await findCorrectionNumbered(street.db, 1)).toMatchObject({ status: 'approved' })
    expect(await findLeaveNumbered(street.db, 1)).toMatchObject({ status: 'pending' })
  })

  it('is none where the words do', async () => {
    await leaveAndCorrection()
    await street.say('沈国华', '1号请假同意')
    expect(await findLeaveNumbered(street.db, 1)).toMatchObject({ status: 'approved' })
    expect(await findCorrectionNumbered(street.db, 1)).toMatchObject({ status: 'pending' })
  })
})

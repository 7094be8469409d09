import { afterEach, describe, expect, test } from 'vitest'
import { listCheckIns } from '../../storage/check-ins.ts'
import { listFieldRecords } from '../../storage/field-records.ts'
import { listIncidents } from '../../storage/incidents.ts'
import type { MyDay } from '../../web/shared/phone-api.ts'
import { newEntryId, openPhoneRig, type PhoneRig } from './rig.ts'

let rig: PhoneRig
afterEach(() => rig.close())

const minutes = (count: number) => count * 60_000

describe('a check-in from the phone page', () => {
  test('is a check-in of source h5, with neither place nor distance where none was shared', async () => {
    rig = await openPhoneRig({ now: '2026-11-18T08:17' })
    const cookie = await rig.signInAs('李敏')
    const { body } = await rig.post(cookie, { is: 'checkIn', kind: 'on' })
    expect(body).toMatchObject({ ok: true, replies: [{ text: expect.stringContaining('已记上班打卡 08:17') }] })
    const [saved] = await listCheckIns(rig.db)
    expect(saved).toMatchObject({ source: 'h5', kind: 'on', result: 'onTime' })
    expect([saved?.place, saved?.distanceM]).toEqual([undefined, undefined])
  })

  test('keeps the place and how far it is from the middle of the own grid, whatever the datum', async () => {
    rig = await openPhoneRig({
      now: '2026-11-18T08:17',
      prepare: db =>
        db.sql
          .updateTable('grid')
          .set({ center_lat: 30.2741, center_lng: 120.1551, center_datum: 'WGS-84' })
          .where('grid_no', '=', 1)
          .execute()
          .then(() => {}),
    })
    const cookie = await rig.signInAs('李敏')
    const location = { lat: 30.27173, lng: 120.15989, datum: 'GCJ-02' as const, name: '社区服务站' }
    await rig.post(cookie, { is: 'checkIn', kind: 'on' }, { location })
    const [saved] = await listCheckIns(rig.db)
    expect(saved?.place?.reveal()).toBe('社区服务站')
    expect(saved?.distanceM).toBeLessThan(20)
  })

  test('counts by the time it was touched, not by the time it arrived', async () => {
    rig = await openPhoneRig({ now: '2026-11-18T08:34' })
    const cookie = await rig.signInAs('李敏')
    await rig.post(cookie, { is: 'checkIn', kind: 'on' }, { waitedMs: minutes(5) })
    expect(await listCheckIns(rig.db)).toMatchObject([{ result: 'onTime', day: '2026-11-18' }])
  })

  test('that waited longer than a message is believed is a 补卡, and the grid leader reads of it', async () => {
    rig = await openPhoneRig({ now: '2026-11-18T09:10' })
    const cookie = await rig.signInAs('李敏')
    const { body } = await rig.post(cookie, { is: 'checkIn', kind: 'on' }, { waitedMs: minutes(50) })
    expect(body.replies[0]?.text).toBe('已补记上班打卡 08:20，已告知陈桂芳。')
    expect(await listCheckIns(rig.db)).toMatchObject([{ result: 'makeup', source: 'h5' }])
  })

  test('sent twice is one, and is told the same twice', async () => {
    rig = await openPhoneRig()
    const cookie = await rig.signInAs('李敏')
    const id = newEntryId()
    const first = await rig.post(cookie, { is: 'checkIn', kind: 'on' }, { id })
    const again = await rig.post(cookie, { is: 'checkIn', kind: 'on' }, { id, waitedMs: minutes(30) })
    expect(again.body).toEqual(first.body)
    expect(await listCheckIns(rig.db)).toHaveLength(1)
  })

  test('of two people may bear the same id: neither reads what came of the other', async () => {
    rig = await openPhoneRig()
    const id = newEntryId()
    await rig.post(await rig.signInAs('李敏'), { is: 'incident', text: '3号楼路灯坏了' }, { id })
    const other = await rig.post(await rig.signInAs('孙燕'), { is: 'checkIn', kind: 'on' }, { id })
    expect(other.body.replies[0]?.text).toContain('已记上班打卡')
  })

  test('of somebody who need not clock in is answered kindly and recorded nowhere', async () => {
    rig = await openPhoneRig()
    const { body } = await rig.post(await rig.signInAs('赵志远'), { is: 'checkIn', kind: 'on' })
    expect(body).toMatchObject({ ok: false, replies: [{ text: expect.stringContaining('无需打卡') }] })
    expect(await listCheckIns(rig.db)).toEqual([])
  })
})

describe('a report from the phone page', () => {
  test('is an incident with its place, and its category read from the words', async () => {
    rig = await openPhoneRig()
    const cookie = await rig.signInAs('李敏')
    await rig.post(cookie, { is: 'incident', text: '井盖破了，容易绊倒人', place: '2号楼下' })
    const [incident] = await listIncidents(rig.db)
    expect(incident).toMatchObject({ category: 'facility', urgent: false })
    expect(incident?.place?.reveal()).toBe('2号楼下')
    expect(incident?.description.reveal()).toBe('井盖破了，容易绊倒人')
  })

  test('stays a report where its words sound like a visit, and is urgent where they tell of danger', async () => {
    rig = await openPhoneRig()
    const cookie = await rig.signInAs('李敏')
    await rig.post(cookie, { is: 'incident', text: '走访王奶奶家，发现厨房着火了，火很大' })
    expect(await listIncidents(rig.db)).toMatchObject([{ category: 'fire', urgent: true }])
  })

  test('says when it was seen where the line came back later', async () => {
    rig = await openPhoneRig({ now: '2026-11-18T10:00' })
    const cookie = await rig.signInAs('李敏')
    await rig.post(cookie, { is: 'incident', text: '楼道堆了纸箱' }, { waitedMs: minutes(40) })
    const [incident] = await listIncidents(rig.db)
    expect(incident?.description.reveal()).toMatch(/楼道堆了纸箱（11月18日.*09:20所见，当时没有网络）/)
  })

  test('of somebody without a grid asks for the grid, and free words answer it', async () => {
    rig = await openPhoneRig()
    const cookie = await rig.signInAs('沈国华')
    const asked = await rig.post(cookie, { is: 'incident', text: '路灯坏了一排' })
    expect(asked.body).toMatchObject({ asks: true })
    const told = await rig.post(cookie, { is: 'words', text: '2' })
    expect(told.body.replies[0]?.text).toContain('已归到第2网格')
  })
})

describe('a visit from the phone page', () => {
  test('is recorded with everything the form says', async () => {
    rig = await openPhoneRig({ now: '2026-11-18T16:00' })
    const cookie = await rig.signInAs('李敏')
    const form = {
      is: 'visit',
      person: '王奶奶',
      place: '3幢',
      minutes: 20,
      findings: '想换煤气灶',
      at: '2026-11-18T09:30',
    } as const
    const { body } = await rig.post(cookie, form)
    expect(body.replies[0]?.text).toContain('已记走访：王奶奶（3幢），20分钟')
    const [visit] = await listFieldRecords(rig.db, { kind: 'visit' })
    expect(visit).toMatchObject({
      minutes: 20,
      findings: expect.anything(),
      claimedAt: Date.parse('2026-11-18T09:30+08:00'),
    })
  })

  test('is not filled in from what was heard', async () => {
    rig = await openPhoneRig({ now: '2026-11-18T16:00' })
    const cookie = await rig.signInAs('李敏')
    await rig.post(cookie, { is: 'visit', person: '王奶奶', findings: '昨天去社区医院看了40分钟' })
    const [visit] = await listFieldRecords(rig.db, { kind: 'visit' })
    expect([visit?.claimedAt, visit?.minutes, visit?.place]).toEqual([undefined, undefined, undefined])
  })

  test('that waited claims the time it was written', async () => {
    rig = await openPhoneRig({ now: '2026-11-18T16:00' })
    const cookie = await rig.signInAs('李敏')
    await rig.post(cookie, { is: 'visit', person: '王奶奶' }, { waitedMs: minutes(120) })
    expect(await listFieldRecords(rig.db, { kind: 'visit' })).toMatchObject([
      { claimedAt: Date.parse('2026-11-18T14:00+08:00') },
    ])
  })
})

describe('my day', () => {
  const day = async (cookie: string) => (await rig.call<MyDay>('GET', '/h5/api/day', { cookie })).body

  test('shows what was recorded, and takes back only what came last', async () => {
    rig = await openPhoneRig()
    const cookie = await rig.signInAs('李敏')
    await rig.post(cookie, { is: 'checkIn', kind: 'on' })
    await rig.post(cookie, { is: 'visit', person: '王奶奶', place: '3幢' })
    expect((await day(cookie)).records).toEqual([
      { words: expect.stringContaining('走访'), undoable: true },
      { words: '上班打卡 08:00', undoable: false },
    ])
    const undone = await rig.post(cookie, { is: 'undo' })
    expect(undone.body.replies[0]?.text).toContain('已撤销：走访')
    expect(await day(cookie)).toMatchObject({
      checkIn: { on: '08:00', next: 'off' },
      records: [{ words: '上班打卡 08:00', undoable: true }],
    })
  })

  test('shows the incidents that wait for the person, and moves them on', async () => {
    rig = await openPhoneRig()
    await rig.post(await rig.signInAs('李敏'), { is: 'incident', text: '3号楼路灯坏了' })
    const leader = await rig.signInAs('陈桂芳')
    expect((await day(leader)).incidents).toMatchObject([{ no: 1, step: 'accept', urgent: false }])
    await rig.post(leader, { is: 'incidentStep', step: 'accept', no: 1 })
    expect((await day(leader)).incidents).toMatchObject([{ no: 1, step: 'resolve' }])
    await rig.post(leader, { is: 'incidentStep', step: 'resolve', no: 1, text: '已换灯泡' })
    expect((await day(leader)).incidents).toEqual([])
  })

  test('shows the leave that waits for the person, and takes a reason for saying no', async () => {
    rig = await openPhoneRig()
    const worker = await rig.signInAs('李敏')
    await rig.post(worker, { is: 'words', text: '明天请假一天，看病' })
    const leader = await rig.signInAs('沈国华')
    expect((await day(leader)).approvals).toMatchObject([{ of: 'leave', no: 1, decision: 'approve' }])
    const bare = await rig.post(leader, { is: 'decision', of: 'leave', no: 1, decision: 'reject' })
    expect(bare).toMatchObject({ status: 400, body: { error: { message: '退回要写一句原因。' } } })
    await rig.post(leader, { is: 'decision', of: 'leave', no: 1, decision: 'approve' })
    expect((await day(leader)).approvals).toEqual([])
    expect((await day(worker)).leaves).toEqual([expect.stringContaining('已批')])
  })

  test('shows the notices that are not finished, and takes 收到 and 做完了', async () => {
    rig = await openPhoneRig()
    const cookie = await rig.signInAs('李敏')
    await rig.broadcast('排查出租房', '李敏', { due: '2026-11-17' })
    await rig.broadcast('张贴门牌', '李敏', { due: '2026-11-20' })
    expect((await day(cookie)).notices).toEqual([
      expect.objectContaining({ no: 1, acknowledged: false, overdue: true }),
      expect.objectContaining({ no: 2, acknowledged: false, overdue: false, due: '11月20日（周五）24:00前' }),
    ])
    await rig.post(cookie, { is: 'notice', step: 'acknowledge', no: 2 })
    expect((await day(cookie)).notices).toMatchObject([
      { no: 1, acknowledged: false },
      { no: 2, acknowledged: true },
    ])
    await rig.post(cookie, { is: 'notice', step: 'done', no: 2 })
    expect((await day(cookie)).notices).toMatchObject([{ no: 1 }])
  })

  test('shows a notice that waits for review to whoever reviews it', async () => {
    rig = await openPhoneRig()
    await rig.post(await rig.signInAs('王科'), {
      is: 'words',
      text: '【工作提示单】\n工作内容：排查出租房\n任务要求：逐户登记\n时间节点：12月4日前\n考核规定：漏一户扣0.5分',
    })
    const deputy = await rig.signInAs('高峰')
    expect((await day(deputy)).approvals).toMatchObject([{ of: 'notice', no: 1, decision: 'approve' }])
    await rig.post(deputy, { is: 'decision', of: 'notice', no: 1, decision: 'reject', reason: '不用加急，先核对户数' })
    expect((await day(deputy)).approvals).toEqual([])
    const [notice] = await rig.db.sql.selectFrom('notice').select(['status', 'expedite_reason']).execute()
    expect(notice).toEqual({ status: 'rejected', expedite_reason: null })
  })

  test('shows nothing of other grids', async () => {
    rig = await openPhoneRig()
    await rig.post(await rig.signInAs('李敏'), { is: 'incident', text: '3号楼路灯坏了' })
    const other = await day(await rig.signInAs('孙燕'))
    expect(other).toMatchObject({ incidents: [], records: [], approvals: [], notices: [], leaves: [] })
  })
})

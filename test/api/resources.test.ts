import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { touchRoster } from '../../storage/load-roster.ts'
import { markPhoto } from '../../storage/photos.ts'
import { draftAndReview, sign } from '../support/notice-steps.ts'
import { databases } from '../support/stores.ts'
import { openTestStreet, type Said, type TestStreet } from '../support/street.ts'
import { type Api, openApi } from './ask.ts'

const DAY = '2026-11-18'
const instant = (time: string, day = DAY) => `${day}T${time}+08:00`

/** One day of the test street, told to the bot, then asked for over HTTP. */
describe.each(databases.map(({ name }) => name))('the admin API on %s', database => {
  let street: TestStreet
  let api: Api
  const said: Record<string, Said> = {}
  const get = async (path: string) => {
    const { status, body } = await api.ask(path)
    expect([path, status]).toEqual([path, 200])
    return body
  }

  beforeAll(async () => {
    street = await openTestStreet({ database, now: `${DAY}T08:17` })
    api = await openApi(street)
    const tell = async (name: string, time: string, ...words: Parameters<TestStreet['say']>) => {
      street.setTime(`${DAY}T${time}`)
      said[name] = await street.say(...words)
    }
    await tell('on', '08:17', '李敏', '到岗了', { group: 'G01' })
    await tell('late', '08:50', '张丽', '打卡', { group: 'G02' })
    await tell('visit', '09:00', '李敏', '走访了3幢王奶奶，20分钟', { group: 'G01' })
    await tell('wrong', '09:05', '李敏', '走访了5幢李大爷，10分钟')
    await tell('undo', '09:06', '李敏', '撤销')
    await tell('patrol', '09:30', '王强', '巡查了2公里，40分钟')
    await tell('info', '10:00', '李敏', '信息：3幢新搬来一户租客，5口人')
    await tell('incident', '10:10', '李敏', '3号楼路灯坏了', { images: 1 })
    await tell('accept', '10:20', '陈桂芳', '受理1号事件')
    await tell('leave', '10:30', '冯洁', '明天请假一天，家里有事')
    await tell('granted', '10:31', '韩梅', '1号请假同意')
    await tell('meeting', '10:40', '沈国华', '下周一下午3点在社区会议室开周例会', { group: 'C01' })
    street.setTime(`${DAY}T15:50`)
    await sign(street, await draftAndReview(street))
    await tell('received', '15:55', '李敏', '收到')
    await tell('progress', '16:30', '李敏', '1号提示单已排查12户')
    street.setTime(`${DAY}T17:00`)
    await street.change(async db => {
      const photo = await db.sql.selectFrom('photo').select('id').executeTakeFirstOrThrow()
      const file = { file: 'x', mime: 'image/jpeg', bytes: 1, sha256: 'x' }
      await markPhoto(db, photo.id, { state: 'stored', ...file })
    })
  })
  afterAll(async () => {
    await api.close()
    await street.dispose()
  })

  it('members: key, name, roles with their grids and days, status', async () => {
    const { items, total, next } = await get('/api/members')
    expect([items.length, next]).toEqual([total, null])
    expect(await get(`/api/members/${encodeURIComponent('徐伟')}`)).toEqual({
      key: '徐伟',
      name: '徐伟',
      status: 'active',
      roles: [1, 2].map(no => ({
        role: 'instructor',
        roleName: '网格指导员',
        community: '桃源社区',
        gridNo: no,
        gridCode: `WJ00${no}`,
        from: '2026-01-01',
      })),
    })
    const office = items.find(({ key }: { key: string }) => key === '王科')
    expect(office.roles).toEqual([{ role: 'office', roleName: '科室', office: '消安办', from: '2026-01-01' }])
  })

  it('members: the ids of their platforms and a role that ended', async () => {
    await street.change(async db => {
      const ids = { dingtalk_id: 'ding-1', wecom_id: 'wx-1' }
      await db.sql.updateTable('member').set(ids).where('key', '=', '曹源').execute()
      const { id } = await db.sql.selectFrom('member').select('id').where('key', '=', '曹源').executeTakeFirstOrThrow()
      await db.sql.updateTable('member_role').set({ to_day: '2026-12-31' }).where('member_id', '=', id).execute()
      await touchRoster(db, 'with ids')
    })
    expect(await get(`/api/members/${encodeURIComponent('曹源')}`)).toMatchObject({
      dingtalkId: 'ding-1',
      wecomId: 'wx-1',
      roles: [{ role: 'admin', to: '2026-12-31' }],
    })
  })

  it('grids: number, code, kind, people of today', async () => {
    const { items } = await get('/api/grids')
    expect(items[0]).toEqual({
      gridNo: 1,
      gridCode: 'WJ001',
      name: '第1网格',
      community: '桃源社区',
      kind: 'ordinary',
      households: 300,
      residents: 900,
      members: expect.arrayContaining([
        { key: '陈桂芳', role: 'leader' },
        { key: '李敏', role: 'worker' },
        { key: '徐伟', role: 'instructor' },
      ]),
    })
    expect(await get('/api/grids/WJ001')).toEqual(items[0])
  })

  it('groups: what they speak for and their chats', async () => {
    const { items } = await get('/api/groups')
    const named = (name: string) => items.find((group: { name: string }) => group.name === name)
    expect(named('第1网格群')).toEqual({
      name: '第1网格群',
      scope: 'grid',
      community: '桃源社区',
      gridNo: 1,
      gridCode: 'WJ001',
      chats: [{ channel: 'simulator', id: 'G01' }],
    })
    expect(named('望江街道工作群')).toEqual({
      name: '望江街道工作群',
      scope: 'street',
      chats: [{ channel: 'simulator', id: 'S01' }],
    })
  })

  it('messages: what was said, and the records that came of it', async () => {
    const { messageId } = said.on!
    const [{ id }] = (await get('/api/check-ins?member=李敏')).items
    expect(await get(`/api/messages/${messageId}`)).toEqual({
      id: messageId,
      channel: 'simulator',
      platformId: 'm1',
      chat: 'G01',
      sender: '李敏',
      at: instant('08:17:00'),
      receivedAt: instant('08:17:00'),
      text: '到岗了',
      intent: 'checkIn',
      status: 'handled',
      records: [{ type: 'checkIn', id }],
    })
    // A record with a number is named by it.
    expect((await get(`/api/messages/${said.incident!.messageId}`)).records).toEqual([{ type: 'incident', id: '1' }])
  })

  it('check-ins: by days and by member', async () => {
    const { items, total } = await get(`/api/check-ins?from=${DAY}&to=${DAY}`)
    expect(total).toBe(2)
    expect(items.map((one: { member: string; result: string }) => [one.member, one.result])).toEqual([
      ['李敏', 'onTime'],
      ['张丽', 'late'],
    ])
    expect(items[0]).toEqual({
      id: expect.any(String),
      member: '李敏',
      day: DAY,
      kind: 'on',
      at: instant('08:17:00'),
      result: 'onTime',
      source: 'chat',
      messageId: said.on!.messageId,
    })
    expect((await get('/api/check-ins?member=张丽')).total).toBe(1)
    expect((await get('/api/check-ins?member=nobody')).total).toBe(0)
    expect((await get('/api/check-ins?from=2026-11-19')).total).toBe(0)
    expect((await get('/api/check-ins?to=2026-11-17')).total).toBe(0)
    expect(await get(`/api/check-ins/${items[0].id}`)).toEqual(items[0])
  })

  it('attendance: each member with a role, due or not, today where no day is asked for', async () => {
    const { items } = await get('/api/attendance')
    expect(await get(`/api/attendance?day=${DAY}`)).toEqual(await get('/api/attendance'))
    const of = (key: string) => items.find(({ member }: { member: string }) => member === key)
    expect(of('李敏')).toEqual({ member: '李敏', day: DAY, due: true, on: 'onTime', off: 'pending' })
    expect(of('张丽')).toMatchObject({ due: true, on: 'late' })
    expect(of('孙燕')).toMatchObject({ due: true, on: 'missing' })
    expect(of('陈桂芳')).toMatchObject({ due: false })
    const tomorrow = (await get('/api/attendance?day=2026-11-19&member=冯洁')).items
    expect(tomorrow).toEqual([{ member: '冯洁', day: '2026-11-19', due: true, on: 'leave', off: 'leave' }])
    expect((await get('/api/attendance?day=2026-11-21&member=李敏')).items[0].due).toBe(false)
  })

  it('visits and patrols, each its own list', async () => {
    const visits = await get('/api/visits')
    expect(visits.items).toEqual([
      {
        id: expect.any(String),
        member: '李敏',
        gridNo: 1,
        gridCode: 'WJ001',
        at: instant('09:00:00'),
        person: '王奶奶',
        place: '3幢',
        minutes: 20,
        messageId: said.visit!.messageId,
      },
    ])
    const patrols = await get(`/api/patrols?from=${DAY}&to=${DAY}&member=王强`)
    expect(patrols.items).toEqual([expect.objectContaining({ member: '王强', gridNo: 1, km: 2, minutes: 40 })])
    const { status } = await api.ask(`/api/patrols/${visits.items[0].id}`)
    expect(status).toBe(404)
  })

  it('lists what was taken back only with voided=1, with who and when', async () => {
    expect((await get('/api/visits')).total).toBe(1)
    const { items, total } = await get('/api/visits?voided=1')
    expect(total).toBe(2)
    expect(items[1]).toMatchObject({ person: '李大爷', voided: { by: '李敏', at: instant('09:06:00') } })
    expect(items[0].voided).toBeUndefined()
    expect((await get(`/api/visits/${items[1].id}`)).voided).toEqual({ by: '李敏', at: instant('09:06:00') })
  })

  it('info items', async () => {
    expect((await get('/api/info-items')).items).toEqual([
      expect.objectContaining({
        id: expect.any(String),
        member: '李敏',
        gridNo: 1,
        gridCode: 'WJ001',
        at: instant('10:00:00'),
        topic: expect.any(String),
        text: expect.stringContaining('租客'),
        messageId: said.info!.messageId,
      }),
    ])
  })

  it('incidents: the whole story of one', async () => {
    const incident = await get('/api/incidents/1')
    expect(incident).toEqual({
      no: 1,
      gridNo: 1,
      gridCode: 'WJ001',
      category: 'facility',
      urgent: false,
      level: null,
      place: '3号楼',
      description: expect.stringContaining('路灯坏了'),
      reporter: '李敏',
      reportedAt: instant('10:10:00'),
      verified: true,
      status: 'accepted',
      hold: null,
      tier: 'grid',
      holder: '陈桂芳',
      deadlines: { accept: null, dispatch: null, resolve: null },
      overdue: [],
      log: [
        expect.objectContaining({ by: '李敏', at: instant('10:10:00'), messageId: said.incident!.messageId }),
        expect.objectContaining({ by: '陈桂芳', action: 'accept', at: instant('10:20:00'), text: expect.any(String) }),
      ],
      photos: [{ id: expect.any(String), state: 'stored', mime: 'image/jpeg', messageId: said.incident!.messageId }],
      messageId: said.incident!.messageId,
    })
    expect((await get('/api/incidents')).items).toEqual([incident])
    expect((await get('/api/incidents?status=reported')).total).toBe(0)
    expect((await get('/api/incidents?category=facility&member=李敏')).total).toBe(1)
  })

  it('shows deadlines and holds as they stand, and what is overdue', async () => {
    const before = await street.db.sql.selectFrom('incident').select(['deadlines', 'hold']).executeTakeFirstOrThrow()
    const at = Date.parse('2026-11-18T15:00:00+08:00')
    const deadline = { day: DAY, at, arithmetic: '1个工作日：11/18', provisional: false }
    const member = (await street.roster()).memberByKey('徐伟')!
    const hold = { kind: 'paused', by: member.id, until: '2026-11-20', clause: '…' }
    const change = (columns: { deadlines: string; hold: string | null }) =>
      street.change(db => db.sql.updateTable('incident').set(columns).execute())
    await change({ deadlines: JSON.stringify({ accept: deadline, dispatch: null, resolve: deadline }), hold: null })
    const late = await get('/api/incidents/1')
    expect(late.deadlines.resolve).toEqual({ ...deadline, at: instant('15:00:00') })
    expect(late.overdue).toEqual(['resolve'])
    await change({
      deadlines: JSON.stringify({ accept: null, dispatch: null, resolve: deadline }),
      hold: JSON.stringify(hold),
    })
    expect(await get('/api/incidents/1')).toMatchObject({ hold: { ...hold, by: '徐伟' }, overdue: [] })
    await change(before)
  })

  it('notices: the four parts, the chain, who received and who is missing', async () => {
    const notice = await get('/api/notices/1')
    expect(notice).toMatchObject({
      no: 1,
      kind: 'campaign',
      title: expect.any(String),
      content: '排查出租房',
      requirement: '逐户登记',
      due: '2026-12-04',
      appraisal: '漏一户扣0.5分',
      status: 'broadcast',
      deferred: false,
      late: false,
      drafter: '王科',
      office: '消安办',
      broadcastAt: instant('15:50:00'),
      approvals: [
        { role: 'deputy', by: '高峰', decision: 'approve', at: instant('15:50:00') },
        { role: 'principal', by: '方正', decision: 'sign', at: instant('15:50:00') },
      ],
      targets: 9,
      acknowledged: 1,
      done: 0,
      progress: [{ by: '李敏', at: instant('16:30:00'), count: 12, text: expect.stringContaining('12户') }],
    })
    expect(notice.missing).toHaveLength(8)
    expect(notice.missing).not.toContain('李敏')
    expect((await get('/api/notices?status=broadcast')).items).toEqual([notice])
    expect((await get(`/api/notices?from=${DAY}&to=${DAY}`)).total).toBe(1)
    expect((await get('/api/notices?from=2026-11-19')).total).toBe(0)
    expect((await get('/api/notices?status=draft')).total).toBe(0)
  })

  it('shows a due time of day as an instant', async () => {
    await street.change(db => db.sql.updateTable('notice').set({ due: '2026-12-04T15:00' }).execute())
    expect((await get('/api/notices/1')).due).toBe(instant('15:00:00', '2026-12-04'))
    await street.change(db => db.sql.updateTable('notice').set({ due: '2026-12-04' }).execute())
  })

  it('leaves', async () => {
    const leave = await get('/api/leaves/1')
    expect(leave).toMatchObject({
      no: 1,
      member: '冯洁',
      from: '2026-11-19',
      to: '2026-11-19',
      reason: expect.stringContaining('家里有事'),
      status: 'approved',
      approver: '韩梅',
      messageId: said.leave!.messageId,
    })
    expect((await get('/api/leaves?member=冯洁&status=approved&from=2026-11-19')).items).toEqual([leave])
    expect((await get('/api/leaves?member=李敏')).total).toBe(0)
    expect((await get('/api/leaves?from=2026-11-20')).total).toBe(0)
  })

  it('meetings: when, where, who came', async () => {
    const meeting = await get('/api/meetings/1')
    expect(meeting).toMatchObject({
      no: 1,
      kind: 'weekly',
      start: instant('15:00:00', '2026-11-23'),
      place: '社区会议室',
      scope: 'community',
      community: '桃源社区',
      calledBy: '沈国华',
      status: 'planned',
      present: [],
      absent: [],
      excused: [],
    })
    expect((await get('/api/meetings?from=2026-11-23&to=2026-11-23')).items).toEqual([meeting])
    expect((await get(`/api/meetings?to=${DAY}`)).total).toBe(0)
  })

  it('outbox: everything said, by state', async () => {
    const all = await get('/api/outbox?limit=1000')
    expect(all.total).toBeGreaterThan(10)
    const first = all.items[0]
    expect(first).toEqual({
      id: expect.any(String),
      to: 'G01',
      kind: expect.any(String),
      state: 'pending',
      attempts: 0,
      at: instant('08:17:00'),
      messageId: said.on!.messageId,
    })
    expect(all.items.map(({ to }: { to: string }) => to)).toContain('陈桂芳')
    await street.change(async db => {
      await db.sql.updateTable('outbox').set({ state: 'sending' }).where('id', '=', first.id).execute()
      const dead = { state: 'dead' as const, attempts: 9, error: 'gone', sent_at: street.now(), merged_into: first.id }
      await db.sql.updateTable('outbox').set(dead).where('id', '=', all.items[1].id).execute()
    })
    expect((await get('/api/outbox?state=pending&limit=1000')).items[0]).toMatchObject({
      id: first.id,
      state: 'pending',
    })
    expect((await get('/api/outbox?state=dead')).items).toEqual([
      expect.objectContaining({
        state: 'dead',
        attempts: 9,
        error: 'gone',
        sentAt: instant('17:00:00'),
        mergedInto: first.id,
      }),
    ])
    expect((await get('/api/outbox?state=sent')).total).toBe(0)
  })

  it('audit: by record, number, type or person', async () => {
    const rows = (await get('/api/audit?subject=incident:1')).items
    expect(rows[0]).toMatchObject({
      at: instant('10:10:00'),
      by: '李敏',
      action: 'created',
      subject: { type: 'incident', id: expect.any(String) },
      messageId: said.incident!.messageId,
    })
    expect(rows.length).toBeGreaterThan(1)
    const { id } = rows[0].subject
    expect((await get(`/api/audit?subject=${id}`)).items).toEqual(rows)
    expect((await get(`/api/audit?subject=incident:${id}`)).items).toEqual(rows)
    expect((await get('/api/audit?subject=incident')).items).toEqual(rows)
    expect((await get('/api/audit')).total).toBeGreaterThan(rows.length)
    expect((await get('/api/audit?subject=nothing')).total).toBe(0)
  })

  it('hands out ledgers behind the same token', async () => {
    const { items } = await get('/api/ledgers')
    expect(items.map(({ name }: { name: string }) => name)).toContain('checkIns')
    const ledger = await get('/api/ledgers/checkIns?period=2026-11&format=json')
    expect(JSON.stringify(ledger)).toContain('李敏')
  })
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listAttendance } from '../../handlers/attendance.ts'
import { openDesk } from '../../handlers/desk.ts'
import { countCheckIns, listCheckIns } from '../../storage/check-ins.ts'
import { countFieldRecords } from '../../storage/field-records.ts'
import { findIncident } from '../../storage/incidents.ts'
import { listOutboxOfMessage } from '../../storage/outbox.ts'
import { toldTo } from '../support/replies.ts'
import { databases } from '../support/stores.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'

describe.each(databases.map(({ name }) => name))('taking back on %s', database => {
  let street: TestStreet
  beforeEach(async () => {
    street = await openTestStreet({ database, now: '2026-11-18T08:20' })
  })
  afterEach(() => street.dispose())

  it('takes back the last record, one at a time, newest first', async () => {
    await street.say('李敏', '到岗了')
    await street.say('李敏', '走访了王奶奶')
    expect(toldTo(await street.say('李敏', '撤销'), '李敏')).toBe('已撤销：走访 王奶奶 08:20。')
    expect(toldTo(await street.say('李敏', '撤销'), '李敏')).toBe('已撤销：上班打卡 08:20。')
    expect(toldTo(await street.say('李敏', '撤销'), '李敏')).toContain('没有可撤销')
    expect(await countFieldRecords(street.db)).toBe(0)
    expect(await countCheckIns(street.db)).toBe(0)
  })

  it('keeps the row, with who and when, and says so in the audit', async () => {
    await street.say('李敏', '到岗了')
    street.setTime('2026-11-18T08:25')
    await street.say('李敏', '撤销')
    const [voided] = await listCheckIns(street.db, { voided: true })
    const roster = await street.roster()
    expect(voided!.voided).toEqual({ at: street.now(), by: roster.membersNamed('李敏')[0]!.id })
    const actions = await street.db.sql.selectFrom('audit').select('action').orderBy('id').execute()
    expect(actions.map(({ action }) => action)).toEqual(['created', 'voided'])
  })

  it('gives the attendance back as if it had not been', async () => {
    await street.say('李敏', '到岗了')
    await street.say('李敏', '撤销')
    street.setTime('2026-11-18T08:29')
    await street.say('李敏', '到岗了')
    const desk = await openDesk(street.db, { by: 'test', now: street.now(), at: street.now() })
    const own = (await listAttendance(desk, '2026-11-18')).find(({ member }) => member.name === '李敏')
    expect(own).toMatchObject({ on: 'onTime', onAt: street.now() })
  })

  it('touches nobody else’s record', async () => {
    await street.say('王强', '到岗了')
    expect(toldTo(await street.say('李敏', '撤销'), '李敏')).toContain('没有可撤销')
    expect(await countCheckIns(street.db)).toBe(1)
  })

  it('refuses after the time of the pack and says who can correct it', async () => {
    await street.say('李敏', '到岗了')
    street.setTime('2026-11-18T08:50:01')
    const said = await street.say('李敏', '撤销')
    expect(toldTo(said, '李敏')).toMatch(/30 分钟.*网格长/)
    expect(said.status).toBe('refused')
    expect(await countCheckIns(street.db)).toBe(1)
  })

  it('drops the line that still waits for the window to close', async () => {
    await street.say('王强', '到岗了', { group: 'G01' })
    const { messageId } = await street.say('李敏', '到岗了', { group: 'G01' })
    await street.say('李敏', '撤销', { group: 'G01' })
    const [waiting] = await listOutboxOfMessage(street.db, messageId)
    expect(waiting!.state).toBe('failed')
  })

  it('withdraws an urgent report and tells everybody who was alarmed', async () => {
    await street.say('李敏', '紧急！5幢3楼着火了')
    const said = await street.say('李敏', '撤销')
    expect(toldTo(said, '陈桂芳')).toContain('撤销')
    expect(toldTo(said, '徐伟')).toContain('撤销')
    expect(await findIncident(street.db, 1)).toMatchObject({ status: 'cancelled' })
  })

  it('keeps an incident that somebody has taken up', async () => {
    await street.say('李敏', '3号楼路灯坏了')
    await street.say('陈桂芳', '受理1号事件')
    const said = await street.say('李敏', '撤销')
    expect(toldTo(said, '李敏')).toContain('已受理，不能直接撤销')
    expect(await findIncident(street.db, 1)).toMatchObject({ status: 'accepted' })
  })
})

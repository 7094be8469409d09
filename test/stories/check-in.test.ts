import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { minuteMs } from '../../policy/time.ts'
import { listCheckIns } from '../../storage/check-ins.ts'
import { listOutboxOfMessage, type OutboxItem } from '../../storage/outbox.ts'
import { at } from '../support/clock.ts'
import { toldGroups, toldTo } from '../support/replies.ts'
import { databases } from '../support/stores.ts'
import { openTestStreet, type Said, type TestStreet } from '../support/street.ts'

describe.each(databases.map(({ name }) => name))('checking in on %s', database => {
  let street: TestStreet
  beforeEach(async () => {
    street = await openTestStreet({ database, now: '2026-11-18T08:17' })
  })
  afterEach(() => street.dispose())

  const records = async (day = '2026-11-18') => {
    const roster = await street.roster()
    const found = await listCheckIns(street.db, { from: day, to: day })
    return found.map(({ memberId, kind, result }) => `${roster.memberById(memberId)!.name} ${kind} ${result}`)
  }

  it('records a working day from coming to going home', async () => {
    expect(toldTo(await street.say('李敏', '到岗了'), '李敏')).toContain('已记上班打卡 08:17')
    street.setTime('2026-11-18T17:35')
    expect(toldTo(await street.say('李敏', '下班了'), '李敏')).toContain('已记下班打卡 17:35')
    expect(await records()).toEqual(['李敏 on onTime', '李敏 off onTime'])
  })

  it('links the record to the message that made it', async () => {
    const { messageId } = await street.say('李敏', '到岗了')
    const [checkIn] = await listCheckIns(street.db)
    expect(checkIn).toMatchObject({ messageId, day: '2026-11-18', at: at('2026-11-18T08:17'), source: 'chat' })
  })

  it('judges a bare 打卡 by the time of day', async () => {
    await street.say('李敏', '打卡')
    street.setTime('2026-11-18T17:31')
    await street.say('李敏', '打卡')
    street.setTime('2026-11-18T18:00')
    await street.say('王强', '打卡')
    expect(await records()).toEqual(['李敏 on onTime', '李敏 off onTime', '王强 off onTime'])
  })

  it.each([
    ['2026-11-18T08:30:59', '到岗了', 'onTime'],
    ['2026-11-18T08:31:00', '到岗了', 'late'],
    ['2026-11-18T17:29:59', '下班了', 'early'],
    ['2026-11-18T17:30:00', '下班了', 'onTime'],
  ])('at %s %s is %s', async (time, said, result) => {
    street.setTime(time)
    await street.say('李敏', said)
    expect((await records())[0]).toContain(result)
  })

  it('tells a repeat when it was first, in private, and keeps one record', async () => {
    await street.say('李敏', '到岗了', { group: 'G01' })
    street.setTime('2026-11-18T08:25')
    const said = await street.say('李敏', '到岗了', { group: 'G01' })
    expect(toldTo(said, '李敏')).toContain('已打过 08:17')
    expect(toldGroups(said)).toEqual([])
    expect(said.status).toBe('refused')
    expect(await records()).toEqual(['李敏 on onTime'])
  })

  it('lets the last off count', async () => {
    street.setTime('2026-11-18T17:31')
    await street.say('李敏', '下班了')
    street.setTime('2026-11-18T18:05')
    const text = toldTo(await street.say('李敏', '下班了'), '李敏')
    expect(text).toContain('已打过 17:31')
    expect(text).toContain('18:05')
  })

  it('tells a late one in private and keeps the group quiet', async () => {
    street.setTime('2026-11-18T08:40')
    const said = await street.say('李敏', '到岗了', { group: 'G01' })
    expect(toldTo(said, '李敏')).toMatch(/08:40.*迟到/)
    expect(toldTo(said, '李敏')).toContain('本系统默认')
    expect(toldGroups(said)).toEqual([])
  })

  it('says 您无需打卡 to a liaison and records nothing', async () => {
    const said = await street.say('赵志远', '打卡', { group: 'G01' })
    expect(toldTo(said, '赵志远')).toContain('您无需打卡')
    expect(toldGroups(said)).toEqual([])
    expect(await records()).toEqual([])
  })

  it('takes check-ins of leaders, who are never late', async () => {
    street.setTime('2026-11-18T09:30')
    await street.say('陈桂芳', '到岗了')
    expect(await records()).toEqual(['陈桂芳 on onTime'])
  })

  it('holds nobody late on a day off', async () => {
    street.setTime('2026-11-21T10:00')
    await street.say('李敏', '到岗了')
    expect(await records('2026-11-21')).toEqual(['李敏 on onTime'])
  })

  it('keeps a place that comes along, and asks for none', async () => {
    await street.say('李敏', '到岗了', { location: { lat: 30.25, lng: 120.17 } })
    await street.say('王强', '到岗了')
    const [withPlace, without] = await listCheckIns(street.db)
    expect(withPlace!.place?.reveal()).toContain('30.25')
    expect(without!.place).toBeUndefined()
  })

  it('takes a make-up, marks it, and tells the leader', async () => {
    street.setTime('2026-11-18T17:40')
    const said = await street.say('李敏', '补卡 下班')
    expect(toldTo(said, '李敏')).toContain('已补记下班打卡')
    expect(toldTo(said, '陈桂芳')).toContain('李敏补了下班卡')
    expect(await records()).toEqual(['李敏 off makeup'])
  })

  it('records nothing for an unknown person and answers once a day', async () => {
    const first = await street.say('路人', '到岗了', { group: 'G01' })
    const second = await street.say('路人', '打卡', { group: 'G01' })
    expect(first.replies).toHaveLength(1)
    expect(second.replies).toEqual([])
    expect(await records()).toEqual([])
  })

  it('answers the first of a window at once and lets those that follow share one line', async () => {
    const first = await outboxOf(await street.say('李敏', '到岗了', { group: 'G01' }))
    street.setTime('2026-11-18T08:19')
    const second = await outboxOf(await street.say('王强', '到岗了', { group: 'G01' }))
    street.setTime('2026-11-18T08:21:59')
    const third = await outboxOf(await street.say('陈桂芳', '到岗了', { group: 'G01' }))
    expect(first.notBefore).toBe(at('2026-11-18T08:17'))
    expect(second.notBefore).toBe(at('2026-11-18T08:22'))
    expect(third.notBefore).toBe(second.notBefore)
    expect(third.merge!.key).toBe(second.merge!.key)
    expect(second.merge!.item).toBe('王强 08:19')
    street.setTime('2026-11-18T08:22')
    const fourth = await outboxOf(await street.say('徐伟', '到岗了', { group: 'G01' }))
    expect(fourth.notBefore).toBe(at('2026-11-18T08:22'))
  })

  it('makes at most two group messages of sixty check-ins in five minutes', async () => {
    const roster = await street.roster()
    const people = roster.members.filter(({ name }) => name !== '赵志远').map(({ name }) => name)
    const rows: OutboxItem[] = []
    for (let index = 0; index < 60; index++) {
      street.setTime(localOf(at('2026-11-18T08:17') + Math.floor((index * 5 * minuteMs) / 60)))
      const said = await street.say(people[index % people.length]!, index < people.length ? '到岗了' : '打卡', {
        group: 'G01',
      })
      for (const item of await listOutboxOfMessage(street.db, said.messageId))
        if (item.to.kind === 'chat') rows.push(item)
    }
    const leaving = new Set(rows.map(({ notBefore, merge }) => `${merge?.key} ${notBefore}`))
    expect(rows.length).toBe(people.length)
    expect(leaving.size).toBeLessThanOrEqual(2)
  })

  async function outboxOf(said: Said): Promise<OutboxItem> {
    const [item] = await listOutboxOfMessage(street.db, said.messageId)
    return item!
  }
})

/** `2026-11-18T08:17:35` of an instant. */
function localOf(instant: number): string {
  return new Date(instant + 8 * 60 * minuteMs).toISOString().slice(0, 19)
}

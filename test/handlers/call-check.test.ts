import { afterEach, describe, expect, it } from 'vitest'
import { newId } from '../../storage/ids.ts'
import { listInspections } from '../../storage/inspections.ts'
import { touchRoster } from '../../storage/load-roster.ts'
import { toldTo } from '../support/replies.ts'
import { openTestStreet, STREET, type TestStreet } from '../support/street.ts'

let street: TestStreet
afterEach(() => street?.dispose())
const hear = async (who: string, text: string) => toldTo(await street.say(who, text), who)
const drawnIn = (text: string) => [...text.matchAll(/^\d+\. (\p{Script=Han}+)（/gmu)].map(([, name]) => name!)

describe('S2-42: 电话抽查', () => {
  it('S2-42: draws so many by lot, with the form and what one missed call means', async () => {
    street = await openTestStreet({ pack: 'county-grid', now: '2026-11-18T10:00' })
    const said = await street.say('王科', '电话抽查 3人')
    const text = toldTo(said, '王科')
    expect(new Set(drawnIn(text)).size).toBe(3)
    expect(text).toContain('没接通的，隔30分钟再打，打满2次再记；一次没接不算问题')
    expect(text).toContain('问什么原文未载')
    const kept = await street.db.sql.selectFrom('audit').selectAll().where('action', '=', 'drawn').execute()
    expect(kept.map(({ subject_id }) => subject_id)).toEqual([said.messageId])
    expect((await street.say('王科', '电话抽查', { group: 'S01' })).replies.every(({ to }) => to === 'user')).toBe(true)
  })

  it('draws nobody on leave, and says where there are fewer', async () => {
    street = await openTestStreet({ pack: 'county-grid', now: '2026-11-17T10:00' })
    await street.say('冯洁', '明天请假一天，带娃看病')
    await street.say('韩梅', '同意')
    street.setTime('2026-11-18T10:00')
    const text = await hear('王科', '电话抽查20人')
    expect(drawnIn(text)).not.toContain('冯洁')
    expect(text).toMatch(/可抽的只有\d+人/u)
  })

  it.each([
    ['county-grid', '王科', '电话抽查 50人', '一次抽1到20人'],
    ['street-team', '王科', '电话抽查 3人', '没有规定电话抽查'],
    ['county-grid', '李敏', '电话抽查 3人', '办理'],
  ] as const)('in %s %s is refused: %s', async (pack, who, text, why) => {
    street = await openTestStreet({ pack, now: '2026-11-18T10:00' })
    const said = await street.say(who, text)
    expect(said.status).toBe('refused')
    expect(toldTo(said, who)).toContain(why)
  })
})

describe('S1-08: a member of the appraisal group who is a subject as well', () => {
  /** 苏静 of the group is 网格长 of the third grid too. */
  async function open(pack: 'street-appraisal' | 'county-grid'): Promise<void> {
    street = await openTestStreet({
      pack,
      now: '2026-11-18T10:00',
      prepare: async db => {
        const grid = await db.sql.selectFrom('grid').select('id').where('grid_no', '=', 3).executeTakeFirstOrThrow()
        const who = pack === 'county-grid' ? '王科' : '苏静'
        const member = await db.sql.selectFrom('member').select('id').where('name', '=', who).executeTakeFirstOrThrow()
        await db.sql
          .insertInto('member_role')
          .values({
            id: newId(1),
            subdistrict_id: STREET,
            member_id: member.id,
            role: 'leader',
            role_name: '网格长',
            employment: null,
            community: null,
            grid_id: grid.id,
            office: null,
            supervises: null,
            stand_in: null,
            from_day: '2026-01-01',
            to_day: null,
          })
          .execute()
        await touchRoster(db, 'with-both')
      },
    })
  }

  it('S1-08: inspects others, but neither the own grid nor who works there', async () => {
    await open('street-appraisal')
    for (const words of ['督导3网格：台账不全，扣2分', '督导孙燕：不在岗', '督导苏静：很好']) {
      const said = await street.say('苏静', words)
      expect([words, said.status]).toEqual([words, 'refused'])
      expect(toldTo(said, '苏静')).toContain('督导要由别人来做')
    }
    expect((await street.say('苏静', '督导2网格：台账不全，扣2分')).status).toBe('handled')
    expect(await listInspections(street.db)).toHaveLength(1)
  })

  it('S1-08: reads what others found in the own grid, and does not recheck it', async () => {
    await open('street-appraisal')
    await street.say('方正', '督导3网格：台账不全，扣2分')
    expect(await hear('苏静', '督导清单')).toContain('1号督导')
    await street.say('孙燕', '反馈督导1 已补齐')
    const said = await street.say('苏静', '复查督导1 通过')
    expect(said.status).toBe('refused')
    expect((await listInspections(street.db)).map(({ status }) => status)).not.toContain('passed')
  })

  it('S1-08: draws nobody of the own grid', async () => {
    await open('county-grid')
    expect(drawnIn(await hear('王科', '电话抽查20人'))).not.toEqual(expect.arrayContaining(['孙燕']))
  })
})

describe('S2-48: 部门时效', () => {
  it('S2-48: tells how long each office took from being handed a case, in private', async () => {
    street = await openTestStreet({ pack: 'county-grid', now: '2026-11-18T09:00' })
    expect(await hear('林静', '部门时效')).toContain('没有转给部门的事件')
    await street.say('李敏', '3号楼消防通道堵了')
    await street.say('李敏', '5号楼电线老化')
    await street.say('陈桂芳', '受理1号事件')
    await street.say('陈桂芳', '1号事件转消安办')
    street.setTime('2026-11-18T10:00')
    await street.say('陈桂芳', '受理2号事件')
    await street.say('陈桂芳', '2号事件转消安办')
    street.setTime('2026-11-18T14:00')
    await street.say('王科', '1号事件处理好了，通道清了')
    const text = await hear('林静', '部门时效')
    expect(text).toContain('消安办：2件，办结1件，平均5.0小时；在办 #2')
    expect((await street.say('林静', '部门时效', { group: 'S01' })).status).toBe('refused')
  })
})

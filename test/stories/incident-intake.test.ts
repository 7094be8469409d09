import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findIncident, listIncidentLogs, listIncidents } from '../../storage/incidents.ts'
import { listPhotosOfMessages } from '../../storage/photos.ts'
import { at } from '../support/clock.ts'
import { insertPlaces } from '../support/places.ts'
import { toldTo } from '../support/replies.ts'
import { databases } from '../support/stores.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'

describe.each(databases.map(({ name }) => name))('taking incidents in on %s', database => {
  let street: TestStreet
  beforeEach(async () => {
    street = await openTestStreet({
      database,
      now: '2026-11-18T10:00',
      prepare: db =>
        insertPlaces(db, at('2026-11-18T09:00'), [
          [1, '3幢', 'building', ['三号楼']],
          [2, '12幢', 'building'],
          [2, '东门', 'gate'],
          [3, '红星五金店', 'shop', ['红星五金'], { lat: 30.2, lng: 120.1 }],
          [1, '沿河巷', 'other'],
          [2, '沿河巷', 'other'],
        ]),
    })
  })
  afterEach(() => street.dispose())

  const incident = async (no: number) => (await findIncident(street.db, no))!
  const gridOf = async (no: number) => (await street.roster()).gridById((await incident(no)).gridId)?.no
  const actions = async (no: number) =>
    (await listIncidentLogs(street.db, [(await incident(no)).id])).map(({ action }) => action)

  describe('where it is', () => {
    it.each([
      ['李敏', '三号楼漏水', 1],
      ['李敏', '12幢水管漏水', 2],
      ['李敏', '东门口垃圾没人清', 2],
      ['李敏', '红星五金店门口占道摆摊', 3],
      ['吴建国', '3幢楼道堆物', 1],
      ['吴建国', '东门有人打架', 2],
    ])('%s saying %s means grid %i, without a question', async (who, text, gridNo) => {
      const said = await street.say(who, text)
      expect(await gridOf(1)).toBe(gridNo)
      expect(toldTo(said, who)).not.toContain('请问')
    })

    it('S1-27: asks once which grid where a lane is shared by two', async () => {
      const said = await street.say('李敏', '沿河巷垃圾成堆')
      expect(toldTo(said, '李敏')).toContain('请问是哪个网格：1、2')
      expect(toldTo(await street.say('李敏', '2'), '李敏')).toContain('已归到第2网格')
      expect(await gridOf(1)).toBe(2)
    })

    it('S1-27: asks among the grids that a report names on their border', async () => {
      const said = await street.say('李敏', '1网格和2网格交界的地方垃圾成堆')
      expect(toldTo(said, '李敏')).toContain('1、2')
    })

    it('asks once in no grid at all, and keeps the report all the same', async () => {
      const said = await street.say('王科', '路上有棵树倒了')
      expect(toldTo(said, '王科')).toContain('请问')
      expect(await incident(1)).toMatchObject({ status: 'reported', gridId: undefined })
    })

    it('takes the nearest known place for a shared position', async () => {
      await street.say('吴建国', '发现这里路灯坏了，晚上不亮', { location: { lat: 30.2005, lng: 120.1003 } })
      expect(await gridOf(1)).toBe(3)
      await street.say('吴建国', '发现这里井盖没了，容易摔人', { location: { lat: 30.3, lng: 120.1 } })
      expect(await gridOf(2)).toBeUndefined()
    })
  })

  describe('several messages in a row', () => {
    it('add a picture to the report just made, answered lightly', async () => {
      await street.say('李敏', '3幢水管漏水')
      street.setTime('2026-11-18T10:01')
      const photo = await street.say('李敏', '', { images: 2 })
      expect(toldTo(photo, '李敏')).toBe('照片已补到事件 #1。')
      expect(await actions(1)).toEqual(['reported', 'supplement'])
      expect(await listPhotosOfMessages(street.db, [photo.messageId])).toHaveLength(2)
    })

    it('add a detail of the same place', async () => {
      await street.say('李敏', '3幢水管漏水', { group: 'G01' })
      const said = await street.say('李敏', '二单元门口水管漏得厉害', { group: 'G01' })
      expect(toldTo(said, 'G01')).toContain('已补到事件 #1')
      expect(await listIncidents(street.db)).toHaveLength(1)
    })

    it('take the pictures that came before the words', async () => {
      const photo = await street.say('李敏', '', { images: 1 })
      expect(toldTo(photo, '李敏')).toContain('照片收到')
      await street.say('李敏', '3幢水管漏水')
      const [, logged] = await listIncidentLogs(street.db, [(await incident(1)).id])
      expect(logged).toMatchObject({ action: 'supplement', messageId: photo.messageId })
    })

    it.each([
      ['another place', '5幢路灯坏了'],
      ['another kind of trouble', '楼道垃圾成堆'],
      ['a danger of its own', '着火了，有人被困'],
    ])('are reports of their own where they tell %s', async (_what, text) => {
      await street.say('李敏', '3幢水管漏水')
      await street.say('李敏', text)
      expect(await listIncidents(street.db)).toHaveLength(2)
    })

    it('are reports of their own after two minutes, in another chat, or from somebody else', async () => {
      await street.say('李敏', '3幢路灯坏了')
      street.setTime('2026-11-18T10:03')
      await street.say('李敏', '', { images: 1 })
      await street.say('王强', '路灯不亮的有三盏')
      await street.say('李敏', '路灯不亮的有三盏', { group: 'G01' })
      expect(await actions(1)).toEqual(['reported'])
    })

    it('leave thanks and small talk alone', async () => {
      await street.say('李敏', '3幢路灯坏了')
      for (const text of ['好的谢谢', '收到', '辛苦了', '几点了', '老样子']) await street.say('李敏', text)
      expect(await actions(1)).toEqual(['reported'])
    })
  })

  it('goes on with the incident that a message quotes: the card of the bot, or the words of the reporter', async () => {
    const first = await street.say('李敏', '3幢水管漏水', { group: 'G01' })
    street.setTime('2026-11-18T15:00')
    await street.say('王强', '二楼也漏了', { group: 'G01', quote: { id: first.messageId } })
    await street.say('王强', '我拍了照片', {
      group: 'G01',
      images: 1,
      quote: { text: '已上报：事件 #1（公共设施，3幢，第1网格）' },
    })
    expect(await actions(1)).toEqual(['reported', 'supplement', 'supplement'])
  })

  describe('the same thing again', () => {
    beforeEach(() => street.say('李敏', '3幢楼上水管漏水'))

    it('S1-02: shows the likely repeat with its reason, and one word merges it; the first reporter stays 首问', async () => {
      street.setTime('2026-11-20T09:00')
      const said = await street.say('王强', '三号楼漏水漏得厉害')
      expect(toldTo(said, '王强')).toContain('与 #1 像：同在3幢，都说漏水，2天前（待受理）')
      expect(said.replies.find(({ card }) => card)!.card!.buttons.map(({ text }) => text)).toEqual(['并入', '不是'])
      const merged = await street.say('王强', '并入')
      expect(toldTo(merged, '王强')).toContain('#2 已并入 #1')
      expect(toldTo(merged, '王强')).toContain('已由李敏首问')
      expect(await incident(2)).toMatchObject({ status: 'merged', mergedInto: (await incident(1)).id })
      expect((await incident(1)).reporterId).toBe((await street.roster()).membersNamed('李敏')[0]!.id)
      await street.say('陈桂芳', '受理1号事件')
      const resolved = await street.say('陈桂芳', '1号事件办结')
      for (const who of ['李敏', '王强']) expect(toldTo(resolved, who)).toContain('您报的事件 #1')
    })

    it('keeps it as another where the sender says so', async () => {
      street.setTime('2026-11-19T09:00')
      await street.say('王强', '三号楼漏水漏得厉害')
      expect(toldTo(await street.say('王强', '不是'), '王强')).toContain('事件 #2 单独办理')
      expect((await incident(2)).status).toBe('reported')
    })

    it('does not see a repeat in another building, another matter, or after the days of the pack', async () => {
      expect(toldTo(await street.say('王强', '5幢水管漏水'), '王强')).not.toContain('像')
      expect(toldTo(await street.say('王强', '3幢门口路灯坏了'), '王强')).not.toContain('像')
      street.setTime('2026-11-26T10:01')
      expect(toldTo(await street.say('王强', '3幢水管漏水'), '王强')).not.toContain('像')
    })

    it('merges by number, the later into the earlier, whichever was named first', async () => {
      await street.say('王强', '5幢井盖没了')
      expect(toldTo(await street.say('陈桂芳', '#1 并入 #2'), '陈桂芳')).toContain('#2 已并入 #1')
      expect(toldTo(await street.say('陈桂芳', '#1 并入 #1'), '陈桂芳')).toContain('不能并入它自己')
      expect(toldTo(await street.say('陈桂芳', '#1 并入 #9'), '陈桂芳')).toContain('没有事件 #9')
    })

    it('reopens what was settled and not fixed, with its history, by number, by quote and by merging', async () => {
      await street.say('陈桂芳', '受理1号事件')
      await street.say('陈桂芳', '1号事件办结了')
      expect(toldTo(await street.say('李敏', '#1 又漏了'), '李敏')).toContain('已重新办理')
      expect(await incident(1)).toMatchObject({ status: 'accepted' })
      expect(await actions(1)).toEqual(['reported', 'accept', 'resolve', 'reopen'])
      await street.say('陈桂芳', '1号事件办结了')
      const quoted = { quote: { text: '您报的事件 #1 已由陈桂芳办结' } }
      expect(toldTo(await street.say('李敏', '还在漏', quoted), '李敏')).toContain('已重新办理')
      await street.say('陈桂芳', '1号事件办结了')
      street.setTime('2026-11-20T09:00')
      const again = await street.say('王强', '三号楼漏水漏得厉害')
      expect(toldTo(again, '王强')).toContain('（已办结）')
      expect(toldTo(again, '王强')).toContain('没修好回“并入”重新办')
      expect(toldTo(await street.say('王强', '并入'), '王强')).toContain('已重新办理')
      expect((await incident(1)).status).toBe('accepted')
    })

    it('takes 没修好 of an open case for a supplement, and refuses a number that does not exist', async () => {
      expect(toldTo(await street.say('李敏', '#1 还在漏'), '李敏')).toContain('已补到事件 #1')
      expect(toldTo(await street.say('李敏', '#9 没修好'), '李敏')).toContain('没有事件 #9')
      expect((await street.say('冯洁', '#1 没修好')).status).toBe('refused')
    })
  })

  describe('how it came', () => {
    it.each([
      ['found', '3幢楼道堆物'],
      ['resident', '居民反映3幢楼道堆物'],
      ['hotline', '12345转来：东门垃圾没人清'],
      ['inspection', '督查发现3幢消防栓没水'],
      ['upper', '街道交办：3幢违建要核实'],
    ])('S1-04, S4B-05: %s is read from “%s”', async (origin, text) => {
      await street.say('李敏', text)
      expect((await incident(1)).origin).toBe(origin)
    })

    it('S2-15: keeps what was done at once, without taking it for the end', async () => {
      await street.say('李敏', '居民反映12幢1单元水管漏水，已先关了总阀')
      expect((await incident(1)).status).toBe('reported')
      const logs = await listIncidentLogs(street.db, [(await incident(1)).id])
      expect(logs.find(({ action }) => action === 'respond')!.text.reveal()).toBe('已先关了总阀')
    })

    it('S2-27: closes in one message what was solved on the spot, and counts it', async () => {
      const said = await street.say('李敏', '当场解决 楼道杂物已清')
      expect(toldTo(said, '李敏')).toContain('现场已处置，办结')
      expect(await incident(1)).toMatchObject({ status: 'resolved', origin: 'found' })
      expect(toldTo(await street.say('陈桂芳', '办结率'), '陈桂芳')).toContain('100%（1/1）')
    })
  })

  it('keeps ten thousand characters whole and tells them shortened', async () => {
    const text = `3幢水管漏水，${'情况很复杂，'.repeat(1_700)}请处理`
    const said = await street.say('李敏', text)
    expect((await incident(1)).description.reveal()).toBe(text)
    for (const reply of said.replies) expect(reply.text.length).toBeLessThan(600)
  })

  describe('from people outside the roster', () => {
    it('tells a resident how it goes where they wrote, and takes their mark', async () => {
      await street.say('resident:王阿姨', '紧急！12幢着火了')
      await street.say('何大勇', '受理1号事件')
      const resolved = await street.say('何大勇', '1号事件办结了')
      expect(toldTo(resolved, 'resident:王阿姨')).toMatch(/您反映的事件 #1已由网格长何大勇办结/)
      const bad = await street.say('resident:王阿姨', '事件1评价1分')
      expect(toldTo(bad, 'resident:王阿姨')).toContain('没修好')
      expect(toldTo(bad, '何大勇')).toContain('评 1 分')
      expect(await incident(1)).toMatchObject({ status: 'resolved', rating: 1 })
      expect(toldTo(await street.say('resident:王阿姨', '事件1没修好'), 'resident:王阿姨')).toContain('已重新办理')
      expect((await incident(1)).status).toBe('accepted')
      await street.say('何大勇', '1号事件办结了')
      await street.say('resident:王阿姨', '事件1评价5分')
      expect(await incident(1)).toMatchObject({ status: 'closed', rating: 5 })
    })

    it('says nothing of a case to a resident who did not report it', async () => {
      await street.say('李敏', '3幢水管漏水')
      const said = await street.say('resident:赵大爷', '事件1评价5分')
      // The same as of a number that there is not.
      expect(toldTo(said, 'resident:赵大爷')).toMatch(/^没有查到您反映的 #1。/)
      expect((await incident(1)).rating).toBeUndefined()
    })
  })
})

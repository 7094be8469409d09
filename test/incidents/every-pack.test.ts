import { afterEach, describe, expect, it } from 'vitest'
import { builtInPackIds } from '../../policy/packs/built-in.ts'
import { findIncident, listIncidentLogs } from '../../storage/incidents.ts'
import { toldTo } from '../support/replies.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'
import { readBuiltIn } from '../support/street-data.ts'

let street: TestStreet
afterEach(() => street.dispose())

const ask = async (who: string, text: string) => toldTo(await street.say(who, text), who)

describe.each(builtInPackIds)('from report to feedback under %s', id => {
  const { pack } = readBuiltIn(id)
  const { informs } = pack.incident.intake

  it('merges a repeat, tells both reporters, asks for 告知当事人, reopens what was not fixed, and lists it all', async () => {
    street = await openTestStreet({ pack: id, now: '2026-11-18T09:00' })
    await street.say('李敏', '居民反映3幢水管漏水，已先关了总阀')
    street.setTime('2026-11-19T09:00')
    expect(await ask('王强', '三号楼漏水漏得厉害')).toContain('与 #1 像：同在3幢，都说漏水，1天前')
    expect(await ask('王强', '并入')).toContain('已由李敏首问')
    await street.say('陈桂芳', '受理1号事件')
    const resolved = await street.say('陈桂芳', '1号事件办结了，灯和水管都换了')
    for (const who of ['李敏', '王强']) expect(toldTo(resolved, who)).toContain('您报的事件 #1')
    await street.say('陈桂芳', '复查 #1 合格，不漏了')
    const asked = await ask('陈桂芳', '结案 #1')
    expect(asked).toContain(informs.value.includes('resident') ? '告知当事人了吗' : '已结案')
    expect(await ask('陈桂芳', '已电话告知')).toContain('已结案')
    expect(await ask('王强', '#1 又漏了')).toContain('已重新办理')
    const logs = await listIncidentLogs(street.db, [(await findIncident(street.db, 1))!.id])
    expect(logs.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['reported', 'respond', 'supplement', 'accept', 'resolve', 'inform', 'close', 'reopen']),
    )
    expect(await ask('陈桂芳', '办结率')).toContain('办结后又重开 1 件：#1')
    expect(await ask('陈桂芳', '进度 #1')).toContain('评价：')
    expect(await ask('陈桂芳', '四项指标')).toContain('复发 100%；#1')
    expect(await ask('陈桂芳', '六不让')).toContain('6. 不搁浅（群众在等）：#1')
  })
})

describe('what one document alone asks for', () => {
  it('S3A-03: the justice office hears of what residents ask for, S3A-25: every case is told to whoever is concerned', async () => {
    street = await openTestStreet({ pack: 'town-visits', now: '2026-11-18T09:00' })
    const said = await street.say('李敏', '居民反映低保申请三个月没回音，生活困难')
    expect(toldTo(said, '叶青')).toContain('报送：事件 #1')
    const lamp = await street.say('李敏', '3幢路灯坏了')
    expect(toldTo(lamp, '叶青')).toBe('')
    await street.say('陈桂芳', '受理2号事件')
    await street.say('陈桂芳', '2号事件办结了')
    expect(await ask('陈桂芳', '结案 #2')).toContain('告知当事人了吗')
    expect(await ask('陈桂芳', '没有当事人，是我们自己发现的')).toContain('已结案')
  })

  it('S4A-04: the justice office hears at any hour of somebody under correction who is out of reach', async () => {
    street = await openTestStreet({ pack: 'county-center', now: '2026-11-18T22:00' })
    const said = await street.say('李敏', '社区矫正人员赵铁柱脱管失联了')
    const told = said.replies.find(({ target }) => target === '叶青')
    expect(told?.text).toContain('报送：事件 #1')
    expect(told?.urgency).toBe('urgent')
  })

  it('S1-37: a new case shows which of the four classes it is, an urgent one is 突发性工作', async () => {
    street = await openTestStreet({ pack: 'street-appraisal', now: '2026-11-18T09:00' })
    const told = await ask('李敏', '3幢路灯坏了')
    expect(told.split('一般性工作')).toHaveLength(2)
    expect(told).toContain('按“一般性工作”登记，不对可回“改类 #1 突发”')
    await street.say('李敏', '紧急！5幢着火了')
    expect((await findIncident(street.db, 2))!.workClass).toBe('突发性工作')
  })

  it('S2-28: the reply shows the dates with their sum', async () => {
    street = await openTestStreet({ pack: 'county-grid', now: '2026-02-13T09:00' })
    expect(await ask('李敏', '3幢路灯坏了')).toMatch(/时限：受理 2\/24.*办结.*2\/15–23/)
  })
})

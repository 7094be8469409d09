import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listAudit } from '../../storage/audit.ts'
import { listOutings } from '../../storage/outings.ts'
import { toldTo } from '../support/replies.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'

describe('申请撤销: a record of any kind, later than its maker may take it back', () => {
  let street: TestStreet
  beforeEach(async () => {
    street = await openTestStreet({ now: '2026-11-18T08:20' })
  })
  afterEach(() => street.dispose())
  const answered = async (who: string, text: string) => toldTo(await street.say(who, text), who)

  it('goes when another agrees, and both sides read it', async () => {
    await street.say('李敏', '公出 去区里开会 下午')
    street.setTime('2026-11-18T10:00')
    expect(await answered('李敏', '申请撤销 公出')).toContain('已报陈桂芳审批：更正1号，公出 11/18 作废')
    expect(await listOutings(street.db, { from: '2026-11-18', to: '2026-11-18' })).toHaveLength(1)
    const decided = await street.say('陈桂芳', '同意更正1')
    expect(toldTo(decided, '李敏')).toContain('已同意，记录已改')
    expect(await listOutings(street.db, { from: '2026-11-18', to: '2026-11-18' })).toEqual([])
  })

  it('is what a late 撤销 tells the way to, for a kind that knows no correction of its own', async () => {
    await street.say('李敏', '底数 出租房 12户')
    street.setTime('2026-11-18T10:00')
    expect(await answered('李敏', '撤销')).toMatch(
      /已过 30 分钟，不能自己撤销；要撤请回“申请撤销”，由网格长或社区书记核实。$/,
    )
    expect(await answered('李敏', '申请撤销')).toMatch(/^已报陈桂芳审批：更正1号，.*出租房.*作废/)
    await street.say('陈桂芳', '同意更正1')
    expect(await answered('李敏', '底数')).not.toContain('出租房12户（')
    const trail = await listAudit(street.db, {})
    expect(trail.filter(({ action }) => action === 'corrected')).toHaveLength(1)
  })

  it('changes nothing where the other does not agree', async () => {
    await street.say('李敏', '底数 出租房 12户')
    street.setTime('2026-11-18T10:00')
    await street.say('李敏', '申请撤销')
    await street.say('陈桂芳', '不同意更正1 数是对的')
    expect(await answered('李敏', '底数')).toContain('出租房12户（')
  })

  it('in time is done at once; without a record says so', async () => {
    expect(await answered('李敏', '申请撤销')).toBe('一个月内没有可撤销的记录。')
    await street.say('李敏', '走访了3幢王奶奶')
    expect(await answered('李敏', '申请撤销')).toBe('已撤销：走访 王奶奶 08:20。')
  })

  it('of a case is refused with the way to go', async () => {
    await street.say('李敏', '3号楼路灯坏了')
    street.setTime('2026-11-18T10:00')
    expect(await answered('李敏', '申请撤销')).toBe('事件不作废：误报请办理人回“误报”加编号，刚报的可以“撤销”。')
  })

  it('S1-08: of an instructor is not decided by the grid’s leader; both sides read what stands in the way', async () => {
    await street.say('徐伟', '任务 @李敏 周五前报出租房数')
    street.setTime('2026-11-18T10:00')
    expect(await answered('徐伟', '申请撤销')).toMatch(/更正1号，.*出租房数.*作废/)
    await street.say('李敏', '交办1号完成')
    expect((await street.say('陈桂芳', '同意更正1')).status).toBe('refused')
    const decided = await street.say('沈国华', '同意更正1')
    expect(toldTo(decided, '沈国华')).toContain('办不了，已撤回')
    expect(toldTo(decided, '徐伟')).toContain('没有办成')
  })
})

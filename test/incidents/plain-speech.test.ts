import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findIncident, listIncidentLogs } from '../../storage/incidents.ts'
import { draftToSigned } from '../support/notice-steps.ts'
import { toldTo } from '../support/replies.ts'
import { openTestStreet, type StreetOptions, type TestStreet } from '../support/street.ts'

let street: TestStreet
const open = async (options: StreetOptions = {}) => {
  street = await openTestStreet({ now: '2026-11-18T10:00', ...options })
}
afterEach(() => street.dispose())

const get = async (no = 1) => (await findIncident(street.db, no))!
const actions = async (no = 1) => (await listIncidentLogs(street.db, [(await get(no)).id])).map(({ action }) => action)

describe('a bare number', () => {
  beforeEach(() => open())

  it('`#1 办好了` settles the case where no notice has that number', async () => {
    await street.say('李敏', '3号楼路灯坏了')
    await street.say('陈桂芳', '受理1号事件')
    const said = await street.say('陈桂芳', '#1 办好了')
    expect(toldTo(said, '陈桂芳')).toContain('事件 #1 已办结')
    expect((await get()).status).toBe('resolved')
  })

  it("`#1 办好了` about somebody else's case says whose it is", async () => {
    await street.say('李敏', '3号楼路灯坏了')
    await street.say('陈桂芳', '受理1号事件')
    expect(toldTo(await street.say('李敏', '#1 办好了'), '李敏')).toContain('由陈桂芳在办')
    expect((await get()).status).toBe('accepted')
  })

  it('names what exists where neither a notice nor a case has that number', async () => {
    await street.say('李敏', '3号楼路灯坏了')
    const text = toldTo(await street.say('李敏', '#99 办好了'), '李敏')
    expect(text).toContain('没有99号提示单，也没有事件 #99')
    expect(text).toContain('#1 公共设施：3号楼路灯坏了')
  })

  it('settled cases wait for nobody any more', async () => {
    await street.say('李敏', '3号楼路灯坏了')
    await street.say('陈桂芳', '受理1号事件')
    await street.say('陈桂芳', '1号事件办结了')
    await street.say('李敏', '事件1评价5分')
    expect(toldTo(await street.say('陈桂芳', '关闭 #1'), '陈桂芳')).not.toContain('等您办的事件')
  })
})

it('the same number on a notice and on a case in hand is asked about once, with both titles', async () => {
  await open({ now: '2026-11-18T15:50' })
  const no = await draftToSigned(street)
  await street.say('李敏', '3号楼路灯坏了')
  await street.say('陈桂芳', '受理1号事件')
  expect(no).toBe(1)
  const text = toldTo(await street.say('陈桂芳', '1号完成'), '陈桂芳')
  expect(text).toContain('3号楼路灯坏了')
  expect(text).toContain('回“1号提示单完成”或“1号事件办结”')
  expect((await get()).status).toBe('accepted')
  await street.say('陈桂芳', '1号提示单完成')
  expect((await get()).status).toBe('accepted')
})

it('a place is named without the word that leads to it', async () => {
  await open()
  await street.say('李敏', '打卡，另外2幢门口有人乱倒垃圾')
  expect((await get()).place?.reveal()).toBe('2幢门口')
})

describe('a question', () => {
  beforeEach(() => open())

  it('is no supplement of the report before it, and is answered of the case that it names', async () => {
    await street.say('李敏', '3号楼路灯坏了')
    await street.say('李敏', '5幢楼道堆物')
    const said = await street.say('李敏', '1号那个灯到底咋样了')
    expect(toldTo(said, '李敏')).toContain('事件 #1（公共设施')
    expect(toldTo(said, '李敏')).toContain('等陈桂芳受理')
    expect(await actions(2)).toEqual(['reported'])
  })

  it('`1号的灯怎么还没修` tells how it stands and by when', async () => {
    await street.say('李敏', '3号楼路灯坏了')
    await street.say('陈桂芳', '受理1号事件')
    expect(toldTo(await street.say('李敏', '1号的灯怎么还没修'), '李敏')).toContain('陈桂芳在办')
  })

  it('what names another number is no more of the last report', async () => {
    await street.say('李敏', '3号楼路灯坏了')
    await street.say('李敏', '#-8 办结')
    expect(await actions(1)).toEqual(['reported'])
  })
})

describe('several things in one message', () => {
  beforeEach(() => open())

  it('`受理1号和2号` takes both', async () => {
    await street.say('李敏', '3号楼路灯坏了')
    await street.say('李敏', '5幢楼道堆物')
    const text = toldTo(await street.say('陈桂芳', '受理1号和2号'), '陈桂芳')
    expect(text).toContain('已受理事件 #1')
    expect(text).toContain('已受理事件 #2')
    expect([(await get(1)).status, (await get(2)).status]).toEqual(['accepted', 'accepted'])
  })

  it('`1、2号都办好了` settles both', async () => {
    await street.say('李敏', '3号楼路灯坏了')
    await street.say('李敏', '5幢楼道堆物')
    await street.say('陈桂芳', '受理1号和2号')
    await street.say('陈桂芳', '1、2号都办好了')
    expect([(await get(1)).status, (await get(2)).status]).toEqual(['resolved', 'resolved'])
  })

  it('closing what is still being worked on says so', async () => {
    await street.say('李敏', '3号楼路灯坏了')
    await street.say('陈桂芳', '受理1号')
    const text = toldTo(await street.say('陈桂芳', '结案 #1'), '陈桂芳')
    expect(text).toContain('事件 #1 已受理（陈桂芳 10:00），不能结案')
  })

  it('says of each number what became of it', async () => {
    await street.say('李敏', '3号楼路灯坏了')
    const text = toldTo(await street.say('陈桂芳', '受理1号、9号'), '陈桂芳')
    expect(text).toContain('已受理事件 #1')
    expect(text).toContain('没有事件 #9')
  })
})

describe('handing on', () => {
  beforeEach(() => open())

  it('S0-10: a case that goes up to an office lies with the street', async () => {
    await street.say('李敏', '3号楼消防栓没水')
    await street.say('陈桂芳', '上报 #1 消安办')
    expect((await get()).tier).toBe('subdistrict')
  })

  it('a case that is there already is not sent a second time', async () => {
    await street.say('李敏', '3号楼消防栓没水')
    await street.say('陈桂芳', '1号事件转给消安办')
    const said = await street.say('陈桂芳', '1号事件转给消安办')
    expect(said.status).toBe('refused')
    expect(toldTo(said, '陈桂芳')).toContain('已经在消安办手上')
    expect((await actions()).filter(action => action === 'dispatch')).toHaveLength(1)
  })

  it('a wrong grid number is asked for once more and loses nothing', async () => {
    await street.say('沈国华', '路灯坏了')
    const again = toldTo(await street.say('沈国华', '99'), '沈国华')
    expect(again).toContain('没有这个网格可选')
    expect(toldTo(await street.say('沈国华', '2'), '沈国华')).toContain('已归到第2网格')
  })

  it('a pause is granted with its last day', async () => {
    await street.say('李敏', '3号楼路灯坏了')
    await street.say('陈桂芳', '受理1号事件')
    await street.say('陈桂芳', '暂停 #1 到11月27日 等灯具')
    expect(toldTo(await street.say('沈国华', '同意暂停 #1'), '沈国华')).toContain('暂停到11/27，到期自动恢复')
  })
})

it('S2-16: a case about people whose grid nobody knows is told to no other grid', async () => {
  await open()
  await street.say('沈国华', '王大爷准备去市里上访')
  expect((await get()).gridId).toBeUndefined()
  expect(toldTo(await street.say('何大勇', '进度 #1'), '何大勇')).toContain('不在您负责的范围')
})

it('S0-13: telling the cause of an urgent case that nobody took leaves its alarm standing', async () => {
  await open()
  await street.say('李敏', '紧急！5幢3楼着火了')
  await street.say('李敏', '原因 #1 电瓶车充电')
  const timers = await street.db.sql.selectFrom('timer').select('job').where('job', '=', 'urgent-unanswered').execute()
  expect(timers).toHaveLength(1)
})

it('S3A-11: an urgent report goes out at night at once, past the quiet hours and the batch', async () => {
  await open({ pack: 'town-visits', now: '2026-11-18T02:10' })
  const said = await street.say('李敏', '紧急！5幢3楼着火了')
  expect(toldTo(said, '陈桂芳')).toContain('【紧急】事件 #1')
  const rows = await street.db.sql
    .selectFrom('outbox')
    .select(['urgency', 'not_before'])
    .where('kind', '=', 'incident-alert')
    .execute()
  expect(rows.length).toBeGreaterThan(1)
  for (const { urgency } of rows) expect(urgency).toBe('urgent')
})

it('S4B-03: a case is tagged with one of the lines that the document names', async () => {
  await open({ pack: 'county-center' })
  await street.say('李敏', '3号楼路灯坏了')
  const refused = await street.say('李敏', '条线 #1 教育')
  expect(refused.status).toBe('refused')
  expect(toldTo(refused, '李敏')).toContain('治安、市政、交通')
  expect(toldTo(await street.say('李敏', '条线 #1 市政'), '李敏')).toContain('归“市政”条线')
  expect(toldTo(await street.say('李敏', '进度 #1'), '李敏')).toContain('市政')
})

describe('merging', () => {
  beforeEach(() => open())

  it('S0-13: a danger that is merged into an older case makes that one urgent, and its alarm goes on there', async () => {
    await street.say('李敏', '3号楼电线老化外露')
    expect((await get(1)).urgent).toBe(false)
    await street.say('王强', '紧急！3号楼电线着火了')
    await street.say('王强', '#2 并入 #1')
    expect((await get(2)).status).toBe('merged')
    expect((await get(1)).urgent).toBe(true)
    const timers = await street.db.sql
      .selectFrom('timer')
      .select('subject')
      .where('job', '=', 'urgent-unanswered')
      .where('cancelled', '=', 0)
      .execute()
    expect(timers.map(({ subject }) => subject)).toContain((await get(1)).id)
  })

  it('whoever takes a merged case is told where it went', async () => {
    await street.say('李敏', '3号楼路灯坏了')
    await street.say('王强', '3号楼路灯不亮')
    await street.say('王强', '#2 并入 #1')
    expect(toldTo(await street.say('陈桂芳', '受理2号事件'), '陈桂芳')).toContain('事件 #2 已并入 #1，受理请回 #1')
  })
})

it('S3B-06: an extension lasts to the deadline, also where a new tier moves it', async () => {
  await open({ pack: 'five-tier' })
  await street.say('李敏', '3号楼路灯坏了')
  await street.say('陈桂芳', '受理1号事件')
  await street.say('陈桂芳', '延期 #1 等材料')
  await street.say('沈国华', '同意延期 #1')
  await street.say('陈桂芳', '管辖 #1 乡')
  const { hold, deadlines } = await get()
  expect(hold?.until).toBe(deadlines.resolve?.day)
})

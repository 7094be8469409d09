import { describe, expect, it, onTestFinished } from 'vitest'
import { readDocument } from '../../bot/documents/read-docx.ts'
import { createEnclose } from '../../bot/enclosures.ts'
import { formats } from '../../bot/ledgers/formats.ts'
import { readSheets } from '../../bot/spreadsheet.ts'
import { readSpan } from '../../handlers/export/period.ts'
import { findLedger, ledgers } from '../../handlers/ledgers/index.ts'
import { toldGroups, toldTo } from '../support/replies.ts'
import { listOutbox } from '../support/run-job.ts'
import { openTestStreet, type StreetOptions, type TestStreet } from '../support/street.ts'
import { testVault } from '../support/vault.ts'

async function open(options: StreetOptions = {}) {
  const street = await openTestStreet({ now: '2026-10-12T09:00', pack: 'town-visits', ...options })
  onTestFinished(street.dispose)
  return street
}

async function fetchFile(street: TestStreet, kind: string) {
  const attachment = (await listOutbox(street)).findLast(item => item.attachment?.kind === kind)!.attachment!
  const enclose = createEnclose({ store: street.store, vault: testVault(), clock: { now: street.now }, dataDir: '' })
  const { file } = await enclose(attachment, street.db.street)
  return file!
}

async function readLedger(street: TestStreet): Promise<string> {
  const [sheet] = await readSheets((await fetchFile(street, 'ledger')).bytes)
  return sheet!.rows.map(row => row.join(' ')).join('\n')
}

/** One visit, one item, one incident in grid 1; one visit in grid 4. */
async function work(street: TestStreet): Promise<void> {
  await street.say('李敏', '走访了3幢王奶奶，20分钟')
  await street.say('李敏', '信息：5幢新开一家便利店')
  await street.say('李敏', '3幢楼道灯不亮')
  await street.say('冯洁', '走访了7幢李大爷，20分钟')
}

describe('spans of time in words', () => {
  it.each([
    ['今天', '2026-10-12', '2026-10-12', '今天'],
    ['上周', '2026-10-05', '2026-10-11', '上周'],
    ['本月', '2026-10-01', '2026-10-31', '本月'],
    ['10月', '2026-10-01', '2026-10-31', '10月'],
    ['11月', '2025-11-01', '2025-11-30', '2025年11月'],
    ['十月份', '2026-10-01', '2026-10-31', '10月'],
    ['三季度', '2026-07-01', '2026-09-30', '三季度'],
    ['第4季度', '2026-10-01', '2026-12-31', '四季度'],
    ['上季度', '2026-07-01', '2026-09-30', '上季度'],
    ['上半年', '2026-01-01', '2026-06-30', '上半年'],
    ['2026年', '2026-01-01', '2026-12-31', '2026年'],
    ['去年', '2025-01-01', '2025-12-31', '2025年'],
    ['去年12月', '2025-12-01', '2025-12-31', '2025年12月'],
    ['2025年3月', '2025-03-01', '2025-03-31', '2025年3月'],
    ['10月1日至10月15日', '2026-10-01', '2026-10-15', '10月1日至10月15日'],
    ['9月1日-15日', '2026-09-01', '2026-09-15', '9月1日-15日'],
  ])('%s', (words, from, to, name) => {
    expect(readSpan(words, '2026-10-12')).toEqual({ days: { from, to }, name })
  })

  it.each(['13月', '五季度', '2月30日至3月1日', '某天', ''])('refuses %s', words => {
    expect(readSpan(words, '2026-10-12')).toBeUndefined()
  })
})

describe('S3A-08: 导出 台帐', () => {
  it('gives the month of the own grid as a spreadsheet, filled from what was told', async () => {
    const street = await open()
    await work(street)
    const said = await street.say('李敏', '导出 台帐 10月')
    expect(toldTo(said, '李敏')).toContain('第1网格10月的信息采集工作台账在附件里')
    const text = await readLedger(street)
    for (const words of ['王奶奶', '便利店', '楼道灯不亮', '采集内容', '办理情况']) expect(text).toContain(words)
    expect(text).not.toContain('李大爷')
  })

  it('is sent in private where it was asked for in a group', async () => {
    const street = await open()
    const said = await street.say('陈桂芳', '导出台账', { group: 'G01' })
    expect(toldGroups(said)).toEqual([])
    expect(toldTo(said, '陈桂芳')).toContain('第1网格本月的信息采集工作台账')
  })

  it('gives the street to its offices, and a community its grids', async () => {
    const street = await open()
    await work(street)
    await street.say('叶青', '导出 走访 10月')
    expect(await readLedger(street)).toMatch(/王奶奶[\s\S]*李大爷/)
    await street.say('沈国华', '导出 走访 10月')
    expect(await readLedger(street)).not.toContain('李大爷')
  })

  it.each([
    '导出 走访 10月',
    '导出走访10月',
    '导出 10月走访',
    '导出 巡查',
    '导出 10月 走访台账',
    '导出 2026年 走访巡查台账',
  ])('takes %s', async text => {
    const street = await open()
    expect(toldTo(await street.say('李敏', text), '李敏')).toContain('走访巡查台账在附件里')
  })

  it.each(['信息', '事件', '打卡', '会议', '提示单', '台账', '落实情况', '例会'])('the office has %s', async name => {
    const street = await open()
    expect(toldTo(await street.say('林静', `导出 ${name} 本月`), '林静')).toContain('在附件里')
  })

  it.each([
    ['李敏', '导出 打卡 10月', 'not-allowed', '由街道科室和领导导出'],
    ['李敏', '导出 花名册', 'unknown-ledger', '可以导出：走访巡查、信息、事件、台账'],
    ['白露', '导出 走访', 'not-allowed', '自己的记录'],
    ['李敏', '导出 走访 某天', 'unknown-period', '没看懂'],
    ['李敏', '导出 走访 2027年', 'future', '还没到'],
  ])('refuses: %s says %s', async (who, text, _reason, words) => {
    const street = await open()
    const said = await street.say(who, text)
    expect([said.status, toldTo(said, who)]).toEqual(['refused', expect.stringContaining(words)])
  })

  it('leaves a trace of everything given out and of what was refused', async () => {
    const street = await open()
    await street.say('李敏', '导出 走访 10月')
    await street.say('李敏', '导出 打卡')
    const rows = await street.db.sql.selectFrom('audit').select(['action', 'subject_id']).execute()
    expect(rows).toContainEqual({ action: 'exported', subject_id: 'fieldWork' })
    expect(rows).toContainEqual({ action: 'refused', subject_id: 'checkIns' })
  })

  it('S4D-33: every ledger can be had in open formats for another system', async () => {
    const street = await open()
    await work(street)
    const ledger = findLedger('monthly')!
    const roster = await street.roster()
    const days = { from: '2026-10-01', to: '2026-10-31' }
    const rows = await ledger.rows({ db: street.db, roster }, days)
    const page = { ledger, street: roster.street.name, days, madeAt: street.now(), rows }
    const json = JSON.parse(String((await formats.json(page)).body)) as { items: unknown[] }
    const csv = String((await formats.csv(page)).body)
      .trim()
      .split('\n')
    expect([json.items.length, csv.length]).toEqual([rows.length, rows.length + 1])
    expect(ledgers.map(({ name }) => name)).toEqual(expect.arrayContaining(['monthly', 'targets']))
  })
})

describe('text to paste into another system', () => {
  it.each([
    ['S2-20', '导出平安通', '平安通'],
    ['S4C-01', '导出社管通', '社管通'],
  ])('%s: %s gives the day line by line, in private', async (_rule, text, system) => {
    const street = await open()
    await work(street)
    const said = await street.say('李敏', text, { group: 'G01' })
    expect(toldGroups(said)).toEqual([])
    const lines = toldTo(said, '李敏').split('\n')
    expect(lines[0]).toContain(`今天3条，可直接复制到${system}`)
    expect(lines[1]).toBe('【第1网格】')
    expect(lines[2]).toBe('09:00 走访 3幢，王奶奶，20分钟')
    expect(lines).toHaveLength(5)
  })

  it('S4D-33: takes the week too, says when there is nothing, and points to the table for what is too long', async () => {
    const street = await open()
    expect(toldTo(await street.say('李敏', '导出平安通 昨天'), '李敏')).toContain('昨天还没有可录入平安通的记录')
    await work(street)
    street.setTime('2026-10-14T09:00')
    expect(toldTo(await street.say('李敏', '导出平安通 本周'), '李敏')).toContain('10/12 09:00 走访 3幢，王奶奶')
    expect(toldTo(await street.say('叶青', '导出平安通'), '叶青')).toContain('导出 台账 本周')
  })
})

describe('S4A-02: one message, many ledgers', () => {
  it('lists where the last message went', async () => {
    const street = await open()
    await street.say('李敏', '走访了3幢王奶奶，20分钟')
    const text = toldTo(await street.say('李敏', '记到哪了'), '李敏')
    expect(text).toContain('走访 王奶奶 09:00')
    for (const ledger of ['走访巡查台账', '信息采集工作台账', '走访进度', '工作日志', '一格一档'])
      expect(text).toContain(ledger)
    await street.say('李敏', '撤销')
    expect(toldTo(await street.say('李敏', '去向'), '李敏')).toContain('还没有您的记录')
  })
})

describe('S3A-38: 笔记本', () => {
  it('prints what is unsolved in full, and nothing that is done', async () => {
    const street = await open()
    expect(toldTo(await street.say('李敏', '笔记本'), '李敏')).toContain('笔记本是空的')
    await street.say('李敏', '3幢两户邻里纠纷，吵了三个月，王大爷要上访')
    await street.say('李敏', '5幢楼道灯不亮')
    await street.say('李敏', '2号事件办结 已换灯')
    expect(toldTo(await street.say('李敏', '笔记本'), '李敏')).toContain('未解决的1件')
    const file = await fetchFile(street, 'note-book')
    expect(file.fileName).toBe('笔记本-李敏-2026-10-12.docx')
    const text = await readDocument(file.bytes)
    for (const words of ['专用笔记本', '王大爷要上访', '原因：（待填）', '补记']) expect(text).toContain(words)
    expect(text).not.toContain('楼道灯')
  })

  it('holds the grid’s cases for its leader, and nobody else’s', async () => {
    const street = await open()
    await street.say('李敏', '3幢楼道灯不亮')
    expect(toldTo(await street.say('陈桂芳', '笔记本'), '陈桂芳')).toContain('未解决的1件')
    expect(toldTo(await street.say('何大勇', '笔记本'), '何大勇')).toContain('笔记本是空的')
  })
})

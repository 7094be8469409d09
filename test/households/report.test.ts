import { describe, expect, it, onTestFinished } from 'vitest'
import { readDocument } from '../../bot/documents/read-docx.ts'
import { createEnclose } from '../../bot/enclosures.ts'
import { coverageReport } from '../../jobs/coverage.ts'
import { monthlyReport } from '../../jobs/monthly-report.ts'
import { withHouseholds } from '../support/households.ts'
import { withApprovedLeave } from '../support/leave-steps.ts'
import { toldTo } from '../support/replies.ts'
import { listOutbox, runJob } from '../support/run-job.ts'
import { openTestStreet, type StreetOptions, type TestStreet } from '../support/street.ts'
import { testVault } from '../support/vault.ts'

async function open(options: StreetOptions = {}) {
  const street = await openTestStreet({ now: '2026-10-14T09:00', pack: 'town-visits', ...options })
  onTestFinished(street.dispose)
  return street
}

async function readAttachment(street: TestStreet, kind: string): Promise<{ fileName: string; text: string }> {
  const attachment = (await listOutbox(street)).findLast(item => item.attachment?.kind === kind)!.attachment!
  const enclose = createEnclose({ store: street.store, vault: testVault(), clock: { now: street.now }, dataDir: '' })
  const { file } = await enclose(attachment, street.db.street)
  return { fileName: file!.fileName, text: await readDocument(file!.bytes) }
}

describe('S3A-10: 报送走访情况', () => {
  it('writes the report, sends it to the office in private, and says what comes next', async () => {
    const street = await open()
    await withHouseholds(street, 1, ['3幢501 王秀英', '3幢502', '5幢101'])
    await street.say('李敏', '走访了3幢501王秀英，20分钟')
    await street.say('李敏', '居民反映3幢楼道灯不亮')
    const said = await street.say('陈桂芳', '报送走访情况', { group: 'G01' })
    expect(said.replies.every(({ to }) => to === 'user')).toBe(true)
    const own = toldTo(said, '陈桂芳')
    expect(own).toContain('已报送第1网格10月走访情况（第一批）给司法所叶青：走访 1/3户，收集需求1条，未解决1件')
    expect(own).toContain('规定10月15日（周四）前')
    expect(own).toContain('最终一批10月20日（周二）前报')
    expect(toldTo(said, '叶青')).toContain('陈桂芳报送第1网格10月走访情况（第一批）')
  })

  it('said twice before the first is due, it is the first once more and the final one stays open', async () => {
    const street = await open()
    await street.say('陈桂芳', '报送走访情况')
    const again = toldTo(await street.say('陈桂芳', '报送 1网格 走访情况'), '陈桂芳')
    expect(again).toContain('已重新报送第1网格10月走访情况（第一批）')
    expect(again).toContain('最终一批10月20日（周二）前报')
    street.setTime('2026-10-16T09:00')
    expect(toldTo(await street.say('陈桂芳', '报送走访情况'), '陈桂芳')).toContain('（最终）')
  })

  it('S3A-02, S3A-37: the paper holds counts, what was asked for, what is unsolved, and no name of a resident', async () => {
    const street = await open()
    await withHouseholds(street, 1, ['3幢501 王秀英', '3幢502', '5幢101'])
    await street.say('李敏', '走访了3幢501王秀英，20分钟，情况：阳台堆物')
    await street.say('李敏', '居民反映3幢楼道灯不亮')
    await street.say('陈桂芳', '报送走访情况')
    const { fileName, text } = await readAttachment(street, 'visit-report')
    expect(fileName).toBe('第1网格2026-10走访情况.docx')
    for (const words of [
      '第1网格2026年10月走访情况（第一批）',
      '应走访3户，已走访1户，未走访2户',
      '3幢（1户）、5幢（1户）',
      '集中走访7个工作日',
      '李敏：1天 20分钟 0天',
      '楼道灯不亮',
      '还没有解决的',
      '每月15日和20日前报镇司法所',
    ])
      expect(text).toContain(words)
    expect(text).not.toMatch(/王秀英|501/)
  })

  it('goes to the final round after the first, and again when said again', async () => {
    const street = await open()
    await street.say('陈桂芳', '报送走访情况')
    street.setTime('2026-10-19T09:00')
    expect(toldTo(await street.say('陈桂芳', '报送走访情况'), '陈桂芳')).toContain('（最终）')
    expect(toldTo(await street.say('陈桂芳', '报送走访情况'), '陈桂芳')).toContain('已重新报送')
    expect(toldTo(await street.say('陈桂芳', '报送走访情况 第一批'), '陈桂芳')).toContain('（第一批）')
  })

  it('says how late it is, and where a holiday moved the day from', async () => {
    const street = await open({ now: '2026-02-16T09:00' })
    const own = toldTo(await street.say('陈桂芳', '报送走访情况'), '陈桂芳')
    expect(own).toContain('（最终）')
    expect(own).toContain('规定2月14日（周六）前，原定2月20日（周五）遇节假日提前，晚了2天')
  })

  it('is taken back, and the office reads that it does not count', async () => {
    const street = await open()
    await street.say('陈桂芳', '报送走访情况')
    const said = await street.say('陈桂芳', '撤销')
    expect(toldTo(said, '陈桂芳')).toContain('已撤销：报送 第1网格10月走访情况')
    expect(toldTo(said, '叶青')).toContain('撤回')
    expect(toldTo(await street.say('陈桂芳', '报送走访情况'), '陈桂芳')).toContain(
      '已报送第1网格10月走访情况（第一批）',
    )
  })

  it('hands the paper over where nobody of the office is in the roster', async () => {
    const street = await open({
      prepare: async db => {
        await db.sql.deleteFrom('member_role').where('role', '=', 'justiceOffice').execute()
      },
    })
    expect(toldTo(await street.say('陈桂芳', '报送走访情况'), '陈桂芳')).toContain(
      '名册里没有司法所的人，请把附件转过去',
    )
  })

  it('refuses who does not answer for a grid, and asks which of several', async () => {
    const street = await open()
    const informant = await street.say('白露', '报送走访情况')
    expect([informant.status, toldTo(informant, '白露')]).toEqual(['refused', expect.stringContaining('没有报送')])
    expect(toldTo(await street.say('沈国华', '报送走访情况'), '沈国华')).toContain('请写明哪个网格（1、2、3）')
    expect(toldTo(await street.say('沈国华', '报送走访情况 2网格'), '沈国华')).toContain('已报送第2网格')
  })

  it('is no duty of another document', async () => {
    const street = await open({ pack: 'five-tier' })
    expect(toldTo(await street.say('陈桂芳', '报送走访情况'), '陈桂芳')).toContain('原文未载')
  })
})

describe('S3A-10: the nudge of the day before', () => {
  it('reaches only who has not sent it, once, in private, with the figures and the clause', async () => {
    const street = await open()
    await street.say('何大勇', '报送走访情况')
    const said = await runJob(street, coverageReport, { due: '2026-10-14T09:30' })
    expect(said.map(({ to }) => to).sort()).toEqual(['@周明', '@郑涛', '@陈桂芳'].sort())
    expect(said[0]!.text).toContain('10月走访情况（第一批）10月15日（周四）前报司法所')
    expect(said[0]!.text).toContain('随访随报')
    expect(said[0]!.text).toContain('每月15日和20日前报镇司法所')
    expect(said.every(({ urgency }) => urgency === 'normal')).toBe(true)
  })

  it.each([
    ['2026-10-13', '2026-10-14'],
    ['2026-10-16', '2026-10-19'],
    ['2026-02-12', '2026-02-13'],
    ['2026-09-17', '2026-09-18'],
  ])('says nothing on %s and comes on %s: the working day before', async (quiet, loud) => {
    const street = await open({ now: `${quiet}T08:00` })
    expect(await runJob(street, coverageReport, { due: `${quiet}T09:30` })).toEqual([])
    expect(await runJob(street, coverageReport, { due: `${loud}T09:30` })).toHaveLength(4)
  })

  it('passes over whoever is on leave, for a stand-in', async () => {
    const street = await open({
      prepare: async db => {
        await db.sql.updateTable('member_role').set({ stand_in: '李敏' }).where('role', '=', 'leader').execute()
      },
    })
    await withApprovedLeave(street, '陈桂芳', '2026-10-14')
    const said = await runJob(street, coverageReport, { due: '2026-10-14T09:30' })
    expect(said.map(({ to }) => to)).toContain('@李敏')
    expect(said.map(({ to }) => to)).not.toContain('@陈桂芳')
  })

  it('goes to the workers where the leader is on leave and nobody stands in', async () => {
    const street = await open()
    await withApprovedLeave(street, '陈桂芳', '2026-10-14')
    const told = (await runJob(street, coverageReport, { due: '2026-10-14T09:30' })).map(({ to }) => to)
    expect(told).toEqual(expect.arrayContaining(['@李敏', '@王强']))
    expect(told).not.toContain('@陈桂芳')
  })

  it('is one message for who leads several grids, and none under another document', async () => {
    const several = await open({
      prepare: async db => {
        const grids = await db.sql.selectFrom('grid').select('id').where('grid_no', '=', 2).execute()
        await db.sql
          .updateTable('member_role')
          .set({ grid_id: grids[0]!.id })
          .where('role', '=', 'leader')
          .where('member_id', 'in', db.sql.selectFrom('member').select('id').where('name', '=', '陈桂芳'))
          .execute()
        await db.sql
          .updateTable('member_role')
          .set({
            member_id: (
              await db.sql.selectFrom('member').select('id').where('name', '=', '陈桂芳').executeTakeFirstOrThrow()
            ).id,
          })
          .where('role', '=', 'leader')
          .execute()
      },
    })
    const said = await runJob(several, coverageReport, { due: '2026-10-14T09:30' })
    const own = said.filter(({ to }) => to === '@陈桂芳')
    expect(own).toHaveLength(1)
    expect(own[0]!.text.match(/第\d网格：/g)!.length).toBeGreaterThan(1)
    const other = await open({ pack: 'street-team' })
    expect(await runJob(other, coverageReport, { due: '2026-10-14T09:30' })).toEqual([])
  })
})

describe('the month summed up', () => {
  it('S3A-23: goes to the leadership and the office on the first working day, with figures and no names', async () => {
    const street = await open({ now: '2026-10-12T09:00' })
    await street.say('李敏', '走访了3幢501王秀英，20分钟')
    await street.say('李敏', '居民反映3幢楼道灯不亮')
    await street.say('陈桂芳', '报送走访情况')
    const said = await runJob(street, monthlyReport, { due: '2026-11-02T09:30' })
    expect(said.map(({ to }) => to).sort()).toEqual(['@林静', '@方正'].sort())
    expect(said[0]!.text).toContain('10月网格情况汇总')
    expect(said[0]!.text).toContain('走访 1/1200户，1/4个网格已报送')
    expect(said[0]!.text).toContain('群众需求 1条；事件 1件，办结 0件')
    expect(said[0]!.text).toContain('及时向镇党组织及镇相关办公室汇报')
    expect(said[0]!.text).not.toMatch(/王秀英|501/)
  })

  it('S4D-12: tells the grid centre visits instead of coverage', async () => {
    const street = await open({ pack: 'county-center', now: '2026-10-12T09:00' })
    await street.say('李敏', '走访了3幢501王秀英，20分钟')
    const said = await runJob(street, monthlyReport, { due: '2026-11-02T09:30' })
    expect(said.map(({ to }) => to)).toEqual(['@林静'])
    expect(said[0]!.text).toContain('走访 1次；信息 0条')
    expect(said[0]!.text).toContain('及时提报相关信息和成果')
  })

  it.each([
    ['town-visits', '2026-11-03'],
    ['town-visits', '2026-10-30'],
    ['street-team', '2026-11-02'],
  ] as const)('says nothing under %s on %s', async (pack, day) => {
    const street = await open({ pack, now: `${day}T09:00` })
    expect(await runJob(street, monthlyReport, { due: `${day}T09:30` })).toEqual([])
  })

  it('comes after the National Day holiday on the 8th', async () => {
    const street = await open({ now: '2026-10-08T09:00' })
    expect(await runJob(street, monthlyReport, { due: '2026-10-08T09:30' })).toHaveLength(2)
  })
})

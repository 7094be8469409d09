import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import Koa from 'koa'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { adminRoutes } from '../../bot/api/routes.ts'
import { readDocument } from '../../bot/documents/read-docx.ts'
import { readSheets } from '../../bot/spreadsheet.ts'
import type { Store } from '../../storage/database.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'

const TOKEN = 'token-of-the-admin-0123'
let street: TestStreet
let server: Server

beforeEach(async () => {
  street = await openTestStreet({ now: '2026-11-18T08:00' })
  const clock = { now: () => street.now(), machineNow: () => street.now() }
  const store = {
    read: street.db,
    transact: (work: Parameters<Store['transact']>[0]) => street.change(work),
  } as unknown as Store
  const app = new Koa().use(adminRoutes({ store, clock, adminToken: TOKEN }).routes())
  server = app.listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
})
afterEach(async () => {
  await new Promise<void>(resolve => void server.close(() => resolve()))
  await street.dispose()
})

function fetchLedger(path: string, token = TOKEN): Promise<Response> {
  const { port } = server.address() as AddressInfo
  return fetch(`http://127.0.0.1:${port}/api/ledgers${path}`, {
    headers: { authorization: `Bearer ${token}`, connection: 'close' },
  })
}

interface LedgerJson {
  title: string
  street: string
  from: string
  to: string
  madeAt: string
  columns: { key: string; title: string }[]
  items: Record<string, unknown>[]
  total: number
}
const ledgerJson = async (name: string, period = '2026-11') =>
  (await (await fetchLedger(`/${name}?period=${period}&format=json`)).json()) as LedgerJson

/** One day's work: what each ledger then holds is read from here. */
async function workOneDay(): Promise<void> {
  const at = async (time: string, who: string, text: string, group?: string) => {
    street.setTime(time)
    return street.say(who, text, { group })
  }
  await at('2026-11-18T08:10', '李敏', '到岗了', 'G01')
  await at('2026-11-18T08:45', '张丽', '到岗了', 'G02')
  await at('2026-11-18T09:30', '李敏', '走访了3幢王奶奶，20分钟', 'G01')
  await at('2026-11-18T10:00', '李敏', '3幢楼下路灯坏了', 'G01')
  await at('2026-11-18T10:20', '徐伟', '1号事件我来处理')
  await at('2026-11-18T10:40', '徐伟', '1号事件已办结，灯换好了')
  await at('2026-11-18T11:00', '张丽', '12幢新搬来一户租客，3口人', 'G02')
  await at(
    '2026-11-18T14:00',
    '王科',
    '拟一个提示单：全街道各网格排查电动车飞线充电，11月25日前完成，逐户登记，排查情况纳入月度考核',
  )
}

describe('the ledgers', () => {
  it('are eight, each with its columns and formats', async () => {
    const { items, total } = (await (await fetchLedger('')).json()) as {
      items: { name: string; formats: string[] }[]
      total: number
    }
    expect(items.map(({ name }) => name)).toEqual([
      'checkIns',
      'fieldWork',
      'infoItems',
      'incidents',
      'notices',
      'meetings',
      'monthly',
      'targets',
    ])
    expect(total).toBe(8)
    expect(items.every(({ formats }) => formats.join() === 'xlsx,docx,csv,json')).toBe(true)
  })

  it('hold what a day of messages made, each row with its message', async () => {
    await workOneDay()
    const checkIns = await ledgerJson('checkIns')
    expect(checkIns).toMatchObject({
      title: '打卡台账',
      street: '望江街道',
      from: '2026-11-01',
      to: '2026-11-30',
      total: 2,
    })
    expect(checkIns.madeAt).toBe('2026-11-18T14:00:00+08:00')
    expect(checkIns.items[0]).toMatchObject({
      day: '2026-11-18',
      name: '李敏',
      post: '专职网格员',
      community: '桃源社区',
      grid: '第1网格',
      kind: '上班',
      at: '2026-11-18T08:10:00+08:00',
      result: '正常',
    })
    expect(checkIns.items[1]).toMatchObject({ name: '张丽', result: '迟到' })
    expect((await ledgerJson('fieldWork')).items).toMatchObject([
      { kind: '走访', name: '李敏', gridCode: 'WJ001', person: '王奶奶', place: '3幢', minutes: 20, toldLater: '否' },
    ])
    expect((await ledgerJson('infoItems')).items).toMatchObject([
      { name: '张丽', grid: '第2网格', text: '12幢新搬来一户租客，3口人' },
    ])
    const [incident] = (await ledgerJson('incidents')).items
    expect(incident).toMatchObject({
      no: 1,
      reporter: '李敏',
      verified: '是',
      urgent: '否',
      overdue: '否',
      holder: '徐伟',
      status: '已办结',
    })
    expect(incident?.settledAt).toBe('2026-11-18T10:40:00+08:00')
    expect(incident?.log).toContain('2026-11-18 10:20 徐伟')
    expect((await ledgerJson('notices')).items).toMatchObject([{ no: 1, drafter: '王科', office: '消安办' }])
    for (const name of ['checkIns', 'fieldWork', 'infoItems', 'incidents', 'notices']) {
      for (const { messageId } of (await ledgerJson(name)).items) expect(messageId).toMatch(/^[0-9a-z]{22}$/)
    }
  })

  it('S0-29: hold a meeting with its roll and minutes, under the day on which it was held', async () => {
    street.setTime('2026-11-18T09:30')
    await street.say('陈桂芳', '周五下午2点半在服务站开周例会', { group: 'G01' })
    street.setTime('2026-11-20T14:35')
    await street.say('李敏', '会议签到', { group: 'G01' })
    expect((await ledgerJson('meetings')).items[0]).toMatchObject({ present: '李敏', absent: '' })
    await street.say('徐伟', '会议纪要：总结上周走访，部署本周防汛', { group: 'G01' })
    const { items, title } = await ledgerJson('meetings')
    expect(title).toBe('会议台账')
    expect(items).toMatchObject([
      {
        no: 1,
        day: '2026-11-20',
        at: '2026-11-20T14:30:00+08:00',
        name: '网格工作例会',
        scope: '网格',
        community: '桃源社区',
        gridCode: 'WJ001',
        place: '服务站',
        caller: '陈桂芳',
        status: '已开',
        present: '李敏',
        absent: '陈桂芳、王强、徐伟',
        minutes: '会议纪要：总结上周走访，部署本周防汛',
      },
    ])
    expect((await ledgerJson('meetings', '2026-10')).total).toBe(0)
  })

  it('leave out what was undone and what lies outside the period', async () => {
    await workOneDay()
    expect((await ledgerJson('checkIns', '2026-10')).total).toBe(0)
    expect((await ledgerJson('checkIns', '2026-W47')).total).toBe(2)
    street.setTime('2026-11-18T08:50')
    await street.say('张丽', '撤销')
    expect((await ledgerJson('infoItems')).total).toBe(0)
  })

  it('give the same rows as a workbook with heading, header and Shanghai times', async () => {
    await workOneDay()
    const response = await fetchLedger('/checkIns?period=2026-11-18&format=xlsx')
    expect(response.headers.get('content-type')).toContain('spreadsheetml')
    expect(decodeURIComponent(response.headers.get('content-disposition') ?? '')).toContain(
      '望江街道打卡台账_2026-11-18_2026-11-18制.xlsx',
    )
    const [sheet] = await readSheets(new Uint8Array(await response.arrayBuffer()))
    expect(sheet?.name).toBe('打卡台账')
    expect(sheet?.rows[0]?.[0]).toBe('望江街道 打卡台账　2026-11-18 至 2026-11-18　生成于 2026-11-18 14:00')
    expect(sheet?.rows[1]?.slice(0, 3)).toEqual(['日期', '姓名', '岗位'])
    expect(sheet?.rows[2]?.slice(0, 7)).toEqual([
      '2026-11-18',
      '李敏',
      '专职网格员',
      '桃源社区',
      '第1网格',
      '上班',
      '2026-11-18 08:10:00',
    ])
  })

  it('give the same rows as a Word document to print, without the column for the computer', async () => {
    await workOneDay()
    const response = await fetchLedger('/checkIns?period=2026-11-18&format=docx')
    expect(response.headers.get('content-type')).toContain('wordprocessingml')
    expect(decodeURIComponent(response.headers.get('content-disposition') ?? '')).toContain(
      '望江街道打卡台账_2026-11-18',
    )
    const lines = (await readDocument(new Uint8Array(await response.arrayBuffer()))).split('\n')
    expect(lines[0]).toBe('望江街道打卡台账')
    expect(lines[1]).toContain('2026-11-18 至 2026-11-18')
    expect(lines[2]).toContain('姓名 岗位 社区 网格')
    expect(lines[2]).not.toContain('来源消息')
    expect(lines[3]).toContain('李敏 专职网格员 桃源社区 第1网格 上班 2026-11-18 08:10:00')
    expect(lines.at(-1)).toBe('共2条')
  })

  it('give the same rows as CSV that Excel reads', async () => {
    await workOneDay()
    const response = await fetchLedger('/checkIns?period=2026-11&format=csv')
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await response.arrayBuffer())
    const lines = text.split('\r\n')
    expect(lines[0]).toMatch(/^\uFEFF"日期","姓名"/)
    expect(lines[1]).toMatch(/^"2026-11-18","李敏","专职网格员"/)
  })

  it('answer to their Chinese names, and to this month without a period', async () => {
    await workOneDay()
    for (const name of ['打卡', '打卡台账', 'checkIns']) {
      const response = await fetchLedger(`/${encodeURIComponent(name)}?format=json`)
      expect(((await response.json()) as LedgerJson).total).toBe(2)
    }
    expect((await ledgerJson(encodeURIComponent('提示单'))).title).toBe('工作提示单台账')
  })

  it('leave a trace of each one given out', async () => {
    await ledgerJson('incidents')
    const rows = await street.db.sql.selectFrom('audit').selectAll().where('action', '=', 'exported').execute()
    expect(rows).toMatchObject([{ by: 'admin', subject_type: 'ledger', subject_id: 'incidents' }])
  })

  it.each([
    ['/checkIns?format=pdf', 400, /没有 pdf 格式，现在可用：xlsx、docx、csv、json/],
    ['/checkIns?format=toString', 400, /没有 toString 格式/],
    ['/checkIns?period=2026-13', 400, /period 应为/],
    ['/wages', 404, /没有这个台账；有：checkIns（打卡台账）/],
  ])('refuse %s with %i and a sentence', async (path, status, message) => {
    const response = await fetchLedger(path)
    expect(response.status).toBe(status)
    expect(((await response.json()) as { error: { message: string } }).error.message).toMatch(message)
  })

  it('are given to nobody without the token', async () => {
    expect((await fetchLedger('', 'wrong')).status).toBe(401)
    expect((await fetchLedger('/checkIns', 'wrong')).status).toBe(401)
  })
})

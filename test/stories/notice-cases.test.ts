import { afterEach, describe, expect, it } from 'vitest'
import { SendError } from '../../bot/channels/channel.ts'
import { loadRoster } from '../../storage/load-roster.ts'
import { findNoticeNumbered } from '../../storage/notices.ts'
import { openRig, type Rig } from '../simulator/rig.ts'
import { at } from '../support/clock.ts'

const SHEET =
  '【工作提示单】\n工作内容：清点防汛物资\n任务要求：数量要准\n时间节点：2026年12月4日前\n考核规定：迟报扣0.5分'
const GRIDS = Array.from({ length: 21 }, (_, index) => `G${String(index + 1).padStart(2, '0')}`)

let rig: Rig
afterEach(() => rig.close())

const full = (time: string) => (time.length === 16 ? `${time}:00` : time)
const move = (now: string) => rig.call('POST', '/sim/api/clock', { now: `${full(now)}+08:00` })

/** Drafted and reviewed at 14:00 of the day, signed at `signedAt`. */
async function signAt(signedAt: string): Promise<void> {
  rig = await openRig({ now: `${signedAt.slice(0, 10)}T14:00` })
  await rig.post('@贾雪梅', '贾雪梅', SHEET)
  await rig.post('@高文远', '高文远', '1号提示单同意')
  await move(signedAt)
  await rig.post('@方明哲', '方明哲', '1号提示单签发')
}

/** When each group read the sheet: the instants, each once. */
async function sheetTimes(): Promise<string[]> {
  const times = new Set<string>()
  for (const chat of GRIDS) {
    const sheets = (await rig.read(chat)).items.filter(({ text }) => text.includes('【工作提示单 第1号】'))
    expect(sheets.length).toBeLessThanOrEqual(1)
    for (const sheet of sheets) times.add(sheet.at.slice(0, 19))
  }
  return [...times].sort()
}

const proofs = async () =>
  (await rig.read('@林静')).items.map(({ text }) => text).filter(text => text.includes('下发情况'))

describe('S0-21: signed at … reaches all 21 groups at …', () => {
  it.each([
    ['2026-11-18T15:40', '2026-11-18T15:45:00', { deferred: false, late: false }],
    ['2026-11-18T15:44:59', '2026-11-18T15:45:00', { deferred: false, late: false }],
    ['2026-11-18T15:45', '2026-11-18T15:45:00', { deferred: false, late: false }],
    ['2026-11-18T15:59:59', '2026-11-18T15:59:59', { deferred: false, late: false }],
    ['2026-11-18T16:00', '2026-11-19T08:30:00', { deferred: true, late: false }],
    ['2026-11-18T16:01', '2026-11-19T08:30:00', { deferred: true, late: false }],
    // The Friday before the free days of Qingming, 4 to 6 April.
    ['2026-04-03T15:50', '2026-04-03T15:50:00', { deferred: false, late: false }],
    ['2026-04-03T16:10', '2026-04-07T08:30:00', { deferred: true, late: false }],
    // A Saturday that is worked, and the next working day after the Spring Festival.
    ['2026-02-14T15:30', '2026-02-14T15:45:00', { deferred: false, late: false }],
    ['2026-02-14T16:10', '2026-02-24T08:30:00', { deferred: true, late: false }],
  ])('%s → %s', { timeout: 60_000 }, async (signedAt, reachedAt, flags) => {
    await signAt(signedAt)
    await move(`${reachedAt.slice(0, 10)}T16:10`)
    expect(await sheetTimes()).toEqual([reachedAt])
    expect(await findNoticeNumbered(rig.street, 1)).toMatchObject({
      status: 'broadcast',
      broadcastAt: at(reachedAt),
      ...flags,
    })
    expect(await proofs()).toHaveLength(1)
    expect((await proofs())[0]).toContain('送达21/21个群')
  })
})

it('S0-21: a group that fails for ten minutes is tried again, marked late and named with its time', {
  timeout: 60_000,
}, async () => {
  await signAt('2026-11-18T15:40')
  const send = rig.channel.send.bind(rig.channel)
  rig.channel.send = async item => {
    const isDown = rig.timeline.now() < at('2026-11-18T16:05')
    if (isDown && item.to.kind === 'chat' && item.to.chatId === 'G05') throw new SendError('retry', 'no answer')
    return send(item)
  }
  await move('2026-11-18T16:20')
  const five = (await rig.read('G05')).items.filter(({ text }) => text.includes('第1号'))
  expect(five).toHaveLength(1)
  expect(five[0]!.at >= '2026-11-18T16:05').toBe(true)
  const [first, second] = await proofs()
  expect(first).toContain('送达20/21个群')
  expect(first).toContain('发送中：第五网格工作群')
  expect(second).toContain('（补充）')
  expect(second).toMatch(/迟发：第五网格工作群 16:\d\d:\d\d/)
  expect(await findNoticeNumbered(rig.street, 1)).toMatchObject({ status: 'broadcast', late: true, deferred: false })
})

it('S0-21: a group that fails for good is listed as not reached', { timeout: 60_000 }, async () => {
  await signAt('2026-11-18T15:40')
  const send = rig.channel.send.bind(rig.channel)
  rig.channel.send = async item => {
    if (item.to.kind === 'chat' && item.to.chatId === 'G05') throw new SendError('refused', 'the robot was removed')
    return send(item)
  }
  await move('2026-11-18T16:10')
  expect((await proofs())[0]).toContain('送达20/21个群')
  expect((await proofs())[0]).toContain('未送达：第五网格工作群（发送失败）')
})

it('sends nothing and says nothing where nothing was signed', { timeout: 60_000 }, async () => {
  rig = await openRig({ now: '2026-11-18T14:00' })
  await move('2026-11-18T16:30')
  expect(await sheetTimes()).toEqual([])
  expect(await proofs()).toEqual([])
})

it('105 acknowledgements in one minute are all counted, and each group reads a few lines', {
  timeout: 120_000,
}, async () => {
  await signAt('2026-11-18T15:45')
  await move('2026-11-18T15:50')
  const roster = await loadRoster(rig.street)
  const rows = await rig.street.sql.selectFrom('notice_receiver').select(['member_id', 'grid_id']).execute()
  const receivers = rows.map(({ member_id, grid_id }) => ({
    key: roster.memberById(member_id)!.key,
    group: GRIDS[roster.gridById(grid_id)!.no - 1]!,
  }))
  expect(receivers.length).toBeGreaterThan(60)
  // Everybody once, and then some of them again, until there were 105.
  const said = Array.from({ length: 105 }, (_, index) => receivers[index % receivers.length]!)
  const before = new Map<string, number>()
  for (const chat of GRIDS) before.set(chat, (await rig.read(chat)).items.length)
  await Promise.all(said.map(({ key, group }) => rig.post(group, key, '收到')))
  await move('2026-11-18T15:57')
  const acknowledged = await rig.street.sql
    .selectFrom('notice_receiver')
    .select('id')
    .where('acknowledged_at', 'is not', null)
    .execute()
  expect(acknowledged).toHaveLength(receivers.length)
  for (const chat of GRIDS) {
    const news = (await rig.read(chat)).items.slice(before.get(chat)).filter(({ from }) => from === 'bot')
    expect(news.length).toBeLessThanOrEqual(3)
    // Counts, no chain of names.
    for (const { text } of news) expect(roster.members.filter(({ name }) => text.includes(name))).toEqual([])
  }
})

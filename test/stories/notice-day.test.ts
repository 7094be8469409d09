import { pino } from 'pino'
import { afterEach, describe, expect, it } from 'vitest'
import { jobs } from '../../jobs/index.ts'
import { createScheduler } from '../../jobs/scheduler.ts'
import { findNoticeNumbered } from '../../storage/notices.ts'
import type { Moved } from '../../web/shared/simulator-api.ts'
import { openRig, type Rig } from '../simulator/rig.ts'
import { at } from '../support/clock.ts'

const SHEET = '【工作提示单】\n工作内容：清点防汛物资\n任务要求：数量要准\n时间节点：12月4日前\n考核规定：迟报扣0.5分'
const GRIDS = Array.from({ length: 21 }, (_, index) => `G${String(index + 1).padStart(2, '0')}`)

let rig: Rig
afterEach(() => rig.close())

async function move(now: string): Promise<Moved['ran']> {
  return (await rig.call<Moved>('POST', '/sim/api/clock', { now: `${now}:00+08:00` })).body.ran
}

async function draftToReviewed(): Promise<void> {
  await rig.post('@贾雪梅', '贾雪梅', SHEET)
  await rig.post('@高文远', '高文远', '1号提示单同意')
}

/** What the bot said in a chat since a time of the day. */
async function heard(chat: string, since = '00:00'): Promise<{ text: string; at: string }[]> {
  const { items } = await rig.read(chat)
  return items.filter(item => item.from === 'bot' && item.at.slice(11, 16) >= since)
}

describe('a day of notices, with the program’s own clock, jobs and delivery', () => {
  it('nudges, compiles at 15:45 into all 21 groups, proves it at 16:00', async () => {
    rig = await openRig({ now: '2026-11-18T14:00' })
    await draftToReviewed()
    const ran = await move('2026-11-18T15:10')
    expect(ran.filter(({ job }) => job === 'notice-nudge').map(one => one.at)).toEqual(['2026-11-18T15:00:00+08:00'])
    expect((await heard('@方明哲', '15:00'))[0]!.text).toContain('待您签发')

    await rig.post('@方明哲', '方明哲', '签发')
    await move('2026-11-18T16:00')
    for (const chat of GRIDS) {
      const sheets = await heard(chat, '15:45')
      expect(sheets.map(({ text }) => text.split('\n')[0])).toEqual(['【工作提示单 第1号】清点防汛物资'])
      expect(sheets[0]!.at < '2026-11-18T16:00').toBe(true)
    }
    const proof = (await heard('@林静', '16:00')).map(({ text }) => text)
    expect(proof).toHaveLength(1)
    expect(proof[0]).toContain('送达21/21个群')
    expect(await findNoticeNumbered(rig.street, 1)).toMatchObject({ status: 'broadcast', late: false, deferred: false })
  }, 60_000)

  it('signed in the last second is still in time', async () => {
    rig = await openRig({ now: '2026-11-18T15:00' })
    await draftToReviewed()
    await rig.call('POST', '/sim/api/clock', { now: '2026-11-18T15:59:59+08:00' })
    await rig.post('@方明哲', '方明哲', '1号提示单签发')
    await move('2026-11-18T16:10')
    const proofs = (await heard('@林静', '16:00')).map(({ text }) => text).filter(text => text.includes('下发情况'))
    expect(proofs).toHaveLength(1)
    expect(proofs[0]).toContain('15:59:59下发，送达21/21个群；最晚15:59:59')
    expect(await findNoticeNumbered(rig.street, 1)).toMatchObject({ status: 'broadcast', deferred: false, late: false })
  }, 60_000)

  it.each([
    ['17:20', { status: 'broadcast', late: true, deferred: false }],
    ['18:30', { status: 'signed', deferred: true, releaseAt: at('2026-11-19T08:30') }],
  ])(
    'a program that was down from 15:00 to %s loses no signed notice',
    async (time, expected) => {
      rig = await openRig({ now: '2026-11-18T14:50' })
      await draftToReviewed()
      await rig.post('@方明哲', '方明哲', '1号提示单签发')
      const restarted = createScheduler({ store: rig.store, jobs, log: pino({ level: 'silent' }) })
      await restarted.runDue(at(`2026-11-18T${time}`))
      expect(await findNoticeNumbered(rig.street, 1)).toMatchObject(expected)
      await restarted.runDue(at('2026-11-19T08:30'))
      expect((await findNoticeNumbered(rig.street, 1))!.status).toBe('broadcast')
      const rows = await rig.street.sql.selectFrom('outbox').select('kind').execute()
      expect(rows.filter(({ kind }) => kind === 'notice-sheet')).toHaveLength(21)
    },
    60_000,
  )

  it('signed after 16:00 goes out at 08:30 of the next working day', async () => {
    rig = await openRig({ now: '2026-11-20T15:00' })
    await draftToReviewed()
    await move('2026-11-20T16:01')
    await rig.post('@方明哲', '方明哲', '1号提示单签发')
    await move('2026-11-23T08:29')
    expect(await heard('G01', '16:00')).toEqual([])
    const ran = await move('2026-11-23T08:30')
    expect(ran.some(({ job }) => job === 'notice-broadcast')).toBe(true)
    expect(await findNoticeNumbered(rig.street, 1)).toMatchObject({
      status: 'broadcast',
      deferred: true,
      broadcastAt: at('2026-11-23T08:30'),
    })
    expect((await heard('G21', '08:30'))[0]!.text).toContain('（顺延）')
  }, 60_000)
})

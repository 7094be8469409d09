import { afterEach, describe, expect, it } from 'vitest'
import { builtInPackIds } from '../../policy/packs/built-in.ts'
import { endOfDay, instantAt } from '../../policy/time.ts'
import { listCheckIns } from '../../storage/check-ins.ts'
import { listFieldRecords } from '../../storage/field-records.ts'
import { listIncidents } from '../../storage/incidents.ts'
import { listInfoItems } from '../../storage/info-items.ts'
import { listMeetingAttendance, listMeetings } from '../../storage/meetings.ts'
import { listProgress, listReceipts } from '../../storage/notice-receivers.ts'
import { listUnasked, live } from '../support/live.ts'
import { noticeNumbered, sign, WHOLE } from '../support/notice-steps.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'
import { type BuiltInPack, readBuiltIn } from '../support/street-data.ts'

const DAY = '2026-11-10'
const WHO = '李敏'

/** All that she types on her day, in the group of her grid. */
const TYPED: [time: string, text: string][] = [
  ['08:20', '到岗了，1号提示单收到'],
  ['10:20', '走访了王奶奶、李大爷、张婶等7户'],
  ['11:10', '巡查了沿江路2公里。信息：新开了一家网吧'],
  ['13:50', '3号楼路灯坏了，已修好'],
  ['15:05', '会议签到。1号提示单完成20户'],
  ['17:35', '下班'],
]

let street: TestStreet
afterEach(() => street.dispose())

/** The office sends a notice the day before; the community calls a meeting. */
async function prepare(pack: BuiltInPack): Promise<void> {
  street = await openTestStreet({ pack, now: '2026-11-09T10:00' })
  await street.say('王科', `【工作提示单】\n${WHOLE}`)
  if (readBuiltIn(pack).pack.admission.gate.value) {
    await street.say('方正', '强制准入提示单1 防汛急用')
    await street.say('王科', '继续起草1号')
  }
  await street.say('高峰', '1号提示单同意')
  await sign(street, 1)
  await street.say('沈国华', '明天下午3点在社区开例会', { group: 'C01' })
}

describe.each(builtInPackIds)('an ordinary day of a grid worker under %s', pack => {
  it('costs six short messages, and everything stands in its ledger', async () => {
    await prepare(pack)
    const life = await live(street)
    await life.until(`${DAY}T00:00`)
    expect((await noticeNumbered(street, 1)).status).toBe('broadcast')
    const from = street.now()
    let answers = 0

    for (const [time, text] of TYPED) {
      await life.until(`${DAY}T${time}`)
      const said = await street.say(WHO, text, { group: 'G01' })
      expect([text, said.status]).toEqual([text, 'handled'])
      answers += said.replies.length
    }
    await life.until(`${DAY}T23:59`)

    expect(TYPED.length).toBeLessThanOrEqual(6)
    // One short receipt for each thing told, at most.
    expect(answers).toBeLessThanOrEqual(9)
    for (const [, text] of TYPED) expect(Array.from(text).length).toBeLessThanOrEqual(30)

    const { db } = street
    const memberId = (await street.roster()).membersNamed(WHO)[0]!.id
    const own = { from: instantAt(DAY, '00:00'), to: endOfDay(DAY), memberIds: [memberId] }
    const punches = await listCheckIns(db, { from: DAY, to: DAY, memberIds: [memberId] })
    expect(punches.map(({ kind, result }) => [kind, result])).toEqual([
      ['on', 'onTime'],
      ['off', 'onTime'],
    ])
    const visits = await listFieldRecords(db, { ...own, kind: 'visit' })
    expect(visits.map(({ person }) => person?.reveal())).toEqual(['王奶奶', '李大爷', '张婶'])
    expect(visits.reduce((sum, { households = 1 }) => sum + households, 0)).toBe(7)
    const patrols = await listFieldRecords(db, { ...own, kind: 'patrol' })
    expect(patrols.map(({ place, km }) => [place?.reveal(), km])).toEqual([['沿江路', 2]])
    expect(await listInfoItems(db, own)).toHaveLength(1)
    const incidents = await listIncidents(db, { from: own.from, to: own.to })
    expect(incidents.map(({ status }) => status)).toEqual(['resolved'])
    const [receipt] = await listReceipts(db, { memberId }, 0)
    expect(receipt?.acknowledgedAt).toBe(instantAt(DAY, '08:20'))
    const progress = await listProgress(db, [receipt!.noticeId])
    expect(progress.map(({ count }) => count)).toEqual([20])
    const [meeting] = await listMeetings(db, { from: DAY, to: DAY })
    const attended = await listMeetingAttendance(db, [meeting!.id])
    expect(attended.map(row => [row.memberId, row.state])).toEqual([[memberId, 'present']])

    const unasked = await listUnasked(street, from)
    const toHer = unasked.filter(({ to }) => to === `@${WHO}`)
    const toGroups = unasked.filter(({ to }) => ['G01', 'C01'].includes(to))
    expect(toHer.length, JSON.stringify(toHer)).toBeLessThanOrEqual(3)
    expect(toGroups.length, JSON.stringify(toGroups)).toBeLessThanOrEqual(2)
  })
})

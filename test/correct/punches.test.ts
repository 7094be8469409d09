import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDesk } from '../../handlers/desk.ts'
import { filePunch, type Punch } from '../../handlers/punch.ts'
import { listCheckIns } from '../../storage/check-ins.ts'
import { at } from '../support/clock.ts'
import { toldTo } from '../support/replies.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'

let street: TestStreet
beforeEach(async () => {
  street = await openTestStreet({ now: '2026-11-18T08:20' })
})
afterEach(() => street.dispose())
const answered = async (text: string) => toldTo(await street.say('李敏', text), '李敏')
const punches = async () => (await listCheckIns(street.db)).map(({ kind, at, result }) => [kind, at, result] as const)

/** The official clock tells a punch of 李敏's. */
async function importPunch(punch: Pick<Punch, 'kind' | 'at' | 'result'>): Promise<void> {
  const [member] = (await street.roster()).membersNamed('李敏')
  await street.change(async db => {
    const desk = await openDesk(db, { by: 'job:punch-import', now: street.now(), at: street.now() })
    await filePunch(desk, 'dingtalk', member!, {
      checkPoint: `${punch.kind}-${punch.at}`,
      platformId: 'd-limin',
      day: '2026-11-18',
      ...punch,
    })
  })
}

describe('S0-25: two punches that contradict each other', () => {
  it('come at 08:20, told as 08:50 later: one question with both times, nothing changed', async () => {
    await street.say('李敏', '上班打卡')
    street.setTime('2026-11-18T09:30')
    const said = await street.say('李敏', '补卡 今天上班 8:50')
    expect(said.status).toBe('asked')
    expect(toldTo(said, '李敏')).toBe(
      '您 08:20 已打上班，这次又说是 08:50，先没动。要改成 08:50 请回“改”，不改请回“不改”。',
    )
    expect(said.replies[0]!.card!.buttons.map(({ text }) => text)).toEqual(['改成 08:50', '还是 08:20'])
    expect(await answered('不改')).toBe('好，没有改。')
    expect(await punches()).toEqual([['on', at('2026-11-18T08:20'), 'onTime']])
  })

  it('a change goes the way of every correction: after the minutes by the leader', async () => {
    await street.say('李敏', '上班打卡')
    street.setTime('2026-11-18T09:30')
    await street.say('李敏', '补卡 今天上班 8:10')
    expect(await answered('改')).toContain('已报陈桂芳审批：更正1号，上班打卡 08:20 → 08:10')
    await street.say('陈桂芳', '同意更正1')
    expect(await punches()).toEqual([['on', at('2026-11-18T08:10'), 'makeup']])
  })

  it('and within them at once', async () => {
    street.setTime('2026-11-18T08:40')
    await street.say('李敏', '上班打卡')
    await street.say('李敏', '补卡 今天上班 8:20')
    expect(await answered('改')).toBe('已更正：上班打卡 08:40 → 08:20，已告知陈桂芳。')
    expect(await punches()).toEqual([['on', at('2026-11-18T08:20'), 'makeup']])
  })

  it('a tap soon after is a repeat and asks nothing', async () => {
    await street.say('李敏', '上班打卡')
    street.setTime('2026-11-18T08:45')
    expect(await answered('上班打卡')).toBe('上班已打过 08:20，不用再打。')
    expect(await answered('补卡 今天上班 8:20')).toBe('上班已打过 08:20，不用再打。')
  })

  it('going before coming: one question, nothing recorded until it is answered', async () => {
    street.setTime('2026-11-18T17:40')
    await street.say('李敏', '下班打卡')
    street.setTime('2026-11-18T18:00')
    expect(await answered('上班打卡')).toContain('先后对不上，先没记')
    expect(await punches()).toHaveLength(1)
    expect(await answered('不记')).toBe('好，没有记。')
    expect(await punches()).toHaveLength(1)
    await street.say('李敏', '上班打卡')
    expect(await answered('是')).toContain('已记上班打卡 18:00')
  })

  it('the official clock and the chat: the first coming counts, and is judged by whoever told it', async () => {
    await street.say('李敏', '上班打卡')
    await importPunch({ kind: 'on', at: at('2026-11-18T08:35'), result: 'late' })
    street.setTime('2026-11-18T09:30')
    expect(await answered('我今天的考勤')).toContain('上班 08:20 按时')
  })

  it('what the official clock recorded is corrected there, not here', async () => {
    await importPunch({ kind: 'on', at: at('2026-11-18T08:35'), result: 'late' })
    street.setTime('2026-11-18T09:30')
    const said = await street.say('李敏', '补卡 今天上班 8:10')
    expect([said.status, toldTo(said, '李敏')]).toEqual(['refused', expect.stringContaining('以平台为准')])
    expect(await answered('更正 上班打卡 改为 8:10')).toContain('请在平台里补卡或更正')
    expect(await punches()).toEqual([['on', at('2026-11-18T08:35'), 'late']])
  })
})

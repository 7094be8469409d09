import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listCheckIns } from '../../storage/check-ins.ts'
import { listOutings } from '../../storage/outings.ts'
import { openTestStreet, type Said, type TestStreet } from '../support/street.ts'

let street: TestStreet
beforeEach(async () => {
  street = await openTestStreet({ now: '2026-11-18T08:00' })
})
afterEach(() => street.dispose())

const last = ({ replies }: Said) => replies.at(-1)!.text
const at = (time: string, who: string, text: string) => {
  street.setTime(time)
  return street.say(who, text)
}
const standing = (day: string) => listCheckIns(street.db, { from: day, to: day })

describe('公出', () => {
  it('S0-25: counts as being there, with its reason, and the leader reads of it', async () => {
    await at('2026-11-18T08:20', '李敏', '打卡')
    const said = await at('2026-11-18T13:00', '李敏', '公出 去区里开会 下午')
    expect(last(said)).toBe('已记公出：今天下午，去区里开会，已告知陈桂芳；下班不用打卡，算在岗。')
    expect(said.replies.find(({ target }) => target === '陈桂芳')!.text).toContain('李敏公出：今天下午，去区里开会')
    expect(last(await at('2026-11-19T09:00', '李敏', '我昨天的考勤'))).toContain('上班 08:20 按时，下班 公出')
  })

  it('may be told for tomorrow, and taken back', async () => {
    await street.say('李敏', '公出 明天 去法院出庭')
    expect(await listOutings(street.db, { from: '2026-11-19', to: '2026-11-19' })).toMatchObject([{ half: undefined }])
    expect(last(await street.say('李敏', '撤销'))).toContain('已撤销：公出')
    expect(await listOutings(street.db, { from: '2026-11-19', to: '2026-11-19' })).toEqual([])
  })

  it.each([
    ['without a reason', ['公出 下午'], '请写去哪、办什么'],
    ['a second time', ['公出 去区里开会', '公出 下午 去法院'], '已经记过了'],
    ['for what lies too far back', ['公出 10月8日 去区里开会'], '一个月以前的公出'],
  ])('is refused %s', async (_, texts, why) => {
    let said!: Said
    for (const text of texts) said = await street.say('李敏', text)
    expect(said.status).toBe('refused')
    expect(last(said)).toContain(why)
  })

  it('is not needed where leave was approved', async () => {
    await street.say('李敏', '明天请一天假，看病')
    await street.say('沈国华', '1号请假同意')
    expect(last(await street.say('李敏', '公出 明天 去区里开会'))).toContain('您请了假')
  })
})

describe('a check-in from elsewhere', () => {
  it.each([
    ['打卡 在街道开例会', '已记上班打卡 08:20。场所外，已记事由：开例会。'],
    ['上班打卡，在法院', '已记上班打卡 08:20。场所外，已记事由：法院。'],
  ])('S0-23: %s keeps its reason, in private', async (words, expected) => {
    street.setTime('2026-11-18T08:20')
    const { replies } = await street.say('李敏', words, { group: 'G01' })
    expect(replies).toMatchObject([{ to: 'user', target: '李敏' }])
    expect(replies[0]!.text).toContain(expected)
    expect((await standing('2026-11-18'))[0]!.place!.reveal()).toContain('（')
  })
})

describe('two contradicting punches', () => {
  it('are asked about, and nothing is recorded before', async () => {
    await at('2026-11-18T17:31', '李敏', '下班了')
    const asked = await at('2026-11-18T17:40', '李敏', '上班打卡')
    expect(last(asked)).toContain('您 17:31 已打下班，这次又说 17:40 上班，先后对不上，先没记')
    expect(await standing('2026-11-18')).toHaveLength(1)
  })

  it.each([
    ['是', ['off', 'on']],
    ['下班打卡', ['off', 'off']],
    ['不记', ['off']],
  ])('%s', async (reply, kinds) => {
    await at('2026-11-18T17:31', '李敏', '下班了')
    await at('2026-11-18T17:40', '李敏', '上班打卡')
    await street.say('李敏', reply)
    expect((await standing('2026-11-18')).map(({ kind }) => kind)).toEqual(kinds)
  })

  it('are none where coming in the morning puts a wrong button right', async () => {
    await at('2026-11-18T08:12', '李敏', '下班打卡')
    expect(last(await at('2026-11-18T08:13', '李敏', '上班打卡'))).toContain('已记上班打卡 08:13')
  })
})

it('S4B-01: going off duty after midnight belongs to the day of the shift', async () => {
  await at('2026-11-18T08:20', '李敏', '打卡')
  expect(last(await at('2026-11-19T00:40', '李敏', '下班了'))).toBe('已记下班打卡 00:40（算11/18的班）。')
  expect(await standing('2026-11-18')).toHaveLength(2)
  expect(await standing('2026-11-19')).toEqual([])
})

it('S4D-31: a mistyped 打咔 clocks on', async () => {
  expect(last(await at('2026-11-18T08:20', '李敏', '打咔'))).toContain('已记上班打卡 08:20')
})

it('S0-25: 我的考勤 prints the month day by day, and how a missing one is made up', async () => {
  for (const day of ['2026-11-16', '2026-11-17']) {
    await at(`${day}T08:20`, '李敏', '打卡')
    await at(`${day}T17:40`, '李敏', '打卡')
  }
  await at('2026-11-18T08:40', '李敏', '打卡')
  const lines = last(await at('2026-11-19T09:00', '李敏', '我的考勤')).split('\n')
  expect(lines[0]).toContain('本月考勤：应到 14 天，按时 2 天')
  expect(lines).toContain('11/16至11/17 2天都按时')
  expect(lines).toContain('11/18 上班 08:40 迟到，下班 缺卡')
  expect(lines).toContain('11/19 上班 缺卡，下班 还没打')
  expect(lines.at(-1)).toContain('补卡 昨天下班')
})

it('training that was signed in at counts as being there', async () => {
  await at('2026-11-17T10:00', '沈国华', '明天上午9点在服务站开消防培训')
  await at('2026-11-18T09:00', '李敏', '会议签到')
  await at('2026-11-18T17:40', '李敏', '打卡')
  expect(last(await at('2026-11-19T09:00', '李敏', '我昨天的考勤'))).toContain('上班 培训，下班 17:40 按时')
})

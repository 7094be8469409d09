import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listReceivers } from '../../storage/notice-receivers.ts'
import { withApprovedLeave } from '../support/leave-steps.ts'
import { draftToSigned, noticeNumbered, WHOLE } from '../support/notice-steps.ts'
import { openTestStreet, type Said, type TestStreet } from '../support/street.ts'

let street: TestStreet
const last = ({ replies }: Said) => replies.at(-1)?.text ?? ''
const told = ({ replies }: Said, who: string) => replies.filter(({ target }) => target === who).map(({ text }) => text)
const ASK = '延期提示单1 到12月8日 租户不在家'

beforeEach(async () => {
  street = await openTestStreet({ now: '2026-11-18T15:50' })
  await draftToSigned(street)
})
afterEach(() => street.dispose())

/** The later days by grid name. */
async function extended(): Promise<Record<string, string>> {
  const roster = await street.roster()
  const rows = await listReceivers(street.db, [(await noticeNumbered(street, 1)).id])
  return Object.fromEntries(
    rows.flatMap(({ due, gridId }) => (due ? [[roster.gridById(gridId)!.name, due] as const] : [])),
  )
}

describe('延期', () => {
  it('goes to the drafter with two buttons, and the day stands until it is granted', async () => {
    const said = await street.say('陈桂芳', ASK)
    expect(last(said)).toBe('1号延期已报王科：1号提示单《排查出租房》延到12月8日（周二）24:00前；批准前仍按原时间。')
    expect(told(said, '王科')[0]).toContain('第1网格陈桂芳')
    expect(told(said, '王科')[0]).toContain('原因：租户不在家')
    const card = said.replies.find(({ target }) => target === '王科')!.card!
    expect(card.buttons.map(({ says }) => says)).toEqual(['同意延期申请1号', '不同意延期申请1号'])
    expect(await extended()).toEqual({})
  })

  it.each(['同意延期申请1号', '延期申请1号同意', '准延期申请1'])(
    'granted by “%s” moves the day of that grid alone',
    async words => {
      await street.say('陈桂芳', ASK)
      const said = await street.say('王科', words)
      expect(last(said)).toContain('已同意')
      expect(await extended()).toEqual({ 第1网格: '2026-12-08' })
      for (const who of ['陈桂芳', '李敏', '王强']) expect(told(said, who)[0]).toContain('时间节点改为12月8日')
      expect(told(said, '张丽')).toEqual([])
      expect(last(await street.say('李敏', '我的任务'))).toContain('12月8日（周二）24:00前')
      expect(last(await street.say('张丽', '我的任务'))).toContain('12月4日（周五）24:00前')
    },
  )

  it.each(['同意', '1号延期同意', '同意延期1号', '提示单1延期同意'])(
    'is granted by “%s” too, where nothing else waits for the drafter',
    async words => {
      await street.say('陈桂芳', ASK)
      expect(last(await street.say('王科', words))).toContain('1号延期（1号提示单《排查出租房》）已同意')
      expect(await extended()).toEqual({ 第1网格: '2026-12-08' })
    },
  )

  it('is asked about by number where two wait, and named where the number told is none of them', async () => {
    await street.say('陈桂芳', ASK)
    await street.say('张丽', ASK)
    expect(last(await street.say('王科', '同意'))).toMatch(/^等您办的有2件，是哪一件？.*\n1号延期.*\n2号延期/u)
    expect(last(await street.say('王科', '9号同意'))).toContain('没有9号。等您办的有：1号延期')
    expect(await extended()).toEqual({})
  })

  it('is refused with a reason only, which the asker hears', async () => {
    await street.say('陈桂芳', ASK)
    expect((await street.say('王科', '不同意延期申请1号')).status).toBe('refused')
    const said = await street.say('王科', '不同意延期申请1号，区里当日要数')
    expect(told(said, '陈桂芳')[0]).toContain('没有同意：区里当日要数，仍按原时间办')
    expect(await extended()).toEqual({})
    expect(last(await street.say('王科', '同意延期申请1号'))).toContain('未同意，没有改动')
  })

  it('is decided by the issuing office or 党政办, not by another office and not by who asked', async () => {
    await street.say('陈桂芳', ASK)
    const other = await street.say('罗平', '同意延期申请1号')
    expect([other.status, last(other)]).toEqual(['refused', expect.stringContaining('由发文单位消安办批')])
    expect((await street.say('李敏', '同意延期申请1号')).status).toBe('refused')
    expect(last(await street.say('林静', '同意延期申请1号'))).toContain('已同意')
  })

  it('goes to a colleague of the office while the drafter is on leave, else to the drafter all the same', async () => {
    await withApprovedLeave(street, '王科', '2026-11-18')
    expect(told(await street.say('陈桂芳', ASK), '王科')).toHaveLength(1)
  })

  it('asks once for the day, once for the reason', async () => {
    expect(last(await street.say('陈桂芳', '1号提示单延期'))).toContain('想延到哪天')
    expect(last(await street.say('陈桂芳', '12月8日'))).toContain('延期要写明原因')
    expect(last(await street.say('陈桂芳', '租户不在家'))).toContain('1号延期已报王科')
  })

  it.each([
    ['延期提示单1 到12月1日 租户不在家', 'not-later', '不比原来晚'],
    ['延期提示单9 到12月8日 租户不在家', 'unknown-number', '没有9号提示单'],
  ])('%s changes nothing', async (words, reason, sentence) => {
    const said = await street.say('陈桂芳', words)
    expect(said.status).toBe('refused')
    const { reason: kept } = await street.db.sql
      .selectFrom('message')
      .select('reason')
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow()
    expect(kept).toBe(reason)
    expect(last(said)).toContain(sentence)
    expect(await street.db.sql.selectFrom('notice_extension').select('id').execute()).toEqual([])
  })

  it('of a notice that is not for the asker, done, closed or withdrawn is refused', async () => {
    await draftToSigned(street, WHOLE.replace('逐户登记', '2网格逐户登记'))
    expect(last(await street.say('陈桂芳', '延期提示单2 到12月8日 下雨'))).toContain('不是发给您办的')
    await street.say('陈桂芳', '1号完成')
    expect(last(await street.say('陈桂芳', ASK))).toContain('您已报完成')
    await street.say('王科', '办结提示单1')
    expect(last(await street.say('李敏', ASK))).toContain('已办结')
    await street.say('王科', '撤回提示单2 重复')
    expect(last(await street.say('张丽', '延期提示单2 到12月8日 下雨'))).toContain('已撤回')
  })

  it('is asked once a grid, and taken back while nobody decided', async () => {
    await street.say('陈桂芳', ASK)
    expect(last(await street.say('李敏', ASK))).toContain('本网格已有1号延期在等批')
    expect(last(await street.say('陈桂芳', '撤销'))).toContain('已撤销：1号延期申请')
    expect(last(await street.say('王科', '同意延期申请1号'))).toContain('已撤回，没有改动')
  })

  it('of a notice that was closed meanwhile is not decided any more', async () => {
    await street.say('陈桂芳', ASK)
    await street.say('王科', '办结提示单1')
    const said = await street.say('王科', '同意延期申请1号')
    expect([said.status, last(said)]).toEqual(['refused', expect.stringContaining('已办结，没有改动')])
    expect(await extended()).toEqual({})
  })

  it('stands among the decisions that wait for the drafter', async () => {
    await street.say('陈桂芳', ASK)
    expect(last(await street.say('王科', '我的任务'))).toContain('待审批：1号延期（1号提示单《排查出租房》延到12月8日')
  })
})

import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestStreet, type TestStreet } from '../support/street.ts'

let street: TestStreet
beforeAll(async () => {
  street = await openTestStreet({ now: '2026-11-18T10:00' })
})
afterAll(() => street.dispose())

const who = fc.constantFrom(
  '李敏',
  '陈桂芳',
  '徐伟',
  '赵志远',
  '沈国华',
  '王科',
  '林静',
  '高峰',
  '方正',
  '曹源',
  '路人',
  'resident:王阿姨',
)
const where = fc.constantFrom(undefined, 'S01', 'C01', 'G01', 'G04', 'NEW')
/** Pieces of the work's own words, in any order, reach the handlers more often than plain rubbish. */
const words = fc.constantFrom(
  ...`打卡 补卡 走访了 冯婆婆 4幢508 巡查 2公里 昨天 信息 路灯坏了 着火了 紧急 受理 办结 退回 转给 消安办 上报 催办 评价 5分 补充 1号 #2 事件 第1网格 第99网格 绑定 桃源社区 本群 撤销 帮助 我的考勤 规定 本周 小结 谁没打卡`.split(
    ' ',
  ),
)
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.array(words, { maxLength: 6 }).map(parts => parts.join('，')),
)

it('fails on nothing that anybody says, and repeats no name and no door in a group', async () => {
  await fc.assert(
    fc.asyncProperty(who, text, where, async (sender, said, group) => {
      const { status, replies } = await street.say(sender, said, { group })
      expect(status).not.toBe('failed')
      // Where a meeting is and what a notice asks for must be readable as it was said, whatever it was.
      const inGroups = replies
        .filter(({ to, kind }) => to === 'group' && !/meeting|notice/i.test(kind))
        .map(({ text }) => text)
      expect(inGroups.join('\n')).not.toMatch(/冯婆婆|508/)
    }),
    { numRuns: 400 },
  )
}, 60_000)

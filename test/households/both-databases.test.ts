import { expect, it, onTestFinished } from 'vitest'
import { withHouseholds } from '../support/households.ts'
import { toldTo } from '../support/replies.ts'
import { databases } from '../support/stores.ts'
import { openTestStreet } from '../support/street.ts'

it.each(databases.map(({ name }) => name))(
  'a round, its report and its targets work alike on %s',
  async database => {
    const street = await openTestStreet({ now: '2026-10-12T09:00', pack: 'town-visits', database })
    onTestFinished(street.dispose)
    await withHouseholds(street, 1, ['3幢501 王秀英', '3幢502', '5幢101'], '王强')
    await street.say('李敏', '走访了3幢501王秀英，20分钟')
    expect(toldTo(await street.say('陈桂芳', '分户 3幢 给 @李敏'), '陈桂芳')).toContain('2户分给李敏')
    expect(toldTo(await street.say('李敏', '我的联系户'), '李敏')).toContain('您的联系户2户，10月已走访1户')
    expect(toldTo(await street.say('李敏', '住户 5幢101 搬走'), '李敏')).toContain('搬走')
    expect(toldTo(await street.say('陈桂芳', '报送走访情况'), '陈桂芳')).toContain('走访 1/2户')
    expect(toldTo(await street.say('陈桂芳', '撤销'), '陈桂芳')).toContain('已撤销：报送')
    expect(toldTo(await street.say('陈桂芳', '撤销'), '陈桂芳')).toContain('已撤销：分户 2户给李敏')
    await street.say('沈国华', '目标 医保 320')
    expect(toldTo(await street.say('李敏', '落实 医保 12'), '李敏')).toContain('医保 12/320')
    expect(toldTo(await street.say('李敏', '撤销'), '李敏')).toContain('已撤销：完成数 12')
    expect(toldTo(await street.say('沈国华', '落实情况'), '沈国华')).toContain('医保 0/320')
  },
  60_000,
)

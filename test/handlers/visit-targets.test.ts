import { afterEach, describe, expect, it } from 'vitest'
import { fieldWorkLedger } from '../../handlers/ledgers/field-work.ts'
import { loadRoster } from '../../storage/load-roster.ts'
import { toldGroups, toldTo } from '../support/replies.ts'
import { databases } from '../support/stores.ts'
import { openTestStreet, type StreetOptions, type TestStreet } from '../support/street.ts'

let street: TestStreet
const open = async (options: StreetOptions = {}) => {
  street = await openTestStreet({ now: '2026-11-02T10:00', pack: 'street-appraisal', ...options })
}
afterEach(() => street?.dispose())
const say = async (who: string, text: string) => toldTo(await street.say(who, text), who)
const inGroup = async (who: string, text: string) =>
  toldGroups(await street.say(who, text, { group: 'G02' })).join('\n')

describe.each(databases)('people and places to visit on $name', ({ name: database }) => {
  it('S1-16: a list with its rhythm, a visit by name or code, and what is left', async () => {
    await open({ database })
    expect(await say('张丽', '登记走访对象 低保户 王秀英 3幢201')).toMatch(
      /^已登记走访对象 低保-01（低保户），第2网格，每月至少1次（依据：五\.4/,
    )
    await say('张丽', '登记走访对象 困难户 李建国 5幢101')
    expect(await say('张丽', '本月未走访')).toBe(
      '还没走访2人：\n低保-01 王**：本月还差1次（到11/30）\n困难-01 李**：本月还差1次（到11/30）',
    )
    expect(await say('张丽', '还有谁没走访？')).toBe(await say('张丽', '本月未走访'))
    expect(await say('张丽', '走访了王秀英，20分钟')).toBe('已记走访：王秀英，20分钟，第2网格。低保-01 王**：已走访。')
    expect(await say('张丽', '走访困难1 家里平安')).toBe('已记走访：困难-01（5幢101），第2网格。困难-01 李**：已走访。')
    expect(await say('张丽', '本月未走访')).toContain('都走访过了')
    await say('张丽', '撤销')
    expect(await say('张丽', '本月未走访')).toContain('困难-01')
  })

  it('S1-16: who was missed last month is overdue until somebody goes there', async () => {
    await open({ database })
    await say('张丽', '登记走访对象 低保户 王秀英 3幢201')
    street.setTime('2026-12-03T10:00')
    const answer = await say('张丽', '逾期走访')
    expect(answer).toBe('逾期走访1人：\n低保-01 王**：本月还差1次（到12/31），上期没走访')
    expect(answer).not.toContain('王秀英')
    await say('张丽', '走访3幢201王奶奶')
    expect(await say('张丽', '逾期走访')).toBe('没有逾期的走访。')
  })

  it('S1-16: leaves with a reason, rests in hospital, and each can be undone', async () => {
    await open({ database })
    await say('张丽', '登记走访对象 低保户 王秀英 3幢201')
    expect(await say('张丽', '住院 低保-01 到12月')).toBe(
      '低保-01 暂停走访到11/30，12/1起恢复；提前回来请说“恢复 低保-01”。',
    )
    expect(await say('张丽', '本月未走访')).toContain('都走访过了')
    expect(await say('张丽', '撤销')).toBe('已撤销：暂停 低保-01。')
    expect(await say('张丽', '本月未走访')).toContain('低保-01')
    const closed = await street.say('张丽', '移出 低保-01 已搬走')
    expect(toldTo(closed, '张丽')).toContain('低保-01 已移出名单：已搬走')
    expect(toldTo(closed, '何大勇')).toContain('张丽把低保-01 王**移出了低保户名单：已搬走')
    expect(await say('张丽', '走访对象 低保-01')).toContain('移出：已搬走')
    expect(await say('张丽', '撤销')).toBe('已撤销：移出 低保-01。')
    expect(await say('张丽', '走访对象')).toContain('低保户1')
  })
})

describe('attempts', () => {
  it('S2-24: two on different days count as a visit and are flagged; two on one day do not', async () => {
    await open({ pack: 'county-grid' })
    await say('张丽', '登记走访对象 重点场所 城东超市 石板巷17号')
    expect(await say('张丽', '走访城东超市，没人')).toContain('上门1次未遇')
    expect(await say('张丽', '走访城东超市，没人')).toContain('上门1次未遇')
    expect(await say('张丽', '本月未走访')).toContain('场所-01')
    street.setTime('2026-11-04T10:00')
    expect(await say('张丽', '走访场所-01，没人')).toContain('上门2次未遇，按走访过算')
    expect(await say('张丽', '本月未走访')).toContain('都走访过了')
    expect(await say('张丽', '走访对象 重点场所')).toContain('上门2次未遇，按走访过算')
  })

  it('S2-24: 本月未走访 is answered in private and refused in a group', async () => {
    await open({ pack: 'county-grid' })
    await say('张丽', '登记走访对象 重点人员 李建国 5幢101')
    expect(await inGroup('张丽', '本月未走访')).toBe('名单不在群里说。请私聊我说“本月未走访”。')
    expect(await say('张丽', '本月未走访')).toBe('还没走访1人：\n重点-01 李**：本月还差1次（到11/30）')
  })

  it('S1-16: moved away or died offers in private to close, in hospital to wait', async () => {
    await open()
    await say('张丽', '登记走访对象 低保户 王秀英 3幢201')
    const moved = await street.say('张丽', '走访王秀英，已搬走', { group: 'G02' })
    expect(toldGroups(moved).join()).not.toContain('低保')
    const [offered] = moved.replies.filter(({ to }) => to === 'user')
    expect(offered?.card?.buttons[0]?.says).toBe('移出 低保-01 已搬走')
    const hospital = await street.say('张丽', '走访王秀英，住院了')
    expect(hospital.replies[0]?.card?.buttons[0]?.says).toBe('住院 低保-01')
  })
})

describe('whom a visit counts for', () => {
  it('counts for every list the person is on, and somebody on nobody’s list is simply a visit', async () => {
    await open()
    await say('张丽', '登记走访对象 低保户 王秀英 3幢201')
    await say('张丽', '登记走访对象 残疾人 王秀英 3幢201 每季度2次')
    expect(await say('张丽', '走访王秀英')).toMatch(/低保-01 王\*\*：已走访；残疾-01 王\*\*：本季度还差1次/)
    expect(await say('张丽', '走访了赵老师')).toBe('已记走访：赵老师，第2网格。')
  })

  it('asks for the code where two of one name stand on one list, unless the address tells', async () => {
    await open()
    await say('张丽', '登记走访对象 低保户 王秀英 3幢201')
    await say('张丽', '登记走访对象 低保户 王秀英 7幢502')
    expect(await say('张丽', '走访王秀英')).toContain('2位同名（低保-01、低保-02），没有算到名单上')
    expect(await say('张丽', '走访7幢502王秀英')).toContain('低保-02 王**：已走访')
    expect(await say('张丽', '本月未走访')).toContain('低保-01')
  })

  it('does not count in another grid', async () => {
    await open()
    await say('张丽', '登记走访对象 低保户 王秀英 3幢201')
    expect(await say('孙燕', '走访王秀英')).toBe('已记走访：王秀英，第3网格。')
    expect(await say('孙燕', '走访低保-01')).toContain('没有您负责的走访对象低保-01，没有记录')
  })

  it('says nothing of lists in a group', async () => {
    await open()
    await say('张丽', '登记走访对象 低保户 王秀英 3幢201')
    expect(await inGroup('张丽', '走访了王秀英')).toBe('已记走访：王**，第2网格。')
    expect(await say('张丽', '本月未走访')).toContain('都走访过了')
  })

  it('a corrected name counts for the right one', async () => {
    await open()
    await say('张丽', '登记走访对象 低保户 王秀英 3幢201')
    await say('张丽', '走访王秀兰')
    await say('张丽', '改成王秀英')
    expect(await say('张丽', '本月未走访')).toContain('都走访过了')
  })
})

describe('closed lists', () => {
  it('S1-24, S1-25, S4D-36: refused in a group, counted for who leads, named to the responsible and the community lead', async () => {
    await open()
    await say('张丽', '登记走访对象 信访重点人 李建国 5幢101 每月')
    await say('张丽', '登记走访对象 社区矫正和安置帮教人员 赵强 5幢102')
    for (const who of ['张丽', '何大勇', '沈国华', '林静']) {
      expect(await inGroup(who, '走访对象 信访')).toBe('名单不在群里说。请私聊我说“走访对象 信访重点人”。')
      expect(await inGroup(who, '走访对象')).not.toMatch(/信访|矫正/)
    }
    expect(await say('张丽', '走访对象 信访')).toContain('信访-01 李**')
    expect(await say('沈国华', '走访对象 信访')).toContain('信访-01 李**')
    for (const who of ['何大勇', '林静']) {
      expect(await say(who, '走访对象')).toContain('信访重点人1')
      expect(await say(who, '走访对象 信访')).toBe('信访重点人共1人，名单由责任人和社区负责人查看。')
      expect(await say(who, '走访对象 信访-01')).toContain('没有您负责的走访对象')
    }
    expect(await say('何大勇', '本月未走访')).toBe('还没走访1人：\n另有不公开名单1人，由责任人查看。')
    expect(await say('韩梅', '走访对象 信访-01')).toContain('没有您负责的走访对象')
  })

  it('S4D-36: four groups are numbers alone for whoever does not answer for them', async () => {
    await open({ pack: 'county-center' })
    await say('张丽', '登记走访对象 易肇事肇祸精神障碍患者 李建国 5幢101')
    await say('张丽', '登记走访对象 涉稳人员 赵强 5幢102')
    expect(await say('何大勇', '走访对象')).toMatch(/易肇事肇祸精神障碍患者1、涉稳人员1/)
    expect(await inGroup('何大勇', '走访对象 精障')).toContain('名单不在群里说')
  })

  it('S1-19: young men who could be called up are kept, never shown around and nobody must visit them', async () => {
    await open()
    expect(await say('张丽', '登记走访对象 应征青年 李小明 5幢101')).toContain(
      '应征-01（适龄应征青年），第2网格，没有规定走访次数',
    )
    expect(await inGroup('张丽', '走访对象 应征')).toContain('名单不在群里说')
    expect(await say('张丽', '本月未走访')).toContain('都走访过了')
  })

  it('S4A-05: whoever is assessed before 社区矫正 is handed over in private and leaves the list when done', async () => {
    await open({ pack: 'county-center' })
    const said = await street.say('沈国华', '登记走访对象 评估 李建国 5幢101 第2网格')
    expect(toldTo(said, '张丽')).toBe(
      '新增走访对象：评估-01 李**（拟适用社区矫正人员，第2网格）。姓名、住址回“走访对象 评估-01”看。',
    )
    expect(await say('张丽', '走访评估-01，家庭稳定，同意监管')).toContain('评估-01 李**：已走访')
    expect(await say('张丽', '移出 评估-01 评估完成')).toContain('已移出名单')
  })
})

describe('who hears of whom', () => {
  it('S1-24, S4D-36: a visit told by code in a group says nothing of a closed list there, and no door of an open one', async () => {
    await open()
    await say('张丽', '登记走访对象 信访重点人 周大强 4幢301')
    await say('张丽', '登记走访对象 低保户 王秀英 3幢201')
    const closed = await street.say('张丽', '走访信访-01，不在家，20分钟', { group: 'G02' })
    expect(toldGroups(closed)).toEqual([])
    expect(toldTo(closed, '张丽')).toBe('已记走访：信访-01不在家，20分钟，第2网格。')
    expect(await inGroup('张丽', '走访低保-01，家里平安')).toBe('已记走访：低保-01，第2网格。')
  })

  it('S1-24: the ledger that tells of supervision masks whose door it was', async () => {
    await open({ pack: 'county-center' })
    await say('张丽', '登记走访对象 社区矫正对象 李建国 5幢101')
    await say('张丽', '走访矫正-01，按时报到')
    await say('张丽', '走访了5幢102王秀英，20分钟')
    const rows = await street.change(async db =>
      fieldWorkLedger.rows({ db, roster: await loadRoster(db) }, { from: '2026-11-02', to: '2026-11-02' }),
    )
    expect(rows.map(({ person, place }) => [person, place])).toEqual([
      ['李**', '5幢***'],
      ['王秀英', '5幢102'],
    ])
  })

  it('S4A-01: somebody new is pushed to the right grid in private, and a new address re-routes', async () => {
    await open({ pack: 'county-center' })
    const said = await street.say('沈国华', '登记走访对象 社区矫正对象 李建国 5幢101 第2网格')
    expect(toldGroups(said)).toEqual([])
    expect(toldTo(said, '张丽')).toContain('矫正-01 李**')
    expect(toldTo(said, '张丽')).not.toMatch(/李建国|5幢/)
    expect(toldTo(said, '孙燕')).toBe('')
    expect(await say('张丽', '走访对象 矫正-01')).toMatch(/李建国.*\n住址：5幢101/)

    const moved = await street.say('沈国华', '改址 矫正-01 第3网格 9幢302')
    expect(toldTo(moved, '沈国华')).toContain('矫正-01 已转到第3网格，已私信孙燕')
    expect(toldTo(moved, '孙燕')).toContain('搬到您网格的走访对象：矫正-01')
    expect(await say('孙燕', '走访对象 矫正-01')).toContain('住址：9幢302')
    expect(await say('张丽', '走访对象 矫正-01')).toContain('没有您负责')
    expect(await say('沈国华', '撤销')).toBe('已撤销：改址 矫正-01。')
    expect(await say('张丽', '走访对象 矫正-01')).toContain('住址：5幢101')
  })

  it('S4A-04: visits to them are a kind of their own, monthly by default', async () => {
    await open({ pack: 'county-center' })
    await say('张丽', '登记走访对象 社区矫正对象 李建国 5幢101')
    expect(await say('张丽', '本月未走访')).toContain('矫正-01')
    await say('张丽', '走访矫正-01，按时报到')
    const [visit] = await street.db.sql.selectFrom('field_record').select(['visit_kind', 'duty']).execute()
    expect(visit).toEqual({ visit_kind: '社区矫正', duty: '管理重点人员' })
  })

  it('S3A-09b: one is answered for by somebody, who alone hears of it, and that changes by word', async () => {
    await open()
    await say('沈国华', '登记走访对象 低保户 王秀英 3幢201 第1网格 责任人 李敏')
    expect(await say('李敏', '本月未走访')).toContain('低保-01')
    expect(await say('王强', '本月未走访')).toContain('都走访过了')
    const assigned = await street.say('沈国华', '责任人 低保-01 王强')
    expect(toldTo(assigned, '王强')).toContain('交给您走访：低保-01 王**')
    expect(await say('王强', '本月未走访')).toContain('低保-01')
    expect(await say('陈桂芳', '本月未走访')).toContain('低保-01 王**：本月还差1次（到11/30），王强')
  })

  it('S4C-05, S4C-03: members of the party, veterans and the old are lists that nobody must visit', async () => {
    await open({ pack: 'village-grid' })
    await say('张丽', '登记走访对象 党员 李建国 5幢101')
    await say('张丽', '登记走访对象 退役军人 赵强 5幢102')
    expect(await say('张丽', '走访对象')).toContain('社区支部党员1、退役军人1')
    expect(await say('张丽', '走访对象 党员')).toBe('社区支部党员1人：\n党员-01 李**')
    expect(await say('张丽', '本月未走访')).toContain('都走访过了')
  })
})

describe('what is refused', () => {
  it.each([
    ['登记走访对象', '请写类别、姓名和住址'],
    ['登记走访对象 王秀英 3幢201', '没有“王秀英”这类走访对象'],
    ['登记走访对象 低保户 王秀英 3幢201 第4网格', '第4网格不归您管'],
    ['登记走访对象 低保户 王秀英 3幢201 第9网格', '没有第9网格'],
    ['登记走访对象 低保户 王秀英 3幢201 责任人 孙燕', '第2网格没有叫“孙燕”'],
    ['移出 低保-09 已搬走', '没有您负责的走访对象低保-09'],
    ['移出 低保-01', '请写原因'],
    ['恢复 低保-01', '没有暂停'],
    ['恢复 低保-01 已经回来了', '没有暂停'],
    ['住院 低保-01 到13月', '没看懂“13月”是到哪天'],
    ['住院 低保-01 到11月1日', '不是今天以后的日子'],
    ['暂停 低保-01 到去年', '没看懂“去年”是到哪天'],
    ['住院 低保-01，大概住一个月', '没看懂“大概住一个月”是到哪天'],
    ['责任人 低保-01', '请写由谁负责，如“责任人 低保-01 张丽”'],
    ['登记走访对象 低保户 李桂花 5幢101 1930-02-30', '“1930-02-30”不是出生日期，没有登记'],
    ['登记走访对象 低保户 王秀英 3幢201室', '王秀英已经在名单上了：低保-01'],
    ['责任人 低保-01 孙燕', '第2网格没有叫“孙燕”'],
    ['走访对象 王秀英', '没有“王秀英”这份名单'],
    ['登记走访对象 低保户 王秀英 3幢201', '王秀英已经在名单上了：低保-01'],
  ])('%s', async (text, reason) => {
    await open()
    await say('张丽', '登记走访对象 低保户 王秀英 3幢201')
    expect(await say('张丽', text)).toContain(reason)
    expect(await say('张丽', '走访对象')).toContain('低保户1')
  })

  it('a name told in a group, and a change to somebody who has left', async () => {
    await open()
    expect(await inGroup('张丽', '登记走访对象 低保户 王秀英 3幢201')).toContain('只在私聊里登记，群里没有记录')
    await say('张丽', '登记走访对象 低保户 王秀英 3幢201')
    await say('张丽', '移出 低保-01 去世')
    expect(await say('张丽', '住院 低保-01')).toContain('已经移出名单（去世）')
    expect(await say('林静', '登记走访对象 低保户 李建国 5幢1')).toContain('请写上是哪个网格')
  })

  it('undoing what somebody changed again since', async () => {
    await open()
    await say('张丽', '登记走访对象 低保户 王秀英 3幢201')
    await say('张丽', '住院 低保-01')
    await say('沈国华', '改址 低保-01 9幢302')
    expect(await say('张丽', '撤销')).toContain('后来又有改动，不能直接撤销')
  })

  it('lists without a single entry say how to begin', async () => {
    await open()
    expect(await say('张丽', '走访对象')).toContain('还没有登记走访对象')
    expect(await say('张丽', '走访对象 低保')).toBe('还没有登记低保户。')
  })
})

it('S1-16: an office’s own list has its own rhythm, and a pack without lists can keep them too', async () => {
  await open({ pack: 'street-team' })
  expect(await say('张丽', '登记走访对象 独居老人 王秀英 3幢201 每周')).toContain(
    '独居-01（独居老人），第2网格，每周至少1次',
  )
  expect(await say('张丽', '本月未走访')).toContain('本周还差1次（到11/8）')
})

it('S1-16: a space may be missing and numbers come in many forms', async () => {
  await open()
  await say('张丽', '登记走访对象低保户 王秀英 3幢201')
  expect(await say('张丽', '暂停走访低保1 到12月15日')).toContain('低保-01 暂停走访到12/14')
  expect(await say('张丽', '恢复低保－01')).toContain('低保-01 恢复走访')
  expect(await say('张丽', '走访低保1号，家里平安')).toContain('已记走访：低保-01')
  expect(await say('张丽', '移出名单低保#1 不再享受')).toContain('低保-01 已移出名单：不再享受')
})

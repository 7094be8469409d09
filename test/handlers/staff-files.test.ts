import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { markLeft } from '../../storage/leavers.ts'
import { toldTo } from '../support/replies.ts'
import { openTestStreet, type Said, type TestStreet } from '../support/street.ts'

const TODAY = '2026-11-18'
let street: TestStreet
const last = ({ replies }: Said) => replies.at(-1)!.text
const reasonOf = async ({ messageId }: Said) =>
  (await street.db.sql.selectFrom('message').select('reason').where('id', '=', messageId).executeTakeFirst())?.reason

afterEach(() => street.dispose())

describe('档案', () => {
  beforeEach(async () => {
    street = await openTestStreet({ now: `${TODAY}T10:00` })
  })

  it.each(['张丽 档案', '档案 张丽', '档案：@张丽', '档案@张丽'])(
    'S0-04: “%s” shows the employment type, posts with dates and the grid, in private',
    async words => {
      const said = await street.say('何大勇', words, { group: 'G02' })
      expect(said.replies.map(({ to, target }) => [to, target])).toEqual([['user', '何大勇']])
      expect(last(said).split('\n').slice(0, 3)).toEqual([
        '张丽的档案',
        '现任：专职网格员（第2网格），2026-01-01起',
        '网格：第2网格（WJ002）',
      ])
    },
  )

  it('S0-04, S0-16: 社工 and 协管员 are the two kinds of the document, each with the line of work that comes with it', async () => {
    expect(last(await street.say('沈国华', '记档案 张丽 身份 社工'))).toBe(
      '已记张丽的身份：社工。除网格工作外承担社区工作（依据：一(三)：网格员身份为社工的，除做好网格工作外，也要完成社区工作。网格员身份为社会治理协管员的，除做好社会治理工作外，也要完成综治办分配的工作任务。）。回“档案 张丽”可看。',
    )
    await street.say('沈国华', '记档案 张丽 身份 社会治理协管员')
    expect(last(await street.say('张丽', '我的档案'))).toContain(
      '身份：社会治理协管员，除网格工作外承担综治办分配的工作任务',
    )
    const wrong = await street.say('沈国华', '记档案 张丽 身份 临时工')
    expect([await reasonOf(wrong), last(wrong)]).toEqual([
      'unknown-kind',
      '文件里网格员身份只有：社会治理协管员、社工，没有“临时工”。',
    ])
  })

  it('S2-20, S2-21, S2-46: keeps the device, the number of the appointment and the allowance; the newest stands', async () => {
    await street.dispose()
    street = await openTestStreet({ now: `${TODAY}T10:00`, pack: 'county-grid' })
    await street.say('沈国华', '记档案 李敏 平安通 13800001111')
    await street.say('沈国华', '记档案 李敏 文号 望镇〔2026〕2号')
    await street.say('沈国华', '记档案 李敏 文号 望镇〔2026〕3号')
    await street.say('沈国华', '记档案 李敏 补贴 每月300元')
    const own = last(await street.say('李敏', '我的档案'))
    for (const line of ['平安通：13800001111', '任职文号：望镇〔2026〕3号', '补贴：每月300元'])
      expect(own).toContain(line)
    const leader = last(await street.say('陈桂芳', '档案 李敏'))
    expect(leader).toContain('平安通：13800001111')
    expect(leader).not.toContain('补贴')
    expect(last(await street.say('沈国华', '撤销'))).toBe('已撤销：李敏的补贴。')
    expect(last(await street.say('李敏', '我的档案'))).toContain('补贴：未登记')
  })

  it('S2-20: the document itself names the devices', async () => {
    await street.dispose()
    street = await openTestStreet({ now: `${TODAY}T10:00`, pack: 'county-grid' })
    expect(last(await street.say('李敏', '依据 S2-20'))).toContain('专职网格员应配备“平安通”手机')
  })

  it('S2-09: a party member’s file counts what they did in the grid this month', async () => {
    await street.say('李敏', '走访了7幢李大爷，15分钟')
    expect(last(await street.say('沈国华', '档案 李敏'))).not.toContain('党员')
    await street.say('沈国华', '记档案 李敏 党员')
    expect(last(await street.say('沈国华', '档案 李敏'))).toContain('党员，本月网格表现：走访1、巡查0、信息0')
    await street.say('沈国华', '记档案 李敏 党员 否')
    expect(last(await street.say('沈国华', '档案 李敏'))).not.toContain('党员')
  })

  it('S4D-13: shows whether the training before duty was done', async () => {
    await street.say('沈国华', '岗前培训 李敏 已完成')
    expect(last(await street.say('李敏', '我的档案'))).toContain('培训：岗前培训11月18日（周三）完成')
  })

  it('keeps the file of somebody who left', async () => {
    const member = (await street.roster()).membersNamed('李敏')[0]!
    await street.change(db => markLeft(db, member, { now: street.now(), today: TODAY, by: 'import' }))
    expect(
      last(await street.say('陈桂芳', '档案 李敏'))
        .split('\n')
        .slice(0, 2),
    ).toEqual(['李敏的档案（已离岗）', '曾任：专职网格员（第1网格），2026-01-01至2026-11-17'])
  })

  it.each([
    ['李敏', '档案 王强', 'not-yours'],
    ['陈桂芳', '档案 张丽', 'not-yours'],
    ['沈国华', '档案 冯洁', 'not-yours'],
    ['沈国华', '档案 李大山', 'unknown-person'],
    ['李敏', '记档案 李敏 补贴 9000元', 'not-allowed'],
    ['沈国华', '记档案 冯洁 文号 望街〔2026〕3号', 'not-yours'],
    ['沈国华', '记档案 李大山 文号 望街〔2026〕3号', 'unknown-person'],
    ['沈国华', '记档案 李敏 文号', 'no-value'],
  ])('%s: “%s” is refused as %s', async (who, words, reason) => {
    expect(await reasonOf(await street.say(who, words))).toBe(reason)
  })

  it.each(['林静', '方正', '曹源', '沈国华', '吴建国', '陈桂芳', '李敏'])('%s may read 李敏’s', async who => {
    expect(last(await street.say(who, '档案 李敏'))).toContain('李敏的档案')
  })
})

describe('我的权利, 我的义务', () => {
  it('S4E-12: tells the rights in the words of the document', async () => {
    street = await openTestStreet({ now: `${TODAY}T10:00`, pack: 'village-grid' })
    expect(last(await street.say('李敏', '我的权利'))).toBe(
      '第十一条：网格员享有下列权利：\n1. 获得履行职责应当具备的工作条件\n2. 获得工资报酬和有关福利待遇\n3. 参加岗位培训\n4. 申请辞职\n要辞职请私聊回“申请辞职 原因”。',
    )
  })

  it('S4E-13: tells the five obligations', async () => {
    street = await openTestStreet({ now: `${TODAY}T10:00`, pack: 'village-grid' })
    const told = last(await street.say('李敏', '我的义务')).split('\n')
    expect([told[0], told.length]).toEqual(['第十二条：网格员应当履行下列义务：', 6])
  })

  it('says 原文未载 where the document has none', async () => {
    street = await openTestStreet({ now: `${TODAY}T10:00` })
    expect(last(await street.say('李敏', '我的权利'))).toContain('没有写网格员权利：原文未载，待街道填写。')
    expect(last(await street.say('李敏', '我的义务'))).toContain('没有写网格员义务')
  })
})

describe('what only sounds like a file', () => {
  it.each(['整理 档案', '今天上午整理 档案', '整理档案'])(
    '“%s” names nobody and is understood as any other',
    async words => {
      street = await openTestStreet({ now: `${TODAY}T10:00` })
      const said = await street.say('李敏', words)
      expect(said.replies.map(({ text }) => text).join()).not.toContain('名册里没有')
    },
  )

  it('S0-04: a name may stand right before the word', async () => {
    street = await openTestStreet({ now: `${TODAY}T10:00` })
    expect(last(await street.say('何大勇', '张丽档案'))).toContain('张丽的档案')
  })
})

describe('辞职 and 增员', () => {
  it.each(['辞职，怎么办手续？', '申请辞职的流程是什么', '我想辞职要提前多久', '辞职 可以吗'])(
    'S4E-12: “%s” asks and resigns from nothing',
    async words => {
      street = await openTestStreet({ now: `${TODAY}T10:00`, pack: 'village-grid' })
      const said = await street.say('李敏', words)
      expect(await reasonOf(said)).toBe('only-asked')
      expect(said.replies.map(({ target }) => target)).toEqual(['李敏'])
      expect(await street.db.sql.selectFrom('staff_request').select('id').execute()).toEqual([])
    },
  )

  it.each(['我要辞职', '我想辞职了，回老家', '辞职'])('S4E-12: “%s” is a resignation', async words => {
    street = await openTestStreet({ now: `${TODAY}T10:00`, pack: 'village-grid' })
    expect(toldTo(await street.say('李敏', words), '李敏')).toContain('已记1号辞职申请')
  })

  beforeEach(async () => {
    street = await openTestStreet({ now: `${TODAY}T10:00`, pack: 'village-grid' })
  })

  it('S4E-12: a resignation goes to the leader and to the one who decides; the decision is a person’s and is told', async () => {
    const asked = await street.say('李敏', '申请辞职 回老家照顾父母')
    expect(last(asked)).toContain('已记1号辞职申请，已转沈国华答复；答复前工作照常。（依据：第十一条')
    expect(toldTo(asked, '沈国华')).toContain('回“同意辞职 #1”')
    expect(toldTo(asked, '陈桂芳')).toBe('李敏申请辞职，已请沈国华答复，请留意工作衔接。')
    expect(toldTo(asked, '陈桂芳')).not.toContain('父母')
    const decided = await street.say('沈国华', '同意辞职 #1')
    expect(last(decided)).toContain('离岗 李敏 接手 某某')
    expect(toldTo(decided, '李敏')).toContain('沈国华已同意。离岗日期和交接请与其商定。')
    expect(await reasonOf(await street.say('沈国华', '不同意辞职 1号 缺人'))).toBe('wrong-state')
    expect(last(await street.say('李敏', '撤销'))).toContain('已经答复了')
  })

  it('S4E-12: is refused with a reason, repeated once only, and taken back while nobody decided', async () => {
    await street.say('李敏', '申请辞职')
    expect(await reasonOf(await street.say('李敏', '申请辞职 家里有事'))).toBe('repeated')
    expect(await reasonOf(await street.say('沈国华', '不同意辞职 #1'))).toBe('no-reason')
    expect(await reasonOf(await street.say('陈桂芳', '同意辞职 #1'))).toBe('not-yours')
    expect(await reasonOf(await street.say('沈国华', '同意辞职'))).toBe('no-number')
    expect(await reasonOf(await street.say('沈国华', '同意增员 #1'))).toBe('unknown-number')
    const undone = await street.say('李敏', '撤销')
    expect([last(undone), toldTo(undone, '沈国华')]).toEqual([
      '已撤销：1号辞职申请。',
      '李敏撤回了1号辞职申请，不用答复了。',
    ])
    await street.say('李敏', '申请辞职 身体不好')
    const refused = await street.say('沈国华', '不同意辞职 #2 春节前人手不够')
    expect(toldTo(refused, '李敏')).toBe('您的2号辞职申请，沈国华没有同意：春节前人手不够。')
  })

  it('S4E-12: is decided by the successor where whoever was asked has left', async () => {
    await street.say('李敏', '申请辞职 身体不好')
    const [asked] = (await street.roster()).membersNamed('沈国华')
    await street.change(db => markLeft(db, asked!, { now: street.now(), today: TODAY, by: 'import' }))
    expect(toldTo(await street.say('高峰', '同意辞职 #1'), '李敏')).toContain('高峰已同意')
  })

  it('S4E-12: is not filed in a group', async () => {
    const said = await street.say('李敏', '申请辞职 太累', { group: 'G01' })
    expect([said.replies.map(({ to }) => to), await reasonOf(said)]).toEqual([['user'], 'private-only'])
  })

  it.each(['真想辞职', '再这样我就辞职了', '老王辞职了', '辞职信怎么写'])('“%s” files nothing', async words => {
    const { replies } = await street.say('李敏', words)
    expect(replies.map(({ text }) => text).join('')).not.toContain('辞职申请，')
    expect(await street.db.sql.selectFrom('staff_request').select('id').execute()).toEqual([])
  })

  it('S4E-07: a village asks for one more worker, and the township decides', async () => {
    const asked = await street.say('沈国华', '申请增员 3网格 网格员1名 住户增加')
    expect(last(asked)).toBe('已记1号增员申请，已转顾长河审批，结果会告诉您。')
    expect(toldTo(asked, '顾长河')).toContain('3网格 网格员1名 住户增加')
    const decided = await street.say('顾长河', '同意增员 #1')
    expect(toldTo(decided, '沈国华')).toBe('您的1号增员申请，顾长河已同意。')
    expect(await reasonOf(await street.say('李敏', '申请增员 3网格 网格员1名'))).toBe('not-allowed')
  })
})

describe('任命', () => {
  it('S4E-10: five steps with two postings, whose days the document leaves out', async () => {
    street = await openTestStreet({ now: `${TODAY}T10:00`, pack: 'village-grid' })
    const begun = last(await street.say('沈国华', '任命 赵小兰 3网格 网格员'))
    expect(begun).toContain('已记1号任命（赵小兰，第3网格四级网格员）：推选→行政村初审→行政村公示→乡镇审定→乡镇公示')
    expect(last(await street.say('沈国华', '任命1 推选'))).toContain('已记推选。下一步：行政村初审。')
    const wrong = await street.say('沈国华', '任命1 公示')
    expect([await reasonOf(wrong), last(wrong)]).toEqual(['wrong-step', expect.stringContaining('下一步是行政村初审')])
    await street.say('沈国华', '任命1 初审')
    expect(last(await street.say('沈国华', '任命1 公示'))).toContain('公示几天：原文未载，待街道填写，按当地规定')
    await street.say('沈国华', '任命 #1 审批')
    await street.say('沈国华', '任命1号 公示')
    expect(last(await street.say('沈国华', '任命进度'))).toContain('下一步：聘用')
    expect(last(await street.say('沈国华', '任命1 聘用'))).toContain('名册里还没有这个人，请更新名册')
    expect(last(await street.say('沈国华', '任命进度'))).toBe('现在没有在办的任命。')
    expect(await reasonOf(await street.say('沈国华', '任命1 推选'))).toBe('wrong-state')
  })

  it('S4E-10: is kept alike in the other database', async () => {
    street = await openTestStreet({ now: `${TODAY}T10:00`, pack: 'village-grid', database: 'postgres' })
    await street.say('沈国华', '任命 赵小兰 3网格 网格员')
    await street.say('沈国华', '任命1 推选')
    expect(last(await street.say('沈国华', '任命进度'))).toBe(
      '1号任命（赵小兰，第3网格四级网格员）：推选 11月18日（周三）；下一步：行政村初审',
    )
  })

  it('S4E-10: an objection stops it until it is settled, and only a posting can be objected to', async () => {
    street = await openTestStreet({ now: `${TODAY}T10:00`, pack: 'village-grid' })
    await street.say('沈国华', '任命 赵小兰 3网格 网格员')
    await street.say('沈国华', '任命1 推选')
    expect(await reasonOf(await street.say('沈国华', '任命1 异议 不是本村人'))).toBe('not-posted')
    await street.say('沈国华', '任命1 初审')
    await street.say('沈国华', '任命1 公示')
    expect(await reasonOf(await street.say('沈国华', '任命1 异议不成立'))).toBe('no-objection')
    expect(last(await street.say('沈国华', '任命1 异议 不是本村人'))).toContain('已停在这一步')
    expect(await reasonOf(await street.say('沈国华', '任命1 审定'))).toBe('objected')
    await street.say('沈国华', '任命1 异议不成立 已核实户籍')
    expect(last(await street.say('沈国华', '任命1 审定'))).toContain('已记乡镇审定')
    expect(last(await street.say('沈国华', '撤销'))).toContain('已撤销：1号任命')
    expect(last(await street.say('沈国华', '任命进度'))).toContain('下一步：乡镇审定')
    expect(last(await street.say('沈国华', '任命1 终止 本人放弃'))).toContain('已终止：本人放弃')
  })

  it('S2-21: the township settles it and publishes it with a number, which goes into the file', async () => {
    street = await openTestStreet({ now: `${TODAY}T10:00`, pack: 'county-grid' })
    expect(last(await street.say('曹源', '任命 李敏 1网格 专职网格员'))).toContain('乡镇审定→发文公布')
    await street.say('曹源', '任命1 审定')
    expect(last(await street.say('曹源', '任命1 发文 望镇〔2026〕3号'))).toContain('文号望镇〔2026〕3号已记入档案')
    expect(last(await street.say('李敏', '我的档案'))).toContain('任职文号：望镇〔2026〕3号')
  })

  it.each([
    ['沈国华', '任命 赵小兰 3网格 街长', 'which-post'],
    ['沈国华', '任命 赵小兰 33网格 网格员', 'unknown-grid'],
    ['李敏', '任命 赵小兰 3网格 网格员', 'not-allowed'],
    ['沈国华', '任命7 公示', 'unknown-number'],
  ])('%s: “%s” is refused as %s', async (who, words, reason) => {
    street = await openTestStreet({ now: `${TODAY}T10:00`, pack: 'village-grid' })
    expect(await reasonOf(await street.say(who, words))).toBe(reason)
  })

  it('says 原文未载 where the document has no steps, and can be taken back before the first', async () => {
    street = await openTestStreet({ now: `${TODAY}T10:00` })
    const none = await street.say('沈国华', '任命 赵小兰 3网格 专职网格员')
    expect([await reasonOf(none), last(none)]).toEqual(['no-rule', expect.stringContaining('原文未载本项')])
    await street.dispose()
    street = await openTestStreet({ now: `${TODAY}T10:00`, pack: 'village-grid' })
    await street.say('沈国华', '任命 赵小兰 3网格 网格员')
    expect(last(await street.say('沈国华', '撤销'))).toContain('已撤销：1号任命（赵小兰')
  })

  it('S4E-10: 社区书记 sees and moves those of the own community alone, the administrator all', async () => {
    street = await openTestStreet({ now: `${TODAY}T10:00`, pack: 'village-grid' })
    expect(await reasonOf(await street.say('韩梅', '任命 赵小兰 3网格 网格员'))).toBe('not-yours')
    await street.say('沈国华', '任命 赵小兰 3网格 网格员')
    expect(last(await street.say('韩梅', '任命进度'))).toBe('现在没有在办的任命。')
    expect(last(await street.say('韩梅', '任命1 推选'))).not.toContain('赵小兰')
    expect(last(await street.say('曹源', '任命进度'))).toContain('赵小兰')
  })
})

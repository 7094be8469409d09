import { afterEach, describe, expect, it } from 'vitest'
import { listFieldRecords } from '../../storage/field-records.ts'
import { findIncidentById } from '../../storage/incidents.ts'
import { toldTo } from '../support/replies.ts'
import { databases } from '../support/stores.ts'
import { openTestStreet, type StreetOptions, type TestStreet } from '../support/street.ts'

let street: TestStreet
const open = async (options: StreetOptions = {}) => {
  street = await openTestStreet({ now: '2026-11-18T10:00', ...options })
}
afterEach(() => street?.dispose())
const say = async (who: string, text: string) => toldTo(await street.say(who, text), who)
const visits = async () =>
  (await listFieldRecords(street.db)).map(({ person, place, findings, ...rest }) => ({
    ...rest,
    person: person?.reveal(),
    place: place?.reveal(),
    findings: findings?.reveal(),
  }))

describe.each(databases)('several households in one message on $name', ({ name: database }) => {
  it('S0-12: counts them and offers to make a case of what was found', async () => {
    await open({ database })
    const { replies } = await street.say('张丽', '走访3幢2单元5户，1户燃气管老化')
    expect(replies).toHaveLength(1)
    expect(replies[0]!.text).toMatch(/^已记走访：5户（3幢2单元），第2网格。\n.*转事件/)
    expect(replies[0]!.card?.buttons.map(({ says }) => says)).toEqual(['转事件'])
    expect(await visits()).toMatchObject([{ households: 5, place: '3幢2单元', findings: '1户燃气管老化' }])
  })

  it('S0-12: three people make three visits and one answer, and one undo takes all of it back', async () => {
    await open({ database })
    const { replies } = await street.say('张丽', '走访了3幢王奶奶、5幢李大爷和张婶，都平安，60分钟')
    expect(replies.map(({ text }) => text)).toEqual([
      '已记走访：王奶奶（3幢）、李大爷（5幢）、张婶，共3户，60分钟，第2网格。',
    ])
    expect(await visits()).toMatchObject([
      { person: '王奶奶', place: '3幢', minutes: 20, findings: '都平安' },
      { person: '李大爷', place: '5幢', minutes: 20 },
      { person: '张婶', minutes: 20 },
    ])
    expect(await say('张丽', '撤销')).toBe('已撤销：走访 王奶奶、李大爷、张婶 10:00。')
    expect(await visits()).toEqual([])
  })

  it('S0-12: names behind a count are the households that were counted', async () => {
    await open({ database })
    expect(await say('张丽', '今天走访了3户：王奶奶、李大爷、老周，都没事，1小时')).toBe(
      '已记走访：王奶奶、李大爷、老周，共3户，60分钟，第2网格。',
    )
    expect(await say('张丽', '走访了5户，王奶奶、李大爷家里都好')).toContain('共5户')
  })

  it('S0-12: households of several buildings are counted in each', async () => {
    await open({ database })
    expect(await say('张丽', '走访3幢5户，4幢2单元6户，都没发现问题，1小时')).toBe(
      '已记走访：5户（3幢）、6户（4幢2单元），共11户，60分钟，第2网格。',
    )
    expect(await visits()).toMatchObject([
      { place: '3幢', households: 5, minutes: 30, findings: '都没发现问题' },
      { place: '4幢2单元', households: 6, minutes: 30 },
    ])
    expect(await say('张丽', '走访了3幢5户，4幢2户拒访')).toBe('已记走访：5户（3幢），第2网格。')
  })

  it('S0-12: the same as last time in six characters, and it says whom', async () => {
    await open({ database })
    await say('张丽', '走访了3幢王奶奶、5幢李大爷，20分钟')
    street.setTime('2026-12-02T09:00')
    expect(await say('张丽', '同上次，无变化')).toBe('已记走访：王奶奶（3幢）、李大爷（5幢），共2户，第2网格。')
    expect(await say('张丽', '李大爷 老样子')).toBe('已记走访：李大爷（5幢），第2网格。')
    expect(await say('张丽', '同上次 王奶奶')).toBe('已记走访：王奶奶（3幢），第2网格。')
    const repeated = (await visits()).slice(2)
    expect(repeated.map(({ person, findings }) => [person, findings])).toEqual([
      ['王奶奶', '无变化'],
      ['李大爷', '无变化'],
      ['李大爷', '无变化'],
      ['王奶奶', '无变化'],
    ])
    expect(repeated.every(({ minutes }) => minutes === undefined)).toBe(true)
  })
})

describe('who was called on', () => {
  it.each([
    ['走访了王奶奶、李大爷等6户', ['王奶奶', '李大爷'], 6],
    ['走访王奶奶，李大爷，张婶', ['王奶奶', '李大爷', '张婶'], 3],
    ['走访了王奶奶和她老伴，量了血压', ['王奶奶'], undefined],
    ['走访了王奶奶、量血压', ['王奶奶'], undefined],
    ['走访王秀英、李建国，都在家', ['王秀英', '李建国'], 2],
    ['今天走访了12户', [undefined], 12],
    ['走访了5幢3户，都平安', [undefined], 3],
  ])('S0-12: %s', async (text, people, households) => {
    await open()
    expect(await say('张丽', text)).toContain('已记走访')
    const stored = await visits()
    expect(stored.map(({ person }) => person)).toEqual(people)
    const told = stored.reduce((sum, visit) => sum + (visit.households ?? 1), 0)
    expect(told).toBe(households ?? 1)
  })

  it.each([
    ['走访了3幢501张奶奶，20分钟', '张奶奶（3幢501）'],
    ['走访了5幢302张建国，情绪稳定', '张建国（5幢302）'],
    ['走访了2号楼1单元501张阿姨', '张阿姨（2号楼1单元501）'],
  ])('keeps the door before somebody called 张: %s', async (text, told) => {
    await open()
    expect(await say('张丽', text)).toContain(`已记走访：${told}`)
  })

  it('what was found belongs to whoever it names', async () => {
    await open()
    await say('张丽', '走访了王奶奶、李大爷，李大爷家缺轮椅')
    expect((await visits()).map(({ findings }) => findings)).toEqual([undefined, '李大爷家缺轮椅'])
  })

  it('asks as before where neither whom nor how many is told, and where the grid is open keeps all the names', async () => {
    await open()
    expect(await say('张丽', '走访了一户，20分钟')).toContain('走访了谁')
    expect(await say('张丽', '5幢老李')).toContain('老李（5幢），20分钟')
    expect(await say('徐伟', '走访了王奶奶、李大爷')).toContain('哪个网格')
    expect(await say('徐伟', '2')).toBe('已记走访：王奶奶、李大爷，共2户，第2网格。')
  })

  it('masks every name in a group', async () => {
    await open()
    const { replies } = await street.say('张丽', '走访了3幢301王秀英、李建国', { group: 'G02' })
    expect(replies[0]!.text).toMatch(/王\*\*（3幢\*\*\*）、李\*\*/)
  })

  it.each([
    ['走访王奶奶 不在家', 'notHome', '王奶奶不在家'],
    ['走访王奶奶，敲门没人应', 'notHome', '王奶奶不在家'],
    ['走访王奶奶拒访', 'refused', '王奶奶拒访'],
    ['走访了李大爷，住院了', 'hospital', '李大爷住院'],
    ['走访李大爷，已搬走', 'moved', '李大爷已搬走'],
    ['走访了李大爷，儿子不在家', undefined, '李大爷，'],
    ['走访了李大爷，老伴住院了', undefined, '李大爷，'],
  ] as const)('S1-16: %s', async (text, outcome, told) => {
    await open()
    expect(await say('张丽', text)).toContain(`已记走访：${told}`)
    expect(await visits()).toMatchObject([{ outcome }])
  })
})

describe('what was found becomes a case', () => {
  it('S1-17: a need told on a visit, asked for once and tied to the visit', async () => {
    await open()
    const answer = await say('张丽', '走访了3幢王奶奶，家里缺轮椅')
    expect(answer).toContain('反映的需求要办理的话，回“转事件”')
    const reported = await say('张丽', '转事件')
    expect(reported).toContain('已上报：事件 #1（民生诉求')
    const [visit] = await visits()
    const incident = await findIncidentById(street.db, visit!.incidentId!)
    expect(incident).toMatchObject({ no: 1, origin: 'resident', category: 'livelihood', gridId: visit!.gridId })
    expect(incident?.description.reveal()).toBe('走访3幢王奶奶，居民反映：家里缺轮椅')
    expect(await say('张丽', '转事件')).toContain('已经转成事件')
  })

  it('S3A-07, S0-12: a danger found is told as found, with the kind of case by its words', async () => {
    await open()
    await say('张丽', '走访3幢2单元5户，1户燃气管老化')
    expect(await say('张丽', '转事件')).toContain('安全隐患')
    const [visit] = await visits()
    expect(await findIncidentById(street.db, visit!.incidentId!)).toMatchObject({ origin: 'found', category: 'safety' })
  })

  it('a case that the words report by themselves is tied at once and not offered again', async () => {
    await open()
    const { replies } = await street.say('张丽', '今天走访了12户，发现2户有私拉电线')
    expect(replies.map(({ text }) => text).join('\n')).not.toContain('转事件')
    const [visit] = await visits()
    expect(visit).toMatchObject({ households: 12, incidentId: expect.any(String) })
  })

  it('refuses where no visit says anything, and where that was days ago', async () => {
    await open()
    expect(await say('张丽', '转事件')).toContain('最近的走访里没有写情况')
    await say('张丽', '走访了3幢王奶奶，家里缺轮椅')
    street.setTime('2026-11-23T09:00')
    expect(await say('张丽', '转事件')).toContain('最近的走访里没有写情况')
  })

  it('makes no case of nobody at home, but of what was seen at the door', async () => {
    await open()
    await say('张丽', '走访了3幢王奶奶，不在家')
    expect(await say('张丽', '转事件')).toContain('最近的走访里没有写情况')
    await say('张丽', '走访了3幢王奶奶，不在家，门口堆物')
    expect(await say('张丽', '转事件')).toContain('已上报：事件 #1')
  })

  it('is not offered for a quiet visit', async () => {
    await open()
    expect(await say('张丽', '走访了3幢王奶奶，一切正常')).toBe('已记走访：王奶奶（3幢），第2网格。')
  })
})

describe('a length that cannot be', () => {
  it.each([
    ['走访了王奶奶，9999分钟', '已记走访：王奶奶，第2网格。9999分钟超过一整天，时长没有记，回“改成30分钟”补上。'],
    ['巡查了沿江路一圈，500小时', '30000分钟超过一整天，时长没有记'],
  ])('is not kept, the rest is: %s', async (text, reply) => {
    await open()
    expect(await say('张丽', text)).toContain(reply)
    expect((await visits()).map(({ minutes }) => minutes)).toEqual([undefined])
    expect(await say('张丽', '改成9999分钟')).not.toContain('已更正')
    expect(await say('张丽', '改成30分钟')).toContain('没记 → 30分钟')
  })
})

describe('the same again', () => {
  it('asks where nothing came before, or nobody of that name', async () => {
    await open()
    expect(await say('张丽', '同上次，无变化')).toContain('还没有您的走访记录')
    await say('张丽', '走访了3幢王奶奶')
    expect(await say('张丽', '同上次 李大爷')).toContain('没有您走访过李大爷的记录')
    expect(await visits()).toHaveLength(1)
  })

  it('takes what was found instead of 无变化', async () => {
    await open()
    await say('张丽', '走访了3幢王奶奶')
    expect(await say('张丽', '同上次，楼道灯不亮')).toContain('转事件')
    expect((await visits()).at(-1)).toMatchObject({ person: '王奶奶', findings: '楼道灯不亮' })
  })
})

describe('kinds of visit and activities', () => {
  it('S3A-02: a visit to a firm with what it lacks', async () => {
    await open({ pack: 'town-visits' })
    expect(await say('张丽', '走访企业 城东机械厂 缺工')).toContain('城东机械厂')
    expect(await visits()).toMatchObject([{ visitKind: '企业', visitTopic: '服务需求' }])
  })

  it('S1-20: a visit to a family of soldiers', async () => {
    await open({ pack: 'street-appraisal' })
    await say('张丽', '走访军属老李，家里都好')
    expect(await visits()).toMatchObject([{ visitKind: '军烈属' }])
  })

  it('S4D-20, S4D-05: dropping in is a visit of the document’s own kind, with its duty', async () => {
    await open({ pack: 'county-center' })
    await say('张丽', '去王奶奶家串门拉呱')
    expect(await visits()).toMatchObject([{ visitKind: '每日串串门', duty: '采集基础信息' }])
  })

  it.each([
    ['S1-18', 'street-appraisal'],
    ['S3A-01', 'town-visits'],
  ] as const)('%s: publicity with its place and how many it reached', async (_rule, pack) => {
    await open({ pack })
    expect(await say('张丽', '宣传 低保政策 幸福广场 30人')).toBe('已记宣传：低保政策，幸福广场，30人，第2网格。')
    expect(await visits()).toMatchObject([{ visitKind: '宣传', place: '幸福广场', findings: '低保政策', people: 30 }])
  })

  it.each([
    ['S3A-05', '健康服务 王奶奶 量血压', { visitKind: '健康服务', person: '王奶奶', findings: '健康服务：量血压' }],
    ['S3A-06', '科技服务 城东机械厂 送技术手册', { visitKind: '特色服务', place: '城东机械厂' }],
    ['S3A-06', '就业服务 李建国 送岗位信息', { visitKind: '特色服务', person: '李建国' }],
  ])('%s: %s', async (_rule, text, record) => {
    await open({ pack: 'town-visits' })
    const { replies } = await street.say('张丽', text, { group: 'G02' })
    expect(replies.map(({ to }) => to)).toEqual(['user'])
    expect(await visits()).toMatchObject([record])
  })

  it('S1-21: who took part in an activity of the militia', async () => {
    await open({ pack: 'street-appraisal' })
    expect(await say('张丽', '民兵活动 街道点验 人武部 8人')).toContain('已记民兵活动：街道点验，人武部，8人')
    expect(await visits()).toMatchObject([{ visitKind: '民兵', people: 8 }])
  })

  it('asks for what is missing and records nothing', async () => {
    await open()
    expect(await say('张丽', '宣传 低保政策')).toContain('请写全宣传的内容和地点')
    expect(await say('徐伟', '宣传 低保政策 幸福广场 30人')).toContain('哪个网格')
    expect(await visits()).toEqual([])
    expect(await say('张丽', '撤销')).toContain('没有可撤销')
  })
})

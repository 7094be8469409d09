import { afterEach, describe, expect, it } from 'vitest'
import { adoptPack } from '../../storage/packs.ts'
import { draft } from '../support/notice-steps.ts'
import { openTestStreet, type Said, type TestStreet } from '../support/street.ts'
import { type BuiltInPack, readBuiltIn } from '../support/street-data.ts'

let street: TestStreet
afterEach(() => street.dispose())

async function ask(pack: BuiltInPack, text: string): Promise<{ text: string; said: Said }> {
  street = await openTestStreet({ pack })
  const said = await street.say('李敏', text)
  return { text: said.replies.map(reply => reply.text).join('\n'), said }
}

describe('依据', () => {
  it.each<[BuiltInPack, string, string[]]>([
    ['street-team', '依据 S0-21', ['下发截止：16:00（原文）', 'S0-21：二(二)：阶段性工作由各职能科室提出']],
    [
      'street-team',
      '依据S0-25',
      ['应打卡人员：专职网格员、兼职网格员（原文）', '具体时间（“参照机关干部考勤要求”）：原文未载，待街道填写'],
    ],
    ['street-team', '依据 S0-34', ['年度考核加分值：原文未载，待街道填写']],
    [
      'county-grid',
      '依据 S2-28',
      [
        '受理，2个工作日（原文）',
        '流转，3个工作日（原文）',
        '办结，5个工作日（原文）',
        '2个工作日内受理，3个工作日内流转，5个工作日内办结',
      ],
    ],
    [
      'county-grid',
      '依据 s2-25',
      ['信息，至少5条，每周，以网格为单位（原文）', '超出是否奖励：否（本系统默认，原文没有写明）'],
    ],
    ['county-grid', '依据 S2-13', ['第五项职责（“五项职责”只列出四项）：原文未载，待街道填写', '原文说5项，写出4项']],
    ['county-grid', '依据 S2-05', ['即时在线率，目标60%（原文）', '未启用（减负）。国办函〔2026〕12号（二）']],
    ['street-appraisal', '依据 S1-13b', ['该项未启用', '健康信息']],
    ['town-visits', '依据 S3A-13', ['遇节假日：提前（原文）', '每月3号上午（遇节假日提前）']],
    ['five-tier', '依据 S3B-09', ['第7条的全部内容：原文未载，待街道填写']],
    ['county-center', '依据 S4D-22', ['原文说17项，写出0项', '17类信息各类的名称：原文未载，待街道填写']],
    ['village-grid', '依据 S4E-12', ['我的权利 获得履行职责应当具备的工作条件', '申请辞职']],
  ])('on %s, %s shows value, clause and whose word it is', async (pack, text, expected) => {
    const { text: told } = await ask(pack, text)
    for (const words of expected) expect(told).toContain(words)
  })

  it('says of a rule of another document whose it is, and that it does not hold here', async () => {
    const { text, said } = await ask('street-team', '依据 S2-28')
    expect(text).toContain('S2-28 是另一份文件（规则包 county-grid）的条款')
    expect(text).toContain('不适用')
    expect(said.status).not.toBe('failed')
  })

  it('makes up no rule for a number that no document has', async () => {
    expect((await ask('street-team', '依据 S0-99')).text).toContain('没有 S0-99 这一条')
  })

  it('knows a rule by whom it permits what', async () => {
    expect((await ask('street-team', '依据 S0-12')).text).toContain('日常排查走访、信息采集')
  })
})

describe('依据 with a record', () => {
  it('S0-37: names the version of the day, though another holds by now', async () => {
    street = await openTestStreet({ now: '2026-11-18T08:00' })
    await street.say('李敏', '3号楼路灯坏了')
    const { yaml } = readBuiltIn('street-team')
    const changed = yaml.replace("version: '1'", "version: '2'")
    await street.change(db => adoptPack(db, changed, 'street-team', { now: street.now(), today: '2026-11-18' }))
    street.setTime('2026-11-20T09:00')
    await street.say('李敏', '2号楼路灯坏了')
    const told = async (text: string) => (await street.say('李敏', text)).replies.map(reply => reply.text).join('\n')
    expect(await told('依据 #1')).toContain('版本1办理，这一版自2026-01-01起施行')
    expect(await told('依据 2号事件')).toContain('版本2办理，这一版自2026-11-19起施行')
  })

  it('S0-37: cites the clause that the notice followed', async () => {
    street = await openTestStreet({ now: '2026-11-18T10:00' })
    const no = await draft(street)
    const { replies } = await street.say('王科', `依据 提示单${no}`)
    expect(replies[0]!.text).toContain('S0-21：二(二)：阶段性工作由各职能科室提出')
  })

  it('refuses a number that nothing has', async () => {
    expect((await ask('street-team', '依据 #99')).text).toContain('没有事件 #99')
  })
})

describe('考核方案', () => {
  it.each<[BuiltInPack, string[]]>([
    ['street-team', ['考核总分 100 分：月度考核 80 分', '原文未载，待街道填写（20 分）', '每月月度考核']],
    [
      'street-appraisal',
      ['网格基本信息 10 分', '原文未载，待街道填写（20 分）', '每季度汇总，每半年初查，每年总评并排名公布'],
    ],
    ['county-grid', ['没有写评分办法', '每周周巡查，每月月考核，每年年评比', '网格覆盖率，目标100%']],
    ['county-center', ['问题发现率：自查发现的问题数÷全部问题数', '（本系统默认）']],
  ])('on %s shows points, cycles and indicators, with the gaps', async (pack, expected) => {
    const { text } = await ask(pack, '考核方案')
    for (const words of expected) expect(text).toContain(words)
  })
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { admissionExpiry } from '../../jobs/admission-expiry.ts'
import { listAdmissions, listGateEntries } from '../../storage/admissions.ts'
import { listTasks } from '../../storage/tasks.ts'
import { draft, noticeNumbered, sign, WHOLE } from '../support/notice-steps.ts'
import { runJob } from '../support/run-job.ts'
import { openTestStreet, type Said, type TestStreet } from '../support/street.ts'

let street: TestStreet
const last = ({ replies }: Said) => replies.at(-1)?.text ?? ''
const told = ({ replies }: Said, who: string) => replies.filter(({ target }) => target === who).map(({ text }) => text)
const open = async (pack: 'county-grid' | 'county-center' | 'street-team', now = '2026-11-18T15:50') => {
  street = await openTestStreet({ now, pack })
}
afterEach(() => street.dispose())
const entries = async () => (await listGateEntries(street.db)).map(({ kind, office }) => [kind, office])
const REGISTER = '准入登记 反诈宣传 部门：公安局 标准：每户讲一次 培训：11月5日集中培训 准入号：ZR-2026-08'

describe('the gate of the county grid', () => {
  beforeEach(() => open('county-grid'))

  it('S2-29: a notice without a number stays a draft in the box, refused with the clause and counted once', async () => {
    const said = await street.say('王科', `【工作提示单】\n${WHOLE}`)
    expect(last(said)).toContain('没有准入号或临时备案')
    expect(last(said)).toContain('非经准入的业务和事项不得进入网格')
    expect((await noticeNumbered(street, 1)).status).toBe('draft')
    await street.say('王科', '准入号 ZR-2026-99')
    expect(await entries()).toEqual([['refused', '消安办']])
    expect(last(await street.say('王科', '未准入'))).toContain('1号提示单')
  })

  it('S2-29: its number, told as the answer or in the draft, lets it go on', async () => {
    await street.say('林静', REGISTER)
    const no = await draft(street)
    expect(last(await street.say('王科', 'zr-2026-08'))).toContain('已报高峰审核')
    expect((await noticeNumbered(street, no)).status).toBe('submitted')
    await draft(street, `${WHOLE}\n准入号：ZR-2026-08`)
    expect((await noticeNumbered(street, 2)).status).toBe('submitted')
    expect(last(await street.say('王科', '未准入'))).toBe('未准入里没有提示单。')
  })

  it('S2-29: a correction goes out under the admission of what it puts right', async () => {
    await street.say('林静', REGISTER)
    await draft(street, `${WHOLE}\n准入号：ZR-2026-08`)
    await street.say('高峰', '1号提示单同意')
    await sign(street, 1)
    await street.say('王科', '更正提示单1 任务要求改为逐户登记并拍照')
    expect((await noticeNumbered(street, 2)).status).toBe('submitted')
  })

  it('S2-29: a number that nobody registered opens nothing', async () => {
    await draft(street)
    expect(last(await street.say('王科', '准入号 ZR-2026-99'))).toContain('ZR-2026-99没有登记')
    expect((await noticeNumbered(street, 1)).status).toBe('draft')
  })

  it('S2-31: a temporary matter needs its end, stops by itself, and with it what is out under it', async () => {
    expect(last(await street.say('林静', '临时备案 防汛排查 备案号LS-03'))).toContain('临时备案要写到哪一天')
    expect(last(await street.say('林静', '临时备案 防汛排查 备案号LS-03 至2026-11-20'))).toContain(
      'LS-03《防汛排查》，临时备案至11月20日（周五）',
    )
    await draft(street, `${WHOLE}\n备案号：LS-03`)
    await street.say('高峰', '1号提示单同意')
    await sign(street, 1)
    expect((await noticeNumbered(street, 1)).status).toBe('broadcast')
    const warned = await runJob(street, admissionExpiry, { due: '2026-11-18T00:05' })
    expect(warned.map(({ to, text }) => [to, text.includes('到期自动停止')])).toEqual([
      ['@林静', true],
      ['@王科', true],
    ])
    expect(await runJob(street, admissionExpiry, { due: '2026-11-19T00:05' })).toEqual([])
    expect(await runJob(street, admissionExpiry, { due: '2026-11-20T00:05' })).toEqual([])
    const stopped = await runJob(street, admissionExpiry, { due: '2026-11-21T00:05' })
    expect(stopped[0]!.text).toContain('到期停止，已停止：1号提示单《排查出租房》，不再催办')
    expect((await noticeNumbered(street, 1)).status).toBe('closed')
    street.setTime('2026-11-23T10:00')
    await draft(street, `${WHOLE}\n备案号：LS-03`)
    expect((await noticeNumbered(street, 2)).status).toBe('draft')
  })

  it('S2-32: without standard and training a matter goes out and is not scored; both can come later', async () => {
    expect(last(await street.say('林静', '准入登记 反诈宣传 准入号ZR-1'))).toContain('不能计分（缺工作标准、培训）')
    await street.say('林静', '准入补充 ZR-1 标准：每户讲一次')
    expect(last(await street.say('林静', '准入补充 ZR-1 培训：11月5日集中培训'))).not.toContain('不能计分')
    const [admission] = await listAdmissions(street.db)
    expect(admission).toMatchObject({ standard: '每户讲一次', training: '11月5日集中培训' })
  })

  it('S2-30: what the principal leader forces goes on, with the reason, and is counted', async () => {
    await draft(street)
    expect((await street.say('方正', '强制准入提示单1')).status).toBe('refused')
    expect((await street.say('王科', '强制准入提示单1 防汛紧急')).status).toBe('refused')
    const said = await street.say('方正', '强制准入提示单1 防汛紧急')
    expect(last(said)).toContain('已强制准入，记入转嫁统计；已转去审核')
    expect(told(said, '王科')[0]).toContain('防汛紧急')
    expect((await noticeNumbered(street, 1)).status).toBe('submitted')
    expect((await street.say('方正', '强制准入提示单1 防汛紧急')).status).toBe('refused')
    const table = last(await street.say('林静', '转嫁统计'))
    expect(table).toContain('消安办：未准入1，强制下发1，未批评比考核0')
    expect(table).toContain('不得随意向网格员转嫁')
    expect(last(await street.say('林静', '上月转嫁统计'))).toContain('上月没有')
  })

  it('S2-29, S2-30: a department’s single task needs a number too, one from inside the grids does not', async () => {
    const refused = await street.say('王科', '任务 @李敏 周五前报出租房数')
    expect([refused.status, last(refused)]).toEqual([
      'refused',
      expect.stringContaining('非经准入的业务和事项不得进入网格'),
    ])
    expect(await listTasks(street.db)).toEqual([])
    await street.say('林静', REGISTER)
    await street.say('王科', '任务 @李敏 周五前报出租房数 准入号ZR-2026-08')
    await street.say('徐伟', '任务 @李敏 周五前清点台账')
    const tasks = await listTasks(street.db)
    expect(tasks.map(({ admissionId }) => admissionId !== undefined)).toEqual([true, false])
    expect(await entries()).toEqual([['refused', '消安办']])
  })

  it('S2-23: the list of services is what may enter', async () => {
    await street.say('林静', REGISTER)
    expect(last(await street.say('李敏', '准入清单'))).toBe('准入清单1项：\nZR-2026-08《反诈宣传》，公安局，准入')
  })

  it('keeps a number to one matter, a wrong role out, and says what is missing', async () => {
    await street.say('林静', REGISTER)
    expect(last(await street.say('林静', REGISTER))).toContain('已经登记过')
    expect((await street.say('王科', REGISTER)).status).toBe('refused')
    expect((await street.say('林静', '准入登记 反诈宣传')).status).toBe('refused')
    expect((await street.say('林静', '准入补充 ZR-9 标准：一户一次')).status).toBe('refused')
    expect(await listAdmissions(street.db)).toHaveLength(1)
  })

  it('S2-31: the end of a temporary matter may be told as 到…, and is no part of its name', async () => {
    expect(last(await street.say('林静', '临时备案 独居老人探访 到11月20日'))).toContain('备案号：LS-2026-03')
    expect(last(await street.say('林静', '临时备案 独居老人探访 到11月20日 备案号：LS-9 标准：每户一访'))).toContain(
      'LS-9《独居老人探访》，临时备案至11月20日（周五）',
    )
  })

  it('S2-31: what is stopped by hand opens nothing any more', async () => {
    await street.say('林静', REGISTER)
    expect(last(await street.say('林静', '停止准入 ZR-2026-08'))).toContain('已停止')
    await draft(street, `${WHOLE}\n准入号：ZR-2026-08`)
    expect((await noticeNumbered(street, 1)).status).toBe('draft')
  })

  it('is taken back while nothing went out under it', async () => {
    await street.say('林静', REGISTER)
    expect(last(await street.say('林静', '撤销'))).toContain('已撤销：准入登记 ZR-2026-08')
    expect((await listAdmissions(street.db))[0]!.status).toBe('stopped')
  })
})

describe('the county centre', () => {
  beforeEach(() => open('county-center'))

  it('S4D-29: a department’s own appraisal is refused with the clause and counted', async () => {
    const said = await street.say('王科', '新建考核 消防专项')
    expect([said.status, last(said)]).toEqual(['refused', expect.stringContaining('不允许职能部门的单独考核')])
    expect(await entries()).toEqual([['appraisal', '消安办']])
  })

  it('S4D-28: a contest needs an approval number that is registered', async () => {
    const said = await street.say('王科', '新建评比 消防示范网格')
    expect([said.status, last(said)]).toEqual(['refused', expect.stringContaining('取消所有未经批准的评比项目')])
    await street.say('林静', '评比登记 消防示范网格 批准文号：政法〔2026〕8号')
    expect(last(await street.say('王科', '新建评比 消防示范网格 批准文号：政法〔2026〕8号'))).toContain(
      '已批准，可以开展',
    )
    expect(await entries()).toEqual([['appraisal', '消安办']])
  })

  it('S4D-28: a contest that is wished for in everyday words is the same', async () => {
    const said = await street.say('王科', '我们想搞一个消防示范网格评比')
    expect([said.status, last(said)]).toEqual(['refused', expect.stringContaining('取消所有未经批准的评比项目')])
    expect(await entries()).toEqual([['appraisal', '消安办']])
  })

  it('S4D-28: a notice that calls for one is refused, its draft is kept', async () => {
    await street.say('林静', REGISTER)
    const no = await draft(street, `${WHOLE.replace('排查出租房', '开展消防示范网格评比')}\n准入号：ZR-2026-08`)
    expect((await noticeNumbered(street, no)).status).toBe('draft')
    expect(await entries()).toEqual([['appraisal', '消安办']])
  })

  it('S4D-30: the list of duties is a gate as well', async () => {
    const no = await draft(street)
    expect((await noticeNumbered(street, no)).status).toBe('draft')
  })
})

describe('a document without a gate', () => {
  beforeEach(() => open('street-team'))

  it('lets notices and tasks go on, and says that there is no gate', async () => {
    const no = await draft(street)
    expect((await noticeNumbered(street, no)).status).toBe('submitted')
    expect((await street.say('方正', '强制准入提示单1 防汛紧急')).status).toBe('refused')
    expect(last(await street.say('李敏', '准入清单'))).toContain('现行办法没有规定准入审核')
    expect(last(await street.say('王科', '新建考核 消防专项'))).toContain('请写进提示单的“考核规定”')
    expect(await entries()).toEqual([])
  })
})

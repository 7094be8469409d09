import { afterEach, describe, expect, it } from 'vitest'
import { draft, draftAndReview, draftToSigned, noticeNumbered, sign, WHOLE } from '../support/notice-steps.ts'
import { openTestStreet, type Said, type TestStreet } from '../support/street.ts'

let street: TestStreet
afterEach(() => street.dispose())
const open = async (now = '2026-11-18T09:00') => {
  street = await openTestStreet({ now })
}
const last = ({ replies }: Said) => replies.at(-1)!.text
const to = ({ replies }: Said, kind: string) => replies.filter(one => one.kind === kind).map(({ target }) => target)
/** Signed in the minutes in which it goes out at once. */
async function issue(words = ''): Promise<number> {
  street.setTime('2026-11-18T15:50')
  const no = await draftAndReview(street, `${WHOLE}${words}`)
  await sign(street, no)
  return no
}

describe('继续起草', () => {
  it('S0-22: a draft survives a question that was never answered, and is asked on', async () => {
    await open()
    await street.say('王科', '发个提示单，月底前排查出租房')
    street.setTime('2026-11-19T09:00')
    expect(last(await street.say('王科', '我的任务'))).toContain('1号提示单《排查出租房》，回“继续起草1号”')
    expect(last(await street.say('王科', '继续起草'))).toContain('还缺：任务要求、考核规定')
    await street.say('王科', '逐户登记造册')
    expect(last(await street.say('王科', '漏一户扣一分'))).toContain('已报高峰审核')
  })

  it('of several names them, and takes a number', async () => {
    await open()
    await street.say('王科', '发个提示单，月底前排查出租房')
    await street.say('王科', '算了')
    await street.say('王科', '发个提示单，月底前清点沙袋')
    await street.say('王科', '帮助')
    await street.say('王科', '发个提示单，月底前检查井盖')
    const asked = await street.say('王科', '继续起草')
    expect(last(asked)).toContain('起草到一半的有2份')
    expect(last(await street.say('王科', '继续起草3号'))).toContain('3号提示单《检查井盖》已起草，还缺')
  })

  it('gives back what was returned, ready to edit', async () => {
    await open()
    const no = await draft(street)
    await street.say('高峰', `${no}号提示单退回，时间太紧`)
    expect(last(await street.say('王科', '继续起草'))).toContain('修改1号提示单\n工作内容：排查出租房')
  })
})

describe('修改', () => {
  it('S0-21: changes one part of what was returned and hands it in again under its number', async () => {
    await open()
    const no = await draft(street)
    await street.say('高峰', `${no}号提示单退回，时间太紧`)
    const said = await street.say('王科', `修改提示单${no} 时间节点改为下周五，任务要求改为逐户登记造册`)
    expect(last(said)).toContain('已报高峰审核')
    expect(to(said, 'notice-review')).toEqual(['高峰'])
    expect(await noticeNumbered(street, no)).toMatchObject({
      status: 'submitted',
      due: '2026-11-27',
      requirement: '逐户登记造册',
      content: '排查出租房',
    })
  })

  it('takes back what still waits for the deputy, who is asked anew', async () => {
    await open()
    const no = await draft(street)
    const said = await street.say('王科', `修改${no}号提示单 下发范围改为桃源社区`)
    expect(to(said, 'notice-review')).toEqual(['高峰'])
    expect((await noticeNumbered(street, no)).gridIds).toHaveLength(3)
  })

  it('does not accept a date that is over', async () => {
    await open()
    const no = await draft(street)
    expect(last(await street.say('王科', `修改提示单${no} 时间节点改为2026年11月10日`))).toContain('已经过了')
  })

  it.each([
    ['王科', 'reviewed', '已报主要领导'],
    ['罗平', 'submitted', '请由起草科室来改'],
  ])('by %s of a notice that is %s is refused with what to do, and changes nothing', async (who, status) => {
    await open()
    const no = status === 'reviewed' ? await draftAndReview(street) : await draft(street)
    const said = await street.say(who, `修改提示单${no} 任务要求改为随便看看`)
    expect(said.status).toBe('refused')
    expect(last(said)).toContain('没有改动')
    expect(await noticeNumbered(street, no)).toMatchObject({ status, requirement: '逐户登记' })
  })
})

describe('撤回', () => {
  it('of an issued notice tells every group once and marks it', async () => {
    await open()
    const no = await issue()
    const said = await street.say('王科', `撤回提示单${no} 数据重复`)
    expect(to(said, 'notice-withdrawn')).toEqual(['G01', 'G02', 'G03', 'G04'])
    expect(said.replies[0]!.text).toBe('【撤回】1号提示单《排查出租房》已撤回：数据重复。不用再办，已报的进度留存。')
    expect(await noticeNumbered(street, no)).toMatchObject({ status: 'withdrawn', withdrawReason: '数据重复' })
    const again = await street.say('王科', `撤回提示单${no} 数据重复`)
    expect(again.status).toBe('refused')
    expect(again.replies).toHaveLength(1)
  })

  it('leaves nothing to acknowledge: 收到 is refused with a sentence', async () => {
    await open()
    const no = await issue()
    await street.say('林静', `撤回提示单${no} 市里改期`)
    const said = await street.say('李敏', `收到${no}号`)
    expect(said.status).toBe('refused')
    expect(last(said)).toContain('已撤回')
  })

  it('asks for the reason of what is signed, and leaves it as it is', async () => {
    await open()
    const no = await draftToSigned(street)
    const said = await street.say('王科', `撤回提示单${no}`)
    expect(said.status).toBe('refused')
    expect(last(said)).toContain('撤回要写明原因')
    expect((await noticeNumbered(street, no)).status).toBe('signed')
  })

  it('before it is out tells who was asked to pass it', async () => {
    await open()
    const no = await draftAndReview(street)
    const said = await street.say('王科', `撤回${no}号提示单，写错了`)
    expect(to(said, 'notice-withdrawn')).toEqual(['方正'])
    expect((await street.say('方正', `${no}号提示单签发`)).status).toBe('refused')
    expect((await noticeNumbered(street, no)).status).toBe('withdrawn')
  })

  it.each([
    ['罗平', '由消安办或党政办撤回'],
    ['李敏', '这一步由科室、党政办办理'],
  ])('is not for %s', async (who, why) => {
    await open()
    const no = await issue()
    const said = await street.say(who, `撤回提示单${no} 不想干`)
    expect(said.status).toBe('refused')
    expect(last(said)).toContain(why)
    expect((await noticeNumbered(street, no)).status).toBe('broadcast')
  })
})

describe('更正', () => {
  it('goes through the chain as a notice of its own and takes the old one’s place when it goes out', async () => {
    await open()
    const old = await issue()
    const said = await street.say('王科', `更正提示单${old} 时间节点改为12月10日`)
    expect(last(said)).toContain('2号提示单《排查出租房》已报高峰审核')
    expect((await noticeNumbered(street, old)).status).toBe('broadcast')
    await street.say('高峰', '2号提示单同意')
    const signed = await sign(street, 2)
    const sheet = signed.replies.find(({ kind }) => kind === 'notice-sheet')!
    expect(sheet.text).toContain('（更正第1号，以本单为准）')
    expect(sheet.text).toContain('12月10日')
    expect(to(signed, 'notice-withdrawn')).toEqual([])
    expect(await noticeNumbered(street, old)).toMatchObject({
      status: 'withdrawn',
      withdrawReason: '已由2号提示单《排查出租房》更正',
    })
    expect(await noticeNumbered(street, 2)).toMatchObject({ status: 'broadcast', requirement: '逐户登记' })
  })

  it('tells the groups that are no longer meant', async () => {
    await open()
    const old = await issue()
    await street.say('王科', `更正提示单${old} 下发范围改为桃源社区`)
    await street.say('高峰', '2号提示单同意')
    const signed = await sign(street, 2)
    expect(to(signed, 'notice-sheet')).toEqual(['G01', 'G02', 'G03'])
    expect(to(signed, 'notice-withdrawn')).toEqual(['G04'])
  })

  it('of what is being put right already names the notice that does', async () => {
    await open()
    const old = await issue()
    await street.say('王科', `更正提示单${old} 时间节点改为12月10日`)
    const said = await street.say('王科', `更正提示单${old} 时间节点改为12月11日`)
    expect(said.status).toBe('refused')
    expect(last(said)).toContain('2号提示单《排查出租房》正在更正它')
  })

  it('wants to know what, and is for what has gone out', async () => {
    await open()
    const no = await draft(street)
    expect(last(await street.say('王科', `更正提示单${no} 时间节点改为12月10日`))).toContain(
      '还没下发，请用“修改提示单1',
    )
    const out = await issue()
    expect(last(await street.say('王科', `更正提示单${out}`))).toContain('请说清更正哪一项')
  })
})

describe('提示单12 文档', () => {
  it('sends the sheet as a document in private', async () => {
    await open()
    const no = await issue()
    const said = await street.say('李敏', `提示单${no} 文档`, { group: 'G01' })
    expect(said.replies.map(({ to, target }) => [to, target])).toEqual([['user', '李敏']])
    const row = await street.db.sql
      .selectFrom('outbox')
      .select('attachment')
      .where('kind', '=', 'notice-document')
      .executeTakeFirstOrThrow()
    const { id } = await noticeNumbered(street, no)
    expect(JSON.parse(row.attachment!)).toEqual({ kind: 'notice-document', data: { noticeIds: [id] } })
  })

  it('is not for everybody before it has gone out', async () => {
    await open()
    const no = await draft(street)
    expect((await street.say('李敏', `提示单${no} 文档`)).status).toBe('refused')
    expect((await street.say('王科', `${no}号提示单的文档`)).status).toBe('handled')
  })
})

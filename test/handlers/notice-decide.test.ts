import { afterEach, describe, expect, it } from 'vitest'
import { openDesk } from '../../handlers/desk.ts'
import { findExpediteReason } from '../../handlers/notice/expedite-reason.ts'
import { releaseNotices } from '../../handlers/notice/release.ts'
import { at } from '../support/clock.ts'
import { draft, draftAndReview, draftToSigned, noticeNumbered, sign, WHOLE } from '../support/notice-steps.ts'
import { openTestStreet, type Said, type TestStreet } from '../support/street.ts'

let street: TestStreet
afterEach(() => street.dispose())
const open = async (now = '2026-11-18T09:00') => {
  street = await openTestStreet({ now })
}
const last = ({ replies }: Said) => replies.at(-1)!.text
const sheets = ({ replies }: Said) => replies.filter(({ kind }) => kind === 'notice-sheet').map(({ target }) => target)

describe('when a signed notice goes out (contract, S0-21)', () => {
  const EVERY = ['G01', 'G02', 'G03', 'G04']
  it.each([
    ['2026-11-18T15:40', [], '2026-11-18T15:45', false, '今天15:45汇总下发'],
    ['2026-11-18T15:44:59', [], '2026-11-18T15:45', false, '今天15:45汇总下发'],
    ['2026-11-18T15:45', EVERY, '2026-11-18T15:45', false, '发往4个网格群'],
    ['2026-11-18T15:59:59', EVERY, '2026-11-18T15:59:59', false, '发往4个网格群'],
    ['2026-11-18T16:00', [], '2026-11-19T08:30', true, '已过16:00，顺延至11月19日（周四）08:30下发'],
    ['2026-11-18T16:01', [], '2026-11-19T08:30', true, '顺延至11月19日（周四）08:30下发'],
    ['2026-09-30T16:10', [], '2026-10-08T08:30', true, '顺延至10月8日（周四）08:30下发'], // the day before a holiday
    ['2026-11-20T16:10', [], '2026-11-23T08:30', true, '顺延至11月23日（周一）08:30下发'], // Friday
    ['2026-11-21T10:00', [], '2026-11-23T08:30', true, '今天不是工作日，顺延至11月23日（周一）08:30下发'],
    ['2026-02-14T15:50', EVERY, '2026-02-14T15:50', false, '发往4个网格群'], // a Saturday that is worked
    ['2026-02-14T16:10', [], '2026-02-24T08:30', true, '顺延至2月24日（周二）08:30下发'],
  ])('signed %s', async (now, groups, releaseAt, deferred, words) => {
    await open(`${now.slice(0, 10)}T09:00`)
    const no = await draftAndReview(street, WHOLE.replace('12月4日前', '2026年12月4日前'))
    street.setTime(now)
    const signed = await sign(street, no)
    expect(last(signed)).toContain(words)
    expect(sheets(signed)).toEqual(groups)
    const offered = signed.replies.some(({ card }) => card?.buttons.some(({ text }) => text === '立即下发'))
    expect(offered).toBe(groups.length === 0 && !deferred)
    expect(await noticeNumbered(street, no)).toMatchObject({
      status: groups.length > 0 ? 'broadcast' : 'signed',
      releaseAt: at(releaseAt),
      deferred,
      late: false,
    })
  })

  it('says that a day of an unknown year is provisional', async () => {
    await open('2026-12-31T16:30')
    const no = await draftAndReview(street, WHOLE.replace('12月4日前', '2027年1月20日前'))
    expect(last(await sign(street, no))).toContain('2027年放假安排未导入，暂按周一至周五')
  })

  it('sends a standing task on signature, on any day at any hour (S0-20)', async () => {
    await open('2026-11-21T10:00')
    const no = await draftAndReview(
      street,
      '常态化任务\n工作内容：独居老人探访\n任务要求：每周一次\n考核规定：少一次扣0.5分',
    )
    expect(sheets(await sign(street, no))).toEqual(EVERY)
  })
})

describe('加急', () => {
  it('is taken up with one word after the offer, and never by another', async () => {
    await open('2026-11-18T16:10')
    const no = await draftToSigned(street)
    expect(sheets(await street.say('方正', '好的'))).toEqual([])
    const other = await draftToSigned(street, WHOLE.replace('排查出租房', '清点沙袋'))
    expect(sheets(await street.say('方正', '不用加急'))).toEqual([])
    expect((await noticeNumbered(street, other)).status).toBe('signed')
    const third = await draftToSigned(street, WHOLE.replace('排查出租房', '检查井盖'))
    expect(sheets(await street.say('方正', '加急，台风今晚登陆'))).toHaveLength(4)
    expect(await noticeNumbered(street, third)).toMatchObject({ status: 'broadcast', expediteReason: '台风今晚登陆' })
    expect((await noticeNumbered(street, no)).status).toBe('signed')
  })

  it('sends at once with a reason, and breaks through quiet hours', async () => {
    await open('2026-11-18T21:05')
    const no = await draftToSigned(street)
    const said = await street.say('方正', `${no}号提示单加急下发，市里要求今晚就传达`)
    expect(sheets(said)).toHaveLength(4)
    expect(
      said.replies.filter(({ kind }) => kind === 'notice-sheet').every(({ urgency }) => urgency === 'urgent'),
    ).toBe(true)
    expect(await noticeNumbered(street, no)).toMatchObject({
      status: 'broadcast',
      deferred: false,
      expediteReason: '市里要求今晚就传达',
    })
  })

  it('asks for the reason and sends when it is told', async () => {
    await open('2026-11-18T16:05')
    const no = await draftToSigned(street)
    const asked = await street.say('方正', `${no}号提示单加急下发`)
    expect(last(asked)).toContain('原因是什么')
    expect(sheets(asked)).toEqual([])
    expect(sheets(await street.say('方正', '台风马上要来'))).toHaveLength(4)
  })

  it('does not take words about another number for the reason', async () => {
    await open('2026-11-18T16:05')
    const no = await draftToSigned(street)
    await street.say('方正', `${no}号提示单加急下发`)
    await street.say('方正', '8号提示单同意')
    expect((await noticeNumbered(street, no)).status).toBe('signed')
  })

  it('with the signature itself sends at once', async () => {
    await open('2026-11-18T16:05')
    const no = await draftAndReview(street)
    expect(sheets(await sign(street, no, '，加急，市里要求今晚就传达'))).toHaveLength(4)
  })

  it('is the principal’s alone', async () => {
    await open('2026-11-18T16:05')
    const no = await draftToSigned(street)
    const said = await street.say('林静', `${no}号提示单加急下发，市里要求今晚就传达`)
    expect(said.status).toBe('refused')
    expect(last(said)).toContain('主要领导')
    expect((await noticeNumbered(street, no)).status).toBe('signed')
  })

  it.each([
    ['12号加急下发，台风今晚登陆', '台风今晚登陆'],
    ['12号加急：台风今晚登陆', '台风今晚登陆'],
    ['加急下发12号提示单，原因是台风今晚登陆', '台风今晚登陆'],
    ['因台风今晚登陆，加急下发12号', '台风今晚登陆'],
    ['12号提示单加急', undefined],
    ['加急下发12号提示单', undefined],
    ['12号立即下发', undefined],
  ])('finds the reason in %s', (text, reason) => {
    expect(findExpediteReason(text)).toBe(reason)
  })
})

describe('issue by 党政办', () => {
  it('sends a signed notice at once before 16:00', async () => {
    await open()
    const no = await draftToSigned(street)
    street.setTime('2026-11-18T11:00')
    expect(sheets(await street.say('林静', `${no}号提示单立即下发`))).toHaveLength(4)
    expect((await noticeNumbered(street, no)).broadcastAt).toBe(at('2026-11-18T11:00'))
  })

  it('is refused afterwards and names the principal', async () => {
    await open('2026-11-18T16:05')
    const no = await draftToSigned(street)
    const said = await street.say('林静', `${no}号提示单立即下发`)
    expect(said.status).toBe('refused')
    expect(last(said)).toContain('主要领导（方正）')
    expect((await noticeNumbered(street, no)).status).toBe('signed')
  })

  it('and the compiled run at the same instant send it once', async () => {
    await open()
    const signed = await noticeNumbered(street, await draftToSigned(street))
    street.setTime('2026-11-18T15:45')
    const release = { notice: signed, deferred: false, late: false }
    const groups = await street.change(async db => {
      const desk = await openDesk(db, { by: 'test', now: street.now(), at: street.now() })
      return [await releaseNotices(desk, [release]), await releaseNotices(desk, [release])]
    })
    expect(groups).toEqual([4, 0])
  })

  it('is refused before the signature', async () => {
    await open()
    const no = await draftAndReview(street)
    const said = await street.say('林静', `${no}号提示单立即下发`)
    expect(said.status).toBe('refused')
    expect(last(said)).toContain('待主要领导签发')
  })
})

describe('refusals change nothing', () => {
  it.each([
    ['王科', '同意', '自己起草'],
    ['李敏', '同意', '分管领导'],
    ['梁栋', '同意', '由高峰审核'],
    ['方正', '签发', '还在等分管领导高峰审核'],
    ['高峰', '签发', '主要领导'],
    ['梁栋', '退回，写得不清楚', '由高峰审核'],
    ['林静', '立即下发', '还在等分管领导高峰审核'],
  ])('%s says %s to a submitted notice', async (who, words, why) => {
    await open()
    const no = await draft(street)
    const said = await street.say(who, `${no}号提示单${words}`)
    expect(said.status).toBe('refused')
    expect(last(said)).toContain(why)
    expect((await noticeNumbered(street, no)).status).toBe('submitted')
  })

  it('the deputy cannot review twice', async () => {
    await open()
    const no = await draftAndReview(street)
    const said = await street.say('高峰', `${no}号提示单同意`)
    expect(said.status).toBe('refused')
    expect((await noticeNumbered(street, no)).status).toBe('reviewed')
  })

  it('an unknown number names what exists', async () => {
    await open()
    await draft(street)
    const said = await street.say('高峰', '9号提示单同意')
    expect(said.status).toBe('refused')
    expect(last(said)).toBe('没有9号提示单。等您办的有：1号提示单《排查出租房》。')
  })

  it('a signed notice cannot be returned', async () => {
    await open()
    const no = await draftToSigned(street)
    const said = await street.say('方正', `${no}号提示单退回，再改改`)
    expect(said.status).toBe('refused')
    expect((await noticeNumbered(street, no)).status).toBe('signed')
  })
})

describe('returning', () => {
  it('tells the drafter the reason with the text ready to edit, and the edited text keeps its number', async () => {
    await open()
    const no = await draft(street)
    const { replies } = await street.say('高峰', `${no}号提示单退回，时间太紧`)
    const told = replies.find(({ kind }) => kind === 'notice-rejected')!
    expect(told.target).toBe('王科')
    expect(told.text).toContain('被高峰退回：时间太紧')
    const edited = told.text.slice(told.text.indexOf('修改1号')).replace('12月4日（周五）24:00前', '12月11日前')
    expect(last(await street.say('王科', edited))).toContain('1号提示单《排查出租房》已报高峰审核')
    expect(await noticeNumbered(street, no)).toMatchObject({ status: 'submitted', due: '2026-12-11' })
    expect((await noticeNumbered(street, no)).gridIds).toBeUndefined()
  })

  it('gives the same day back where the drafter changes nothing', async () => {
    await open()
    const no = await draft(street)
    const { due } = await noticeNumbered(street, no)
    const { replies } = await street.say('高峰', `${no}号提示单退回，时间太紧`)
    const { text } = replies.find(({ kind }) => kind === 'notice-rejected')!
    await street.say('王科', text.slice(text.indexOf('修改1号')))
    expect(await noticeNumbered(street, no)).toMatchObject({ status: 'submitted', due })
  })

  it('never guesses an approval from words that name no decision', async () => {
    await open()
    const no = await draft(street)
    const { slots } = await street.say('高峰', '要求写得太笼统')
    expect(slots).not.toHaveProperty('decision')
    expect((await noticeNumbered(street, no)).status).toBe('submitted')
  })

  it('asks for the reason where none is told', async () => {
    await open()
    const no = await draft(street)
    expect(last(await street.say('高峰', `${no}号提示单退回`))).toContain('退回的原因是什么')
    expect((await noticeNumbered(street, no)).status).toBe('submitted')
    await street.say('高峰', '要求写得太笼统')
    expect((await noticeNumbered(street, no)).status).toBe('rejected')
  })

  it('by the principal goes back to the drafter as well', async () => {
    await open()
    const no = await draftAndReview(street)
    const { replies } = await street.say('方正', `${no}号提示单退回，要求写得太笼统`)
    expect(replies.find(({ kind }) => kind === 'notice-rejected')?.target).toBe('王科')
  })
})

describe('which notice is meant', () => {
  it('the only one that waits needs no number', async () => {
    await open()
    await draft(street)
    expect(last(await street.say('高峰', '同意'))).toContain('1号提示单《排查出租房》审核通过')
  })

  it('of two that wait one question names both titles, and the answer settles it', async () => {
    await open()
    await draft(street)
    await draft(street, WHOLE.replace('排查出租房', '清点沙袋'))
    const asked = last(await street.say('高峰', '同意'))
    expect(asked).toContain('1号提示单《排查出租房》')
    expect(asked).toContain('2号提示单《清点沙袋》')
    expect(last(await street.say('高峰', '2号提示单'))).toContain('2号提示单《清点沙袋》审核通过')
    expect((await noticeNumbered(street, 1)).status).toBe('submitted')
  })

  it.each([['都同意'], ['同意', '全部']])('takes all of them where %s %s is said', async (...words) => {
    await open()
    await draft(street)
    await draft(street, WHOLE.replace('排查出租房', '清点沙袋'))
    for (const text of words) await street.say('高峰', text)
    expect((await noticeNumbered(street, 1)).status).toBe('reviewed')
    expect((await noticeNumbered(street, 2)).status).toBe('reviewed')
  })

  it('a number alone names the incident that waits for the sender, and how to move it on', async () => {
    await open('2026-11-18T10:00')
    await draftAndReview(street)
    await street.say('李敏', '3号楼路灯坏了')
    const said = last(await street.say('陈桂芳', '1号'))
    expect(said).toContain('路灯坏了')
    expect(said).toContain('“1号受理”')
  })

  it('a bare number means the thing with that number that waits for the sender', async () => {
    await open()
    await draft(street)
    await street.say('沈国华', '明天请一天假，看病')
    expect(last(await street.say('高峰', '1号同意'))).toContain('是哪一件')
    expect(last(await street.say('高峰', '1号请假'))).toContain('已准1号请假')
    expect(last(await street.say('高峰', '1号同意'))).toContain('1号提示单《排查出租房》审核通过')
  })

  it('says so where nothing waits', async () => {
    await open()
    const said = await street.say('高峰', '同意')
    expect(last(said)).toBe('现在没有等您办的。')
    expect(said.status).toBe('refused')
  })
})

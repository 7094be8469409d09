import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listReceivers } from '../../storage/notice-receivers.ts'
import { toOutboxItem } from '../../storage/outbox.ts'
import { withApprovedLeave } from '../support/leave-steps.ts'
import { draft, draftToSigned, noticeNumbered, WHOLE } from '../support/notice-steps.ts'
import { openTestStreet, type Said, type TestStreet } from '../support/street.ts'

let street: TestStreet
const last = ({ replies }: Said) => replies.at(-1)?.text ?? ''
const told = ({ replies }: Said, who: string) => replies.filter(({ target }) => target === who).map(({ text }) => text)
const WITH_PHOTO = WHOLE.replace('逐户登记', '逐户登记，完成要求附照片')
const ONE_GRID = WHOLE.replace('逐户登记', '1网格逐户登记')

/** Signed between 15:45 and 16:00, so it goes out with the signature. */
beforeEach(async () => {
  street = await openTestStreet({ now: '2026-11-18T15:50' })
})
afterEach(() => street.dispose())

async function stateOf(no: number) {
  const notice = await noticeNumbered(street, no)
  const roster = await street.roster()
  const rows = await listReceivers(street.db, [notice.id])
  const named = (which: 'acknowledgedAt' | 'doneAt') =>
    rows.filter(row => row[which] !== undefined).map(({ memberId }) => roster.memberById(memberId)!.name)
  return { status: notice.status, acknowledged: named('acknowledgedAt'), done: named('doneAt'), rows }
}

describe('收到', () => {
  it('of several numbers counts for each of them', async () => {
    const first = await draftToSigned(street)
    const second = await draftToSigned(street)
    await street.say('李敏', `收到${first}、${second}号`)
    expect((await stateOf(first)).acknowledged).toEqual(['李敏'])
    expect((await stateOf(second)).acknowledged).toEqual(['李敏'])
  })

  it('in a group the waiting line grows to the newest count of every notice', async () => {
    const first = await draftToSigned(street)
    const second = await draftToSigned(street)
    await street.say('李敏', `收到${first}号`, { group: 'G01' })
    await street.say('王强', `收到${second}号`, { group: 'G01' })
    const said = await street.say('陈桂芳', `收到${second}号`, { group: 'G01' })
    expect(last(said)).toBe(`回执：${first}号1/9人，${second}号2/9人`)
  })

  it('that is taken back before the window closes is not counted in the line', async () => {
    const no = await draftToSigned(street)
    await street.say('李敏', '收到', { group: 'G01' })
    await street.say('王强', '收到', { group: 'G01' })
    await street.say('李敏', '撤销', { group: 'G01' })
    const row = await street.db.sql
      .selectFrom('outbox')
      .selectAll()
      .where('kind', '=', 'acknowledge')
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow()
    expect(toOutboxItem(street.db, row).text.reveal()).toBe(`回执：${no}号1/9人`)
  })

  it('after the window closed is a new line', async () => {
    const no = await draftToSigned(street)
    await street.say('李敏', '收到', { group: 'G01' })
    street.setTime('2026-11-18T15:56')
    expect(last(await street.say('王强', '收到', { group: 'G01' }))).toBe(`回执：${no}号2/9人`)
  })

  it('for a withdrawn notice is refused with the one that replaces it, and nothing is counted', async () => {
    const no = await draftToSigned(street)
    await street.say('王科', `撤回提示单${no} 数据有误`)
    expect((await noticeNumbered(street, no)).status).toBe('withdrawn')
    const said = await street.say('李敏', `收到${no}号`)
    expect(said.status).toBe('refused')
    expect(last(said)).toContain('已撤回，不用再办；没有记录')
    expect((await stateOf(no)).acknowledged).toEqual([])
    expect(last(await street.say('李敏', `${no}号提示单完成了`))).toContain('已撤回')
  })
})

describe('progress in numbers', () => {
  it.each([
    ['查了18户,还差4户', '未完成，数量18，还剩4'],
    ['1号提示单查了十八户，还剩四户', '未完成，数量18，还剩4'],
    ['1号提示单还差4户没查', '未完成，还剩4'],
    ['1号提示单还差0户', '已完成，还剩0'],
  ])('%s', async (text, expected) => {
    await draftToSigned(street)
    expect(last(await street.say('李敏', text))).toContain(expected)
  })
})

describe('done with a photo', () => {
  it('without one is kept as progress, and the photo that follows finishes it', async () => {
    const no = await draftToSigned(street, WITH_PHOTO)
    const said = await street.say('李敏', `${no}号完成`)
    expect(last(said)).toContain('任务要求带照片，请发一张')
    expect(said.status).toBe('asked')
    expect(await stateOf(no)).toMatchObject({ acknowledged: ['李敏'], done: [] })
    expect(last(await street.say('李敏', '照片来了', { images: 1 }))).toContain('已完成')
    expect((await stateOf(no)).done).toEqual(['李敏'])
  })

  it('together with it is done at once', async () => {
    const no = await draftToSigned(street, WITH_PHOTO)
    expect(last(await street.say('李敏', `${no}号完成`, { images: 1 }))).toContain('已完成')
  })

  it('counts a photo that came with earlier progress', async () => {
    const no = await draftToSigned(street, WITH_PHOTO)
    await street.say('李敏', `${no}号提示单查了18户`, { images: 1 })
    expect(last(await street.say('李敏', `${no}号完成`))).toContain('已完成')
  })

  it('is not asked where the notice wants none, or waives it', async () => {
    const plain = await draftToSigned(street)
    expect(last(await street.say('李敏', `${plain}号完成`))).toContain('已完成')
    const waived = await draftToSigned(street, WHOLE.replace('逐户登记', '逐户登记，不用拍照'))
    expect(last(await street.say('李敏', `${waived}号完成`))).toContain('已完成')
  })
})

describe('the end', () => {
  it('comes when the last has finished; the drafter hears it once', async () => {
    const no = await draftToSigned(street, ONE_GRID)
    await street.say('李敏', `${no}号完成`)
    await street.say('王强', `${no}号完成`)
    const said = await street.say('陈桂芳', `${no}号完成`)
    expect(told(said, '王科')).toEqual([expect.stringContaining('3人全部完成，已办结')])
    expect((await stateOf(no)).status).toBe('closed')
  })

  it('is taken back when somebody tells that it is not done', async () => {
    const no = await draftToSigned(street, ONE_GRID)
    for (const who of ['李敏', '王强', '陈桂芳']) await street.say(who, `${no}号完成`)
    await street.say('李敏', `${no}号提示单没做完`)
    expect((await stateOf(no)).status).toBe('broadcast')
  })

  it('can be set by the office, and not by another one', async () => {
    const no = await draftToSigned(street)
    const other = await street.say('罗平', `办结提示单${no}`)
    expect(other.status).toBe('refused')
    expect((await stateOf(no)).status).toBe('broadcast')
    expect(last(await street.say('王科', `办结提示单${no}`))).toContain(
      '已办结（0/9人完成，还有9人没报完成，不再催办）',
    )
    expect((await stateOf(no)).status).toBe('closed')
    expect(last(await street.say('王科', `办结提示单${no}`))).toContain('没有改动')
  })

  it('in the same words from a receiver is their own completion', async () => {
    const no = await draftToSigned(street)
    expect(last(await street.say('李敏', `办结提示单${no}`))).toContain('已完成（1/9人完成）')
    expect((await stateOf(no)).status).toBe('broadcast')
  })
})

describe('the state by grid', () => {
  it.each(['提示单1 情况', '1号提示单各网格情况', '提示单1进度'])('S0-26: %s', async words => {
    await draftToSigned(street)
    await street.say('李敏', '1号提示单查了18户,还差4户')
    await street.say('何大勇', '1号完成')
    const text = last(await street.say('王科', words))
    expect(text.split('\n')).toEqual([
      '1号提示单《排查出租房》（已下发，12月4日（周五）24:00前）：1/9人完成',
      '第1网格：完成0/3，收到1，数量18，还剩4；未完成：陈桂芳、李敏、王强',
      '第2网格：完成1/2，收到1；未完成：张丽',
      '第3网格：完成0/2，收到0；未完成：周明、孙燕',
      '第4网格：完成0/2，收到0；未完成：郑涛、冯洁',
    ])
  })

  it('names nobody in a group, and shows it its own grids alone', async () => {
    await draftToSigned(street)
    const text = last(await street.say('陈桂芳', '提示单1 情况', { group: 'G01' }))
    expect(text).toContain('第1网格：完成0/3')
    expect(text).not.toContain('第2网格')
    for (const { name } of (await street.roster()).members) expect(text).not.toContain(name)
  })

  it('shows a leader the own grid and an unknown number is refused', async () => {
    await draftToSigned(street)
    const text = last(await street.say('陈桂芳', '提示单1 情况'))
    expect(text).toContain('第1网格')
    expect(text).not.toContain('第2网格')
    const unknown = await street.say('陈桂芳', '提示单99 情况')
    expect([unknown.status, last(unknown)]).toEqual(['refused', '没有99号提示单。'])
  })

  it('finds a notice by the day it went out, and asks which where there were several', async () => {
    await draftToSigned(street)
    expect(last(await street.say('王科', '提示单1118 情况'))).toContain('1号提示单')
    await draftToSigned(street)
    expect(last(await street.say('王科', '提示单1118 情况'))).toContain('那天下发了2份')
    expect(last(await street.say('王科', '提示单1118-2 情况'))).toContain('2号提示单')
  })

  it('of one that has not gone out is refused', async () => {
    const no = await draft(street)
    expect((await street.say('王科', `提示单${no} 情况`)).status).toBe('refused')
  })

  it('marks who is on leave', async () => {
    await draftToSigned(street)
    await withApprovedLeave(street, '李敏', '2026-11-18')
    expect(last(await street.say('王科', '提示单1 情况'))).toContain('李敏（请假）')
  })
})

describe('the buttons of a sheet', () => {
  it('say the words for all its notices, and stay for those who have not pressed', async () => {
    const no = await draftToSigned(street)
    const sheet = await street.db.sql
      .selectFrom('outbox')
      .select('card')
      .where('kind', '=', 'notice-sheet')
      .executeTakeFirstOrThrow()
    expect(JSON.parse(sheet.card!)).toEqual({
      title: `工作提示单 ${no}号`,
      buttons: [
        { key: 'acknowledge', text: '收到', says: `收到${no}号` },
        { key: 'done', text: '完成', says: `${no}号提示单完成` },
      ],
      ends: 'never',
    })
    await street.say('李敏', `收到${no}号`, { group: 'G01' })
    await street.say('王强', `${no}号提示单完成`, { group: 'G01' })
    expect(await stateOf(no)).toMatchObject({ acknowledged: ['李敏', '王强'], done: ['王强'] })
  })
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { composeText } from '../../bot/compose.ts'
import { listAddressed } from '../../handlers/notice/addressed.ts'
import { minuteMs } from '../../policy/time.ts'
import { acknowledgeReceipt, insertReceivers, listReceivers, markReceiptDone } from '../../storage/notice-receivers.ts'
import { insertNotice, updateNotice } from '../../storage/notices.ts'
import { toOutboxItem } from '../../storage/outbox.ts'
import { nextNumber } from '../../storage/settings.ts'
import { draftAndReview, draftToSigned, noticeNumbered, sign, WHOLE } from '../support/notice-steps.ts'
import { openTestStreet, type Said, type TestStreet } from '../support/street.ts'

let street: TestStreet
const last = ({ replies }: Said) => replies.at(-1)?.text
/** Signed between 15:45 and 16:00, so it goes out with the signature. */
beforeEach(async () => {
  street = await openTestStreet({ now: '2026-11-18T15:50' })
})
afterEach(() => street.dispose())

async function receivers(no: number) {
  const roster = await street.roster()
  const rows = await listReceivers(street.db, [(await noticeNumbered(street, no)).id])
  const named = (done: (row: (typeof rows)[number]) => boolean) =>
    rows.filter(done).map(({ memberId }) => roster.memberById(memberId)!.key)
  return {
    all: named(() => true),
    acknowledged: named(row => row.acknowledgedAt !== undefined),
    done: named(row => row.doneAt !== undefined),
  }
}

describe('who receives', () => {
  it('网格长 and 网格员 of the target grids; 指导员 and 包联人员 owe nothing', async () => {
    const no = await draftToSigned(street, WHOLE.replace('逐户登记', '1网格逐户登记'))
    expect((await receivers(no)).all).toEqual(['陈桂芳', '李敏', '王强'])
  })
})

describe('years of notices', () => {
  it('leave the newest and what is still owed at hand; an older one is found by its number', async () => {
    const first = await draftToSigned(street)
    const owed = await draftToSigned(street)
    await street.say('李敏', `收到${first}号`)
    await street.say('李敏', `${first}号提示单完成`)
    const member = (await street.roster()).membersNamed('李敏')[0]!
    const model = await noticeNumbered(street, first)
    const [receipt] = await listReceivers(street.db, [model.id])
    await street.change(async db => {
      for (let index = 0; index < 40; index++) {
        const at = street.now() + index
        const no = await nextNumber(db, 'notice')
        const { drafterId, messageId } = model
        const { id } = await insertNotice(db, { no, kind: 'campaign', drafterId, draftedAt: at, messageId })
        await updateNotice(db, id, { status: 'broadcast', broadcastAt: at })
        await insertReceivers(db, id, [{ memberId: member.id, gridId: receipt!.gridId }], at)
        const [row] = await listReceivers(db, [id])
        await acknowledgeReceipt(db, row!.id, { at, messageId })
        await markReceiptDone(db, row!.id, at)
      }
    })
    const near = (await listAddressed({ db: street.db, actor: member })).map(({ notice }) => notice.no)
    expect(near).toContain(owed)
    expect(near).not.toContain(first)
    expect(near).toHaveLength(31)
    expect(last(await street.say('李敏', `收到${first}号`))).toContain('已记过收到')
    expect(last(await street.say('李敏', '收到'))).toContain(`${owed}号提示单`)
  })
})

describe('收到', () => {
  it('counts for the newest notice, once however often it is said', async () => {
    const no = await draftToSigned(street)
    expect(last(await street.say('李敏', '收到'))).toContain('已记收到：1号提示单《排查出租房》（1/9人已回执）')
    expect(last(await street.say('李敏', '收到'))).toContain('已记过收到')
    expect((await receivers(no)).acknowledged).toEqual(['李敏'])
  })

  it('by number counts for that one', async () => {
    const first = await draftToSigned(street)
    street.setTime('2026-11-18T15:52')
    const second = await draftToSigned(street)
    await street.say('李敏', `收到${first}号`)
    expect((await receivers(first)).acknowledged).toEqual(['李敏'])
    expect((await receivers(second)).acknowledged).toEqual([])
  })

  it('by quote counts for what is quoted, even for 好的', async () => {
    const first = await draftToSigned(street)
    street.setTime('2026-11-18T15:52')
    await draftToSigned(street)
    await street.say('王强', '好的', {
      group: 'G01',
      quote: { text: `【工作提示单 第${first}号】排查出租房\n工作内容：排查出租房` },
    })
    expect((await receivers(first)).acknowledged).toEqual(['王强'])
  })

  it('in a group is answered with counts and no names: the first of a window at once, those that follow when it closes', async () => {
    await draftToSigned(street)
    const said = [
      await street.say('李敏', '收到', { group: 'G01' }),
      await street.say('王强', '收到', { group: 'G01' }),
      await street.say('陈桂芳', '收到', { group: 'G01' }),
    ]
    expect(said.map(last)).toEqual(['回执：1号1/9人', '回执：1号2/9人', '回执：1号3/9人'])
    const rows = await street.db.sql
      .selectFrom('outbox')
      .selectAll()
      .where('kind', '=', 'acknowledge')
      .orderBy('id')
      .execute()
    const closes = street.now() + 5 * minuteMs
    expect(rows.map(row => row.not_before)).toEqual([street.now(), closes, closes])
    const [, lead, ...others] = rows.map(row => toOutboxItem(street.db, row))
    expect(composeText(lead!, others)).toBe('回执：1号3/9人')
  })

  it('from somebody it was not sent to is refused and not counted', async () => {
    const no = await draftToSigned(street, WHOLE.replace('逐户登记', '1网格逐户登记'))
    const said = await street.say('张丽', `收到${no}号`)
    expect(said.status).toBe('refused')
    expect(last(said)).toContain('不是发给您办的')
    expect((await receivers(no)).acknowledged).toEqual([])
  })

  it('for a notice that has not gone out is refused', async () => {
    const no = await draftAndReview(street)
    const said = await street.say('李敏', `收到${no}号`)
    expect(said.status).toBe('refused')
    expect(last(said)).toContain('待主要领导签发')
  })

  it('to nothing is left without an answer in a group', async () => {
    expect((await street.say('李敏', '收到', { group: 'G01' })).replies).toEqual([])
  })

  it('is taken back by 撤销', async () => {
    const no = await draftToSigned(street)
    await street.say('李敏', '收到')
    expect(last(await street.say('李敏', '撤销'))).toContain('已撤销：1号提示单《排查出租房》回执')
    expect((await receivers(no)).acknowledged).toEqual([])
  })
})

describe('progress', () => {
  it('counts as received, and as done where it says so', async () => {
    const no = await draftToSigned(street)
    expect(last(await street.say('李敏', `${no}号提示单查了58间`))).toContain('进度已记，数量58')
    expect(await receivers(no)).toMatchObject({ acknowledged: ['李敏'], done: [] })
    expect(last(await street.say('李敏', `${no}号提示单完成了`))).toContain('已完成（1/9人完成）')
    expect((await receivers(no)).done).toEqual(['李敏'])
  })

  it('is taken back by 还没做完', async () => {
    const no = await draftToSigned(street)
    await street.say('李敏', `${no}号提示单完成了`)
    await street.say('李敏', `${no}号提示单还没做完`)
    expect((await receivers(no)).done).toEqual([])
  })

  it('of somebody else’s notice is refused', async () => {
    const no = await draftToSigned(street, WHOLE.replace('逐户登记', '1网格逐户登记'))
    expect((await street.say('张丽', `${no}号提示单完成了`)).status).toBe('refused')
  })

  it('of an instructor of the grid is noted and counts as nobody’s completion', async () => {
    const no = await draftToSigned(street)
    expect((await street.say('徐伟', `${no}号提示单完成了`)).status).toBe('handled')
    expect((await receivers(no)).done).toEqual([])
  })
})

describe('who is missing', () => {
  it('@s only those missing in the group, and not those on leave (expectations no. 6)', async () => {
    await street.say('王强', '今天请一天假，看病')
    await street.say('沈国华', '1号请假同意')
    const no = await draftToSigned(street)
    const said = await street.say('陈桂芳', `${no}号提示单还有谁没收到`, { group: 'G01' })
    expect(said.replies.at(-1)).toMatchObject({ to: 'group', at: ['陈桂芳', '李敏'] })
    expect(last(said)).toContain('应办9人，已收到0人，请假1人不计')
  })

  it('does not count the morning’s leave in the afternoon', async () => {
    await street.say('王强', '今天上午请半天假，看病')
    await street.say('沈国华', '1号请假同意')
    const no = await draftToSigned(street)
    const said = await street.say('陈桂芳', `${no}号提示单还有谁没收到`, { group: 'G01' })
    expect(said.replies.at(-1)!.at).toEqual(['陈桂芳', '李敏', '王强'])
  })

  it('tells the office counts first and the names by grid, in private', async () => {
    const no = await draftToSigned(street)
    await street.say('李敏', '收到')
    const [head, first] = last(await street.say('王科', `${no}号提示单还有谁没收到`))!.split('\n')
    expect(head).toBe('1号提示单《排查出租房》：应办9人，已收到1人。')
    expect(first).toBe('第1网格：陈桂芳、王强')
  })

  it('asks for 完成 as well', async () => {
    const no = await draftToSigned(street)
    await street.say('李敏', '收到')
    expect(last(await street.say('王科', `${no}号提示单谁还没完成`))).toContain('第1网格：陈桂芳、李敏、王强')
  })

  it('shows a 网格长 the own grid alone', async () => {
    const no = await draftToSigned(street)
    const text = last(await street.say('陈桂芳', `${no}号提示单还有谁没收到`))!
    expect(text).toContain('第1网格')
    expect(text).not.toContain('第2网格')
  })

  it('with 催 @s those missing in every grid group', async () => {
    const no = await draftToSigned(street)
    await street.say('陈桂芳', '收到')
    const { replies } = await street.say('王科', `催一下${no}号提示单，还有谁没收到`)
    const told = replies.filter(({ kind }) => kind === 'notice-expedite')
    expect(told.map(({ target, at }) => [target, at])).toEqual([
      ['G01', ['李敏', '王强']],
      ['G02', ['何大勇', '张丽']],
      ['G03', ['周明', '孙燕']],
      ['G04', ['郑涛', '冯洁']],
    ])
  })
})

describe('looking things up', () => {
  it('shows a notice with its state', async () => {
    const no = await draftToSigned(street)
    const text = last(await street.say('李敏', `${no}号提示单的内容再给我看下`))!
    expect(text).toContain('11月18日（周三）15:50下发，0/9人已回执，0人完成')
    expect(text).toContain('工作内容：排查出租房')
  })

  it('keeps a notice that is still being approved to those concerned', async () => {
    const no = await draftAndReview(street)
    expect((await street.say('李敏', `${no}号提示单的内容再给我看下`)).status).toBe('refused')
    expect(last(await street.say('王科', `${no}号提示单的内容再给我看下`))).toContain('待主要领导签发，高峰已审核')
  })

  it('lists a leader’s decisions and a worker’s open notices as their tasks', async () => {
    await draftToSigned(street)
    await draftAndReview(street, WHOLE.replace('排查出租房', '清点沙袋'))
    expect(last(await street.say('方正', '我手上还有几个任务'))).toContain('待审批：2号提示单《清点沙袋》')
    expect(last(await street.say('李敏', '我手上还有几个任务'))).toContain(
      '1号提示单《排查出租房》，12月4日（周五）24:00前',
    )
    await street.say('李敏', '1号提示单完成了')
    expect(last(await street.say('李敏', '我手上还有几个任务'))).toContain('没有待办')
  })
})

describe('merged sheets', () => {
  it('says 收到 to all of a sheet at once', async () => {
    street.setTime('2026-11-18T10:00')
    const nos = [await draftAndReview(street), await draftAndReview(street, WHOLE.replace('排查出租房', '清点沙袋'))]
    street.setTime('2026-11-18T15:50')
    for (const no of nos) await sign(street, no)
    await street.say('李敏', '收到')
    for (const no of nos) expect((await receivers(no)).acknowledged).toEqual(['李敏'])
  })
})

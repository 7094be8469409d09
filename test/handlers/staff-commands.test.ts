import { afterEach, describe, expect, it } from 'vitest'
import { findCommand } from '../../handlers/index.ts'
import { staffCommands } from '../../handlers/organisation/staff-commands.ts'
import { insertLeave, settleLeave } from '../../storage/leaves.ts'
import { nextNumber } from '../../storage/settings.ts'
import { toldTo } from '../support/replies.ts'
import { openTestStreet, type Said, type TestStreet } from '../support/street.ts'

let street: TestStreet
const last = ({ replies }: Said) => replies.at(-1)?.text ?? ''
afterEach(() => street.dispose())

describe('the commands about the people of the grids', () => {
  it.each([
    '离岗',
    '离岗,接孩子去',
    '下午离岗去开会',
    '更新困境儿童档案',
    '档案都整理好了',
    '入户留了张联系卡',
    '联系卡发完了还有吗',
    '公示牌没更新，扣0.5分',
    '张三要辞职',
    '不想干了想辞职',
    '同意',
    '12号提示单同意',
    '任命书收到了',
    '居民有什么权利',
    '王大爷说这是我们的义务',
  ])('“%s” falls into none of them', async words => {
    street = await openTestStreet({ now: '2026-11-18T08:20' })
    expect(staffCommands.map(({ name }) => name)).not.toContain(findCommand(words)?.name)
  })
})

describe('light roles and what stands beside the grids', () => {
  it('S0-06: 包联人员 owe no check-in, may report, and are asked to nothing', async () => {
    street = await openTestStreet({ now: '2026-11-18T08:20' })
    expect(last(await street.say('赵志远', '打卡'))).toContain('您无需打卡')
    expect(last(await street.say('赵志远', '3幢2单元楼道堆物，很多杂物'))).toContain('事件 #1')
    expect(last(await street.say('赵志远', '档案 赵志远'))).toContain('包联人员（第1网格）')
  })

  it('S3A-26: 信息员 of the document work in a grid and send what they hear', async () => {
    street = await openTestStreet({ now: '2026-11-18T10:00', pack: 'town-visits' })
    expect(last(await street.say('白露', '我的档案'))).toContain('信息员（第1网格）')
    const said = await street.say('白露', '信息：村民对征地补偿议论较多')
    expect([said.intent, said.status]).toEqual(['submitInfo', 'handled'])
  })

  it('S3A-27: who guided a visit and told of the household is kept with the visit', async () => {
    street = await openTestStreet({ now: '2026-11-18T10:00', pack: 'town-visits' })
    const said = await street.say('白露', '走访了3幢王奶奶，给网格员带路并介绍了家里情况，20分钟')
    expect([said.intent, said.status]).toEqual(['visit', 'handled'])
  })

  it('S4D-37: full-time and part-time teachers stand in the list, as the document asks', async () => {
    street = await openTestStreet({ now: '2026-11-18T10:00', pack: 'county-center' })
    expect(last(await street.say('王科', '培训师资 张伟 兼职 消防救援大队'))).toContain('已列入培训师资库：张伟')
    expect(last(await street.say('王科', '依据 S4D-37'))).toContain('专职和兼职师资团队')
  })

  it('S4D-38: buying services is shown as advice of the document, and nothing more', async () => {
    street = await openTestStreet({ now: '2026-11-18T10:00', pack: 'county-center' })
    expect(last(await street.say('王科', '依据 S4D-38'))).toContain('对策建议（不是规定）')
  })
})

describe('while somebody is on leave', () => {
  it('S0-05: a case that comes in reaches 代理人, not who is away', async () => {
    street = await openTestStreet({
      now: '2026-11-18T10:00',
      prepare: async db => {
        const { id } = await db.sql
          .selectFrom('member')
          .select('id')
          .where('name', '=', '陈桂芳')
          .executeTakeFirstOrThrow()
        await db.sql.updateTable('member_role').set({ stand_in: '王强' }).where('member_id', '=', id).execute()
      },
    })
    const { messageId } = await street.say('陈桂芳', '帮助')
    await street.change(async db => {
      const memberId = (await street.roster()).membersNamed('陈桂芳')[0]!.id
      const leave = await insertLeave(db, {
        no: await nextNumber(db, 'leave'),
        memberId,
        fromDay: '2026-11-18',
        toDay: '2026-11-18',
        approverId: memberId,
        askedAt: street.now(),
        messageId,
      })
      await settleLeave(db, leave.id, { status: 'approved', at: street.now() })
    })
    await street.say('李敏', '3幢2单元楼道堆物，很多杂物')
    const supervised = await street.say('沈国华', '催办1号事件')
    expect(toldTo(supervised, '王强')).toContain('催办')
    expect(toldTo(supervised, '陈桂芳')).toBe('')
  })
})

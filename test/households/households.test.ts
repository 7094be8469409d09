import { describe, expect, it, onTestFinished } from 'vitest'
import { readDoor } from '../../handlers/households/doors.ts'
import { withHouseholds } from '../support/households.ts'
import { withApprovedLeave } from '../support/leave-steps.ts'
import { toldGroups, toldTo } from '../support/replies.ts'
import { openTestStreet, type StreetOptions } from '../support/street.ts'

const REGISTER = ['3幢501 王秀英', '3幢502', '5幢101', '5幢102 李大爷', '6幢2单元301']

async function open(options: StreetOptions = {}) {
  const street = await openTestStreet({ now: '2026-10-12T09:00', pack: 'town-visits', ...options })
  onTestFinished(street.dispose)
  return street
}

async function openWithRegister(keeper?: string) {
  const street = await open()
  await withHouseholds(street, 1, REGISTER, keeper)
  return street
}

describe('addresses', () => {
  it.each([
    ['3幢501', '3', '3幢501', '3幢501'],
    ['三号楼501室', '3', '3幢501', '3幢501'],
    ['3-501', '3', '3幢501', '3幢501'],
    ['3栋2单元501', '3', '3幢2单元501', '3幢501'],
    ['3-2-501', '3', '3幢2单元501', '3幢501'],
    ['丽景新村3幢二单元501', '3', '3幢2单元501', '3幢501'],
    ['A座1203', 'A', 'A幢1203', 'A幢1203'],
    ['3幢', '3', undefined, undefined],
    ['3幢2单元', '3', undefined, undefined],
    ['石板巷17号', undefined, '石板巷17', '石板巷17'],
    ['城东超市', undefined, undefined, undefined],
  ])('reads %s', (address, building, key, shortKey) => {
    const door = readDoor(address)
    expect([door.building, door.key, door.shortKey]).toEqual([building, key, shortKey])
  })
})

describe('S3A-09: 走访进度', () => {
  it('tells households done and the buildings that are left', async () => {
    const street = await openWithRegister()
    await street.say('李敏', '走访了3幢501王秀英，20分钟')
    await street.say('王强', '走访了3幢502，10分钟')
    const text = toldTo(await street.say('李敏', '走访进度'), '李敏')
    expect(text).toContain('第1网格10月走访 2/5户，剩2个楼栋：5幢、6幢')
    expect(text).toContain('还有4个工作日，每天约1户')
  })

  it('finds the household where the entrance was left out, and by name where no door was told', async () => {
    const street = await openWithRegister()
    await street.say('李敏', '走访了6幢301，20分钟')
    await street.say('李敏', '走访了李大爷，20分钟')
    expect(toldTo(await street.say('李敏', '走访进度'), '李敏')).toContain('2/5户，剩2个楼栋：3幢、5幢')
  })

  it('says nothing but numbers in a group', async () => {
    const street = await openWithRegister()
    const [text] = toldGroups(await street.say('李敏', '走访进度', { group: 'G01' }))
    expect(text).toContain('0/5户，剩3个楼栋。')
    expect(text).not.toMatch(/3幢|501|王秀英/)
  })

  it('estimates from the visits where there is no register, and says so', async () => {
    const street = await open()
    await street.say('李敏', '走访了3幢王奶奶，20分钟')
    await street.say('李敏', '走访了3幢王奶奶，20分钟')
    const text = toldTo(await street.say('李敏', '走访进度'), '李敏')
    expect(text).toContain('1/300户')
    expect(text).toContain('没有住户名册')
  })

  it('shows a community each of its grids, the street all, and nobody a grid that is not theirs', async () => {
    const street = await openWithRegister()
    const community = toldTo(await street.say('沈国华', '走访进度'), '沈国华')
    expect(community).toContain('桃源社区10月走访 0/605户')
    expect(community.split('\n')).toHaveLength(4)
    expect(toldTo(await street.say('叶青', '走访进度'), '叶青').split('\n')).toHaveLength(5)
    const other = await street.say('李敏', '走访进度 4网格')
    expect([other.status, toldTo(other, '李敏')]).toEqual(['refused', expect.stringContaining('不在您负责的范围')])
    expect(toldTo(await street.say('沈国华', '走访进度 9网格'), '沈国华')).toContain('没有第9网格')
  })

  it('looks back at another month', async () => {
    const street = await openWithRegister()
    await street.say('李敏', '走访了3幢501王秀英，20分钟')
    expect(toldTo(await street.say('李敏', '9月走访进度'), '李敏')).toContain('第1网格9月走访 0/5户')
    expect(toldTo(await street.say('李敏', '走访进度 9月 1网格'), '李敏')).toContain('第1网格9月走访 0/5户')
  })

  it('counts nobody at home on two days as visited, and says so', async () => {
    const street = await openWithRegister()
    await street.say('李敏', '走访了3幢501王秀英，不在家')
    expect(toldTo(await street.say('李敏', '走访进度'), '李敏')).toContain('0/5户')
    street.setTime('2026-10-13T09:00')
    await street.say('李敏', '走访了3幢501王秀英，不在家')
    expect(toldTo(await street.say('李敏', '走访进度'), '李敏')).toContain('1/5户（其中1户多次未遇）')
  })

  it('counts several households told at once in their building', async () => {
    const street = await openWithRegister()
    await street.say('李敏', '走访了5幢2户，没有异常')
    expect(toldTo(await street.say('李敏', '走访进度'), '李敏')).toContain('2/5户，剩2个楼栋：3幢、6幢')
  })

  it('follows what is undone', async () => {
    const street = await openWithRegister()
    await street.say('李敏', '走访了3幢501王秀英，20分钟')
    await street.say('李敏', '撤销')
    expect(toldTo(await street.say('李敏', '走访进度'), '李敏')).toContain('0/5户')
  })

  it('counts visits told earlier once the register comes', async () => {
    const street = await open()
    await street.say('李敏', '走访了3幢501，20分钟')
    await withHouseholds(street, 1, REGISTER)
    expect(toldTo(await street.say('李敏', '走访进度'), '李敏')).toContain('1/5户')
  })

  it('says that a document without the duty has none', async () => {
    const street = await open({ pack: 'street-team' })
    const said = await street.say('李敏', '走访进度')
    expect([said.status, toldTo(said, '李敏')]).toEqual(['refused', expect.stringContaining('原文未载')])
  })

  it('S3A-12: whoever answers for the grid and whoever helps there collect into one count', async () => {
    const street = await openWithRegister()
    await street.say('陈桂芳', '走访了5幢101，20分钟')
    await street.say('李敏', '走访了5幢102，20分钟')
    expect(toldTo(await street.say('陈桂芳', '走访进度'), '陈桂芳')).toContain('2/5户，剩2个楼栋：3幢、6幢')
  })
})

describe('S3A-09b: 我的联系户 and 分户', () => {
  it('gives a building to somebody, tells both sides once, and can be taken back', async () => {
    const street = await openWithRegister('王强')
    const said = await street.say('陈桂芳', '分户 5幢 给 @李敏')
    expect(toldTo(said, '陈桂芳')).toContain('已把5幢2户分给李敏联系')
    expect(toldTo(said, '李敏')).toContain('2户联系户')
    expect(toldTo(said, '王强')).toContain('把您的2户联系户改由李敏联系')
    const own = toldTo(await street.say('李敏', '我的联系户'), '李敏')
    expect(own).toContain('您的联系户2户，10月已走访0户，还有2户')
    expect(own).toContain('1-004 李** 5幢')
    expect(own).not.toMatch(/102|李大爷/)
    expect(toldTo(await street.say('陈桂芳', '撤销'), '陈桂芳')).toContain('已撤销：分户 2户给李敏')
    expect(toldTo(await street.say('王强', '我的联系户'), '王强')).toContain('您的联系户5户')
  })

  it('goes to the asker alone, also when asked in a group', async () => {
    const street = await openWithRegister('李敏')
    const said = await street.say('李敏', '我的联系户', { group: 'G01' })
    expect(toldGroups(said)).toEqual([])
    expect(toldTo(said, '李敏')).toContain('您的联系户5户')
  })

  it('leaves out who was visited', async () => {
    const street = await openWithRegister('李敏')
    await street.say('李敏', '走访了3幢501王秀英，20分钟')
    const own = toldTo(await street.say('李敏', '我的联系户'), '李敏')
    expect(own).toContain('10月已走访1户，还有4户')
    expect(own).not.toContain('王**')
  })

  it('gives what nobody has to one, a single door to another', async () => {
    const street = await openWithRegister()
    expect(toldTo(await street.say('陈桂芳', '分户 3幢501 给 王强'), '陈桂芳')).toContain('已把3幢1户分给王强')
    expect(toldTo(await street.say('陈桂芳', '分户 其余 给 李敏'), '陈桂芳')).toContain('4户分给李敏')
    expect(toldTo(await street.say('陈桂芳', '分户 3幢501 给 王强'), '陈桂芳')).toContain('没有改动')
  })

  it.each([
    ['陈桂芳', '分户 9幢 给 @李敏', '住户名册里没有“9幢”'],
    ['陈桂芳', '分户 3幢 给 @无此人', '名册里没有“无此人”'],
    ['陈桂芳', '分户 3幢 给 @冯洁', '不在您负责的网格'],
    ['李敏', '分户 3幢 给 @李敏', '办理'],
  ])('refuses: %s says %s', async (who, text, reason) => {
    const street = await openWithRegister()
    const said = await street.say(who, text)
    expect([said.status, toldTo(said, who)]).toEqual(['refused', expect.stringContaining(reason)])
  })

  it('says what is missing where there is no register, and to whom to turn where nothing was given', async () => {
    const street = await open()
    expect(toldTo(await street.say('陈桂芳', '分户 3幢 给 李敏'), '陈桂芳')).toContain('还没有住户名册')
    expect(toldTo(await street.say('李敏', '我的联系户'), '李敏')).toContain('请陈桂芳发“分户 3幢 给 @李敏”')
  })

  it('is the taker’s list on the day somebody leaves', async () => {
    const street = await openWithRegister('王强')
    await street.say('沈国华', '离岗 @王强 接手 @李敏')
    await street.say('沈国华', '确认')
    expect(toldTo(await street.say('李敏', '我的联系户'), '李敏')).toContain('您的联系户5户')
  })

  it('while somebody is on leave, the stand-in reads their list too', async () => {
    const street = await open({
      prepare: async db => {
        await db.sql.updateTable('member_role').set({ stand_in: '李敏' }).where('role_name', '=', '网格成员').execute()
      },
    })
    await withHouseholds(street, 1, REGISTER, '王强')
    expect((await street.say('李敏', '我的联系户')).status).toBe('refused')
    await withApprovedLeave(street, '王强', '2026-10-12')
    expect(toldTo(await street.say('李敏', '我的联系户'), '李敏')).toContain('1-001 王** 3幢（代王强）')
  })
})

describe('S3A-09: the register by word', () => {
  it('does not owe a visit to whoever moved, until somebody lives there again', async () => {
    const street = await openWithRegister()
    expect(toldTo(await street.say('李敏', '住户 3幢501 搬走'), '李敏')).toContain('搬走，从今天起不算应走访户')
    expect(toldTo(await street.say('李敏', '走访进度'), '李敏')).toContain('0/4户')
    expect(toldTo(await street.say('李敏', '住户 3幢501 入住'), '李敏')).toContain('重新有人住')
    expect(toldTo(await street.say('李敏', '走访进度'), '李敏')).toContain('0/5户')
  })

  it('takes in a new household, hides its door in a group, and forgets it when undone', async () => {
    const street = await openWithRegister()
    const said = await street.say('李敏', '住户 7幢1201 新增 赵德厚', { group: 'G01' })
    expect(toldGroups(said).join()).toContain('编号1-006')
    expect(toldGroups(said).join()).not.toContain('1201')
    expect(toldTo(await street.say('李敏', '走访进度'), '李敏')).toContain('0/6户')
    expect(toldTo(await street.say('李敏', '撤销'), '李敏')).toContain('已撤销：住户登记 1-006')
    expect(toldTo(await street.say('李敏', '走访进度'), '李敏')).toContain('0/5户')
  })

  it('a few households told by word are no register of three hundred', async () => {
    const street = await open()
    await street.say('李敏', '走访了3幢王奶奶，20分钟')
    await street.say('李敏', '住户 3幢501 入住')
    await street.say('陈桂芳', '分户 3幢 给 @李敏')
    const told = async (text: string) => toldTo(await street.say('李敏', text), '李敏')
    expect(await told('走访进度')).toContain('1/300户，剩299户（没有住户名册，')
    expect(await told('我的联系户')).toContain('1-001')
    await street.say('李敏', '住户 3幢501 搬走')
    expect(await told('走访进度')).toContain('1/300户')
  })

  it('counts no household where something was told to a crowd', async () => {
    const street = await open()
    await street.say('李敏', '宣传 低保政策 幸福广场 30人')
    expect(toldTo(await street.say('李敏', '走访进度'), '李敏')).toContain('0/300户')
  })

  it.each([
    ['李敏', '住户 3幢 搬走', '请写到门牌'],
    ['李敏', '住户 8幢101 搬走', '住户名册里没有'],
    ['李敏', '住户 3幢501 入住', '没有重复登记'],
    ['白露', '住户 3幢501 入住', '没有重复登记'],
    ['沈国华', '住户 3幢501 搬走', '本网格的人'],
  ])('refuses: %s says %s', async (who, text, reason) => {
    const street = await openWithRegister()
    const said = await street.say(who, text)
    expect([said.status, toldTo(said, who)]).toEqual(['refused', expect.stringContaining(reason)])
  })
})

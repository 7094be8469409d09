import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listCheckIns } from '../../storage/check-ins.ts'
import { toldTo } from '../support/replies.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'

let street: TestStreet
beforeEach(async () => {
  street = await openTestStreet({ now: '2026-11-18T08:20' })
})
afterEach(() => street.dispose())
const answered = async (text: string) => toldTo(await street.say('李敏', text), '李敏')

describe('taking back in everyday words', () => {
  it.each(['别撤销', '不要撤销', '不用撤销了', '先别取消打卡', '不用删了'])('%s: takes nothing back', async text => {
    await answered('走访了9幢老钱，10分钟')
    expect(await answered(text)).toBe('好，没有撤销，记录都在。')
    expect(await answered('撤销')).toBe('已撤销：走访 老钱 08:20。')
  })

  it.each(['怎么撤销打卡', '怎么撤销', '咋撤回', '如何取消走访？'])(
    '%s: is told how, with nothing recorded',
    async text => {
      expect(await answered(text)).toContain('发“撤销”')
      expect(await listCheckIns(street.db)).toEqual([])
    },
  )
})

describe('putting right in everyday words', () => {
  beforeEach(() => answered('走访了4幢老刘，10分钟'))

  it.each([
    ['刚才那个走访记错了，不是4幢是5幢', '走访 4幢 → 5幢'],
    ['不是10分钟，是20分钟', '走访 老刘：10分钟 → 20分钟'],
    ['不对，是老柳', '走访 老刘 → 老柳'],
    ['刚才说错了，是30分钟', '走访 老刘：10分钟 → 30分钟'],
  ])('%s', async (text, what) => {
    expect(await answered(text)).toBe(`已更正：${what}。`)
  })

  it('the visit of yesterday, named by its day', async () => {
    street.setTime('2026-11-19T09:00')
    expect(await answered('昨天的走访改成40分钟')).toContain('更正1号，走访 老刘：10分钟 → 40分钟')
  })

  it.each(['改成明天', '改成晚上', '不对，是明天'])('%s: no word of time becomes a name', async text => {
    expect(await answered(text)).not.toContain('已更正')
  })

  it('another place after a report is that of the report, not of the visit before it', async () => {
    await answered('3号楼楼道灯坏了')
    expect(await answered('改成5号楼')).toContain('已更正：事件 #1 3号楼楼道 → 5号楼')
  })

  it('another place after an item of information leaves the visit before it alone', async () => {
    await answered('信息：5幢新搬来一家三口，外地户籍')
    expect(await answered('改成6幢')).not.toContain('走访')
  })

  it('更正 with a day before the kind asks for the new value and records nothing', async () => {
    expect(await answered('更正 昨天 打卡 8:00')).toContain('请写清改成什么')
    expect(await listCheckIns(street.db)).toEqual([])
  })
})

import { afterEach, describe, expect, it } from 'vitest'
import { toldTo } from '../support/replies.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'

let street: TestStreet
afterEach(() => street?.dispose())

describe('S4D-31: people who are older and write little', () => {
  it.each([
    ['打咔', '已记上班打卡'],
    ['大卡', '已记上班打卡'],
    ['打咖', '已记上班打卡'],
    ['俺到岗咧', '已记上班打卡'],
    ['俺到港了', '已记上班打卡'],
    ['上办打卡', '已记上班打卡'],
    ['簽到上班', '已记上班打卡'],
    ['到崗', '已记上班打卡'],
    ['打 卡', '已记上班打卡'],
    ['打卡！！！', '已记上班打卡'],
    ['打卡。。', '已记上班打卡'],
    ['走坊了王奶奶', '已记走访'],
    ['走訪了王奶奶，20分鐘', '已记走访'],
    ['巡查了沿江路一圈', '已记巡查'],
    ['巡察了沿江路一圈', '已记巡查'],
    ['俺去看了看王奶奶', '已记走访'],
  ])('S4D-31: “%s” is taken for what it means', async (text, expected) => {
    street = await openTestStreet({ pack: 'county-center', now: '2026-11-18T08:20' })
    expect(toldTo(await street.say('李敏', text), '李敏')).toContain(expected)
  })

  it('S4D-31: what nobody can guess is asked in one short question', async () => {
    street = await openTestStreet({ pack: 'county-center', now: '2026-11-18T08:20' })
    const { replies, status } = await street.say('李敏', '咔咔咔')
    expect(status).not.toBe('failed')
    expect(replies.length).toBeLessThanOrEqual(1)
  })
})

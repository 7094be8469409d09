import { describe, expect, it, onTestFinished } from 'vitest'
import { toldGroups, toldTo } from '../support/replies.ts'
import { openTestStreet, type StreetOptions } from '../support/street.ts'

async function open(options: StreetOptions = {}) {
  const street = await openTestStreet({ now: '2026-11-18T09:00', pack: 'street-appraisal', ...options })
  onTestFinished(street.dispose)
  await street.say('李敏', '走访了3幢王奶奶，20分钟')
  await street.say('李敏', '走访了3幢王奶奶，20分钟')
  await street.say('冯洁', '走访了7幢李大爷，20分钟')
  await street.say('张丽', '走访了5幢赵婶，不在家')
  return street
}

describe('S1-39: residents are asked whether they know their grid’s worker', () => {
  it('draws people who were met, each once, and tells what to ask and where the answer goes', async () => {
    const street = await open()
    const said = await street.say('王科', '居民回访 5户', { group: 'S01' })
    expect(toldGroups(said)).toEqual([])
    const text = toldTo(said, '王科')
    expect(text).toContain('居民回访2户，从2户中随机抽取')
    expect(text).toContain('3幢王奶奶（李敏 11/18走访）')
    expect(text).not.toContain('赵婶')
    expect(text).toContain('能与社区居民交流沟通')
    expect(text).toContain('四看')
  })

  it('takes no more than was asked for, and the community’s own grids for its lead', async () => {
    const street = await open()
    expect(toldTo(await street.say('王科', '居民回访 1户'), '王科')).toContain('居民回访1户，从2户中')
    expect(toldTo(await street.say('沈国华', '居民回访'), '沈国华')).not.toContain('李大爷')
  })

  it.each([
    ['street-appraisal', '李敏', '居民回访 5户', '办理'],
    ['street-appraisal', '王科', '居民回访 50户', '一次抽1到20户'],
    ['street-team', '王科', '居民回访 5户', '原文未载'],
  ] as const)('refuses under %s: %s says %s', async (pack, who, text, reason) => {
    const street = await open({ pack })
    const said = await street.say(who, text)
    expect([said.status, toldTo(said, who)]).toEqual(['refused', expect.stringContaining(reason)])
  })

  it('says so where nobody was visited', async () => {
    const street = await openTestStreet({ now: '2026-11-18T09:00', pack: 'street-appraisal' })
    onTestFinished(street.dispose)
    expect(toldTo(await street.say('王科', '居民回访'), '王科')).toContain('没有可抽的走访')
  })
})

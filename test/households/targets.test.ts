import { describe, expect, it, onTestFinished } from 'vitest'
import { toldGroups, toldTo } from '../support/replies.ts'
import { openTestStreet, type StreetOptions } from '../support/street.ts'

async function open(options: StreetOptions = {}) {
  const street = await openTestStreet({ now: '2026-10-12T09:00', pack: 'street-appraisal', ...options })
  onTestFinished(street.dispose)
  return street
}

describe('S1-26: target against done', () => {
  it('adds up what the grids tell, and lists it', async () => {
    const street = await open()
    expect(toldTo(await street.say('沈国华', '目标 医保 320'), '沈国华')).toContain('医保 0/320（0%）')
    expect(toldTo(await street.say('李敏', '落实 医保 120'), '李敏')).toContain('医保 120/320（38%）')
    expect(toldTo(await street.say('张丽', '完成 医保 12'), '张丽')).toContain('医保 132/320（41%）')
    expect(toldTo(await street.say('沈国华', '落实情况'), '沈国华')).toContain('医保 132/320（41%）')
    expect(toldTo(await street.say('林静', '落实情况'), '林静')).toContain('桃源社区 医保 132/320')
    expect(toldTo(await street.say('冯洁', '落实情况'), '冯洁')).toContain('还没有定目标')
  })

  it('S1-22, S1-11: takes any matter the community is to carry through', async () => {
    const street = await open()
    await street.say('沈国华', '目标 老旧小区改造 6')
    await street.say('沈国华', '目标 党建活动 4')
    await street.say('李敏', '落实 党建活动 1')
    expect(toldTo(await street.say('沈国华', '落实情况'), '沈国华')).toMatch(
      /老旧小区改造 0\/6[\s\S]*党建活动 1\/4（25%）/,
    )
  })

  it('is changed when said again, and both are taken back one by one', async () => {
    const street = await open()
    await street.say('沈国华', '目标 医保 320')
    expect(toldTo(await street.say('沈国华', '目标 医保 300'), '沈国华')).toContain('医保 0/300（0%）（原来320）')
    await street.say('李敏', '落实 医保 12')
    expect(toldTo(await street.say('李敏', '撤销'), '李敏')).toContain('已撤销：完成数 12')
    expect(toldTo(await street.say('沈国华', '撤销'), '沈国华')).toContain('已撤销：目标 医保 300')
    expect(toldTo(await street.say('沈国华', '落实情况'), '沈国华')).toContain('医保 0/320（0%）')
  })

  it('S1-31: tells nothing of faith and the united front in a group', async () => {
    const street = await open()
    expect(toldGroups(await street.say('沈国华', '目标 宗教场所走访 6', { group: 'C01' }))).toEqual([])
    await street.say('沈国华', '目标 医保 320')
    expect(toldGroups(await street.say('李敏', '落实 宗教场所走访 1', { group: 'G01' }))).toEqual([])
    const [text] = toldGroups(await street.say('沈国华', '落实情况', { group: 'C01' }))
    expect(text).toContain('医保')
    expect(text).not.toContain('宗教')
    expect(toldTo(await street.say('沈国华', '落实情况'), '沈国华')).toContain('宗教场所走访 1/6')
  })

  it.each([
    ['李敏', '目标 医保 320', '办理'],
    ['沈国华', '目标 医保 0', '大于0'],
    ['李敏', '落实 养老 12', '没有“养老”这个目标'],
    ['冯洁', '落实 医保 12', '没有“医保”这个目标'],
  ])('refuses: %s says %s', async (who, text, reason) => {
    const street = await open()
    await street.say('沈国华', '目标 医保 320')
    const said = await street.say(who, text)
    expect([said.status, toldTo(said, who)]).toEqual(['refused', expect.stringContaining(reason)])
  })
})

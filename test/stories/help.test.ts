import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { findCommand } from '../../handlers/index.ts'
import { toldTo } from '../support/replies.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'

describe('help', () => {
  let street: TestStreet
  beforeEach(async () => {
    street = await openTestStreet({ now: '2026-11-18T08:20' })
  })
  afterEach(() => street.dispose())

  it.each(['李敏', '陈桂芳', '徐伟', '赵志远', '沈国华', '王科', '林静', '高峰', '方正', '曹源'])(
    'fits into six lines for %s',
    async who => {
      const text = toldTo(await street.say(who, '帮助'), who)
      expect(text.split('\n').length).toBeGreaterThan(1)
      expect(text.split('\n').length).toBeLessThanOrEqual(6)
    },
  )

  it('shows what this person may do and nothing else', async () => {
    const worker = toldTo(await street.say('李敏', '帮助'), '李敏')
    const liaison = toldTo(await street.say('赵志远', '帮助'), '赵志远')
    const office = toldTo(await street.say('王科', '帮助'), '王科')
    expect(worker).toContain('“到岗了”')
    expect(liaison).not.toContain('到岗了')
    expect(worker).not.toContain('拟')
    expect(office).toContain('提示单：')
    expect(worker).not.toContain('绑定')
    expect(toldTo(await street.say('陈桂芳', '帮助'), '陈桂芳')).toContain('绑定')
  })

  it('has a short text of its own for residents, and the usual one line for strangers', async () => {
    expect(toldTo(await street.say('resident:王阿姨', '帮助'), 'resident:王阿姨')).toMatch(/110.*119.*120/)
    expect(toldTo(await street.say('路人', '帮助', { group: 'G01' }), 'G01')).toContain('不在网格名册')
  })
})

describe('help about a theme', () => {
  it.each(['走访', '事件', '提示单', '任务', '减负', '台账', '规则'])(
    'shows words that work, to whom they are open: %s',
    async topic => {
      const street = await openTestStreet({ now: '2026-11-18T08:20' })
      onTestFinished(street.dispose)
      for (const who of ['李敏', '陈桂芳', '林静', '方正']) {
        const text = toldTo(await street.say(who, `帮助 ${topic}`), who)
        const examples = [...text.matchAll(/“([^”]+)”/g)].map(([, said]) => said!)
        for (const said of examples) expect(findCommand(said), said).toBeDefined()
        if (who === '林静') expect(examples.length).toBeGreaterThan(0)
      }
    },
  )
})

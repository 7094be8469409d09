import { describe, expect, test } from 'vitest'
import { demoDay } from '../../bot/demo/day.ts'
import { understand } from '../../bot/understand/understand.ts'
import { EXAMPLES } from '../../web/simulator/examples.ts'

const meaningOf = (text: string, role: string) =>
  understand({ text, at: '2026-11-18T09:00', role: role as 'worker', hasImage: false, quote: null, botName: '小格' })

const examples = Object.entries(EXAMPLES).flatMap(([role, texts]) => texts.map(text => [role, text] as const))
const spoken = demoDay.flatMap(({ lines }) =>
  lines.flatMap(({ say, who = 'worker' }) =>
    say ? [[who.replace(/[@:\d].*/, ''), say.replace(/\{\w+\}/, '1')] as const] : [],
  ),
)

describe('what the page and the demo put into mouths', () => {
  test.each(examples.filter(([, text]) => text !== '你好'))('%s: “%s” is something the bot does', (role, text) => {
    const { intent, confidence } = meaningOf(text, role)
    expect(intent).not.toBe('none')
    expect(confidence).toBeGreaterThanOrEqual(0.5)
  })

  test.each(spoken.filter(([, text]) => !text.startsWith('漏查')))('%s: “%s” is understood', (role, text) => {
    expect(meaningOf(text, role).intent).not.toBe('none')
  })

  test('准假 alone names nobody', () => {
    expect(meaningOf('准假', 'communityLead').slots).not.toHaveProperty('whose')
  })
})

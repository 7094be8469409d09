import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { readWords } from '../../bot/understand-inbound.ts'

describe('reading the words of a message', () => {
  it('gives the meaning with the day that the words name', () => {
    const input = { text: '下周五前', at: '2026-11-18T10:00', role: 'office', hasImage: false, quote: null }
    expect(readWords(input, pino({ level: 'silent' })).when).toBe('2026-11-27')
  })

  it('never throws, so that a message nobody can read is stored all the same', () => {
    const poison = {
      at: '2026-11-18T10:00',
      role: 'worker',
      hasImage: false,
      quote: null,
      get text(): string {
        throw new Error('poison')
      },
    }
    expect(readWords(poison, pino({ level: 'silent' }))).toMatchObject({ intent: 'none', confidence: 0 })
  })
})

import { describe, expect, it } from 'vitest'
import { understand } from '../../bot/understand/understand.ts'
import type { Intent } from '../../handlers/slots.ts'

const intentsOf = (text: string): Intent[] => {
  const { intent, also = [] } = understand({
    text,
    at: '2026-11-18T08:20',
    role: 'worker',
    hasImage: false,
    quote: null,
  })
  return [intent, ...also.map(meaning => meaning.intent)].sort()
}

describe('two things told in one message', () => {
  it.each<[string, Intent[]]>([
    ['到岗了，1号提示单收到', ['acknowledge', 'checkIn']],
    ['到岗，收到1号提示单', ['acknowledge', 'checkIn']],
    ['收到。走访了王奶奶', ['acknowledge', 'visit']],
    ['会议签到。1号提示单完成20户', ['meetingCheckIn', 'reportProgress']],
    ['1号提示单完成20户。下班', ['checkIn', 'reportProgress']],
    ['巡查了沿江路2公里。信息：新开了一家网吧', ['patrol', 'submitInfo']],
  ])('“%s” is both', (text, intents) => {
    expect(intentsOf(text)).toEqual(intents)
  })

  it.each<[string, Intent[]]>([
    ['收到，马上去', ['acknowledge']],
    ['走访了王奶奶。收到', ['visit']],
    ['到岗了', ['checkIn']],
  ])('“%s” is one', (text, intents) => {
    expect(intentsOf(text)).toEqual(intents)
  })
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openTestStreet, type TestStreet } from '../support/street.ts'

let street: TestStreet
beforeEach(async () => {
  street = await openTestStreet({ now: '2026-11-16T08:00' })
})
afterEach(() => street.dispose())

async function ask(who: string, text: string, group?: string): Promise<string> {
  const { replies } = await street.say(who, text, { group })
  return replies.map(reply => reply.text).join('\n')
}

describe('asking for the summary', () => {
  it('is answered for the group it is asked in, up to today', async () => {
    await ask('李敏', '走访了3幢王奶奶，20分钟', 'G01')
    street.setTime('2026-11-17T09:00')
    const text = await ask('李敏', '这周小结发一下', 'G01')
    expect(text.split('\n').slice(0, 2)).toEqual(['【第1网格】本周小结', '11/16–11/17'])
    expect(text).toContain('走访1')
    expect(await ask('沈国华', '这周小结发一下', 'C01')).toContain('【桃源社区】本周小结')
    expect(await ask('林静', '这周小结发一下', 'S01')).toContain('【望江街道】本周小结')
  })

  it('is answered in private for the community of a worker and the street of an office', async () => {
    street.setTime('2026-11-17T09:00')
    expect(await ask('李敏', '这周小结发一下')).toContain('【桃源社区】')
    expect(await ask('林静', '这周小结发一下')).toContain('【望江街道】')
    expect(await ask('林静', '3网格这周小结发一下')).toContain('【第3网格】')
  })
})

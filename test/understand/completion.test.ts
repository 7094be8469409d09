import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { checkMeaning } from '../../bot/understand/check-meaning.ts'
import { askCompletion } from '../../bot/understand/completion.ts'
import { maskPersonal } from '../../bot/understand/mask.ts'

const INPUT = { text: '', at: '2026-11-18T10:00', role: 'worker', hasImage: false, quote: null }
const servers: Server[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
  }
})

/** A chat-completion endpoint on loopback; `asked` collects what arrives. */
async function listen(answer: (asked: string) => { status?: number; content: string } | undefined) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', chunk => {
      body += String(chunk)
    })
    request.on('end', () => {
      asked.push(body)
      const reply = answer(body)
      if (!reply) return
      response.writeHead(reply.status ?? 200, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ choices: [{ message: { content: reply.content } }] }))
    })
  })
  servers.push(server)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { endpoint: { url: `http://127.0.0.1:${port}/v1/chat/completions`, key: 'k', model: 'm' }, asked }
}

test('personal data never leave and come back in the answer', async () => {
  const { endpoint, asked } = await listen(body => {
    const person = /〔人\d〕/.exec(body)?.[0]
    return { content: `\`\`\`json\n{"intent":"visit","slots":{"person":"${person}","minutes":20}}\n\`\`\`` }
  })
  const understood = await askCompletion(endpoint, {
    ...INPUT,
    text: '走访王奶奶，住3幢402，电话13812345678，证号330106194001011234，约莫廿来分钟',
  })
  expect(understood).toEqual({ intent: 'visit', slots: { person: '王奶奶', minutes: 20 }, confidence: 0.7 })
  for (const secret of ['王奶奶', '402', '13812345678', '330106194001011234']) expect(asked[0]).not.toContain(secret)
})

describe('an answer that is not one is dropped', () => {
  test.each([
    ['an unknown intent', '{"intent":"party","slots":{}}'],
    ['a slot of another intent', '{"intent":"undo","slots":{"person":"王"}}'],
    ['a value that the slot may not have', '{"intent":"checkIn","slots":{"kind":"late"}}'],
    ['a day that the calendar lacks', '{"intent":"requestLeave","slots":{"from":"2026-02-30","to":"2026-02-30"}}'],
    ['no JSON', '我不知道'],
    ['nothing', ''],
  ])('%s', async (_, content) => {
    const { endpoint } = await listen(() => ({ content }))
    expect(await askCompletion(endpoint, { ...INPUT, text: '嗯' })).toBeUndefined()
  })

  test('an error status', async () => {
    const { endpoint } = await listen(() => ({ status: 500, content: '{"intent":"undo","slots":{}}' }))
    expect(await askCompletion(endpoint, { ...INPUT, text: '嗯' })).toBeUndefined()
  })

  test('silence, when the caller gives up', async () => {
    const { endpoint } = await listen(() => undefined)
    const controller = new AbortController()
    const answer = askCompletion({ ...endpoint, signal: controller.signal }, { ...INPUT, text: '嗯' })
    controller.abort()
    expect(await answer).toBeUndefined()
  })

  test('nobody listening', async () => {
    expect(
      await askCompletion({ url: 'http://127.0.0.1:9/', key: 'k', model: 'm' }, { ...INPUT, text: '嗯' }),
    ).toBeUndefined()
  })
})

test('the same name is the same placeholder', () => {
  const { text, restore } = maskPersonal('走访李大爷，李大爷电话0571-88888888')
  expect(text).toBe('走访〔人1〕，〔人1〕电话〔电话1〕')
  expect(restore(text)).toBe('走访李大爷，李大爷电话0571-88888888')
})

test('numbers of notices stay readable', () => {
  expect(maskPersonal('15号提示单同意').text).toBe('15号提示单同意')
})

test('a meaning of the guide passes the check', () => {
  expect(checkMeaning({ intent: 'draw', slots: { count: 3, of: 'grids' } })).toEqual({
    intent: 'draw',
    slots: { count: 3, of: 'grids' },
  })
  expect(checkMeaning({ intent: 'draw', slots: { constructor: 1 } })).toBeUndefined()
})

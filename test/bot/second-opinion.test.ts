import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { afterEach, describe, expect, it } from 'vitest'
import { createConversation } from '../../bot/conversation.ts'
import { UNCLEAR_WORK } from '../../bot/decide.ts'
import { createSecondOpinion } from '../../bot/second-opinion.ts'
import { createWorker } from '../../bot/worker.ts'
import { inStreet } from '../../storage/database.ts'
import { findMessage } from '../../storage/messages.ts'
import { manualClock } from '../support/clock.ts'
import { findUnclear } from '../support/find-unclear.ts'
import { openTestSqlite } from '../support/stores.ts'
import { insertStreet, STREET } from '../support/street-data.ts'

const toClose: (() => unknown)[] = []
afterEach(async () => {
  for (const close of toClose.splice(0)) await close()
})

const UNCLEAR = findUnclear('worker').text

async function openEndpoint(answer: () => { status: number; body: unknown }) {
  const asked: string[] = []
  const server: Server = createServer((request, response) => {
    let body = ''
    request.on('data', chunk => {
      body += chunk
    })
    request.on('end', () => {
      asked.push(body)
      const { status, body: said } = answer()
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ choices: [{ message: { content: JSON.stringify(said) } }] }))
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  toClose.push(() => server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/chat`, asked }
}

async function openConversation(endpoint: { url: string }, text: string) {
  const { store, dispose } = await openTestSqlite()
  toClose.push(dispose)
  const clock = manualClock('2026-11-18T10:00')
  await store.transact(db => insertStreet(inStreet(db, STREET), clock.now()))
  const log = pino({ level: 'silent' })
  const conversation = createConversation({
    store,
    clock,
    log,
    botName: '小格',
    asksCompletion: true,
    onCommit: () => {},
  })
  const completion = { url: endpoint.url, key: 'secret', model: 'small' }
  const doWork = createWorker({
    store,
    clock,
    log,
    kinds: { [UNCLEAR_WORK]: createSecondOpinion(completion, conversation) },
  })
  const { messageId } = await conversation.receive({
    channel: 'simulator',
    robot: 'test',
    id: 'm1',
    chat: { id: 'G01', kind: 'group' },
    sender: { platformId: '李敏' },
    at: clock.now(),
    text,
    mentions: [],
    media: [],
  })
  const read = inStreet(store.read, STREET)
  const status = async () => (await findMessage(read, messageId))?.status
  const kinds = async () => (await read.sql.selectFrom('outbox').select('kind').execute()).map(({ kind }) => kind)
  return { clock, doWork, status, kinds, read }
}

describe('a message that stays unclear, with a completion endpoint', () => {
  it('is committed as unclear without a word, and filed when the answer comes', async () => {
    const endpoint = await openEndpoint(() => ({ status: 200, body: { intent: 'visit', slots: { person: '毛丽娟' } } }))
    const { doWork, status, kinds, read } = await openConversation(endpoint, UNCLEAR)
    expect(await status()).toBe('unclear')
    expect(await kinds()).toEqual([])
    await doWork()
    expect(endpoint.asked).toHaveLength(1)
    expect(await status()).toBe('handled')
    expect(await read.sql.selectFrom('field_record').select('id').execute()).toHaveLength(1)
  })

  it('ends in the question that would have been asked, where the endpoint fails', async () => {
    const endpoint = await openEndpoint(() => ({ status: 503, body: {} }))
    const { clock, doWork, status, kinds } = await openConversation(endpoint, UNCLEAR)
    await doWork()
    expect(await kinds()).toEqual([])
    clock.advance(60_000)
    await doWork()
    expect(endpoint.asked).toHaveLength(2)
    expect(await kinds()).toEqual(['clarify'])
    expect(await status()).toBe('unclear')
  })
})

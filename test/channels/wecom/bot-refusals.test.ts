import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Spoil } from '../../emulators/wecom-bot.ts'
import { type BotProcess, type BotStreet, openBotStreet } from '../../support/bot-street.ts'

let street: BotStreet
let process: BotProcess

beforeAll(async () => {
  street = await openBotStreet({ mode: 'callback' })
  process = await street.start()
})
afterAll(() => street.dispose())

const write = () => street.emulator.write({ from: street.idOf('李敏'), chat: 'wrG01', text: '@网格助手 打卡' })

async function countRows(): Promise<number> {
  const tables = ['message', 'outbox', 'check_in', 'reply_ref', 'proof_seen'] as const
  const counts = await Promise.all(tables.map(table => street.db.sql.selectFrom(table).selectAll().execute()))
  return counts.reduce((sum, rows) => sum + rows.length, 0)
}

async function countRejected(reason: string): Promise<number> {
  const text = await process.metrics.registry.metrics()
  const [, count] =
    new RegExp(`xiaoge_callback_rejected_total\\{channel="wecom",reason="${reason}"\\} (\\d+)`).exec(text) ?? []
  return Number(count ?? 0)
}

describe('what is refused is counted, and nothing of it is written', () => {
  it.each<[Spoil, number, string]>([
    ['missing', 401, 'signature-missing'],
    ['signature', 401, 'signature-wrong'],
    ['stale', 401, 'timestamp-stale'],
    ['future', 401, 'timestamp-future'],
    ['huge', 413, 'body-too-large'],
    ['not-json', 400, 'not-an-envelope'],
    ['truncated', 400, 'crypto-40010'],
  ])('%s: %i', async (spoil, status, reason) => {
    const before = await countRejected(reason)
    const { responses } = await street.emulator.post(process.callback, write(), { spoil, tries: 1 })
    expect(responses).toMatchObject([{ status, body: '{"error":"rejected"}' }])
    expect(await countRejected(reason)).toBe(before + 1)
    expect(await countRows()).toBe(0)
  })

  it('a flipped bit under a right signature: refused or, where the damage hides in the text, not a message', async () => {
    for (let times = 0; times < 20; times++) {
      const { responses } = await street.emulator.post(process.callback, write(), { spoil: 'bit', tries: 1 })
      expect(responses).toMatchObject([{ status: 400, body: '{"error":"rejected"}' }])
    }
    expect(await countRows()).toBe(0)
  })

  it.each<[string, Record<string, unknown>]>([
    ['no message id', { msgid: undefined }],
    ['a number as message id', { msgid: 17 }],
    ['nobody who says it', { from: {} }],
    ['a group without an id', { chatid: undefined }],
    ['a poll without a stream', { msgtype: 'stream', stream: {} }],
    [
      'a press without a key',
      { msgtype: 'event', event: { eventtype: 'template_card_event', template_card_event: {} } },
    ],
  ])('%s: 400', async (_, change) => {
    const { responses } = await street.emulator.post(process.callback, { ...write(), ...change }, { tries: 1 })
    expect(responses).toMatchObject([{ status: 400, body: '{"error":"rejected"}' }])
    expect(await countRows()).toBe(0)
  })

  it('a press of a card that was never ours is acknowledged and does nothing', async () => {
    const detail = { card_type: 'button_interaction', event_key: 'accept', task_id: 'somebody-else' }
    const event = street.emulator.writeEvent({ from: 'wc1', type: 'template_card_event', detail })
    expect((await street.emulator.post(process.callback, event)).responses).toMatchObject([{ status: 200, body: '' }])
    expect(await countRows()).toBe(0)
  })
})

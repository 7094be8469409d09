import { afterEach, describe, expect, it } from 'vitest'
import { settleMessage } from '../../storage/messages.ts'
import { databases } from '../support/stores.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'
import { type Api, openApi } from './ask.ts'

let street: TestStreet
let api: Api
afterEach(async () => {
  await api.close()
  await street.dispose()
})

describe.each(databases.map(({ name }) => name))('/api/messages on %s', database => {
  it('lists what was not understood with names, phones and doors masked, and nothing else', async () => {
    street = await openTestStreet({ database, now: '2026-11-18T10:00' })
    api = await openApi(street)
    const { messageId } = await street.say('李敏', '李敏说周美凤奶奶 13812345678 石板巷17号那个事情')
    await street.say('李敏', '到岗了')
    await street.change(db => settleMessage(db, messageId, { intent: 'visit', status: 'unclear' }))
    const { body } = await api.ask('/api/messages')
    expect(body).toMatchObject({ total: 1, next: null, items: [{ id: messageId, intent: 'visit', status: 'unclear' }] })
    for (const personal of ['李敏', '周美凤', '13812345678', '17号']) expect(body.items[0].text).not.toContain(personal)
    expect((await api.ask('/api/messages?status=held')).body.total).toBe(0)
    expect((await api.ask('/api/messages?status=handled')).status).toBe(400)
  })
})

import { describe, expect, it } from 'vitest'
import type { CallbackAnswer, PlatformEvent } from '../../../bot/channels/channel.ts'
import { createEventCallback } from '../../../bot/channels/dingtalk/events.ts'
import { createCallbackKey, decryptText, openEnvelope, sealEnvelope } from '../../../bot/channels/wecom/crypto.ts'
import { at } from '../../support/clock.ts'

/** The vector of the platform's documents. */
const TOKEN = '123456'
const AES_KEY = '1234567890123456789012345678901234567890123'
const OWNER = 'dingsnotzck6pm5veliw'
const KEY = createCallbackKey(TOKEN, AES_KEY, OWNER)
const VECTOR = {
  signature: '9a95a004dd16f5c307e849b994173f76aa26e5eb',
  timestamp: '1614767836',
  nonce: 'A7Co0cJLMzIDtMMI',
  encrypt: 'YvkvaGe4hQxd3VxRmEty0dVlnCOAqwf56xwTRHDHoOURqhalbmBJQk5FNcRk42Gl5T0YQXZNwpwWSm1xAFJ5ZA==',
}
const NOW = at('2026-11-18T08:20')

function createRig(fails = false) {
  const told: PlatformEvent[] = []
  const callback = createEventCallback({
    clientId: OWNER,
    token: TOKEN,
    aesKey: AES_KEY,
    machineNow: () => NOW,
    onEvent: async event => {
      if (fails) throw new Error('disk full')
      told.push(event)
    },
    onFailure: () => {},
  })
  return {
    told,
    async push(event: object, change: { signature?: string; timestamp?: string; owner?: string } = {}) {
      const key = { ...KEY, receiveId: change.owner ?? OWNER }
      const stamp = { timestamp: change.timestamp ?? String(NOW / 1000), nonce: 'n1' }
      const { signature, timestamp, nonce, encrypt } = sealEnvelope(JSON.stringify(event), key, stamp)
      return callback.handle({
        headers: {},
        query: new URLSearchParams({ msg_signature: change.signature ?? signature, timestamp, nonce }),
        readBody: async () => Buffer.from(JSON.stringify({ encrypt })),
      })
    },
  }
}

function openSuccess(answer: CallbackAnswer): string {
  const { msg_signature, timeStamp, nonce, encrypt } = JSON.parse((answer as { body: string }).body) as Record<
    string,
    string
  >
  return openEnvelope(
    { signature: msg_signature ?? '', timestamp: timeStamp ?? '', nonce: nonce ?? '', encrypt: encrypt ?? '' },
    KEY,
  )
}

describe('an event over HTTP', () => {
  it('opens as the platform’s own vector does', () => {
    expect(openEnvelope(VECTOR, KEY)).toBe('success')
    expect(decryptText(VECTOR.encrypt, KEY)).toBe('success')
  })

  it('that checks the address is answered with a sealed success', async () => {
    const rig = createRig()
    expect(openSuccess(await rig.push({ EventType: 'check_url' }))).toBe('success')
    expect(rig.told).toEqual([])
  })

  it('says who left the organisation', async () => {
    const rig = createRig()
    await rig.push({ EventType: 'user_leave_org', userId: ['d-1', 'd-2'] })
    expect(rig.told).toEqual([
      { kind: 'left', channel: 'dingtalk', platformId: 'd-1', at: NOW },
      { kind: 'left', channel: 'dingtalk', platformId: 'd-2', at: NOW },
    ])
  })

  it('of punches asks for one reading from the earliest day on', async () => {
    const rig = createRig()
    const dataList = [{ checkTime: at('2026-11-18T08:20') }, { checkTime: at('2026-11-17T23:59') }]
    await rig.push({ EventType: 'attendance_check_record', dataList })
    await rig.push({ EventType: 'attend_bossCheck_change', workDate: at('2026-11-16T00:00') })
    expect(rig.told).toEqual([
      { kind: 'punched', channel: 'dingtalk', from: '2026-11-17' },
      { kind: 'punched', channel: 'dingtalk', from: '2026-11-16' },
    ])
  })

  it('that is not stored is left to come again', async () => {
    const answer = await createRig(true).push({ EventType: 'user_leave_org', userId: ['d-1'] })
    expect(answer).toMatchObject({ status: 503, rejected: 'not-stored' })
  })

  it.each([
    ['a wrong signature', { signature: '0'.repeat(40) }, 401],
    ['a stale stamp', { timestamp: String(NOW / 1000 - 601) }, 401],
    ['another app’s event', { owner: 'dingother' }, 400],
  ])('with %s is refused and changes nothing', async (_what, change, status) => {
    const rig = createRig()
    expect(await rig.push({ EventType: 'user_leave_org', userId: ['d-1'] }, change)).toMatchObject({ status })
    expect(rig.told).toEqual([])
  })
})

import { describe, expect, it } from 'vitest'
import { sealEnvelope } from '../../../bot/channels/wecom/crypto.ts'
import type { Spoiling } from '../../emulators/wecom.ts'
import { sealAppXml } from '../../emulators/wecom-messages.ts'
import { createRig, type Rig } from './harness.ts'
import { appKey } from './vectors.ts'

const REFUSED = '{"error":"rejected"}'

describe('saving the address', () => {
  it('answers the exact text, whatever the cipher looks like', async () => {
    const { emulator, url } = await createRig()
    const saved: boolean[] = []
    for (let tries = 0; tries < 20; tries += 1) saved.push(await emulator.saveCallback(url))
    expect(saved).toEqual(new Array(20).fill(true))
  })

  it('takes a + that reached it as a space', async () => {
    const { emulator, url } = await createRig({ emulator: keyOfVectors() })
    const stamp = { timestamp: String(Math.floor(emulator.world.now() / 1000)), nonce: 'n' }
    const sealed = sealEnvelope('4617', appKey, { ...stamp, random: Buffer.from('0123456789abcdef') })
    const texts = Array.from({ length: 50 }, (_, index) => sealEnvelope(`${index}`, appKey, stamp))
    const withPlus = texts.find(({ encrypt }) => encrypt.includes('+')) ?? sealed
    const query = `msg_signature=${withPlus.signature}&timestamp=${stamp.timestamp}&nonce=n&echostr=${withPlus.encrypt}`
    const answer = await fetch(`${url}?${query}`)
    expect(answer.status).toBe(200)
    expect(await answer.text()).toMatch(/^\d+$/)
  })

  it('refuses a wrong signature, a stale time and another corp', async () => {
    const { url, emulator, rejected } = await createRig({ emulator: keyOfVectors() })
    const now = Math.floor(emulator.world.now() / 1000)
    const check = async (timestamp: string, change: (sealed: { signature: string; encrypt: string }) => object) => {
      const sealed = sealEnvelope('1', appKey, { timestamp, nonce: 'n' })
      const fields = {
        timestamp,
        nonce: 'n',
        msg_signature: sealed.signature,
        echostr: sealed.encrypt,
        ...change(sealed),
      }
      return (await fetch(`${url}?${new URLSearchParams(fields)}`)).status
    }
    expect(await check(`${now}`, () => ({}))).toBe(200)
    expect(await check(`${now}`, () => ({ msg_signature: '0'.repeat(40) }))).toBe(401)
    expect(await check(`${now - 601}`, () => ({}))).toBe(401)
    expect(await check(`${now + 601}`, () => ({}))).toBe(401)
    const stamp = { timestamp: `${now}`, nonce: 'n' }
    const others = sealEnvelope('1', { ...appKey, receiveId: 'wwother' }, stamp)
    expect(await check(`${now}`, () => ({ msg_signature: others.signature, echostr: others.encrypt }))).toBe(400)
    expect(rejected).toEqual(['signature-wrong', 'timestamp-stale', 'timestamp-future', 'crypto-40005'])
  })
})

describe('what reaches the app', () => {
  it('is stored before it is acknowledged with an empty answer', async () => {
    const { emulator, url, inbox, newest } = await createRig()
    const { answers } = await emulator.tell({ kind: 'text', from: 'LiMin', text: '3号楼楼道堆物' }, { url })
    expect(answers).toEqual([{ status: 200, body: '' }])
    expect(inbox.messages).toHaveLength(1)
    expect(newest()).toMatchObject({
      channel: 'wecom',
      robot: String(emulator.agentId),
      chat: { id: '@LiMin', kind: 'direct' },
      sender: { platformId: 'LiMin' },
      text: '3号楼楼道堆物',
    })
  })

  it('keeps the id it was sent with, however often and however sealed it comes (case 20)', async () => {
    const { emulator, url, inbox } = await createRig()
    const telling = { kind: 'text', from: 'LiMin', text: '打卡' } as const
    const { answers } = await emulator.tell(telling, { url, times: 3, msgId: '7301234567890123456' })
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(inbox.countOf('7301234567890123456')).toBe(3)
    expect(inbox.entered).toBe(3)
  })

  it('posted again byte for byte is the same message within the window, and refused after it (case 46)', async () => {
    const { emulator, url, inbox, shiftClock, rejected } = await createRig()
    const { request } = await emulator.tell({ kind: 'text', from: 'LiMin', text: '打卡' }, { url })
    expect((await emulator.post(url, request)).status).toBe(200)
    expect(new Set(inbox.messages.map(({ id }) => id)).size).toBe(1)
    shiftClock(601_000)
    expect((await emulator.post(url, request)).status).toBe(401)
    expect(rejected).toEqual(['timestamp-stale'])
  })

  it('is not acknowledged where it could not be stored, and comes again', async () => {
    const { emulator, url, inbox, rejected } = await createRig()
    inbox.failNext(2)
    const { answers } = await emulator.tellUntilTaken({ kind: 'text', from: 'LiMin', text: '打卡' }, { url })
    expect(answers.map(({ status }) => status)).toEqual([503, 503, 200])
    expect(rejected).toEqual(['not-stored', 'not-stored'])
    expect(inbox.messages).toHaveLength(1)
  })

  it('is refused with 503 while the channel is not taking anything in', async () => {
    const { emulator, url, inbox } = await createRig({ isStarted: false })
    const { answers } = await emulator.tell({ kind: 'text', from: 'LiMin', text: '打卡' }, { url })
    expect(answers).toEqual([{ status: 503, body: REFUSED }])
    expect(inbox.entered).toBe(0)
  })

  it('makes a record of each of fifty events of one second that differ (case 19)', async () => {
    const { emulator, url, inbox } = await createRig()
    const at = emulator.world.now()
    for (let nth = 0; nth < 50; nth += 1) {
      const fields = { EventKey: `走访第${nth}户` }
      await emulator.tell({ kind: 'event', from: 'LiMin', event: 'click', fields }, { url, at })
    }
    expect(new Set(inbox.messages.map(({ id }) => id)).size).toBe(50)
    expect(inbox.messages.map(({ text }) => text)).toContain('走访第49户')
  })
})

describe('what nobody may send (cases 44–47)', () => {
  const spoiled: [Spoiling, number, string][] = [
    ['unsigned', 401, 'signature-missing'],
    ['signature', 401, 'signature-wrong'],
    ['bit', 401, 'signature-wrong'],
    ['stale', 401, 'timestamp-stale'],
    ['future', 401, 'timestamp-future'],
    ['receiver', 400, 'crypto-40005'],
    ['cut', 400, 'crypto-40010'],
  ]

  it.each(spoiled)('%s: refused, counted, nothing written', async (spoilt, status, reason) => {
    const { emulator, url, inbox, rejected } = await createRig()
    const { answers } = await emulator.tell({ kind: 'text', from: 'LiMin', text: '打卡' }, { url, spoilt })
    expect(answers).toEqual([{ status, body: REFUSED }])
    expect(rejected).toEqual([reason])
    expect(inbox.entered).toBe(0)
  })

  it.each([
    ['an empty body', '', 400, 'body-empty'],
    ['no XML', '{"encrypt":"x"}', 400, 'not-an-envelope'],
    ['no envelope', '<xml><Content>x</Content></xml>', 400, 'not-an-envelope'],
    ['a document type', '<!DOCTYPE xml [<!ENTITY a "b">]><xml><Encrypt>&a;</Encrypt></xml>', 400, 'not-an-envelope'],
    [
      'an external entity',
      '<!DOCTYPE x SYSTEM "file:///etc/passwd"><xml><Encrypt>x</Encrypt></xml>',
      400,
      'not-an-envelope',
    ],
    ['64 KiB and one byte', `<xml><Encrypt>${'A'.repeat(65_537 - 30)}</Encrypt></xml>`, 413, 'body-too-large'],
  ])('%s: refused, counted, nothing written', async (_name, body, status, reason) => {
    const { emulator, url, inbox, rejected } = await createRig()
    const { query } = sealAppXml(emulator.world, '<xml></xml>')
    expect(await emulator.post(url, { query, body })).toEqual({ status, body: REFUSED })
    expect(rejected).toEqual([reason])
    expect(inbox.entered).toBe(0)
  })

  it('a bomb of entities inside the seal is refused too', async () => {
    const { emulator, url, inbox, rejected } = await createRig()
    const entities = Array.from({ length: 10 }, (_, nth) => `<!ENTITY a${nth + 1} "${`&a${nth};`.repeat(10)}">`).join(
      '',
    )
    const bomb = `<!DOCTYPE xml [<!ENTITY a0 "boom">${entities}]><xml><Content>&a10;</Content></xml>`
    expect((await emulator.post(url, sealAppXml(emulator.world, bomb))).status).toBe(400)
    expect((await emulator.post(url, sealAppXml(emulator.world, 'not xml'))).status).toBe(400)
    expect(rejected).toEqual(['not-a-message', 'not-a-message'])
    expect(inbox.entered).toBe(0)
  })

  it('does not read the body before who signed it is known', async () => {
    const { emulator, channel } = await createRig()
    const callback = channel.callbacks.find(({ method }) => method === 'POST')!
    let reads = 0
    const readBody = async () => {
      reads += 1
      return Buffer.from('')
    }
    const late = sealAppXml(emulator.world, '<xml></xml>', 'stale').query
    for (const query of [new URLSearchParams(), new URLSearchParams(late)])
      expect(await callback.handle({ headers: {}, query, readBody })).toMatchObject({ status: 401 })
    expect(reads).toBe(0)
  })

  it.each(['', 'NaN', '1e9', '-1767225600', '1767225600000', ' 1767225600', '0x69'])(
    'a time written as %j is none (case 45)',
    async timestamp => {
      const { emulator, url, rejected } = await createRig()
      const { query, body } = sealAppXml(emulator.world, '<xml></xml>')
      expect((await emulator.post(url, { query: { ...query, timestamp }, body })).status).toBe(401)
      expect(rejected[0]).toMatch(/^(signature-missing|timestamp-)/)
    },
  )

  it('takes a stamp just inside the ten minutes on either side', async () => {
    const { emulator, url, shiftClock } = await createRig()
    const early = sealAppXml(emulator.world, textXml(emulator))
    shiftClock(598_000)
    expect((await emulator.post(url, early)).status).toBe(200)
    shiftClock(4_000)
    expect((await emulator.post(url, early)).status).toBe(401)
  })
})

function textXml({ world }: Rig['emulator']): string {
  const at = Math.floor(world.now() / 1000)
  const fields = `<FromUserName>LiMin</FromUserName><CreateTime>${at}</CreateTime><MsgType>text</MsgType>`
  return `<xml>${fields}<Content>打卡</Content><MsgId>9</MsgId></xml>`
}

function keyOfVectors() {
  const aesKey = 'TSdURB86DTmIj3MSRr2MGtMG6p6nm1VnmiCTu18wYVo'
  return { corpId: 'wwgridtest0000001', token: 'gridTokenA1', aesKey }
}

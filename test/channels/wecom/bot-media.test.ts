import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { encodeMediaRef, fetchBotMedia, isBotMedia } from '../../../bot/channels/wecom/bot-media.ts'
import { readAesKey } from '../../../bot/channels/wecom/crypto.ts'
import { startWecomBotEmulator } from '../../emulators/wecom-bot.ts'

const photo = Buffer.from('grid-photo-bytes-0001')

async function open() {
  const emulator = await startWecomBotEmulator()
  onTestFinished(() => emulator.close())
  const facts = { callbackKey: readAesKey(emulator.bot.aesKey), isOwnHost: (url: URL) => url.origin === emulator.base }
  return { emulator, facts }
}

const refOf = ({ url, aeskey }: { url: string; aeskey?: string }) =>
  ({ kind: 'image', ref: encodeMediaRef(url, aeskey) }) as const

it('M1: a picture of the callback opens with the key of the callback', async () => {
  const { facts } = await open()
  const cipher = '587736e7349bdee7d5d09161591c2bced1e12b18bd9b4146361ca5266a095f28'
  const server = createServer((_, response) => response.end(Buffer.from(cipher, 'hex')))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/x`
  expect(await fetchBotMedia(refOf({ url }), 1000, { ...facts, isOwnHost: () => true })).toEqual(photo)
})

it('a picture of the long connection opens with its own key, that comes without its =', async () => {
  const { emulator } = await open()
  const shelved = emulator.shelve(photo, { ownKey: true })
  expect(shelved.aeskey).not.toContain('=')
  expect(await fetchBotMedia(refOf(shelved), 1000, { isOwnHost: () => true })).toEqual(photo)
})

it('is known from a reference of the app', () => {
  expect(isBotMedia(encodeMediaRef('https://cos.example/x', undefined))).toBe(true)
  expect(isBotMedia('["app","MEDIA"]')).toBe(false)
})

it('too large is refused, before and after it was opened', async () => {
  const { emulator, facts } = await open()
  const shelved = refOf(emulator.shelve(Buffer.alloc(2000, 1)))
  await expect(fetchBotMedia(shelved, 500, facts)).rejects.toMatchObject({ fault: 'refused' })
  await expect(fetchBotMedia(shelved, 1990, facts)).rejects.toMatchObject({ fault: 'refused' })
})

it('that does not open is refused', async () => {
  const { emulator, facts } = await open()
  const { url } = emulator.shelve(photo, { ownKey: true })
  await expect(fetchBotMedia(refOf({ url }), 1000, facts)).rejects.toMatchObject({ fault: 'refused' })
  await expect(fetchBotMedia(refOf({ url, aeskey: 'short' }), 1000, facts)).rejects.toMatchObject({ fault: 'refused' })
})

it.each([
  'http://169.254.169.254/latest/meta-data',
  'http://127.0.0.1:22/x',
  'file:///etc/passwd',
  'https://qq.com.evil.example/x',
  'https://user:pass@x.myqcloud.com/x',
  'https://evil-myqcloud.com/x',
  'https://x.myqcloud.com:8080/x',
])('%s is never asked', async url => {
  const { facts } = await open()
  await expect(fetchBotMedia(refOf({ url }), 1000, facts)).rejects.toMatchObject({
    fault: 'refused',
    message: '下载地址不是企业微信的地址，未使用',
  })
})

it('an unreachable host may be asked again, a link that ended may not', async () => {
  const { emulator, facts } = await open()
  const { url } = emulator.shelve(photo)
  await expect(fetchBotMedia(refOf({ url: `${emulator.base}/ended` }), 1000, facts)).rejects.toMatchObject({
    fault: 'refused',
  })
  await emulator.close()
  await expect(fetchBotMedia(refOf({ url }), 1000, facts)).rejects.toMatchObject({ fault: 'retry' })
})

import { describe, expect, it } from 'vitest'
import { createUrlGuard } from '../../../bot/channels/dingtalk/urls.ts'

const real = createUrlGuard({ apiBase: 'https://api.dingtalk.com', oapiBase: 'https://oapi.dingtalk.com' })
const loopback = createUrlGuard({ apiBase: 'http://127.0.0.1:4000', oapiBase: 'http://127.0.0.1:4001' })

const REPLY = '/robot/sendBySession?session=1'

const HOSTILE = [
  '127.0.0.1',
  '[::1]',
  'localhost',
  '0x7f000001',
  '2130706433',
  '0177.0.0.1',
  '127.1',
  '0.0.0.0',
  '169.254.169.254',
  '10.0.0.1',
  '192.168.1.1',
  '[::ffff:127.0.0.1]',
  '[fd00::1]',
  'metadata.internal',
  'oapi.dingtalk.com.evil.example',
  'evil.example',
  'oapi-dingtalk.com',
  'xoapi.dingtalk.com.cn',
  'dingtalk.com.',
  'oapi.dingtalk.com.',
  'oapi.dingtalk.com:8080',
  'user@oapi.dingtalk.com',
  'oapi.dingtalk.com@evil.example',
  'user:pw@oapi.dingtalk.com',
  'oapi.dingtalk.com%2eevil.example',
  'оapi.dingtalk.com',
  'oapi。dingtalk。com.evil.example',
  'oapi.dingtalk.com#@evil.example',
  'evil.example\\@oapi.dingtalk.com',
  'oapi.dingtalk.com\t.evil.example',
].map(host => `https://${host}${REPLY}`)

describe('a reply address', () => {
  it.each([
    `https://oapi.dingtalk.com${REPLY}`,
    `https://oapi.dingtalk.com:443${REPLY}`,
    `https://OAPI.dingtalk.com${REPLY}`,
    'https://oapi.dingtalk.com/robot/send?access_token=abc',
    'https://api.dingtalk.com/v1.0/robot/sendBySession?session=1',
  ])('%s may be called', url => {
    expect(real.isReplyUrl(url)).toBe(true)
  })

  it.each([
    ...HOSTILE,
    `http://oapi.dingtalk.com${REPLY}`,
    `ftp://oapi.dingtalk.com${REPLY}`,
    `//oapi.dingtalk.com${REPLY}`,
    `https://oapi.dingtalk.com${REPLY}\r\nHost: evil.example`,
    ` https://oapi.dingtalk.com${REPLY}`,
    'https://oapi.dingtalk.com/topapi/v2/user/get',
    'https://oapi.dingtalk.com/robot/../topapi/v2/user/get',
    `file:///etc/passwd`,
    '',
    `https://oapi.dingtalk.com${REPLY}${'x'.repeat(5000)}`,
  ])('%j may not', url => {
    expect(real.isReplyUrl(url)).toBe(false)
  })

  it('is on loopback only when that very address is the configured base', () => {
    expect(loopback.isReplyUrl(`http://127.0.0.1:4001${REPLY}`)).toBe(true)
    expect(loopback.isReplyUrl(`http://127.0.0.1:4002${REPLY}`)).toBe(false)
    expect(loopback.isReplyUrl(`http://localhost:4001${REPLY}`)).toBe(false)
    expect(loopback.isReplyUrl(`https://oapi.dingtalk.com${REPLY}`)).toBe(false)
  })
})

describe('a download link', () => {
  it.each([
    'https://down.dingtalk.com/media/x.jpg?Expires=1&Signature=a%2Bb',
    'http://zjk-dingtalk.oss-cn-zhangjiakou.aliyuncs.com/x?Expires=1&Signature=a',
    'https://static.dingtalk.com/media/y.png',
  ])('%s may be read', url => {
    expect(real.isDownloadUrl(url)).toBe(true)
  })

  it.each([
    ...HOSTILE.filter(url => !url.includes('//oapi.dingtalk.com#')),
    'https://aliyuncs.com.evil.example/x',
    'https://evilaliyuncs.com/x',
    'https://x.aliyuncs.com:8443/x',
    'gopher://x.aliyuncs.com/x',
  ])('%j may not', url => {
    expect(real.isDownloadUrl(url)).toBe(false)
  })

  it('is on loopback only when that very address is the configured base', () => {
    expect(loopback.isDownloadUrl('http://127.0.0.1:4000/file/x')).toBe(true)
    expect(loopback.isDownloadUrl('http://127.0.0.1:4002/file/x')).toBe(false)
    expect(real.isDownloadUrl('http://127.0.0.1:4000/file/x')).toBe(false)
  })
})

import { describe, expect, it } from 'vitest'
import { SIGNATURE_WINDOW_MS, signTimestamp, verifySignature } from '../../../bot/channels/dingtalk/signature.ts'

const secret = 'this is a secret'
const timestamp = '1577262236757'
const sign = 'DJrE6qdyVGCQz9z5r2MDuNcNAhwYnuAkyj13cx169CA='
const signedAt = Number(timestamp)

describe('the signature of a callback', () => {
  it('agrees with the known vector', () => {
    expect(signTimestamp(timestamp, secret)).toBe(sign)
    expect(verifySignature({ timestamp, sign }, secret, signedAt)).toBeUndefined()
  })

  it.each([
    ['no header at all', undefined, undefined],
    ['no sign', timestamp, undefined],
    ['no timestamp', undefined, sign],
    ['an empty sign', timestamp, ''],
    ['an empty timestamp', '', sign],
    ['a sign sent twice', timestamp, [sign, sign]],
    ['a timestamp sent twice', [timestamp, timestamp], sign],
  ])('is missing with %s', (_name, timestamp, sign) => {
    expect(verifySignature({ timestamp, sign }, secret, signedAt)).toBe('signature-missing')
  })

  it('is wrong with any bit changed, cut off, of another secret or another alphabet', () => {
    const changed = Array.from(sign, (_, at) => sign.slice(0, at) + (sign[at] === 'A' ? 'B' : 'A') + sign.slice(at + 1))
    const urlSafe = sign.replaceAll('+', '-').replaceAll('/', '_').replace('=', '')
    const others = [sign.slice(0, -1), `${sign} `, urlSafe, signTimestamp(timestamp, 'other'), 'x'.repeat(10_240)]
    for (const wrong of [...changed, ...others]) {
      expect(verifySignature({ timestamp, sign: wrong }, secret, signedAt)).toBe('signature-wrong')
    }
  })

  it('is wrong for a timestamp that is not plain digits, though signed', () => {
    for (const odd of [
      'NaN',
      '1e20',
      '-1577262236757',
      ' 1577262236757',
      '1577262236757.0',
      '0x16f3',
      '9'.repeat(17),
    ]) {
      expect(verifySignature({ timestamp: odd, sign: signTimestamp(odd, secret) }, secret, signedAt)).toBe(
        'signature-wrong',
      )
    }
  })

  it('holds for exactly one hour on either side', () => {
    const at = (machineNow: number) => verifySignature({ timestamp, sign }, secret, machineNow)
    expect(at(signedAt + SIGNATURE_WINDOW_MS)).toBeUndefined()
    expect(at(signedAt - SIGNATURE_WINDOW_MS)).toBeUndefined()
    expect(at(signedAt + SIGNATURE_WINDOW_MS + 1)).toBe('timestamp-stale')
    expect(at(signedAt - SIGNATURE_WINDOW_MS - 1)).toBe('timestamp-future')
  })

  it('takes seconds for what they are: a time long gone', () => {
    const seconds = '1577262236'
    expect(verifySignature({ timestamp: seconds, sign: signTimestamp(seconds, secret) }, secret, signedAt)).toBe(
      'timestamp-stale',
    )
  })
})

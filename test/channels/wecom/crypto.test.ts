import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import * as official from '@wecom/crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type CallbackKey,
  CryptoFault,
  createCallbackKey,
  decryptFile,
  decryptText,
  encryptText,
  isSameSignature,
  openEnvelope,
  readAesKey,
  sealEnvelope,
  signParts,
} from '../../../bot/channels/wecom/crypto.ts'
import { appKey, botKey, vectors } from './vectors.ts'

const [v1, v2] = vectors as [(typeof vectors)[0], (typeof vectors)[0]]
const v6 = vectors.at(-1)!
const APP_AES_KEY = 'TSdURB86DTmIj3MSRr2MGtMG6p6nm1VnmiCTu18wYVo'

function codeOf(work: () => unknown): string {
  try {
    work()
    return 'no fault'
  } catch (error) {
    return error instanceof CryptoFault ? error.code : String(error)
  }
}

/** Any plaintext block under a key, padded or not as given: what an attacker with the key, or a broken sender, could make. */
function encryptBlock(block: Buffer, { aesKey }: CallbackKey): string {
  const cipher = createCipheriv('aes-256-cbc', aesKey, aesKey.subarray(0, 16)).setAutoPadding(false)
  return Buffer.concat([cipher.update(block), cipher.final()]).toString('base64')
}

describe('the envelope', () => {
  it.each(vectors)('$name: opens to its text', vector => {
    expect(openEnvelope(vector, vector.key)).toBe(vector.text)
  })

  it.each(vectors)('$name: is sealed byte for byte', ({ text, key, random, ...vector }) => {
    const { timestamp, nonce, encrypt, signature } = vector
    const sealed = sealEnvelope(text, key, { timestamp, nonce, random: Buffer.from(random) })
    expect(sealed).toEqual({ timestamp, nonce, encrypt, signature })
  })

  it('M1: a picture of the 智能机器人 is its bare bytes', () => {
    const cipher = Buffer.from('587736e7349bdee7d5d09161591c2bced1e12b18bd9b4146361ca5266a095f28', 'hex')
    expect(decryptFile(cipher, botKey.aesKey).toString()).toBe('grid-photo-bytes-0001')
  })

  it('P1: an official account signs three parts in its plain form', () => {
    expect(signParts('gridTokenMP', '1767225800', '55667788')).toBe('cc9d14c7974371d93ee4075824311a44d29e459b')
  })

  it('sorts the parts as bytes, not by any language', () => {
    expect(signParts('b', 'B', 'a', 'é')).toBe(signParts('é', 'a', 'B', 'b'))
    expect(signParts('b', 'B', 'a', 'é')).toBe(official.getSignature('b', 'B', 'a', 'é'))
  })

  it('refuses V2 with one character of its signature changed, and decrypts nothing: -40001', () => {
    const signature = `${v2.signature.slice(0, -1)}7`
    expect(codeOf(() => openEnvelope({ ...v2, signature }, v2.key))).toBe('-40001')
    expect(codeOf(() => openEnvelope({ ...v2, signature, encrypt: '!!' }, v2.key))).toBe('-40001')
  })

  it('refuses V1 where somebody else was meant: -40005', () => {
    expect(codeOf(() => openEnvelope(v1, { ...appKey, receiveId: 'wwother' }))).toBe('-40005')
    expect(codeOf(() => openEnvelope(v1, { ...appKey, receiveId: '' }))).toBe('-40005')
  })

  it('refuses V1 whose + became a space: -40001', () => {
    expect(codeOf(() => openEnvelope({ ...v1, encrypt: v1.encrypt.replace('+', ' ') }, v1.key))).toBe('-40001')
  })

  it('opens V6, which the default padding of Node cannot', () => {
    const decipher = createDecipheriv('aes-256-cbc', appKey.aesKey, appKey.aesKey.subarray(0, 16))
    expect(() => Buffer.concat([decipher.update(v6.encrypt, 'base64'), decipher.final()])).toThrow(/bad decrypt/i)
    expect(openEnvelope(v6, v6.key)).toBe(v6.text)
  })

  it('compares nothing where no receiver is known, as a 智能机器人 has none', () => {
    expect(decryptText(v1.encrypt, { ...appKey, receiveId: undefined })).toBe(v1.text)
  })
})

describe('a damaged envelope', () => {
  const block = (length: number, message: string, receiveId = 'wwgridtest0000001') => {
    const head = Buffer.alloc(20, 1)
    head.writeUInt32BE(length, 16)
    const body = Buffer.concat([head, Buffer.from(message), Buffer.from(receiveId)])
    const pad = 32 - (body.length % 32)
    return Buffer.concat([body, Buffer.alloc(pad, pad)])
  }
  const openBlock = (bytes: Buffer) => codeOf(() => decryptText(encryptBlock(bytes, appKey), appKey))

  it('whose length reaches beyond its end is refused: -40008', () => {
    expect(openBlock(block(2, 'ok'))).toBe('no fault')
    expect(openBlock(block(0xffffffff, 'ok'))).toBe('-40008')
    expect(openBlock(block(20, 'ok'))).toBe('-40008')
  })

  it('with a padding of 0, of 33, of more than there is, or of unequal bytes is refused: -40008', () => {
    const good = block(2, 'ok')
    const spoil = (change: (bytes: Buffer) => void) => {
      const bytes = Buffer.from(good)
      change(bytes)
      return bytes
    }
    expect(openBlock(spoil(bytes => bytes.writeUInt8(0, bytes.length - 1)))).toBe('-40008')
    expect(openBlock(spoil(bytes => bytes.writeUInt8(33, bytes.length - 1)))).toBe('-40008')
    expect(openBlock(Buffer.alloc(16, 20))).toBe('-40008')
    expect(openBlock(spoil(bytes => bytes.writeUInt8(9, bytes.length - 2)))).toBe('-40008')
  })

  it('too short for its own frame is refused: -40008', () => {
    expect(openBlock(Buffer.alloc(32, 32))).toBe('-40008')
    expect(openBlock(Buffer.concat([Buffer.alloc(13, 1), Buffer.alloc(19, 19)]))).toBe('-40008')
  })

  it('whose text is no UTF-8 is refused: -40002', () => {
    const bytes = block(2, 'ok')
    bytes.writeUInt16BE(0xff_fe, 20)
    expect(openBlock(bytes)).toBe('-40002')
  })

  it('that was cut, or is no base64 at all, is refused: -40010, -40007', () => {
    expect(codeOf(() => decryptText(v1.encrypt.slice(0, -3), appKey))).toBe('-40010')
    expect(codeOf(() => decryptText(v1.encrypt.slice(0, 40), appKey))).toBe('-40007')
    expect(codeOf(() => decryptText('', appKey))).toBe('-40007')
    expect(codeOf(() => decryptText('a-b_', appKey))).toBe('-40010')
    expect(codeOf(() => decryptText(`${v1.encrypt.slice(0, 8)}\n${v1.encrypt.slice(8)}`, appKey))).toBe('-40010')
  })

  it('never brings anything but a refusal, wherever a bit is turned, ten thousand times (case 47)', () => {
    const cipher = Buffer.from(v2.encrypt, 'base64')
    fc.assert(
      fc.property(fc.nat(cipher.length * 8 - 1), at => {
        const turned = Buffer.from(cipher)
        turned[at >> 3] = turned[at >> 3]! ^ (1 << (at & 7))
        const encrypt = turned.toString('base64')
        expect(codeOf(() => openEnvelope({ ...v2, encrypt }, appKey))).toBe('-40001')
        // Signed all the same, it opens to another text at most; it never breaks the reader.
        expect(codeOf(() => decryptText(encrypt, appKey))).toMatch(/^(-400(02|05|08)|no fault)$/)
      }),
      { numRuns: 10_000 },
    )
  })
})

describe('the key', () => {
  it('is 43 letters and digits: -40004', () => {
    expect(readAesKey(APP_AES_KEY)).toHaveLength(32)
    for (const bad of ['', APP_AES_KEY.slice(1), `${APP_AES_KEY}=`, APP_AES_KEY.replace('T', '-')])
      expect(codeOf(() => createCallbackKey('token', bad))).toBe('-40004')
  })

  it('is the same for the four last letters that share their upper bits', () => {
    const keys = ['Y', 'Z', 'a', 'b'].map(last => Buffer.from(readAesKey(`${APP_AES_KEY.slice(0, -1)}${last}`)))
    expect(new Set(keys.map(key => key.toString('hex'))).size).toBe(1)
  })
})

describe('against the published package', () => {
  it('whatever is sealed here opens there, and the other way round', () => {
    const text = fc.string({ unit: 'binary', maxLength: 300 })
    fc.assert(
      fc.property(text, fc.constantFrom('', 'ww1', 'wwgridtest0000001'), (message, receiveId) => {
        const key = { ...appKey, receiveId }
        expect(official.decrypt(APP_AES_KEY, encryptText(message, key))).toMatchObject({ message, id: receiveId })
        const random = randomBytes(16)
        const theirs = official.encrypt(APP_AES_KEY, message, receiveId, random)
        expect(theirs).toBe(encryptText(message, key, random))
        expect(decryptText(theirs, key)).toBe(message)
      }),
    )
  })

  it('signatures agree', () => {
    const part = fc.string({ maxLength: 40 })
    fc.assert(
      fc.property(part, part, part, part, (token, timestamp, nonce, encrypt) => {
        expect(signParts(token, timestamp, nonce, encrypt)).toBe(
          official.getSignature(token, timestamp, nonce, encrypt),
        )
      }),
    )
  })

  it('a sealed text differs each time and is the same when opened', () => {
    const stamp = { timestamp: '1', nonce: 'n' }
    const [first, second] = [sealEnvelope('一样', appKey, stamp), sealEnvelope('一样', appKey, stamp)]
    expect(first.encrypt).not.toBe(second.encrypt)
    expect([openEnvelope(first, appKey), openEnvelope(second, appKey)]).toEqual(['一样', '一样'])
    expect(isSameSignature(first.signature, second.signature)).toBe(false)
  })
})

import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { UploadState } from '../../web/shared/phone-api.ts'
import { newEntryId, openPhoneRig, type PhoneRig } from './rig.ts'

let rig: PhoneRig
let cookie: string
let photo: Buffer
beforeEach(async () => {
  rig = await openPhoneRig()
  cookie = await rig.signInAs('李敏')
  // Noise does not compress: a photo of several pieces.
  photo = await sharp(randomBytes(400 * 400 * 3), { raw: { width: 400, height: 400, channels: 3 } })
    .withExif({ IFD0: { Make: 'PhoneMaker' } })
    .jpeg({ quality: 100 })
    .toBuffer()
})
afterEach(() => rig.close())

const PIECE = 100_000
const put = (id: string, offset: number, bytes: Buffer, total = photo.length, who = cookie) =>
  rig.call<UploadState & { received?: number }>('PUT', `/h5/api/uploads/${id}?offset=${offset}&total=${total}`, {
    cookie: who,
    body: bytes,
  })
const state = async (id: string, who = cookie) => (await rig.call('GET', `/h5/api/uploads/${id}`, { cookie: who })).body

async function upload(id: string, from = 0): Promise<void> {
  for (let offset = from; offset < photo.length; offset += PIECE)
    expect((await put(id, offset, photo.subarray(offset, offset + PIECE))).status).toBe(200)
}

describe('a photo on its way from a phone', () => {
  test('goes on where it broke off, and becomes the photo of its entry, without what the camera wrote into it', async () => {
    const id = newEntryId()
    await put(id, 0, photo.subarray(0, PIECE))
    expect(await state(id)).toEqual({ received: PIECE })
    await upload(id, PIECE)
    expect(await state(id)).toEqual({ complete: true })
    const entry = newEntryId()
    await rig.post(cookie, { is: 'incident', text: '井盖破了' }, { id: entry, photos: [{ upload: id }] })
    const [stored] = await rig.photosOf('李敏', entry)
    const { format, width, exif } = await sharp(stored).metadata()
    expect({ format, width, exif }).toEqual({ format: 'jpeg', width: 400, exif: undefined })
  })

  test('is told how far it is where a piece comes twice, too early or after the end', async () => {
    const id = newEntryId()
    await put(id, 0, photo.subarray(0, PIECE))
    expect(await put(id, 0, photo.subarray(0, PIECE))).toMatchObject({ status: 409, body: { received: PIECE } })
    expect(await put(id, 2 * PIECE, photo.subarray(0, 10))).toMatchObject({ status: 409, body: { received: PIECE } })
    await upload(id, PIECE)
    expect(await put(id, 0, photo.subarray(0, PIECE))).toMatchObject({ status: 200, body: { complete: true } })
  })

  test('whose pieces had all come when the program was ended is put together at the next call', async () => {
    const id = newEntryId()
    for (let offset = 0; offset < photo.length; offset += PIECE)
      await put(id, offset, photo.subarray(offset, offset + PIECE), photo.length + 1)
    expect(await state(id)).toEqual({ received: photo.length })
    expect(await put(id, photo.length, Buffer.alloc(0))).toMatchObject({ status: 200, body: { complete: true } })
  })

  test('that has not arrived whole keeps its entry back', async () => {
    const id = newEntryId()
    await put(id, 0, photo.subarray(0, PIECE))
    const { status } = await rig.post(cookie, { is: 'incident', text: '井盖破了' }, { photos: [{ upload: id }] })
    expect(status).toBe(409)
    expect(await rig.db.sql.selectFrom('message').selectAll().execute()).toEqual([])
  })

  test('belongs to whoever began it', async () => {
    const id = newEntryId()
    await upload(id)
    const other = await rig.signInAs('孙燕')
    expect(await state(id, other)).toEqual({ received: 0 })
    const { status } = await rig.post(other, { is: 'incident', text: '井盖破了' }, { photos: [{ upload: id }] })
    expect(status).toBe(409)
  })

  test('lies sealed on disk, in pieces and whole', async () => {
    const id = newEntryId()
    const files = () =>
      readdirSync(join(rig.dataDir, 'h5-uploads'), { recursive: true, withFileTypes: true })
        .filter(entry => entry.isFile())
        .map(entry => readFileSync(join(entry.parentPath, entry.name)))
    await put(id, 0, photo.subarray(0, PIECE))
    expect(files().some(bytes => bytes.includes(photo.subarray(0, 200)))).toBe(false)
    await upload(id, PIECE)
    expect(files()).toHaveLength(1)
    expect(files().some(bytes => bytes.includes(photo.subarray(0, 200)))).toBe(false)
  })

  test('that is none is refused, whatever it calls itself', async () => {
    const script = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
    expect(await put(newEntryId(), 0, script, script.length)).toMatchObject({
      status: 422,
      body: { error: { message: '这个文件不是照片，请换一张。' } },
    })
  })

  test.each([
    ['larger than ten megabytes', 0, 100, 11 * 1024 * 1024, 413],
    ['with a piece larger than it said', 0, 100, 50, 400],
    ['with an empty piece', 0, 0, 100, 400],
  ])('%s is refused', async (_name, offset, length, total, status) => {
    expect((await put(newEntryId(), offset, Buffer.alloc(length), total)).status).toBe(status)
  })

  test('with a piece larger than a piece may be is refused unread', async () => {
    expect((await put(newEntryId(), 0, Buffer.alloc(200_000), 300_000)).status).toBe(413)
  })

  test('that nobody waits for is cleared away after a day', async () => {
    const id = newEntryId()
    await put(id, 0, photo.subarray(0, PIECE))
    rig.passMachineTime(25 * 60 * 60_000)
    await put(newEntryId(), 0, photo.subarray(0, PIECE))
    expect(await state(id)).toEqual({ received: 0 })
  })

  test('that an entry still waits for is kept', async () => {
    const [id, entry] = [newEntryId(), newEntryId()]
    await upload(id)
    await rig.post(cookie, { is: 'incident', text: '井盖破了' }, { id: entry, photos: [{ upload: id }] })
    rig.passMachineTime(25 * 60 * 60_000)
    await put(newEntryId(), 0, photo.subarray(0, PIECE))
    expect(await rig.photosOf('李敏', entry)).toHaveLength(1)
  })

  test('of a person who sends on and on is refused at the sixtieth', async () => {
    const answers = []
    for (let count = 0; count < 61; count += 1) answers.push((await put(newEntryId(), 0, photo.subarray(0, 10))).status)
    expect(answers.filter(status => status === 200)).toHaveLength(60)
    expect(answers.at(-1)).toBe(429)
  })
})

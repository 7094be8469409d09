import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Channel } from '../../bot/channels/channel.ts'
import { createPhotoWork } from '../../bot/photos.ts'
import { createWorker } from '../../bot/worker.ts'
import { listOutbox } from '../support/run-job.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'
import { testVault } from '../support/vault.ts'

let street: TestStreet
let folder: string
/** What the platform hands out for the next picture. */
let bytes: Uint8Array
beforeEach(async () => {
  street = await openTestStreet({ now: '2026-11-16T10:00' })
  folder = mkdtempSync(join(tmpdir(), 'xiaoge-photos-'))
})
afterEach(async () => {
  await street.dispose()
  rmSync(folder, { recursive: true, force: true })
})

const draw = (color: string) =>
  sharp({ create: { width: 32, height: 32, channels: 3, background: color } })
    .png()
    .toBuffer()

async function fetchPhotos(): Promise<{ to: string; text: string }[]> {
  const clock = { now: () => street.now(), machineNow: () => street.now() }
  const channel = { fetchMedia: async () => bytes } as Partial<Channel> as Channel
  const photo = createPhotoWork({
    vault: testVault(),
    channels: new Map([['simulator', channel]]),
    budget: { spend: async () => {} },
    clock,
    dataDir: folder,
  })
  await createWorker({ store: street.store, clock, log: pino({ level: 'silent' }), kinds: { photo } })()
  const roster = await street.roster()
  return (await listOutbox(street))
    .filter(({ kind }) => kind === 'photo-remark')
    .map(({ to, text }) => ({
      to: to.kind === 'member' ? roster.memberById(to.memberId)!.name : to.kind,
      text: text.reveal(),
    }))
}

async function send(who: string, text: string, picture: Uint8Array, images = 1, group?: string) {
  await street.say(who, text, { images, group })
  bytes = picture
  return fetchPhotos()
}

describe('remarks about pictures', () => {
  it('S3A-15: asks the sender alone whether the same picture was a slip, naming the case it stands with, and takes nothing off', async () => {
    const red = await draw('red')
    expect(await send('李敏', '3幢水管漏水', red)).toEqual([])
    street.setTime('2026-11-18T10:00')
    const said = await send('李敏', '5幢路灯坏了', red, 1, 'G01')
    expect(said).toHaveLength(1)
    expect(said[0]).toMatchObject({ to: '李敏' })
    expect(said[0]!.text).toContain('11月16日（周一）发过（事件 #1），一模一样，是否误发')
    expect(said[0]!.text).toContain('不影响任何评分')
  })

  it('S3A-15: says that it was somebody, not who, where another sent it first', async () => {
    const red = await draw('red')
    await send('李敏', '3幢水管漏水', red)
    const [said] = await send('张丽', '5幢水管漏水', red)
    expect(said).toMatchObject({ to: '张丽' })
    expect(said!.text).toContain('今天早些时候有人发过')
    expect(said!.text).not.toContain('李敏')
  })

  it('tells a resident nothing of a picture that somebody else sent: neither that there is one nor the number of the case', async () => {
    const red = await draw('red')
    await send('李敏', '3幢水管漏水', red)
    expect(await send('resident:王阿姨', '第1网格5幢路灯坏了', red)).toEqual([])
  })

  it('says nothing of another picture', async () => {
    await send('李敏', '3幢水管漏水', await draw('red'))
    expect(await send('李敏', '5幢路灯坏了', await draw('blue'))).toEqual([])
  })

  it('tells once that a picture cannot be opened, however many came, and keeps the report', async () => {
    const said = await send('李敏', '3幢水管漏水', new TextEncoder().encode('not a picture'), 3)
    expect(said.map(({ to }) => to)).toEqual(['李敏'])
    expect(said[0]!.text).toContain('图片打不开')
    const photos = await street.db.sql.selectFrom('photo').select('state').execute()
    expect(photos.map(({ state }) => state)).toEqual(['failed', 'failed', 'failed'])
    expect(await street.db.sql.selectFrom('incident').select('no').execute()).toEqual([{ no: 1 }])
  })
})

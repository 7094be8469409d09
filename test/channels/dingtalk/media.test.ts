import { describe, expect, it } from 'vitest'
import type { MediaRef } from '../../../bot/channels/channel.ts'
import { createRig, type Rig } from './harness.ts'

const DOWNLOAD = '/v1.0/robot/messageFiles/download'
const bytes = new Uint8Array(5000).fill(7)

/** A picture that somebody sent, as the channel handed it on. */
async function receivePicture(rig: Rig, saying: object = { picture: bytes }): Promise<MediaRef> {
  await rig.channel.start(rig.inbox.receive)
  await rig.emulator.say({ from: 'u1', ...saying }).acked
  return rig.inbox.messages[0]!.media[0]!
}

describe('a picture that somebody sent', () => {
  it('is fetched whole, with the code that works', async () => {
    const rig = await createRig()
    const ref = await receivePicture(rig)
    expect(Buffer.from(await rig.channel.fetchMedia(ref, 5000))).toStrictEqual(Buffer.from(bytes))
  })

  it('inside a rich text of a group is fetched alike', async () => {
    const rig = await createRig()
    const ref = await receivePicture(rig, { group: 'cidA==', richText: [{ text: '井盖' }, { picture: bytes }] })
    expect((await rig.channel.fetchMedia(ref, 10_000)).length).toBe(5000)
  })

  it('larger than allowed is refused', async () => {
    const rig = await createRig()
    const ref = await receivePicture(rig)
    await expect(rig.channel.fetchMedia(ref, 4999)).rejects.toMatchObject({
      fault: 'refused',
      message: '文件过大，未下载',
    })
  })

  it('whose code has expired or belongs to another robot is refused', async () => {
    const rig = await createRig()
    const ref = await receivePicture(rig)
    rig.emulator.world.files.clear()
    await expect(rig.channel.fetchMedia(ref, 5000)).rejects.toMatchObject({ fault: 'refused' })
    const foreign = { ...ref, ref: JSON.stringify(['dingother', 'code']) }
    await expect(rig.channel.fetchMedia(foreign, 5000)).rejects.toMatchObject({ fault: 'credentials' })
    await expect(rig.channel.fetchMedia({ ...ref, ref: 'x' }, 5000)).rejects.toMatchObject({ fault: 'refused' })
  })

  it.each([
    'http://127.0.0.1:1/x',
    'http://169.254.169.254/latest/meta-data',
    'https://x.aliyuncs.com.evil.example/x',
    'file:///etc/passwd',
    'https://u@down.dingtalk.com/x',
    7,
  ])('is not fetched from %j', async downloadUrl => {
    const rig = await createRig()
    const ref = await receivePicture(rig)
    rig.emulator.fail(DOWNLOAD, { body: { downloadUrl } })
    await expect(rig.channel.fetchMedia(ref, 5000)).rejects.toMatchObject({
      fault: 'refused',
      message: expect.stringContaining('下载地址'),
    })
  })

  it('is not fetched through a redirect', async () => {
    const rig = await createRig()
    const other = await createRig()
    const ref = await receivePicture(rig)
    const path = '/file/redirect'
    rig.emulator.fail(DOWNLOAD, { body: { downloadUrl: `${rig.emulator.apiBase}${path}` } })
    rig.emulator.fail(path, { status: 302, headers: { location: other.emulator.apiBase } })
    await expect(rig.channel.fetchMedia(ref, 5000)).rejects.toMatchObject({ fault: 'refused' })
    expect(other.emulator.requests).toHaveLength(0)
  })

  it.each([
    ['breaks off', { status: 200, body: 'x'.repeat(1000), truncate: true }],
    ['is cut', { reset: true }],
    ['meets a broken server', { status: 503 }],
  ])('that %s on the way is fetched again later', async (_name, fault) => {
    const rig = await createRig()
    const ref = await receivePicture(rig)
    const path = '/file/slow'
    rig.emulator.fail(DOWNLOAD, { body: { downloadUrl: `${rig.emulator.apiBase}${path}` } })
    rig.emulator.fail(path, fault)
    await expect(rig.channel.fetchMedia(ref, 5000)).rejects.toMatchObject({ fault: 'retry' })
  })
})

import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRig, faultOf, outgoing, type Rig } from './harness.ts'

const CARD = {
  id: '0mhzq2k8a1b2c3d4e5f6g7',
  title: '9号 消防通道清理',
  buttons: [
    { key: 'approve', text: '同意', says: '9号提示单同意' },
    { key: 'reject', text: '驳回', says: '9号提示单驳回' },
  ],
}
const PNG = { bytes: new Uint8Array(1000).fill(7), mime: 'image/png', fileName: 'chart.png' }

const toGroup = ({ emulator }: Rig, id = 'wrG1') => ({
  to: { kind: 'chat', chatId: id } as const,
  route: { kind: 'webhook', url: emulator.world.groups.get(id)?.pushUrl ?? '' } as const,
})

describe('a private message', () => {
  it('reaches one person as the plain text it is', async () => {
    const { channel, emulator } = await createRig()
    const sent = await channel.send(outgoing({ text: '今天 16:30 前收到\n【3号】' }))
    expect(emulator.deliveredTo({ user: 'zhangsan' })).toMatchObject([
      { msgtype: 'text', text: '今天 16:30 前收到\n【3号】' },
    ])
    expect(sent.platformId).toBe(emulator.delivered[0]?.msgId)
  })

  it('finds the person whatever the case of the id, in a private chat as by name', async () => {
    const { channel, emulator } = await createRig()
    await channel.send(outgoing({ to: { kind: 'person', platformId: 'limin' } }))
    await channel.send(outgoing({ to: { kind: 'chat', chatId: '@LIMIN' } }))
    expect(emulator.deliveredTo({ user: 'LiMin' })).toHaveLength(2)
  })

  it('is refused for somebody outside the visible range or unknown, and the send is over', async () => {
    const { channel, emulator } = await createRig()
    for (const platformId of ['outside', 'nobody', '@all', 'a|b', '', 'a b', `a${'b'.repeat(64)}`]) {
      const { fault } = await faultOf(channel.send(outgoing({ to: { kind: 'person', platformId } })))
      expect([platformId, fault]).toEqual([platformId, 'refused'])
    }
    expect(emulator.delivered).toEqual([])
  })

  it('is refused where the platform lists the person as invalid or unlicensed', async () => {
    const { channel, emulator } = await createRig()
    for (const list of ['invaliduser', 'unlicenseduser']) {
      emulator.fail('/cgi-bin/message/send', { times: 1, body: { errcode: 0, [list]: 'zhangsan' } })
      expect((await faultOf(channel.send(outgoing()))).fault).toBe('refused')
    }
  })

  it('turns nothing that a person typed into a link or a mention', async () => {
    const { channel, emulator } = await createRig()
    await channel.send(outgoing({ text: '张三：<a href="http://evil.example">领奖</a> <@all> 1 < 2' }))
    expect(emulator.delivered[0]?.text).toBe('张三：＜a href="http://evil.example">领奖＜/a> ＜@all> 1 < 2')
  })

  it('of more than 2,048 bytes goes in numbered parts, each within the limit, nothing cut', async () => {
    const { channel, emulator } = await createRig()
    const lines = Array.from({ length: 120 }, (_, index) => `第${index}行 走访记录一条，情况正常👨‍👩‍👧`)
    await channel.send(outgoing({ text: lines.join('\n') }))
    const parts = emulator.delivered.map(({ text }) => text)
    expect(parts.length).toBeGreaterThan(2)
    expect(parts[0]).toMatch(new RegExp(`^（1/${parts.length}）`))
    expect(parts.map(part => part.replace(/^（\d+\/\d+）/, '')).join('\n')).toBe(lines.join('\n'))
    for (const { body } of emulator.calls('/cgi-bin/message/send')) {
      expect(Buffer.byteLength((body as { text: { content: string } }).text.content)).toBeLessThanOrEqual(2048)
    }
  })

  it('loses no character, whatever the text (property)', async () => {
    const { channel, emulator } = await createRig({ emulator: { perMemberMinute: 100_000 } })
    const text = fc.string({
      unit: fc.constantFrom('网', '1', '\n', '👨‍👩‍👧', '<', '格格格格格格格格'),
      minLength: 1,
      maxLength: 900,
    })
    await fc.assert(
      fc.asyncProperty(text, async written => {
        emulator.delivered.length = 0
        await channel.send(outgoing({ text: written }))
        const read = emulator.delivered.map(part => part.text.replace(/^（\d+\/\d+）/, '')).join('')
        expect(read.replaceAll('\n', '')).toBe(written.replaceAll('\n', ''))
      }),
      { numRuns: 30 },
    )
  })

  it('of several parts goes on where it was cut off when it is tried again', async () => {
    const { channel, emulator } = await createRig()
    const item = outgoing({ text: '字'.repeat(1500) })
    await channel.send(outgoing())
    emulator.delivered.length = 0
    let calls = 0
    emulator.serve('POST /cgi-bin/message/send', (world, { entry }) => {
      calls += 1
      if (calls === 2) return { status: 200, body: { errcode: 45009 } }
      const { text } = entry.body as { text: { content: string } }
      world.deliver({ user: 'zhangsan', msgtype: 'text', text: text.content, mentions: [] })
      return { status: 200, body: { errcode: 0, msgid: `m${calls}` } }
    })
    expect((await faultOf(channel.send(item))).fault).toBe('throttled')
    await channel.send(item)
    expect(emulator.delivered.map(({ text }) => text.slice(0, 5))).toEqual(['（1/3）', '（2/3）', '（3/3）'])
  })

  it('may be the same twice: two equal answers are two messages', async () => {
    const { channel, emulator } = await createRig()
    await channel.send(outgoing({ text: '已打过 08:17' }))
    await channel.send(outgoing({ text: '已打过 08:17' }))
    expect(emulator.deliveredTo({ user: 'zhangsan' })).toHaveLength(2)
  })

  it('carries a picture and a file by upload; a picture that is too large goes as a file', async () => {
    const { channel, emulator } = await createRig()
    await channel.send(outgoing({ text: '', image: PNG, file: { ...PNG, fileName: '提示单.docx' } }))
    expect(emulator.delivered.map(({ msgtype, bytes }) => [msgtype, bytes?.length])).toEqual([
      ['image', 1000],
      ['file', 1000],
    ])
    const large = { ...PNG, bytes: new Uint8Array(10 * 1024 * 1024 + 1) }
    await channel.send(outgoing({ text: '', image: large }))
    expect(emulator.delivered.at(-1)).toMatchObject({ msgtype: 'file' })
  })
})

describe('a card', () => {
  it('shows a short text with its buttons, and can be changed once within 72 hours', async () => {
    const { channel, emulator, shiftClock } = await createRig()
    const sent = await channel.send(outgoing({ text: '请在今天 16:00 前签发。', card: CARD }))
    const card = emulator.world.newestCard('zhangsan')
    expect(card).toMatchObject({
      taskId: CARD.id,
      title: CARD.title,
      text: '请在今天 16:00 前签发。',
      buttons: CARD.buttons.map(({ key, text }) => ({ key, text })),
    })
    expect(emulator.delivered).toHaveLength(1)

    const to = { kind: 'person', platformId: 'zhangsan' } as const
    const change = { ref: sent.handle!.ref, to, card: CARD, text: '', label: '高红梅 ✓ 同意' }
    await channel.changeCard?.(change)
    expect(emulator.world.newestCard('zhangsan')?.label).toBe('高红梅 ✓ 同意')
    expect((await faultOf(channel.changeCard!(change))).fault).toBe('refused')

    const late = await channel.send(outgoing({ card: { ...CARD, id: `${CARD.id.slice(0, -1)}8` } }))
    shiftClock(72 * 3_600_000)
    expect((await faultOf(channel.changeCard!({ ...change, ref: late.handle!.ref }))).fault).toBe('refused')
    expect(late.handle!.usableUntil).toBeLessThan(emulator.world.now())
  })

  it('comes after a text that is too long for it', async () => {
    const { channel, emulator } = await createRig()
    await channel.send(outgoing({ text: '字'.repeat(161), card: CARD }))
    expect(emulator.delivered.map(({ msgtype }) => msgtype)).toEqual(['text', 'template_card'])
    expect(emulator.world.newestCard('zhangsan')?.text).toBeUndefined()
    await channel.send(outgoing({ text: '字'.repeat(160), card: { ...CARD, id: `${CARD.id.slice(0, -1)}9` } }))
    expect(emulator.delivered.map(({ msgtype }) => msgtype)).toEqual(['text', 'template_card', 'template_card'])
  })

  it('that goes out again has another task, which the platform would refuse twice', async () => {
    const { channel, emulator } = await createRig()
    await channel.send(outgoing({ card: CARD }))
    await channel.send(outgoing({ card: CARD, isRepeat: true }))
    expect(emulator.delivered.map(({ card }) => card?.taskId)).toEqual([CARD.id, `${CARD.id}_2`])
  })

  it('that the platform does not take goes as a text that says what to send back', async () => {
    const { channel, emulator } = await createRig()
    emulator.fail('/cgi-bin/message/send', { times: 1, errcode: 40058 })
    await channel.send(outgoing({ text: '请签发。', card: CARD }))
    expect(emulator.delivered).toMatchObject([
      { msgtype: 'text', text: '请签发。\n可直接回：“9号提示单同意”、“9号提示单驳回”' },
    ])
  })

  it('is shown to persons alone, and with at most six buttons', async () => {
    const rig = await createRig()
    const { channel } = rig
    const group = toGroup(rig)
    expect(channel.showsCards({ kind: 'person', platformId: 'x' }, { kind: 'api' }, 6)).toBe(true)
    expect(channel.showsCards({ kind: 'person', platformId: 'x' }, { kind: 'api' }, 7)).toBe(false)
    expect(channel.showsCards(group.to, group.route, 1)).toBe(false)
  })

  it('has its title cut between characters as people see them', async () => {
    const { channel, emulator } = await createRig()
    await channel.send(outgoing({ card: { ...CARD, title: '👨‍👩‍👧'.repeat(40) } }))
    expect(emulator.world.newestCard('zhangsan')?.title).toBe(`${'👨‍👩‍👧'.repeat(35)}…`)
  })
})

describe('a group', () => {
  it('is reached by its push address alone, with the people @-ed who sit in it', async () => {
    const rig = await createRig()
    const mentions = [{ platformId: 'LiMin', name: '李敏' }]
    await rig.channel.send(outgoing({ ...toGroup(rig), mentions, text: '请 16:30 前收到' }))
    expect(rig.emulator.deliveredTo({ group: 'wrG1' })).toMatchObject([
      { text: '请 16:30 前收到', mentions: ['LiMin'] },
    ])
    expect(rig.emulator.calls('/cgi-bin/gettoken')).toEqual([])
  })

  it('is @-ed once, with the first of several parts', async () => {
    const rig = await createRig()
    const mentions = [{ platformId: 'LiMin', name: '李敏' }]
    await rig.channel.send(outgoing({ ...toGroup(rig), mentions, text: '字'.repeat(1500) }))
    expect(rig.emulator.delivered.map(each => each.mentions)).toEqual([['LiMin'], [], []])
  })

  it('reads a picture with its checksum, and one that is too large as a file of that address', async () => {
    const rig = await createRig()
    await rig.channel.send(outgoing({ ...toGroup(rig), text: '', image: PNG }))
    const { image } = rig.emulator.calls('/cgi-bin/webhook/send')[0]!.body as { image: { md5: string } }
    expect(image.md5).toBe(createHash('md5').update(PNG.bytes).digest('hex'))
    const large = { ...PNG, bytes: new Uint8Array(2 * 1024 * 1024 + 1) }
    await rig.channel.send(outgoing({ ...toGroup(rig), text: '', image: large }))
    expect(rig.emulator.delivered.map(({ msgtype }) => msgtype)).toEqual(['image', 'file'])
  })

  it('without a push address is out of reach, and says so before anything is sent', async () => {
    const { channel } = await createRig()
    const to = { kind: 'chat', chatId: 'wrG2' } as const
    expect(channel.reaches?.({ kind: 'api' }, to)).toBe('never')
    expect(channel.reaches?.({ kind: 'webhook', url: 'https://x' }, to)).toBe('now')
    expect((await faultOf(channel.send(outgoing({ to, route: { kind: 'api' } })))).fault).toBe('routeGone')
  })

  it('can be @-ed by its push address and not by the app', async () => {
    const { channel } = await createRig()
    expect(channel.canMention({ kind: 'webhook', url: 'https://x' })).toBe(true)
    expect(channel.canMention({ kind: 'api' })).toBe(false)
    expect(channel.meter({ kind: 'api' })).toBe('api')
    expect(channel.meter({ kind: 'webhook', url: 'https://x' })).toBe('webhook')
  })

  it.each([
    'https://evil.example/cgi-bin/webhook/send?key=k',
    'http://169.254.169.254/cgi-bin/webhook/send?key=k',
    'HOST/cgi-bin/message/send?key=k',
    'HOST/cgi-bin/webhook/send',
    'HOST\\@evil.example/cgi-bin/webhook/send?key=k',
    'http://user:pass@HOSTNAME/cgi-bin/webhook/send?key=k',
    'file:///cgi-bin/webhook/send?key=k',
    '',
  ])('is not looked for at %s', async address => {
    const { channel, emulator } = await createRig()
    const url = address.replace('HOSTNAME', new URL(emulator.apiBase).host).replace('HOST', emulator.apiBase)
    const item = outgoing({ to: { kind: 'chat', chatId: 'wrG1' }, route: { kind: 'webhook', url } })
    expect((await faultOf(channel.send(item))).fault).toBe('routeGone')
    expect(emulator.requests).toEqual([])
  })

  it.each([93000, 93004, 93008])('whose address is gone (%i) is not tried that way again', async code => {
    const rig = await createRig()
    rig.emulator.world.groups.get('wrG1')!.pushFault = code
    expect((await faultOf(rig.channel.send(outgoing(toGroup(rig))))).fault).toBe('routeGone')
  })

  it('whose twenty a minute are used up waits for the minute', async () => {
    const rig = await createRig({ emulator: { pushesPerMinute: 1 } })
    await rig.channel.send(outgoing(toGroup(rig)))
    expect(await faultOf(rig.channel.send(outgoing(toGroup(rig))))).toMatchObject({
      fault: 'throttled',
      retryAfterMs: 60_000,
    })
  })
})

describe('reasons', () => {
  it('never hold a token, a key or an address', async () => {
    const rig = await createRig()
    const { emulator, channel } = rig
    const key = emulator.world.groups.get('wrG1')!.key!
    emulator.fail('/cgi-bin/webhook/send', { times: 1, reset: true })
    emulator.fail('/cgi-bin/message/send', { times: 1, reset: true })
    const faults = [await faultOf(channel.send(outgoing(toGroup(rig)))), await faultOf(channel.send(outgoing()))]
    expect(faults.map(({ fault }) => fault)).toEqual(['ambiguous', 'ambiguous'])
    for (const { message } of faults) {
      expect(message).not.toContain(key)
      expect(message).not.toMatch(/token|https?:|127\.0/)
    }
  })
})

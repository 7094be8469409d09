import { describe, expect, it } from 'vitest'
import { type Outgoing, SendError } from '../../../bot/channels/channel.ts'
import { decodePress } from '../../../bot/channels/dingtalk/cards.ts'
import { createRig } from './harness.ts'

const CARD_TOPIC = '/v1.0/card/instances/callback'
const CARD = {
  id: '0mhzq2k8a1b2c3d4e5f6g7',
  title: '紧急事件 #3',
  buttons: [{ key: 'accept', text: '受理', says: '受理3号事件' }],
}

const item: Outgoing = {
  to: { kind: 'person', platformId: 'u1' },
  route: { kind: 'api' },
  title: '紧急',
  text: '楼道起火',
  mentions: [],
  card: CARD,
  idempotencyKey: 'k1',
}

function pressOf(card: string, userId: string, action: string) {
  return {
    type: 'actionCallback',
    outTrackId: card,
    corpId: 'dingcorp1',
    userId,
    userIdType: 1,
    spaceType: 'IM_ROBOT',
    spaceId: userId,
    extension: '{}',
    content: JSON.stringify({ cardPrivateData: { actionIds: ['button1'], params: { action } } }),
  }
}

const withTemplate = () => createRig({ channel: { cardTemplate: 'b4fd.schema' } })

describe('an interactive card', () => {
  it('brings text and buttons into the private chat, all values texts', async () => {
    const { channel, emulator } = await withTemplate()
    const { handle } = await channel.send(item)
    expect(handle?.ref).toBe(CARD.id)
    expect(emulator.world.cards.get(CARD.id)).toMatchObject({
      cardTemplateId: 'b4fd.schema',
      callbackType: 'STREAM',
      openSpaceId: 'dtv1.card//IM_ROBOT.u1',
      imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT', robotCode: emulator.robotCode },
      cardData: {
        cardParamMap: {
          title: '紧急事件 #3',
          text: '楼道起火',
          done: '',
          button1: '受理',
          key1: 'accept',
          button2: '',
        },
      },
    })
    expect(emulator.delivered).toEqual([])
  })

  it('comes after a text of more than a kilobyte', async () => {
    const { channel, emulator } = await withTemplate()
    await channel.send({ ...item, text: '火'.repeat(334) })
    expect(emulator.deliveredTo({ user: 'u1' })).toHaveLength(1)
    expect(emulator.world.cards.get(CARD.id)).toMatchObject({ cardData: { cardParamMap: { text: '' } } })
  })

  it('that arrived before is not sent again', async () => {
    const { channel, emulator } = await withTemplate()
    await channel.send(item)
    const again = await channel.send({ ...item, isRepeat: true })
    expect(again.handle?.ref).toBe(CARD.id)
    expect(emulator.delivered).toEqual([])
  })

  it('that the platform does not take goes as a text that says what to send back', async () => {
    const { channel, emulator } = await withTemplate()
    emulator.fail('/v1.0/card/instances/createAndDeliver', { code: 'param.templateUnpublished' })
    await channel.send(item)
    expect(emulator.deliveredTo({ user: 'u1' })).toMatchObject([{ text: '楼道起火\n可直接回：“受理3号事件”' }])
  })

  it('loses its buttons when it is changed, and keeps every other value', async () => {
    const { channel, emulator } = await withTemplate()
    await channel.send(item)
    const to = { kind: 'person', platformId: 'u1' } as const
    await channel.changeCard?.({ ref: CARD.id, to, card: CARD, text: '', label: '李敏 ✓ 受理' })
    expect(emulator.calls('/v1.0/card/instances').map(({ method, body }) => [method, body])).toEqual([
      [
        'PUT',
        {
          outTrackId: CARD.id,
          cardData: { cardParamMap: { button1: '', done: '李敏 ✓ 受理' } },
          cardUpdateOptions: { updateCardDataByKey: true },
        },
      ],
    ])
  })

  it('is for persons, with a template and Stream; elsewhere its words stand in the text', async () => {
    const person = { kind: 'person', platformId: 'u1' } as const
    const api = { kind: 'api' } as const
    const { channel } = await withTemplate()
    expect(channel.showsCards(person, api, 6)).toBe(true)
    expect(channel.showsCards(person, api, 7)).toBe(false)
    expect(channel.showsCards({ kind: 'chat', chatId: 'cidA==' }, api, 1)).toBe(false)
    expect((await createRig()).channel.showsCards(person, api, 1)).toBe(false)
    const overHttp = await createRig({ channel: { cardTemplate: 't', mode: 'webhook' } })
    expect(overHttp.channel.showsCards(person, api, 1)).toBe(false)
    expect(overHttp.channel.changeCard).toBeUndefined()
  })
})

describe('a press over Stream', () => {
  it('becomes a message, and is acknowledged when it is stored', async () => {
    const { channel, emulator, inbox } = await withTemplate()
    await channel.start(message => inbox.receive(message))
    const push = emulator.gateway.pushTopic(CARD_TOPIC, pressOf(CARD.id, 'u1', 'accept'))
    expect(await push.acked).toBe(true)
    expect(inbox.messages).toMatchObject([
      {
        channel: 'dingtalk',
        robot: emulator.robotCode,
        sender: { platformId: 'u1' },
        press: { card: CARD.id, key: 'accept', handle: { ref: CARD.id } },
      },
    ])
  })

  it('of the same button at another time is another message', async () => {
    const { channel, emulator, inbox } = await withTemplate()
    await channel.start(message => inbox.receive(message))
    for (let nth = 0; nth < 2; nth += 1) {
      await emulator.gateway.pushTopic(CARD_TOPIC, pressOf(CARD.id, 'u1', 'accept')).acked
    }
    expect(new Set(inbox.messages.map(({ id }) => id)).size).toBe(2)
  })

  it('is asked for only where cards are sent', async () => {
    const topics = async (cardTemplate: string | undefined) => {
      const { channel, emulator, inbox } = await createRig({ channel: { cardTemplate } })
      await channel.start(message => inbox.receive(message))
      const asked = emulator.calls('/v1.0/gateway/connections/open')[0]?.body as { subscriptions: { topic: string }[] }
      return asked.subscriptions.map(({ topic }) => topic)
    }
    expect(await topics(undefined)).toEqual(['/v1.0/im/bot/messages/get'])
    expect(await topics('t')).toEqual(['/v1.0/im/bot/messages/get', CARD_TOPIC])
  })

  it.each([
    ['nothing', undefined],
    ['no card', { ...pressOf('', 'u1', 'a'), outTrackId: undefined }],
    ['nobody', { ...pressOf(CARD.id, 'u1', 'a'), userId: 7 }],
    ['no action', { ...pressOf(CARD.id, 'u1', 'a'), content: '{"cardPrivateData":{"params":{}}}' }],
    ['broken content', { ...pressOf(CARD.id, 'u1', 'a'), content: '{' }],
  ])('of %s is none', (_name, data) => {
    expect(decodePress(data, { pushId: 'p', robotCode: 'r', machineNow: 1 })).toBeUndefined()
  })
})

it('a card of which nobody knows whether it arrived is not followed by a text', async () => {
  const { channel, emulator } = await withTemplate()
  emulator.fail('/v1.0/card/instances/createAndDeliver', { times: 1, reset: true })
  await expect(channel.send(item)).rejects.toSatisfy(error => error instanceof SendError && error.fault === 'ambiguous')
  expect(emulator.delivered).toEqual([])
})

/**
 * Interactive cards, where a template of the organisation is configured (open.dingtalk.com: 创建并投放卡片, 更新卡片, 卡片回调).
 * The template shows `title`, `text`, `done` and up to six buttons `button1`…`button6`, each hidden while its text is empty; a press
 * calls back with the parameter `action` set to the button's own variable `key1`…`key6`.
 */
import { type CardChange, type InboundMessage, type OutgoingCard, SendError, type Sent } from '../channel.ts'
import { asArray, asId, asObject, asObjectOrJson, asText, type JsonObject } from '../json.ts'
import type { PlatformApi } from './api.ts'

export const MOST_BUTTONS = 6
/** A value of the template takes 1 KB; a longer text goes ahead as a message of its own. */
const VALUE_BYTES = 1_000
/** No document ends the life of a card; later nobody looks at it any more. */
const HANDLE_MS = 7 * 24 * 60 * 60_000

export interface CardFacts {
  api: PlatformApi
  templateId: string
  robotCode: string
  machineNow(): number
}

/** Whether a text can be read whole on the card. */
export function fitsCard(text: string): boolean {
  return Buffer.byteLength(text) <= VALUE_BYTES
}

/**
 * Brings a card into somebody's private chat; one that arrived before stays as it is.
 * @throws {SendError} `refused` also where the template is not there, not published or not of this form
 */
export async function sendCard(userId: string, card: OutgoingCard, text: string, facts: CardFacts): Promise<Sent> {
  const { api, templateId, robotCode, machineNow } = facts
  const sent: Sent = { handle: { ref: card.id, usableUntil: machineNow() + HANDLE_MS } }
  let answer: JsonObject
  try {
    answer = await api.callApi('/v1.0/card/instances/createAndDeliver', {
      cardTemplateId: templateId,
      outTrackId: card.id,
      callbackType: 'STREAM',
      userIdType: 1,
      cardData: { cardParamMap: toParams(card, text) },
      openSpaceId: `dtv1.card//IM_ROBOT.${userId}`,
      imRobotOpenSpaceModel: { supportForward: false, lastMessageI18n: { ZH_CN: card.title } },
      imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT', robotCode },
    })
  } catch (error) {
    if (error instanceof SendError && error.message.includes('param.cardAlreadyExist')) return sent
    throw error
  }
  const results = (asArray(asObject(answer.result)?.deliverResults) ?? []).map(asObject)
  if (results.some(result => result?.success !== true)) throw new SendError('refused', '互动卡片没有投放成功')
  const platformId = asText(results[0]?.carrierId)
  return { ...sent, ...(platformId !== undefined && { platformId }) }
}

/** @throws {SendError} */
export async function changeCard({ ref, card, label }: CardChange, { api }: Pick<CardFacts, 'api'>): Promise<void> {
  const hidden = Object.fromEntries(card.buttons.map((_, index) => [`button${index + 1}`, '']))
  await api.callApi(
    '/v1.0/card/instances',
    {
      outTrackId: ref,
      cardData: { cardParamMap: { ...hidden, done: label } },
      // Without it every value that is not named here would be lost.
      cardUpdateOptions: { updateCardDataByKey: true },
    },
    'PUT',
  )
}

/** Every value is a text. */
function toParams({ title, buttons }: OutgoingCard, text: string): Record<string, string> {
  const slots = Array.from({ length: MOST_BUTTONS }, (_, index) => {
    const { text: words = '', key = '' } = buttons[index] ?? {}
    return [
      [`button${index + 1}`, words],
      [`key${index + 1}`, key],
    ]
  })
  return { title, text, done: '', ...Object.fromEntries(slots.flat()) }
}

/**
 * @param pushId names the push that brought it: the press itself has no id of its own
 * @returns undefined where it is no press of a card of ours
 */
export function decodePress(
  data: unknown,
  { pushId, robotCode, machineNow }: { pushId: string; robotCode: string; machineNow: number },
): InboundMessage | undefined {
  const raw = asObject(data)
  const card = asId(raw?.outTrackId)
  const userId = asId(raw?.userId)
  const pressed = asObject(asObjectOrJson(raw?.content)?.cardPrivateData)
  const key = asText(asObject(pressed?.params)?.action)
  if (card === undefined || userId === undefined || key === undefined) return undefined
  return {
    channel: 'dingtalk',
    robot: robotCode,
    id: `press-${pushId}`,
    chat: { id: `@${userId}`, kind: 'direct' },
    sender: { platformId: userId },
    at: machineNow,
    text: '',
    mentions: [],
    media: [],
    press: { card, key, handle: { ref: card, usableUntil: machineNow + HANDLE_MS } },
  }
}

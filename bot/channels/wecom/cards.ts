/** Cards with buttons, and taking the buttons off again (path 90236 模板卡片消息, 94888 更新模版卡片消息). */
import type { CardChange, OutgoingCard, Sent } from '../channel.ts'
import type { JsonObject } from '../json.ts'
import type { WecomApi } from './api.ts'

/** What the platform shows of a card. */
export const MOST_BUTTONS = 6
const TITLE_LENGTH = 36
/** A longer text goes ahead as a message of its own. */
const TEXT_LENGTH = 160
/** A response code works once within 72 hours; a little less, so that it is not tried in vain. */
const HANDLE_MS = 72 * 60 * 60_000 - 10 * 60_000
/** Marks a handle as the app's. */
export const HANDLE_PREFIX = 'app:'

const segmenter = new Intl.Segmenter('zh', { granularity: 'grapheme' })

/** Whether a text can be read whole on the card. */
export function fitsCard(text: string): boolean {
  return text.length <= TEXT_LENGTH
}

/** @param text what stands under the title, where it `fitsCard` */
export function renderCard(card: OutgoingCard, text: string | undefined, isRepeat: boolean): JsonObject {
  return {
    card_type: 'button_interaction',
    main_title: { title: cut(card.title, TITLE_LENGTH) },
    ...(text !== undefined && { sub_title_text: text }),
    button_list: card.buttons.map(({ key, text: words }, index) => ({ text: words, key, style: index === 0 ? 1 : 2 })),
    task_id: toTaskId(card.id, isRepeat),
  }
}

/** The platform takes each task id once, so a card that goes out again has another. */
function toTaskId(cardId: string, isRepeat: boolean): string {
  return isRepeat ? `${cardId}_2` : cardId
}

/** @returns undefined where the task is none of ours */
export function readCardId(taskId: string): string | undefined {
  return /^([0-9a-z]{22})(_2)?$/.exec(taskId)?.[1]
}

/** @param responseCode from the answer to a send, or from a press */
export function toHandle(responseCode: string | undefined, machineNow: number): Pick<Sent, 'handle'> {
  if (!responseCode) return {}
  return { handle: { ref: `${HANDLE_PREFIX}${responseCode}`, usableUntil: machineNow + HANDLE_MS } }
}

/** @throws {SendError} */
export async function changeCard(api: WecomApi, agentId: number, { ref, to, label }: CardChange): Promise<void> {
  await api.post('message/update_template_card', {
    userids: to.kind === 'person' ? [to.platformId] : [],
    agentid: agentId,
    response_code: ref.slice(HANDLE_PREFIX.length),
    button: { replace_name: label },
  })
}

function cut(text: string, length: number): string {
  const characters = Array.from(segmenter.segment(text), ({ segment }) => segment)
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('')}…`
}

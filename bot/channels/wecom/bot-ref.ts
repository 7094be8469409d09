/** How one message of the 智能机器人 can be answered: what stands in `InboundMessage.reply` and in the route of its answer. */
import type { InboundMessage } from '../channel.ts'
import { asObject, asText, parseJson } from '../json.ts'
import type { BotDecoded } from './bot-decode.ts'

export interface BotRef {
  kind: 'message' | 'arrival' | 'press'
  /** The platform's id of the message: its stream is found by it. */
  id: string
  /** Callback mode: takes one message within the hour; a bearer secret. */
  responseUrl?: string
  /** The task id that a pressed card went out under. */
  taskId?: string
  /** Long connection: names the message on the line. */
  reqId?: string
}

export function encodeBotRef(ref: BotRef): string {
  return JSON.stringify(ref)
}

export function decodeBotRef(text: string): BotRef | undefined {
  const raw = asObject(parseJson(text))
  const kind = raw?.kind
  const id = asText(raw?.id)
  if (id === undefined || (kind !== 'message' && kind !== 'arrival' && kind !== 'press')) return undefined
  const optional = (['responseUrl', 'reqId', 'taskId'] as const).flatMap(name => {
    const value = asText(raw?.[name])
    return value === undefined ? [] : [[name, value]]
  })
  return { kind, id, ...Object.fromEntries(optional) }
}

/** A pressed card can be changed for so long, of 5 s. */
const CHANGE_MS = 4_500

/** The message with the ways that `path` opens: to answer it, and to change the card that was pressed. */
export function addReply(
  decoded: Extract<BotDecoded, { message: InboundMessage }>,
  path: Pick<BotRef, 'responseUrl' | 'reqId'>,
  { lastsMs, machineNow }: { lastsMs: number; machineNow: number },
): InboundMessage {
  const { kind, message } = decoded
  const taskId = kind === 'press' ? { taskId: decoded.taskId } : {}
  const ref = encodeBotRef({ kind, id: message.id, ...path, ...taskId })
  const handle = { ref, usableUntil: machineNow + CHANGE_MS }
  return {
    ...message,
    reply: { ref, expiresAt: machineNow + lastsMs },
    ...(message.press && { press: { ...message.press, handle } }),
  }
}

/**
 * Events over HTTP (open.dingtalk.com: 事件订阅, 回调事件消息体加解密): who left the organisation, who punched. Sealed as WeCom seals, with
 * the app's ClientID inside; answered with a sealed `success`, anything else brings the event again.
 */
import { dayOf } from '../../../policy/time.ts'
import type { Callback, CallbackAnswer, CallbackRequest, PlatformEvent, TellEvent } from '../channel.ts'
import { asArray, asInstant, asObject, asText, type JsonObject, parseJson } from '../json.ts'
import { type CallbackKey, createCallbackKey, sealEnvelope } from '../wecom/crypto.ts'
import { openRequest } from '../wecom/signed.ts'

const BODY_LIMIT_BYTES = 256 * 1024

export interface EventOptions {
  clientId: string
  token: string
  aesKey: string
  machineNow(): number
  onEvent: TellEvent
  onFailure(error: unknown): void
}

export function createEventCallback(options: EventOptions): Callback {
  const key = createCallbackKey(options.token, options.aesKey, options.clientId)
  return { method: 'POST', path: '/dingtalk/events', handle: request => takeIn(request, key, options) }
}

async function takeIn(
  request: CallbackRequest,
  key: CallbackKey,
  { machineNow, onEvent, onFailure }: EventOptions,
): Promise<CallbackAnswer> {
  const opened = await openRequest(request, key, {
    limitBytes: BODY_LIMIT_BYTES,
    machineNow: machineNow(),
    readCipher: body => asText(asObject(parseJson(body))?.encrypt),
  })
  if ('rejected' in opened) return opened
  const event = asObject(parseJson(opened.text))
  if (!event) return { status: 400, rejected: 'not-an-event' }
  try {
    for (const told of decodeEvent(event, machineNow())) await onEvent(told)
    return answerSuccess(key, machineNow())
  } catch (error) {
    // Nothing is stored: a failing status brings the event again.
    onFailure(error)
    return { status: 503, rejected: 'not-stored' }
  }
}

/** Kinds that tell us nothing, the check of the address among them, are acknowledged and forgotten. */
export function decodeEvent(event: JsonObject, at: number): PlatformEvent[] {
  const common = { channel: 'dingtalk' } as const
  switch (event.EventType) {
    case 'user_leave_org':
      return listIds(event.userId ?? event.UserId).map(platformId => ({ ...common, kind: 'left', platformId, at }))
    case 'attendance_check_record': {
      // It says neither what the punch answers nor how it is judged: it asks for a reading, one for the whole list.
      const times = (asArray(event.dataList) ?? []).flatMap(row => asInstant(asObject(row)?.checkTime) ?? [])
      return times.length === 0 ? [] : [{ ...common, kind: 'punched', from: dayOf(Math.min(...times)) }]
    }
    case 'attend_bossCheck_change': {
      const workDate = asInstant(event.workDate)
      return workDate === undefined ? [] : [{ ...common, kind: 'punched', from: dayOf(workDate) }]
    }
    default:
      return []
  }
}

function listIds(value: unknown): string[] {
  return (asArray(value) ?? []).flatMap(id => asText(id) ?? [])
}

function answerSuccess(key: CallbackKey, now: number): CallbackAnswer {
  const stamp = { timestamp: String(Math.floor(now / 1000)), nonce: `n${now}` }
  const { encrypt, signature, timestamp, nonce } = sealEnvelope('success', key, stamp)
  const body = JSON.stringify({ msg_signature: signature, timeStamp: timestamp, nonce, encrypt })
  return { status: 200, type: 'application/json', body }
}

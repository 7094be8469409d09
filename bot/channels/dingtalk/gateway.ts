/** Asks the gateway for a place to connect to: one ticket, good for 90 seconds and one socket (open.dingtalk.com, Stream 模式协议). */
import { readAtMost } from '../http.ts'
import { asObject, asText, parseJson } from '../json.ts'

export const ROBOT_TOPIC = '/v1.0/im/bot/messages/get'
/** Pressed buttons of interactive cards. */
export const CARD_TOPIC = '/v1.0/card/instances/callback'

const ANSWER_LIMIT_BYTES = 64 * 1024

export interface GatewayOptions {
  apiBase: string
  clientId: string
  clientSecret: string
  timeoutMs: number
  /** Whether presses are to come this way too. */
  hasCards: boolean
}

/** The gateway does not take these credentials: trying faster will not help. */
export class CredentialsRefused extends Error {}

/** Only what we handle: events that nobody stores must not be acknowledged, so they are not asked for. */
function listSubscriptions(hasCards: boolean): { type: string; topic: string }[] {
  return [ROBOT_TOPIC, ...(hasCards ? [CARD_TOPIC] : [])].map(topic => ({ type: 'CALLBACK', topic }))
}

/**
 * @returns the address of the socket with its ticket: a secret
 * @throws {CredentialsRefused} on 401; any other error: no answer within the time, or none that makes sense
 */
export async function openGateway(options: GatewayOptions, signal: AbortSignal): Promise<string> {
  const { clientId, clientSecret } = options
  const response = await fetch(`${options.apiBase}/v1.0/gateway/connections/open`, {
    method: 'POST',
    // Without Accept the answer may be XML.
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ clientId, clientSecret, ua: 'xiaoge', subscriptions: listSubscriptions(options.hasCards) }),
    redirect: 'manual',
    signal: AbortSignal.any([signal, AbortSignal.timeout(options.timeoutMs)]),
  })
  const body = asObject(parseJson(Buffer.from(await readAtMost(response, ANSWER_LIMIT_BYTES)).toString()))
  if (response.status === 401) throw new CredentialsRefused(`gateway refused the credentials (${describeCode(body)})`)
  if (response.status !== 200) throw new Error(`gateway answered HTTP ${response.status} (${describeCode(body)})`)
  const endpoint = asText(body?.endpoint)
  const ticket = asText(body?.ticket)
  if (endpoint === undefined || ticket === undefined || !URL.canParse(endpoint)) {
    throw new Error('gateway answered without an address')
  }
  const url = new URL(endpoint)
  const isPlainAllowed = options.apiBase.startsWith('http:')
  if (url.protocol !== 'wss:' && !(url.protocol === 'ws:' && isPlainAllowed)) {
    throw new Error('gateway named an address that is not wss')
  }
  url.hash = ''
  // The ticket holds characters that must be encoded.
  url.searchParams.set('ticket', ticket)
  return url.href
}

function describeCode(body: Record<string, unknown> | undefined): string {
  return (asText(body?.code) ?? 'no code').replace(/[^\w. -]/g, '').slice(0, 80)
}

/** The two ways in which DingTalk answers: the new API by HTTP status and `code`, the old one by `errcode` in a 200. */
import { randomUUID } from 'node:crypto'
import type { LedgerEntry, World } from './dingtalk-world.ts'

export interface Reply {
  status: number
  body: unknown
  /** Bytes instead of JSON. */
  bytes?: { data: Buffer; type: string }
}

export interface Call {
  entry: LedgerEntry
  raw: Buffer
  /** The emulator's own address. */
  base: string
}

export type Json = Record<string, unknown>
export type Endpoint = (world: World, call: Call, body: Json) => Reply | Promise<Reply>

export function ok(body: unknown): Reply {
  return { status: 200, body }
}

export function oldOk(body: Json): Reply {
  return ok({ errcode: 0, errmsg: 'ok', ...body })
}

export function oldError(errcode: number): Reply {
  return ok({ errcode, errmsg: 'emulated refusal', request_id: randomUUID() })
}

export function newError(status: number, code: string): Reply {
  return { status, body: { code, message: 'emulated refusal', requestid: randomUUID() } }
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

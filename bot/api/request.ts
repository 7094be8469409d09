import { type Day, endOfDay, instantAt, isDay } from '../../policy/time.ts'
import { badRequest } from './api-error.ts'

const LIMIT = { standard: 100, most: 1_000 }

/** What a list is asked for. Days are local and both included. */
export interface ListQuery {
  limit: number
  /** The `next` of the answer before. */
  cursor?: string
  from?: Day
  to?: Day
  /** Undone records too. */
  voided: boolean
  /** A filter of this list alone; absent where not given or empty. */
  get(name: string): string | undefined
}

/** @throws {ApiError} 400 where a parameter has the wrong form */
export function readListQuery(parameters: URLSearchParams): ListQuery {
  const get = (name: string) => parameters.get(name) || undefined
  const [from, to] = [readDay('from', get('from')), readDay('to', get('to'))]
  if (from && to && to < from) throw badRequest('to 不能早于 from。')
  return { limit: readLimit(get('limit')), cursor: get('cursor'), from, to, voided: get('voided') === '1', get }
}

export function readDay(name: string, said: string | undefined): Day | undefined {
  if (said !== undefined && !isDay(said)) throw badRequest(`${name} 应为日期，如 2026-11-18。`)
  return said
}

function readLimit(said: string | undefined): number {
  if (said === undefined) return LIMIT.standard
  if (!/^\d{1,9}$/.test(said) || Number(said) === 0) throw badRequest(`limit 应为 1 到 ${LIMIT.most} 的整数。`)
  return Math.min(Number(said), LIMIT.most)
}

/** The days of a query as instants; the end is not included. */
export function instantsOf({ from, to }: Pick<ListQuery, 'from' | 'to'>): { from?: number; to?: number } {
  return { from: from ? instantAt(from, '00:00') : undefined, to: to ? endOfDay(to) : undefined }
}

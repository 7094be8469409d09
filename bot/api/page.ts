import { badRequest } from './api-error.ts'
import type { ListQuery } from './request.ts'

/** One page of a list. */
export interface Page<T> {
  items: T[]
  /** How many there are after the filters, on all pages. */
  total: number
  /** Asks for what follows; null on the last page. */
  next: string | null
}

/** Cuts a page out of a list at hand; the cursor is the key of the last item shown. @throws {ApiError} 400 for a cursor that is none of it */
export function cutPage<T>(all: readonly T[], { cursor, limit }: ListQuery, keyOf: (item: T) => string): Page<T> {
  const begin = cursor === undefined ? 0 : all.findIndex(item => keyOf(item) === cursor) + 1
  if (cursor !== undefined && begin === 0) throw badRequest('cursor 应是上一页的 next。')
  const items = all.slice(begin, begin + limit)
  const last = items.at(-1)
  return { items, total: all.length, next: last && begin + limit < all.length ? keyOf(last) : null }
}

/** Fetches a page of rows whose ids sort by birth; the cursor is the id of the last one shown. */
export async function fetchPage<T extends { id: string }>(
  { cursor, limit }: ListQuery,
  list: (page: { afterId?: string; limit: number }) => Promise<T[]>,
  count: () => Promise<number>,
): Promise<Page<T>> {
  // One more than asked for tells whether anything follows.
  const rows = await list({ afterId: cursor, limit: limit + 1 })
  const items = rows.slice(0, limit)
  return { items, total: await count(), next: rows.length > limit ? items.at(-1)!.id : null }
}

/** The same page with each item as it is shown. */
export async function mapPage<T, U>(page: Page<T>, show: (items: T[]) => U[] | Promise<U[]>): Promise<Page<U>> {
  return { ...page, items: await show(page.items) }
}

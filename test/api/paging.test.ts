import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { databases } from '../support/stores.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'
import { type Api, openApi } from './ask.ts'

describe.each(databases.map(({ name }) => name))('paging on %s', database => {
  let street: TestStreet
  let api: Api
  beforeEach(async () => {
    street = await openTestStreet({ database, now: '2026-11-18T09:00' })
    api = await openApi(street)
  })
  afterEach(async () => {
    await api.close()
    await street.dispose()
  })

  /** All pages of a list, each as the keys of its items. */
  async function walk(path: string, key: string): Promise<string[][]> {
    const pages: string[][] = []
    let next: string | null = null
    do {
      const { body }: Awaited<ReturnType<Api['ask']>> = await api.ask(
        next === null ? path : `${path}&cursor=${encodeURIComponent(next)}`,
      )
      pages.push(body.items.map((item: Record<string, unknown>) => String(item[key])))
      next = body.next
    } while (next !== null && pages.length < 20)
    return pages
  }

  it('gives every row once, in order, and ends with null', async () => {
    for (const place of ['1幢', '2幢', '3幢', '4幢', '5幢']) await street.say('李敏', `走访了${place}王奶奶，20分钟`)
    expect((await walk('/api/visits?limit=2', 'place')).map(page => page.length)).toEqual([2, 2, 1])
    expect((await walk('/api/visits?limit=2', 'place')).flat()).toEqual(['1幢', '2幢', '3幢', '4幢', '5幢'])
    expect((await walk('/api/visits?limit=5', 'place')).length).toBe(1)
    expect((await api.ask('/api/visits?limit=2')).body.total).toBe(5)
  })

  it('pages lists at hand the same way', async () => {
    const { body } = await api.ask('/api/members')
    const all = body.items.map(({ key }: { key: string }) => key)
    expect(body).toMatchObject({ total: all.length, next: null })
    expect((await walk('/api/members?limit=7', 'key')).flat()).toEqual(all)
    expect(await walk('/api/grids?limit=3', 'gridNo')).toEqual([['1', '2', '3'], ['4']])
  })

  it('gives a hundred where no limit is asked for and a thousand at most', async () => {
    for (let count = 0; count < 101; count++) await street.say('李敏', '走访了3幢王奶奶，20分钟')
    const lengthOf = async (path: string) => (await api.ask(path)).body.items.length
    expect(await lengthOf('/api/visits')).toBe(100)
    expect(await lengthOf('/api/visits?limit=1000000')).toBe(101)
  })
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { inStreet } from '../../storage/database.ts'
import { openTestStreet, STREET, type TestStreet } from '../support/street.ts'
import { type Api, openApi, TOKEN } from './ask.ts'

let street: TestStreet
let api: Api
beforeEach(async () => {
  street = await openTestStreet()
  api = await openApi(street)
})
afterEach(async () => {
  await api.close()
  await street.dispose()
})

const failure = (code: string) => ({ error: { code, message: expect.stringMatching(/[。：]/) } })

describe('access to the admin API', () => {
  it.each([
    ['no token', null],
    ['a wrong token', 'Bearer something-else'],
    ['the token with something behind it', `Bearer ${TOKEN}x`],
    ['the beginning of the token', `Bearer ${TOKEN.slice(0, -1)}`],
    ['another scheme', `Basic ${TOKEN}`],
    ['the bare token', TOKEN],
    ['an empty token', 'Bearer '],
  ])('refuses %s with 401, whatever is asked for', async (_what, authorization) => {
    for (const path of [
      '/api/members',
      '/api/incidents/1',
      '/api/ledgers',
      '/api/ledgers/checkIns',
      '/api/nonsense',
      '/api',
    ]) {
      const { status, body, headers } = await api.ask(path, { authorization })
      expect([path, status]).toEqual([path, 401])
      expect(body).toEqual(failure('unauthorized'))
      expect(headers.get('www-authenticate')).toContain('Bearer')
    }
  })

  it('answers the right token and keeps the answer out of caches', async () => {
    const { status, headers } = await api.ask('/api/members', { authorization: `bearer ${TOKEN}` })
    expect(status).toBe(200)
    expect(headers.get('cache-control')).toBe('no-store')
  })

  it.each([
    '/api/nonsense',
    '/api',
    '/api/members/nobody',
    '/api/incidents/99',
    '/api/incidents/one',
    '/api/notices/99',
    '/api/leaves/99',
    '/api/meetings/99',
    '/api/messages/none',
    '/api/visits/none',
    '/api/outbox/none',
    '/api/members?street=临河街道',
  ])('knows nothing at %s: 404', async path => {
    const { status, body } = await api.ask(path)
    expect(status).toBe(404)
    expect(body).toEqual(failure('not-found'))
  })

  it.each(['POST', 'PUT', 'DELETE', 'PATCH'])('only answers questions: %s is 405', async method => {
    const { status, body, headers } = await api.ask('/api/members', { method })
    expect(status).toBe(405)
    expect(body).toEqual(failure('method-not-allowed'))
    expect(headers.get('allow')).toBe('GET, HEAD')
  })

  it.each([
    '/api/check-ins?from=18.11.2026',
    '/api/check-ins?to=2026-02-30',
    '/api/check-ins?from=2026-11-19&to=2026-11-18',
    '/api/visits?limit=0',
    '/api/visits?limit=-1',
    '/api/visits?limit=many',
    '/api/members?cursor=nobody',
    '/api/attendance?day=today',
    '/api/outbox?state=lost',
  ])('says what is wrong with %s: 400', async path => {
    const { status, body } = await api.ask(path)
    expect(status).toBe(400)
    expect(body).toEqual(failure('bad-request'))
  })

  it('wants the street named where there are several, and never mixes them', async () => {
    await street.store.transact(async db => {
      await db.sql
        .insertInto('subdistrict')
        .values({ id: 's2', name: '临河街道', created_at: street.now() + 1 })
        .execute()
      const { sql } = inStreet(db, 's2')
      const grid = { grid_no: 1, grid_code: 'LH1', name: '第一网格', community: '临河社区', kind: 'ordinary' as const }
      const days = { households: null, residents: null, from_day: '2026-01-01', to_day: null }
      await sql
        .insertInto('grid')
        .values({ id: 'g-lh', subdistrict_id: 's2', ...grid, ...days })
        .execute()
    })
    const { status, body } = await api.ask('/api/grids')
    expect([status, body.error.message]).toEqual([400, `有几个街道（${STREET}、临河街道），请用 street 参数指明。`])
    const codes = async (name: string) => {
      const answer = await api.ask(`/api/grids?street=${encodeURIComponent(name)}`)
      return answer.body.items.map(({ gridCode }: { gridCode: string }) => gridCode)
    }
    expect(await codes('临河街道')).toEqual(['LH1'])
    expect(await codes('s2')).toEqual(['LH1'])
    expect(await codes(STREET)).toEqual(['WJ001', 'WJ002', 'WJ003', 'WJ004'])
  })

  it('takes words of SQL for what they are', async () => {
    const { status, body } = await api.ask(`/api/check-ins?member=${encodeURIComponent("' or 1=1 --")}`)
    expect([status, body.items]).toEqual([200, []])
    expect((await api.ask(`/api/audit?subject=${encodeURIComponent("x' or '1'='1")}`)).body.total).toBe(0)
  })
})

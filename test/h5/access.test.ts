import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { databases } from '../support/stores.ts'
import { userAgents } from './platforms.ts'
import { newEntryId, openPhoneRig, type PhoneRig } from './rig.ts'

let rig: PhoneRig
afterEach(() => rig.close())

const entry = { id: newEntryId(), waitedMs: 0, form: { is: 'checkIn', kind: 'on' } }

describe('whoever is not signed in', () => {
  test('reads how to come here where no simulator runs, and gets nothing from what the pages call', async () => {
    rig = await openPhoneRig({ simulator: 'off' })
    const page = await rig.call<string>('GET', '/h5/check-in')
    expect(page.status).toBe(200)
    expect(page.body).toContain('请从聊天里打开')
    const inApp = await rig.call<string>('GET', '/h5/check-in', { headers: { 'User-Agent': userAgents.dingtalk } })
    expect(inApp.body).toContain('手机页还没配好')
    expect((await rig.call('GET', '/h5/api/day')).status).toBe(401)
    expect((await rig.call('POST', '/h5/api/messages', { body: entry })).status).toBe(401)
    expect(
      (await rig.call('PUT', `/h5/api/uploads/${newEntryId()}?offset=0&total=1`, { body: new Uint8Array(1) })).status,
    ).toBe(401)
    expect((await rig.call('GET', '/sim/h5')).status).toBe(404)
  })

  test('chooses whom to be where the simulator runs, and is led to the page that was asked for, never elsewhere', async () => {
    rig = await openPhoneRig()
    const away = await rig.call('GET', '/h5/visit')
    expect([away.status, away.headers.get('location')]).toEqual([302, '/sim/h5?to=%2Fh5%2Fvisit'])
    expect((await rig.call<string>('GET', '/sim/h5?to=%2Fh5%2Fvisit')).body).toContain('李敏')
    expect((await rig.call<string>('GET', '/sim/h5?to=https://evil.example')).body).not.toContain('evil.example')
  })

  test('needs the token of the simulator from elsewhere', async () => {
    rig = await openPhoneRig({ simulator: { token: 'a-token-of-sixteen-characters' } })
    const headers = { 'X-Forwarded-For': '203.0.113.7' }
    expect((await rig.call('GET', '/sim/h5', { headers })).status).toBe(401)
    const authorization = 'Bearer a-token-of-sixteen-characters'
    expect((await rig.call('GET', '/sim/h5', { headers: { ...headers, authorization } })).status).toBe(200)
  })
})

describe('a session', () => {
  test.each(databases)('lives for a month of the machine and ends with sign-out, on $name', async ({ name }) => {
    rig = await openPhoneRig({ database: name })
    const [first, second] = [await rig.signInAs('李敏'), await rig.signInAs('李敏')]
    const status = async (cookie: string) => (await rig.call('GET', '/h5/api/day', { cookie })).status
    expect((await rig.call('POST', '/h5/api/sign-out', { cookie: first, body: {} })).status).toBe(200)
    expect([await status(first), await status(second)]).toEqual([401, 200])
    rig.passMachineTime(29 * 86_400_000)
    expect(await status(second)).toBe(200)
    rig.passMachineTime(2 * 86_400_000)
    expect(await status(second)).toBe(401)
  })

  test('is kept as an index: the database holds nothing that opens one', async () => {
    rig = await openPhoneRig()
    const cookie = await rig.signInAs('李敏')
    const rows = await rig.db.sql.selectFrom('h5_session').selectAll().execute()
    expect(rows).toMatchObject([{ channel: 'simulator', platform_id: '李敏' }])
    expect(JSON.stringify(rows)).not.toContain(cookie.split('=')[1])
  })

  test('lies in a cookie that scripts cannot read, that other sites do not send along, and that needs https where pages have it', async () => {
    rig = await openPhoneRig({ publicUrl: 'https://grid.example.cn' })
    const { headers } = await fetch(`${rig.url}/sim/h5`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ user: '李敏', to: '/h5/mine' }),
    })
    expect(headers.getSetCookie()[0]).toMatch(/^xiaoge-h5=.+; path=\/h5; expires=.+; samesite=lax; secure; httponly$/)
  })

  test('shows nothing any more to somebody who has left', async () => {
    rig = await openPhoneRig()
    const cookie = await rig.signInAs('李敏')
    await rig.store.transact(async db => {
      await db.sql.updateTable('member').set({ status: 'left' }).where('name', '=', '李敏').execute()
      await db.sql.updateTable('setting').set({ value: 'changed' }).where('name', '=', 'roster-version').execute()
    })
    expect((await rig.call('GET', '/h5/api/day', { cookie })).status).toBe(401)
    const page = await rig.call<string>('GET', '/h5/mine', { cookie })
    expect(page.status).toBe(403)
    expect(page.body).toContain('还没找到您的名字')
  })
})

describe('a request', () => {
  let cookie: string
  beforeEach(async () => {
    rig = await openPhoneRig()
    cookie = await rig.signInAs('李敏')
  })
  const send = (options: object) => rig.call('POST', '/h5/api/messages', { cookie, body: entry, ...options })

  test.each([
    ['of another site', { Origin: 'https://evil.example' }],
    ['that the browser calls cross-site', { Origin: '', 'Sec-Fetch-Site': 'cross-site' }],
    ['of a sandboxed frame', { Origin: 'null' }],
  ])('%s is refused', async (_name, headers) => {
    expect((await send({ headers })).status).toBe(403)
  })

  test('in a form that other sites could send is refused', async () => {
    expect((await send({ headers: { 'Content-Type': 'text/plain' } })).status).toBe(415)
    expect((await send({ headers: { 'Content-Type': 'application/x-www-form-urlencoded' } })).status).toBe(415)
  })

  test.each([
    ['no JSON', '{'],
    ['an unknown form', { ...entry, form: { is: 'delete' } }],
    ['an id that is none', { ...entry, id: '../../etc' }],
    ['a place beyond the earth', { ...entry, location: { lat: 91, lng: 0, datum: 'WGS-84' } }],
    ['a wait of two months', { ...entry, waitedMs: 60 * 86_400_000 }],
    ['a wait into the future', { ...entry, waitedMs: -1 }],
    ['ten photos', { ...entry, photos: Array.from({ length: 10 }, () => ({ upload: newEntryId() })) }],
  ])('with %s is refused with a sentence, and nothing is recorded', async (_name, body) => {
    const answer = await send(typeof body === 'string' ? { body: new TextEncoder().encode(body) } : { body })
    expect(answer.status).toBe(400)
    expect(answer.body).toMatchObject({ error: { message: expect.stringMatching(/[。]$/) } })
    expect(await rig.db.sql.selectFrom('message').selectAll().execute()).toEqual([])
  })

  test('larger than a form can be is refused', async () => {
    const body = { ...entry, form: { is: 'words', text: '长'.repeat(40_000) } }
    expect((await send({ body })).status).toBe(413)
  })

  test('too many in a row wait, the session of somebody else does not', async () => {
    const other = await rig.signInAs('孙燕')
    let last = 200
    for (let count = 0; count < 300 && last === 200; count += 1)
      last = (await rig.call('GET', '/h5/api/uploads/00000000-0000-4000-8000-000000000000', { cookie })).status
    expect(last).toBe(429)
    expect((await rig.call('GET', '/h5/api/day', { cookie: other })).status).toBe(200)
    rig.passMachineTime(60_000)
    expect((await rig.call('GET', '/h5/api/day', { cookie })).status).toBe(200)
  })

  test('for a page gets no inline script, is kept by nobody, and writes every value escaped', async () => {
    await rig.post(cookie, { is: 'visit', person: '</script><script>alert(1)</script>' })
    const page = await rig.call<string>('GET', '/h5/mine', { cookie })
    expect(page.headers.get('content-security-policy')).toMatch(/default-src 'none';script-src 'self';style-src 'self'/)
    expect(page.headers.get('cache-control')).toBe('no-store')
    expect(page.body).not.toContain('<script>alert')
    expect(page.body.match(/<script(?![^>]*(?:src=|application\/json))/g)).toBeNull()
  })
})

test('what the chooser leaves opens the pages', async () => {
  rig = await openPhoneRig()
  const cookie = await rig.signInAs('李敏')
  for (const page of ['check-in', 'incident', 'visit', 'mine']) {
    const { status, body } = await rig.call<string>('GET', `/h5/${page}`, { cookie })
    expect([status, body.includes('李敏')]).toEqual([200, true])
  }
})

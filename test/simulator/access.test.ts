import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openRig, type Rig } from './rig.ts'

/** A raw request, since fetch forbids to choose the Host header. */
function ask(rig: Rig, path: string, headers: Record<string, string>, method = 'GET', body?: string) {
  return new Promise<{ status: number; text: string; cookie?: string }>((resolve, reject) => {
    const sent = request(`${rig.url}${path}`, { method, headers }, response => {
      let text = ''
      response.on('data', chunk => {
        text += chunk
      })
      response.on('end', () =>
        resolve({ status: response.statusCode!, text, cookie: response.headers['set-cookie']?.[0] }),
      )
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

const FORWARDED = { 'x-forwarded-for': '127.0.0.1' }
const PATHS = ['/sim/', '/sim/api/clock', '/sim/api/people', '/sim/api/events']

describe('without SIMULATOR_TOKEN', () => {
  let rig: Rig
  beforeAll(async () => {
    rig = await openRig()
  })
  afterAll(() => rig.close())

  test('serves this machine', async () => {
    expect((await ask(rig, '/sim/', {})).status).toBe(200)
    expect((await ask(rig, '/sim/api/clock', {})).status).toBe(200)
  })

  test.each(PATHS)('refuses %s with X-Forwarded-For, whatever it says', async path => {
    expect((await ask(rig, path, FORWARDED)).status).toBe(403)
  })

  test('refuses in the form of the API, and the page in words', async () => {
    const refused = await ask(rig, '/sim/api/clock', FORWARDED)
    expect(JSON.parse(refused.text)).toEqual({
      error: { code: 'loopback-only', message: expect.stringContaining('本机') },
    })
    expect((await ask(rig, '/sim/', FORWARDED)).text).toContain('本机')
  })

  test('refuses a name that was pointed at this machine', async () => {
    expect((await ask(rig, '/sim/api/clock', { host: 'evil.example' })).status).toBe(403)
    expect((await ask(rig, '/sim/api/clock', { host: 'localhost:3000' })).status).toBe(200)
  })

  test('refuses what a foreign page posts', async () => {
    const answer = await ask(rig, '/sim/api/clock', { 'sec-fetch-site': 'cross-site' }, 'POST', '{"mode":"run"}')
    expect(answer.status).toBe(403)
  })

  test('lets no token in', async () => {
    expect((await ask(rig, '/sim/api/clock', { ...FORWARDED, authorization: 'Bearer undefined' })).status).toBe(403)
    expect((await ask(rig, '/sim/enter', FORWARDED, 'POST', 'token=undefined')).status).toBe(401)
  })
})

describe('with SIMULATOR_TOKEN', () => {
  const token = 'a-token-for-the-demo'
  let rig: Rig
  beforeAll(async () => {
    rig = await openRig({ token })
  })
  afterAll(() => rig.close())

  test('lets in from elsewhere with the bearer', async () => {
    const headers = { ...FORWARDED, authorization: `Bearer ${token}` }
    expect((await ask(rig, '/sim/api/clock', headers)).status).toBe(200)
  })

  test.each(['', 'Bearer', 'Bearer wrong', `Basic ${token}`, token])('refuses the header %j', async authorization => {
    expect((await ask(rig, '/sim/api/clock', { ...FORWARDED, authorization })).status).toBe(401)
  })

  test('shows a form on the page and lets in with its cookie', async () => {
    const form = await ask(rig, '/sim/', FORWARDED)
    expect(form).toMatchObject({ status: 401, text: expect.stringContaining('name="token"') })
    const entered = await ask(rig, '/sim/enter', FORWARDED, 'POST', `token=${token}`)
    expect(entered.status).toBe(303)
    expect(entered.cookie).toMatch(/httponly/i)
    expect(entered.cookie).not.toContain(token)
    const cookie = entered.cookie!.split(';')[0]!
    expect((await ask(rig, '/sim/', { ...FORWARDED, cookie })).status).toBe(200)
    expect((await ask(rig, '/sim/api/clock', { ...FORWARDED, cookie: `${cookie}x` })).status).toBe(401)
  })

  test('leaves this machine free', async () => {
    expect((await ask(rig, '/sim/api/clock', {})).status).toBe(200)
  })
})

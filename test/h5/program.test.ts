import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ChildProgram, createChildProgram } from '../support/child-program.ts'
import { cookiesOf, newEntryId } from './rig.ts'

const ADMIN_TOKEN = 'phone-admin-token-0123456789'
let folder: string
let program: ChildProgram

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'xiaoge-phone-program-'))
  const start = { SIMULATOR_START: '2026-11-18T08:17:00+08:00', SIMULATOR_CLOCK: 'hold' }
  program = await createChildProgram(folder, { ...start, ADMIN_TOKEN, LOG_LEVEL: 'warn' })
  await program.start()
}, 180_000)
afterAll(async () => {
  await program?.kill()
  rmSync(folder, { recursive: true, force: true })
})

const read = async (path: string, headers: Record<string, string> = {}) => fetch(`${program.base}${path}`, { headers })

test('the program as shipped serves the pages with their script and style, and takes what they send', async () => {
  const chosen = await fetch(`${program.base}/sim/h5`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ user: '李敏', to: '/h5/check-in' }),
  })
  expect([chosen.status, chosen.headers.get('location')]).toEqual([303, '/h5/check-in'])
  const cookie = cookiesOf(chosen.headers)
  const page = await (await read('/h5/check-in', { cookie })).text()
  expect(page).toContain('李敏')
  const [script, style] = [/src="([^"]+)"/.exec(page)?.[1], /rel="stylesheet" href="([^"]+)"/.exec(page)?.[1]]
  for (const asset of [script!, style!]) expect((await read(asset)).status).toBe(200)
  // What only one of the apps needs comes as a file of its own.
  const source = await (await read(script!)).text()
  for (const [, name] of source.matchAll(/import\("\.\/([\w-]+\.js)"\)/g))
    expect([name, (await read(`/assets/${name}`)).status]).toEqual([name, 200])

  const location = { lat: 30.2741, lng: 120.1551, datum: 'WGS-84', name: '社区服务站' }
  const posted = await fetch(`${program.base}/h5/api/messages`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', cookie, origin: program.base },
    body: JSON.stringify({ id: newEntryId(), waitedMs: 0, form: { is: 'checkIn', kind: 'on' }, location }),
  })
  expect(await posted.json()).toMatchObject({ ok: true, replies: [{ text: '已记上班打卡 08:17。' }] })
  const listed = await read('/api/check-ins', { authorization: `Bearer ${ADMIN_TOKEN}` })
  expect(await listed.json()).toMatchObject({ items: [{ source: 'h5', place: '社区服务站', result: 'onTime' }] })
  const chat = await read('/sim/api/chats/@李敏/messages')
  expect(JSON.stringify(await chat.json())).toContain('已记上班打卡 08:17。')
}, 60_000)

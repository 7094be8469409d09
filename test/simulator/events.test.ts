import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Pulse } from '../../web/shared/simulator-api.ts'
import { openRig, type Rig } from './rig.ts'

let rig: Rig
beforeAll(async () => {
  rig = await openRig()
})
afterAll(() => rig.close())

async function* pulses(): AsyncGenerator<Pulse> {
  const response = await fetch(`${rig.url}/sim/api/events`)
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  let buffered = ''
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    const lines = (buffered + chunk).split('\n\n')
    buffered = lines.pop() ?? ''
    for (const line of lines) if (line.startsWith('data: ')) yield JSON.parse(line.slice(6)) as Pulse
  }
}

test('tells in which chats there is something new, and that something was recorded', async () => {
  const stream = pulses()
  const first = (await stream.next()).value as Pulse
  expect(first).toMatchObject({ clock: { now: '2026-11-18T08:00:00+08:00', mode: 'hold' }, chats: [], recorded: false })
  await rig.post('G01', '李敏', '到岗了')
  const told = new Set<string>()
  let recorded = false
  for await (const pulse of stream) {
    for (const chat of pulse.chats) told.add(chat)
    recorded ||= pulse.recorded
    if (told.has('G01') && recorded) break
  }
  expect([...told]).toEqual(['G01'])
})

test('follows the clock', async () => {
  const stream = pulses()
  await stream.next()
  await rig.call('POST', '/sim/api/clock', { now: '2026-11-18T12:00:00+08:00' })
  for await (const pulse of stream) if (pulse.clock.now.startsWith('2026-11-18T12:00')) break
})

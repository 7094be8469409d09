import { once } from 'node:events'
import { connect } from 'node:net'
import Koa from 'koa'
import { expect, it } from 'vitest'
import { listen } from '../../bot/server.ts'

it('cuts off a client whose headers never end', { timeout: 18_000 }, async () => {
  const server = await listen(new Koa(), '127.0.0.1', 0)
  const client = connect(server.port, '127.0.0.1')
  client.on('error', () => {})
  client.resume()
  client.write('POST /dingtalk/callback HTTP/1.1\r\nHost: x\r\nX-Slow: ')
  const dripping = setInterval(() => client.writable && client.write('a'), 250)
  await once(client, 'close')
  clearInterval(dripping)
  expect(client.destroyed).toBe(true)
  await server.close()
})

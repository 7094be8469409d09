import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { LAUNCH } from '../support/child-program.ts'
import { createDingtalkProgram, type DingtalkProgram, postUntilAcked } from '../support/dingtalk-program.ts'
import { groupOf, workers } from '../support/dingtalk-street.ts'

let running: DingtalkProgram | undefined
afterEach(() => running?.dispose())

it('refuses a second server in one sentence, and takes over after a kill', { timeout: 60_000 }, async () => {
  running = await createDingtalkProgram()
  const { program, folder, env } = running
  await program.start()
  const { status, stderr } = spawnSync(process.execPath, [LAUNCH, 'start'], { cwd: folder, env: { ...env, PORT: '0' } })
  expect(status).toBe(1)
  expect(stderr.toString().trim().split('\n')).toEqual([expect.stringContaining('已有一个小格在用数据库')])
  await program.kill()
  await program.start()
  for (const file of ['xiaoge.db', 'xiaoge.db-wal', 'xiaoge.db-shm', 'xiaoge.db.server']) {
    expect((statSync(join(folder, 'data', file)).mode & 0o777).toString(8), file).toBe('600')
  }
})

it('refuses to start with another key, and says what to do', { timeout: 60_000 }, async () => {
  running = await createDingtalkProgram()
  const { program, folder, env } = running
  await program.start()
  expect(await program.stop()).toBe(0)
  const other = { ...env, PORT: '0', DATA_KEY: Buffer.alloc(32, 9).toString('base64') }
  const { status, stderr } = spawnSync(process.execPath, [LAUNCH, 'start'], {
    cwd: folder,
    env: other,
    timeout: 20_000,
  })
  expect(status).toBe(78)
  expect(stderr.toString()).toContain('DATA_KEY 与这个数据库不符')
})

it('stops cleanly while the platform answers nothing, and sends again what was cut off', {
  timeout: 60_000,
}, async () => {
  running = await createDingtalkProgram()
  const { program, emulator } = running
  await program.start()
  const paths = ['/v1.0/robot/groupMessages/send', '/v1.0/robot/oToMessages/batchSend']
  const heal = paths.map(path => emulator.fail(path, { hang: true }))
  for (const [nth, { id, grid }] of workers.slice(0, 12).entries()) {
    await postUntilAcked(running, { from: id, text: '走访了3幢王奶奶，20分钟', group: groupOf(grid), msgId: `m${nth}` })
  }
  await emulator.waitUntil(() => paths.some(path => emulator.calls(path).length > 0))
  expect(await program.stop()).toBe(0)
  for (const one of heal) one()
  await program.start()
  const { total } = await program.get<{ total: number }>('/api/visits')
  expect(total).toBe(12)
  await emulator.waitUntil(() => emulator.delivered.some(({ text }) => text.startsWith('【补发】')), 20_000)
})

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { LAUNCH } from '../support/child-program.ts'

let folder: string
let other: Server
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'xiaoge-address-'))
  other = createServer()
  await new Promise<void>(resolve => other.listen(0, '127.0.0.1', resolve))
})
afterEach(() => {
  other.close()
  rmSync(folder, { recursive: true, force: true })
})

it('says in one sentence that something else listens there', { timeout: 60_000 }, () => {
  const { port } = other.address() as { port: number }
  const env = { PATH: process.env.PATH ?? '', PORT: String(port), LOG_LEVEL: 'warn' }
  const { status, stderr } = spawnSync(process.execPath, [LAUNCH, 'start'], { cwd: folder, env, timeout: 40_000 })
  expect(status).toBe(1)
  expect(stderr.toString().trim()).toBe(`127.0.0.1:${port} 已被占用，请改 HOST 或 PORT。`)
})

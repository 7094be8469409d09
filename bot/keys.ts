import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The demo's key for personal data: made once and kept beside its database. A real street keeps its own key elsewhere. */
export function demoDataKey(dataDir: string): Buffer {
  const file = join(dataDir, 'demo.key')
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    writeFileSync(file, randomBytes(32).toString('base64'), { mode: 0o600 })
  }
  return Buffer.from(readFileSync(file, 'utf8'), 'base64')
}

export function newToken(): string {
  return randomBytes(18).toString('base64url')
}

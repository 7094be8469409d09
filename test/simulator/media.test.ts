import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createMediaShelf } from '../../bot/channels/simulator/media.ts'
import { testVault } from '../support/vault.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'xiaoge-shelf-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('pictures between post and fetch', () => {
  test('outlive a restart', async () => {
    const ref = await createMediaShelf(folder, testVault()).keep(Buffer.from('picture'))
    expect((await createMediaShelf(folder, testVault()).take(ref))?.toString()).toBe('picture')
  })

  test('lie sealed on the disk', async () => {
    const ref = await createMediaShelf(folder, testVault()).keep(Buffer.from('picture of a door'))
    expect(readFileSync(join(folder, 'simulator', ref)).includes('door')).toBe(false)
  })

  test('are cleared away when nobody waits for them', async () => {
    const shelf = createMediaShelf(folder, testVault())
    const kept = await shelf.keep(Buffer.from('one'))
    await shelf.keep(Buffer.from('two'))
    await shelf.keepOnly(new Set([kept]))
    expect(readdirSync(join(folder, 'simulator'))).toEqual([kept])
  })

  test('are not found by a path', async () => {
    expect(await createMediaShelf(folder, testVault()).take('../../etc/passwd')).toBeUndefined()
  })
})

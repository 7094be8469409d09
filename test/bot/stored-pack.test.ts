import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Config } from '../../bot/config.ts'
import { prepareStreet, StartRefused } from '../../bot/prepare.ts'
import { listAudit } from '../../storage/audit.ts'
import { inStreet } from '../../storage/database.ts'
import { loadPack } from '../../storage/packs.ts'
import { at } from '../support/clock.ts'
import { databases, type TestStore } from '../support/stores.ts'
import { insertStreet, readBuiltIn, STREET } from '../support/street-data.ts'

const NOW = at('2026-11-18T08:00')
const { yaml } = readBuiltIn('street-team')
/** As an older program stored it: a section of today is unknown, one has another form, a value is the street's own. */
const older = yaml
  .replace(/^undo:\n(?: .*\n)+/m, '')
  .replace(
    /^rank:\n(?: .*\n)+/m,
    'rank: { value: shared, rule: S0-36, clause: &ranking 四、考核评分与排名, status: default }\n',
  )
  .replace("onBy: { value: '08:30:59'", "onBy: { value: '08:45:59'")

describe.each(databases)('a pack that an older program stored, on $name', ({ open }) => {
  let opened: TestStore
  beforeEach(async () => {
    opened = await open()
    await opened.store.transact(db => insertStreet(inStreet(db, STREET), NOW))
  })
  afterEach(() => opened.dispose())

  const start = (policyPack: string) => prepareStreet(opened.store, { policyPack } as Config, NOW)
  const street = () => inStreet(opened.store.read, STREET)
  const versions = () =>
    street().sql.selectFrom('pack_version').select(['content', 'from_day']).orderBy('from_day').execute()

  async function storeOlder(content: string, id = 'street-team'): Promise<void> {
    await opened.store.transact(db =>
      db.sql.updateTable('pack_version').set({ content, content_hash: 'older', pack_id: id }).execute(),
    )
  }

  it('is renewed for the same days, keeps its values and leaves a trace', async () => {
    await storeOlder(older)
    expect((await start('street-team'))[0]).toContain('自 2026-01-01 起的规则包已换成现在的格式')
    const pack = await loadPack(street(), '2026-11-18')
    expect(pack.attendance.onBy.value).toBe('08:45:59')
    expect([pack.undo.withinMinutes.value, pack.rank.publish.value]).toEqual([30, 'private'])
    expect((await versions()).map(({ from_day }) => from_day)).toEqual(['2026-01-01', '2026-11-19'])
    const renewals = (await listAudit(street(), {})).filter(({ action }) => action === 'renewed')
    expect(renewals).toHaveLength(1)
    expect(renewals[0]).toMatchObject({ by: 'start', subject: { type: 'pack' } })
  })

  it('is renewed once', async () => {
    await storeOlder(older)
    await start('street-team')
    expect(await start('street-team')).toEqual([])
  })

  it('is left alone in its form of today', async () => {
    expect(await start('street-team')).toEqual([])
    expect((await versions())[0]!.content).toBe(yaml)
  })

  describe('that is the street’s own', () => {
    const own = older.replace('id: street-team', 'id: our-own')
    let folder: string
    beforeEach(async () => {
      folder = mkdtempSync(join(tmpdir(), 'xiaoge-pack-'))
      await storeOlder(own, 'our-own')
    })
    afterEach(() => rmSync(folder, { recursive: true, force: true }))

    it('stops the start with status 78 and names the keys that it lacks', async () => {
      const refused = await start('street-team').catch((error: unknown) => error)
      expect(refused).toBeInstanceOf(StartRefused)
      expect((refused as StartRefused).exitStatus).toBe(78)
      expect((refused as StartRefused).message).toContain('撤销（undo）：缺少这一项')
      expect((await versions()).map(({ content }) => content)).toEqual([own])
    })

    it('goes on by its completed file, with the values it held', async () => {
      const file = join(folder, 'our-own.yaml')
      writeFileSync(file, yaml.replace('id: street-team', 'id: our-own'))
      await start(file)
      expect((await loadPack(street(), '2026-11-18')).attendance.onBy.value).toBe('08:45:59')
      expect((await loadPack(street(), '2026-11-19')).attendance.onBy.value).toBe('08:30:59')
    })
  })
})

import { expect, it } from 'vitest'
import type { Config } from '../../bot/config.ts'
import { prepareStreet } from '../../bot/prepare.ts'
import { builtInPackIds } from '../../policy/packs/built-in.ts'
import { inStreet } from '../../storage/database.ts'
import { listStreets, loadRoster } from '../../storage/load-roster.ts'
import { at } from '../support/clock.ts'
import { openTestSqlite } from '../support/stores.ts'
import { readBuiltIn } from '../support/street-data.ts'

it.each(builtInPackIds)(
  'the demo street starts under %s, its people under the role names of the document',
  async id => {
    const { store, dispose } = await openTestSqlite()
    try {
      const simulator = { clock: 'hold' } as unknown as NonNullable<Config['simulator']>
      const said = await prepareStreet(store, { policyPack: id, simulator } as Config, at('2026-11-18T08:00'))
      expect(said[0]).toBe('名册已导入')
      const street = (await listStreets(store.read))[0]!
      const roster = await loadRoster(inStreet(store.read, street.id))
      const roleNames = new Set(Object.keys(readBuiltIn(id).pack.roles.value))
      const held = roster.members.flatMap(({ roles }) => roles.map(({ roleName }) => roleName))
      expect(held.filter(name => !roleNames.has(name))).toEqual([])
      for (const post of [
        'principal',
        'deputy',
        'office',
        'generalOffice',
        'communityLead',
        'leader',
        'worker',
        'admin',
      ] as const)
        expect(roster.holders([post], '2026-11-18').length, post).toBeGreaterThan(0)
    } finally {
      await dispose()
    }
  },
)

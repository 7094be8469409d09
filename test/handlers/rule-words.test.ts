import { describe, expect, it } from 'vitest'
import { ruleCommands } from '../../handlers/query/commands.ts'
import { listEntries } from '../../handlers/query/rule-entries.ts'
import { describeEntry } from '../../handlers/query/rule-words.ts'
import { builtInPackIds } from '../../policy/packs/built-in.ts'
import { readBuiltIn } from '../support/street-data.ts'

it.each(['依据是什么', '考核方案什么时候定', '依据S2-28要几天', '依据 12'])('%s is no command', text => {
  expect(ruleCommands.filter(({ matches }) => matches.test(text))).toEqual([])
})

describe.each(builtInPackIds)('every value of %s', id => {
  const { pack } = readBuiltIn(id)
  const { entries } = listEntries(pack)

  it('is told in words: no code, no key and nothing that has no text', () => {
    const told = entries.map(entry => describeEntry(pack, entry))
    // Codes and keys of a pack are the only lowercase Latin words of this length.
    expect(told.filter(text => /[a-z]{3,}|\[object|undefined|NaN/.test(text))).toEqual([])
  })

  it('says whose word it is', () => {
    for (const entry of entries) expect(describeEntry(pack, entry)).toMatch(/原文|本系统默认/)
  })
})

import { describe, expect, it } from 'vitest'
import { incidentListCommands } from '../../handlers/incident/lists/index.ts'
import { findCommand } from '../../handlers/index.ts'
import { openTestStreet } from '../support/street.ts'
import { PEOPLE } from '../support/street-data.ts'
import { readCases } from '../understand/read-cases.ts'

const HELD_OUT = ['', '-2', '-3', '-4', '-5', '-6', '-7', '-9', '-10'].map(name => `heldout${name}.jsonl`)

describe('the fixed words about incidents', () => {
  it.each(incidentListCommands.map(command => [command.name, command] as const))(
    'the example of %s works as it is written',
    async (_name, { dialog }) => {
      const street = await openTestStreet({ now: '2026-11-18T08:20' })
      try {
        const who = PEOPLE.find(([, role]) => role === dialog.as)![0]
        for (const [said, answered] of dialog.turns) {
          const { replies } = await street.say(who, `@小格 ${said}`)
          expect(replies.map(({ text }) => text).join('\n'), said).toContain(answered)
        }
      } finally {
        await street.dispose()
      }
    },
  )

  it.each(incidentListCommands.map(command => [command.name, command] as const))(
    'the example of %s reaches it and no other',
    (_name, command) => {
      const said = command.dialog.turns.map(([text]) => text)
      expect(said.some(text => findCommand(text) === command)).toBe(true)
    },
  )

  it('leave what people say every day to understanding', () => {
    const fallen = HELD_OUT.flatMap(readCases).flatMap(({ text }) => {
      const command = incidentListCommands.find(({ matches }) => matches.test(text))
      return command ? [`${text} → ${command.name}`] : []
    })
    expect(fallen).toEqual([])
  })

  it.each([
    '回访 3 户居民都满意',
    '3号楼又漏了',
    '12幢没修好',
    '调解了一起纠纷',
    '需求很大',
    '进度怎么样',
    '公示栏坏了',
    '代办员今天没来',
    '原因不明',
    '六不让是什么',
    '3和5号楼路灯坏了',
    '本月办结率太低了怎么办',
  ])('does not take “%s” for a fixed word', text => {
    expect(incidentListCommands.find(({ matches }) => matches.test(text))?.name).toBeUndefined()
  })
})

import { describe, expect, it } from 'vitest'
import { findCommand } from '../../handlers/index.ts'
import { leaveCommands } from '../../handlers/leave/commands.ts'
import { presenceCommands } from '../../handlers/presence/commands.ts'
import { openTestStreet } from '../support/street.ts'
import { PEOPLE } from '../support/street-data.ts'

describe('the commands about presence and leave', () => {
  it.each([...presenceCommands, ...leaveCommands].map(command => [command.name, command] as const))(
    '%s works as its example is written',
    async (_, command) => {
      const street = await openTestStreet({ now: '2026-11-18T08:20' })
      try {
        const who = PEOPLE.find(([, role]) => role === command.dialog.as)![0]
        for (const [said, answered] of command.dialog.turns) {
          expect(findCommand(said)?.name).toBe(command.name)
          const { replies } = await street.say(who, said)
          expect(replies.map(({ text }) => text).join('\n')).toContain(answered)
        }
      } finally {
        await street.dispose()
      }
    },
  )

  it.each([
    '打卡',
    '到岗了，在3幢走访',
    '打卡 在社区',
    '请假',
    '明天请一天假，带娃打疫苗',
    '请假名单贴在服务站了',
    '撤销',
    '取消今天的会',
    '公出车辆登记好了',
    '续签合同的租户登记好了',
  ])('leave everyday words alone: %s', words => {
    const names = new Set([...presenceCommands, ...leaveCommands].map(({ name }) => name))
    expect(names.has(findCommand(words)?.name ?? '')).toBe(false)
  })
})

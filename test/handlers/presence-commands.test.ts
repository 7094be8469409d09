import { describe, expect, it } from 'vitest'
import { findCommand } from '../../handlers/index.ts'
import { leaveCommands } from '../../handlers/leave/commands.ts'
import { presenceCommands } from '../../handlers/presence/commands.ts'

describe('the commands about presence and leave', () => {
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

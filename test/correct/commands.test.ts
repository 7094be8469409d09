import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { correctionCommands } from '../../handlers/correct/commands.ts'
import { findCommand } from '../../handlers/index.ts'
import { undoKindCommand } from '../../handlers/undo.ts'
import { openTestStreet } from '../support/street.ts'
import { PEOPLE } from '../support/street-data.ts'
import { readCases } from '../understand/read-cases.ts'

const commands = [undoKindCommand, ...correctionCommands]

describe('the commands about corrections', () => {
  it.each(commands.map(command => [command.name, command] as const))(
    '%s works as its example is written',
    async (_, command) => {
      const street = await openTestStreet({ now: '2026-11-18T08:20' })
      try {
        const who = PEOPLE.find(([, role]) => role === command.dialog.as)![0]
        for (const [said, answered] of command.dialog.turns) {
          const { replies } = await street.say(who, said)
          expect(replies.map(({ text }) => text).join('\n')).toContain(answered)
        }
        expect(findCommand(command.dialog.turns.at(-1)![0])?.name).toBe(command.name)
      } finally {
        await street.dispose()
      }
    },
  )

  it.each([
    '撤销',
    '撤销刚才那条',
    '取消今天的会',
    '取消请假',
    '撤回12号提示单',
    '更正提示单12 时间节点改为12月10日',
    '更正12号提示单 时间节点改为12月10日',
    '更正一下：1号事件是5号楼？',
    '刚才的改成隐患',
    '不是走访，是隐患',
    '文昌路15号原来的药店改成宠物医院了',
    '大家有空把群昵称改成网格+姓名哈',
    '会议改成下午3点',
    '走访改成每周一次了',
    '打卡改成钉钉了',
    '同意',
    '3号同意',
    '12号提示单同意',
    '不同意延期申请3号 上级当日要数',
    '这条改成什么了？',
    '更正一下，是5号楼',
  ])('leave everyday words alone: %s', words => {
    expect(commands.map(({ name }) => name)).not.toContain(findCommand(words)?.name)
  })

  it.each(readdirSync('test/understand').filter(name => name.endsWith('.jsonl')))(
    'take none of the labelled messages of %s but one that means what they do',
    file => {
      const names = commands.map(({ name }) => name)
      const taken = readCases(file).filter(({ text }) => names.includes(findCommand(text)?.name ?? ''))
      expect(taken.filter(({ intent }) => intent !== 'undo').map(({ text }) => text)).toEqual([])
    },
  )
})

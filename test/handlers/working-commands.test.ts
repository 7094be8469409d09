import { describe, expect, it } from 'vitest'
import { admissionCommands } from '../../handlers/admission/commands.ts'
import { burdenCommands } from '../../handlers/burden/commands.ts'
import type { Command } from '../../handlers/handler.ts'
import { findCommand } from '../../handlers/index.ts'
import { inspectionCommands } from '../../handlers/inspection/commands.ts'
import { workingCommands } from '../../handlers/notice/working-commands.ts'
import { taskCommands } from '../../handlers/task/commands.ts'
import { openTestStreet } from '../support/street.ts'
import { PEOPLE } from '../support/street-data.ts'

const commands: readonly Command[] = [
  ...workingCommands,
  ...taskCommands,
  ...inspectionCommands,
  ...admissionCommands,
  ...burdenCommands,
]

describe('the commands about notices, tasks, inspections, admission and burden', () => {
  it.each(commands.map(command => [command.name, command] as const))(
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
    '任务完成了',
    '今天的任务都做完了',
    '12号提示单完成',
    '12号提示单还差4户',
    '督导3网格：台账不全，扣2分',
    '督导组明天来',
    '延期 #9 等材料',
    '同意延期 #9',
    '我想请假延期一天',
    '准入这个词是什么意思',
    '负担太重了',
    '填表好麻烦',
    '考核方案',
    '新建的楼盘有人入住了',
    '取消明天的会',
    '关闭3号楼的燃气阀',
    '办结了3件事',
    '反馈一下，3幢楼道灯坏了',
    '整改通知已经贴了',
    '未准时到岗',
    '情况不妙，3幢起火',
  ])('“%s” falls into none of them', words => {
    const found = findCommand(words)
    expect(commands.map(({ name }) => name)).not.toContain(found?.name)
  })
})
